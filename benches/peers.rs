//! Other readers of the same texts in the same run, each where it is installed: the CRF baseline of `training/`, BBC Citron.
//! Not how well they read: `training/README.md` says that, and the scorer.

use std::env::var_os;
use std::path::Path;
use std::process::Command;

use onrecord_benches::process::used;

/// Reads all texts of a folder in one process with Citron's own Python interface.
const CITRON: &str = "import sys, glob
from citron.citron import Citron
citron = Citron(sys.argv[1])
for name in sorted(glob.glob(glob.escape(sys.argv[2]) + '/*.txt')):
    citron.extract(open(name, encoding='utf-8').read())
";

/// Prints the speed of every peer and ours against it; `ours` in words per CPU-second.
pub fn print(texts: &Path, words: usize, ours: f64, folder: &Path) {
    let python = |variable: &str| Command::new(var_os(variable).unwrap_or_else(|| "python3".into()));
    match var_os("ONRECORD_CRF") {
        None => {
            println!("peer: CRF            not installed ($ONRECORD_CRF: the folder that training/crf.py build made)")
        }
        Some(model) => {
            let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../training/crf.py");
            let mut command = python("ONRECORD_CRF_PYTHON");
            command.arg(script).arg("read").arg(model).arg(texts).arg(folder.join("crf.jsonl"));
            peer("CRF", &mut command, words, ours);
        }
    }
    match var_os("ONRECORD_CITRON") {
        None => println!("peer: BBC Citron     not installed ($ONRECORD_CITRON: the folder of its models)"),
        Some(model) => {
            let mut command = python("ONRECORD_CITRON_PYTHON");
            command.args(["-c", CITRON]).arg(model).arg(texts);
            peer("BBC Citron", &mut command, words, ours);
        }
    }
}

fn peer(name: &str, command: &mut Command, words: usize, ours: f64) {
    match used(command) {
        Ok(used) => {
            let theirs = words as f64 / used.cpu;
            println!("peer: {name:<14} {theirs:>8.0} words per CPU-second; ours is {:.2} times as fast", ours / theirs);
        }
        Err(error) => println!("peer: {name:<14} could not be run: {error}"),
    }
}
