//! Bad input and bad circumstances, through the binary: each gets a diagnostic that says what, where and what to do; the rest
//! still goes in; the exit code is 2; nothing in the ledger is hurt.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "these tests make files and run the binary"
)]

mod bench;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use bench::{Bench, GOOD, Ran};

/// The bad file gives `id` and exit code 2, and the good one beside it goes in.
fn refused(name: &str, bytes: impl AsRef<[u8]>, id: &str) {
    let bench = Bench::new();
    bench.write(name, bytes);
    bench.run(&["add", name, "good.txt"]).check(2, &[id, name]);
    assert_eq!(bench.captures(), 1, "the good file is in");
    bench.run(&["verify"]).check(0, &[]);
}

/// The odd file is read; `id` is said where there is something to say.
fn taken(name: &str, bytes: impl AsRef<[u8]>, id: Option<&str>) {
    let bench = Bench::new();
    bench.write(name, bytes);
    bench.run(&["add", name, "good.txt"]).check(0, id.as_slice());
    assert_eq!(bench.captures(), 2, "both files are in");
    bench.run(&["verify"]).check(0, &[]);
}

#[test]
fn inputs_that_are_no_text_are_refused_and_the_rest_goes_in() {
    refused("empty.txt", "", "empty-input");
    refused("blank.txt", " \n\t\n", "empty-input");
    refused("picture.txt", [0x89, b'P', b'N', b'G', 0, 0, 0, 13, 0, 1, 2, 3, 0, 0, 0, 0], "binary-input");
    refused("line.txt", "a ".repeat(25 << 20), "too-large");
    refused("lines.jsonl", "{\"url\": \"https://wire.example/1\"}\n", "missing-field");
    refused("broken.jsonl", "{\"text\": \"The minister\n", "bad-record");
}

#[test]
fn odd_text_is_read() {
    let mut invalid = "“Nothing was taken,” the minister’s office said — “and nothing will be.” ".as_bytes().to_vec();
    invalid.push(0xff);
    taken("invalid.txt", invalid, Some("invalid-characters"));
    let wide: Vec<u8> = "\u{feff}The minister denied it.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    taken("utf16.txt", wide, None);
    taken("windows.txt", b"\x93Nothing was taken,\x94 the minister\x92s office said on Monday.".as_slice(), None);
    taken("quotes.txt", "“”\"\"''“”«»\"\"", None);
    taken("unbalanced.txt", "“Nothing was taken, she said. “And “nothing” will be, he ”added.", None);
    taken("brackets.txt", format!("{}said{}", "(".repeat(10_000), ")".repeat(10_000)), None);
}

#[test]
fn dates_and_numbers_that_do_not_exist_are_named_and_the_rest_is_read() {
    let said = |words: &str| format!("The ministry said on Monday that {words}. It denied that the port was shut.\n");
    taken("february.txt", said("they met on 31 February 2031"), Some("no-such-day"));
    taken("leap.txt", said("it fell at 23:59:60 GMT"), Some("leap-second"));
    taken("weekday.txt", said("it fell on Friday, 3 March 2031"), Some("weekday-disagrees"));
    taken("long.txt", said(&format!("{} ships sank", "9".repeat(1_000))), Some("figure-too-long"));
    taken("commas.txt", said("12,34,5 people left"), Some("figure-separators"));
    taken(
        "mixed.txt",
        said("\u{5e9}\u{5dc}\u{5d5}\u{5dd} 84 \u{5e9}\u{5dc}\u{5d5}\u{5dd} drones fell"),
        Some("figure-directions"),
    );
    let record = serde_json::json!({
        "text": said("they met on Thursday"), "url": "https://wire.example/1",
        "published": "2045-03-06", "fetched_at": "2031-03-10T12:00:00Z",
    });
    taken("future.jsonl", record.to_string(), Some("anchor-in-future"));
}

#[test]
fn without_a_gazetteer_the_rest_is_read() {
    let bench = Bench::new();
    bench.write("places.txt", "The ministry said on Monday that Kyiv had been hit.\n");
    let place = |args: &[&str], code: i32| {
        let lines = bench.json(&[&["read", "places.txt", "--json"], args].concat(), code);
        lines
            .iter()
            .filter(|line| line["type"] == "attribution")
            .map(|line| line["places"].to_string())
            .collect::<String>()
    };
    assert!(place(&[], 0).contains("Kyiv"));
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/places/gazetteer.bin");
    let mut bytes = fs::read(&shipped).unwrap();
    let half = bytes.len() / 2;
    bytes[half] ^= 1;
    bench.write("damaged.bin", &bytes).write("cut.bin", &bytes[..half]).write("other.bin", "no gazetteer");
    assert!(place(&["--gazetteer", shipped.to_str().unwrap()], 0).contains("Kyiv"));
    for name in ["damaged.bin", "cut.bin", "other.bin", "missing.bin"] {
        assert_eq!(place(&["--gazetteer", name], 2), "[]");
        bench
            .run(&["read", "places.txt", "--gazetteer", name])
            .check(2, &["no-gazetteer", name, "models/places/gazetteer.bin"]);
    }
}

#[test]
fn a_page_nested_200_000_deep_ends_and_loses_nothing() {
    let bench = Bench::new();
    let page = format!("<html><body>{}<p>{GOOD}</p>", "<div>".repeat(200_000));
    bench.write("deep.html", page);
    let read = bench.run(&["read", "deep.html"]);
    read.check(0, &["nested-too-deep", "deep.html"]);
    assert!(read.out().contains("crates were missing"), "{}", read.out());
    bench.run(&["add", "deep.html"]).check(0, &["nested-too-deep"]);
    let found = bench.json(&["search", "crates", "--act", "deny", "--json"], 0);
    assert_eq!(found[0]["content"][0]["words"], "that crates were missing");
}

#[test]
fn what_is_not_there_is_named() {
    let bench = Bench::new();
    bench.run(&["read", "nowhere.txt", "good.txt"]).check(2, &["unreadable", "nowhere.txt"]);
    bench.run(&["search", "crates"]).check(2, &["no ledger", "onrecord add"]);
    bench.run(&["add", "good.txt", "--ledger", "nowhere/ledger.db"]).check(2, &["nowhere", "make the folder"]);
    bench.run(&["read", "good.txt", "--published", "soon"]).check(2, &["--published", "soon"]);
    bench.run(&["search", "x", "--act", "refute"]).check(2, &["refute", "non-denial"]);
}

#[test]
fn two_files_with_one_stem_are_an_error_for_a_scorer() {
    let bench = Bench::new();
    bench.write("good.html", format!("<p>{GOOD}</p>"));
    bench.write("last.txt", GOOD);
    let spans = bench.run(&["read", "--spans", "good.txt", "good.html", "last.txt"]);
    spans.check(2, &["same-stem", "good.html", "rename"]);
    let names: Vec<_> = spans.out().lines().map(|line| line[..14].to_owned()).collect();
    assert_eq!(names, [r#"{"doc":"good","#, r#"{"doc":"last","#]);
}

#[test]
fn a_line_of_50_megabytes_costs_itself_only() {
    let bench = Bench::new();
    let mut file = std::io::BufWriter::new(fs::File::create(bench.path("wire.jsonl")).unwrap());
    writeln!(file, r#"{{"url": "https://wire.example/1", "text": "{}"}}"#, GOOD.trim()).unwrap();
    writeln!(file, r#"{{"url": "https://wire.example/2", "text": "{}"}}"#, "word ".repeat(10 << 20)).unwrap();
    writeln!(file, r#"{{"url": "https://wire.example/3", "text": "Once more: {}"}}"#, GOOD.trim()).unwrap();
    drop(file);
    bench.run(&["add", "wire.jsonl"]).check(2, &["too-large", "wire.jsonl:2"]);
    assert_eq!(bench.captures(), 2, "both good lines are in");
}

#[test]
fn a_mistyped_name_leaves_no_ledger_behind() {
    let bench = Bench::new();
    bench.write("empty.txt", "");
    bench.run(&["add", "nowhere.txt"]).check(2, &["unreadable", "nowhere.txt"]);
    bench.run(&["add", "empty.txt"]).check(2, &["empty-input"]);
    assert!(!bench.path("onrecord.db").exists());
}

#[test]
fn one_address_is_for_one_article() {
    let bench = Bench::new();
    let address = "https://wire.example/1";
    let lines = format!("{{\"text\": \"{0}\"}}\n{{\"text\": \"Once more: {0}\"}}\n", GOOD.trim());
    bench.write("wire.jsonl", lines).write("other.txt", "Nobody was hurt, the harbour master said.\n");
    for command in ["add", "read"] {
        bench.run(&[command, "wire.jsonl", "--url", address]).check(2, &["--url", "wire.jsonl", "JSON Lines"]);
        bench.run(&[command, "good.txt", "other.txt", "--url", address]).check(2, &["--url", "one article"]);
        bench.run(&[command, ".", "--url", address]).check(2, &["--url", "one article"]);
    }
    assert!(!bench.path("onrecord.db").exists(), "nothing was added");
    bench.run(&["add", "good.txt", "--url", address]).check(0, &[]);
}

#[test]
fn nobody_listening_does_not_stop_an_add() {
    let bench = Bench::new();
    let line = |number| format!("{{\"url\": \"https://wire.example/{number}\", \"text\": \"{}\"}}\n", GOOD.trim());
    bench.write("many.jsonl", (0..100).map(line).collect::<String>());
    let mut child =
        bench.command(&["add", "--json", "many.jsonl"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    Ran(child.wait_with_output().unwrap()).check(0, &[]);
    assert_eq!(bench.captures(), 100);
    // Nor does a standard error that nobody reads.
    let mut child = bench.command(&["add", "nowhere.txt", "many.jsonl"]).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(2));
}

#[test]
fn a_full_device_is_said_without_a_panic() {
    let bench = Bench::new();
    let Ok(full) = fs::File::options().write(true).open("/dev/full") else { return };
    let into_full = |args: &[&str]| {
        Ran(bench.command(args).stdout(full.try_clone().unwrap()).stderr(Stdio::piped()).output().unwrap())
    };
    bench.run(&["add", "good.txt"]).check(0, &[]);
    for args in [&["stats"][..], &["search", "crates", "--json"], &["verify"], &["read", "good.txt"]] {
        into_full(args).check(2, &["error"]);
    }
    let article = bench.json(&["search", "crates", "--json"], 0)[0]["article"].as_str().unwrap().to_owned();
    let order = ["withhold", &article, "--reason", "an order", "--authority", "a court", "--yes"];
    into_full(&order).check(2, &["1 capture of", "withheld by"]);
    bench.run(&["search", "crates"]).check(1, &["nothing on record"]);
}

#[test]
fn a_file_that_is_no_ledger_is_left_alone() {
    let bench = Bench::new();
    bench.write("notes.db", "these are my notes, not a ledger\n".repeat(400));
    let before = fs::read(bench.path("notes.db")).unwrap();
    bench.run(&["add", "good.txt", "--ledger", "notes.db"]).check(2, &["notes.db"]);
    assert_eq!(fs::read(bench.path("notes.db")).unwrap(), before);
}

#[test]
fn a_ledger_from_a_newer_version_is_refused_and_left_alone() {
    let bench = Bench::new();
    bench.run(&["add", "good.txt"]).check(0, &[]);
    let mut bytes = fs::read(bench.path("onrecord.db")).unwrap();
    // The schema version stands at byte 60 of the file header (SQLite file format, section 1.3).
    bytes[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
    bench.write("onrecord.db", &bytes);
    bench.run(&["add", "good.txt"]).check(2, &["version 9999", "update onrecord"]);
    assert_eq!(fs::read(bench.path("onrecord.db")).unwrap(), bytes);
}

#[test]
fn a_flipped_byte_is_found() {
    let bench = Bench::new();
    bench.run(&["add", "good.txt"]).check(0, &[]);
    let mut bytes = fs::read(bench.path("onrecord.db")).unwrap();
    // Where the operation says what the capture was called; pages have unused bytes of which nobody can say that they changed.
    let place = bytes.windows(8).position(|window| window == b"good.txt".as_slice()).unwrap();
    bytes[place] ^= 0x20;
    bench.write("onrecord.db", &bytes);
    let verified = bench.run(&["verify"]);
    assert_ne!(verified.0.status.code(), Some(0), "{}{}", verified.out(), verified.err());
}

#[test]
fn two_adds_at_once_both_go_in() {
    let bench = Bench::new();
    bench.write("other.txt", "Tobias Keld declined to comment on the crates, his office said on Tuesday.\n");
    let first = bench.command(&["add", "good.txt"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let second = bench.command(&["add", "other.txt"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    for child in [first, second] {
        Ran(child.wait_with_output().unwrap()).check(0, &[]);
    }
    assert_eq!(bench.captures(), 2);
    bench.run(&["verify"]).check(0, &[]);
}

#[test]
fn a_full_disk_is_said_and_the_ledger_stays_whole() {
    let bench = Bench::new();
    let small = bench.path("small");
    fs::create_dir(&small).unwrap();
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=1536k", "tmpfs"]).arg(&small).output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        eprintln!(
            "skipped: a small file system cannot be mounted here; crates/ledger tests the same with a limit on pages"
        );
        return;
    }
    let ledger = small.join("ledger.db");
    let ledger = ledger.to_str().unwrap();
    let first = bench.run(&["add", "good.txt", "--ledger", ledger]);
    let mut lines = String::new();
    for number in 0..3000_u64 {
        // Digits that do not compress well.
        let noise: String = (0..40_u64).map(|place| ((number * 7919 + place * 104_729) % 99_991).to_string()).collect();
        lines.push_str(&format!(
            "{{\"url\": \"https://wire.example/{number}\", \"text\": \"Nobody was hurt, {number} said. {noise}\"}}\n"
        ));
    }
    bench.write("many.jsonl", lines);
    let full = bench.run(&["add", "many.jsonl", "--ledger", ledger]);
    let verified = bench.run(&["verify", "--ledger", ledger]);
    let unmounted = Command::new("umount").arg(&small).status();
    first.check(0, &[]);
    full.check(2, &["full"]);
    verified.check(0, &[]);
    assert!(unmounted.is_ok_and(|status| status.success()));
}

#[test]
fn a_folder_without_permission_is_named_and_the_rest_goes_in() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let bench = Bench::new();
    let locked = bench.path("locked");
    fs::create_dir(&locked).unwrap();
    fs::write(locked.join("inside.txt"), GOOD).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let mut command = bench.command(&["read", "--json", "."]);
    if fs::read_dir(&locked).is_ok() {
        // The administrator may enter every folder: run as nobody, with a copy of the binary that nobody may run.
        let copy = bench.path("binary");
        fs::copy(env!("CARGO_BIN_EXE_onrecord"), &copy).unwrap();
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(bench.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        command = Command::new(&copy);
        command.args(["read", "--json", "."]).current_dir(bench.folder.path()).uid(65_534).gid(65_534);
    }
    let ran = Ran(command.output().unwrap());
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
    ran.check(2, &["unreadable", "locked"]);
    assert!(ran.out().contains("good.txt"), "{}", ran.out());
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let bench = Bench::new();
    let lines: String = (0..200)
        .map(|number| format!("{{\"url\": \"https://wire.example/{number}\", \"text\": \"{}\"}}\n", GOOD.trim()))
        .collect();
    bench.write("many.jsonl", lines);
    let mut child =
        bench.command(&["read", "--json", "many.jsonl"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    Ran(child.wait_with_output().unwrap()).check(0, &[]);
}

#[test]
fn no_test_here_left_a_file_in_the_repository() {
    assert!(!Path::new(env!("CARGO_MANIFEST_DIR")).join("onrecord.db").exists());
}
