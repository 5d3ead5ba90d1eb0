//! Scratch: prints copyings of listed pairs. To be removed.
#![allow(clippy::all, clippy::disallowed_methods, clippy::disallowed_macros, missing_docs)]
use onrecord_evidence::*;
use onrecord_link::{Report, copies::*};
fn main() {
    let mut args = std::env::args().skip(1);
    let (dir, list) = (args.next().unwrap(), args.next().unwrap());
    let load = |id: &str| {
        let text = std::fs::read_to_string(format!("{dir}/{id}.txt")).unwrap();
        let report = Report { article: ArticleId::of_fields(&[id.as_bytes()]), revision: RevisionId::of_fields(&[id.as_bytes()]), outlet: None, domain: None, published: None,
            observed: Time::parse("2020", TimeSource::User).unwrap(), title: None, text, blocks: vec![], records: vec![] };
        let p = Passages::of(&report);
        (report, p)
    };
    for line in std::fs::read_to_string(list).unwrap().lines() {
        let (a, b) = line.split_once(' ').unwrap();
        let (ra, pa) = load(a); let (rb, pb) = load(b);
        let cp = |t: &str, r: TextRange| format!("[{},{}]", t[..r.start as usize].chars().count(), t[..r.end as usize].chars().count());
        match compare(&ra, &pa, &rb, &pb) {
            None => println!("{{\"a\":\"{a}\",\"b\":\"{b}\",\"extent_a\":\"not\",\"extent_b\":\"not\",\"share\":[0,0],\"passages\":[],\"keys\":0}}"),
            Some(c) => {
                let ext = |e: Extent| match e { Extent::Not => "not", Extent::Partly => "partly", Extent::Wholly => "wholly" };
                let ps: Vec<String> = c.passages.iter().map(|p| format!("{{\"kind\":\"{}\",\"way\":\"{}\",\"a\":{},\"b\":{},\"words\":{}}}",
                    if p.kind == PassageKind::Text {"text"} else {"quotation"}, if p.likeness == Likeness::Verbatim {"verbatim"} else {"light"}, cp(&ra.text, p.first), cp(&rb.text, p.second), p.words)).collect();
                let ks: std::collections::BTreeSet<_> = pa.keys().iter().collect();
                let sk = pb.keys().iter().filter(|k| ks.contains(k)).count();
                println!("{{\"a\":\"{a}\",\"b\":\"{b}\",\"extent_a\":\"{}\",\"extent_b\":\"{}\",\"share\":[{},{}],\"passages\":[{}],\"keys\":{sk}}}", ext(c.first_extent), ext(c.second_extent), c.first_share, c.second_share, ps.join(","));
            }
        }
    }
}
