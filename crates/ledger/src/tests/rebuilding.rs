//! Everything derived can be made again, and is the same.

use super::*;
use crate::{ErrorKind, Pipeline, Progress};

const NOW: &str = "2031-04-01T00:00:00Z";

fn rebuilt() -> Ledger {
    let mut ledger = full();
    let outlet = Some(serde_json::json!({ "outlet": "Evening Post" }));
    ledger.add(&[stated(&FIRST, outlet)], "test", now("2031-03-11T00:00:00Z")).unwrap();
    ledger
}

#[test]
fn the_same_comes_out() {
    let mut ledger = rebuilt();
    let times = [at(None, None), at(None, Some("2031-03-10")), at(Some("2031-03-07"), None)];
    let before: Vec<String> = times.iter().map(|at| ledger.dump(at).unwrap()).collect();
    let mut seen = Vec::new();
    let same = Pipeline { digest: pipeline(), description: "toy 1" };
    ledger.rebuild(same, "test", now(NOW), reread, |progress| seen.push(progress)).unwrap();
    let after: Vec<String> = times.iter().map(|at| ledger.dump(at).unwrap()).collect();
    assert_eq!(before, after);
    assert_eq!(seen, [Progress { done: 0, total: 6 }, Progress { done: 6, total: 6 }]);
    let report = ledger.verify(decoded).unwrap();
    assert_eq!(report.failures, []);
    assert!(!ledger.stats(&At::default()).unwrap().operations.contains_key("rebuild"));
}

#[test]
fn another_pipeline_is_an_operation() {
    let mut ledger = rebuilt();
    let nothing = |captures: &[KeptCapture]| captures.iter().map(|_| Derived::default()).collect();
    let other = Pipeline { digest: Digest::of_bytes(b"other"), description: "toy 2" };
    ledger.rebuild(other, "test", now(NOW), nothing, |_| ()).unwrap();
    let stats = ledger.stats(&At::default()).unwrap();
    assert_eq!((stats.attributions, stats.without_text, stats.operations["pipeline"]), (0, 5, 2));
    assert_eq!(stats.pipeline.unwrap().1, "toy 2");
    assert_eq!(ledger.verify(decoded).unwrap().failures, []);
    let same = Pipeline { digest: pipeline(), description: "toy 1" };
    ledger.rebuild(same, "test", now(NOW), reread, |_| ()).unwrap();
    assert_eq!(ledger.dump(&At::default()).unwrap(), rebuilt().dump(&At::default()).unwrap());
}

#[test]
fn a_failed_rebuild_leaves_the_old_rows() {
    let mut ledger = rebuilt();
    let before = ledger.dump(&At::default()).unwrap();
    let other = Pipeline { digest: Digest::of_bytes(b"other"), description: "toy 2" };
    let error = ledger.rebuild(other, "test", now(NOW), |_| Vec::new(), |_| ()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Evidence);
    let mut wrong = |captures: &[KeptCapture]| {
        let mut derived = reread(captures);
        derived[3].reading.as_mut().unwrap().text.insert(0, 'x');
        derived
    };
    let error = ledger.rebuild(other, "test", now(NOW), &mut wrong, |_| ()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Evidence);
    let panics = |_: &[KeptCapture]| -> Vec<Derived> { panic!("the reader panics") };
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        ledger.rebuild(other, "test", now(NOW), panics, |_| ())
    }));
    assert!(caught.is_err());
    assert_eq!(ledger.dump(&At::default()).unwrap(), before);
    assert_eq!(ledger.stats(&At::default()).unwrap().operations["pipeline"], 1);
}
