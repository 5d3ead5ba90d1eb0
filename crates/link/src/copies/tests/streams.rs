//! Many texts in one store: the work for each stays the same.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use onrecord_evidence::{ArticleId, RevisionId};
use onrecord_testkit::copies::{Rewrite, copies, invented};

use super::super::{Extent, Group, Held, Holders, Linked, PassageStore, Passages, link, own_passages};
use super::report;
use crate::Report;

/// A store in memory that does what the ledger does.
#[derive(Default)]
struct Memory {
    keys: BTreeMap<u64, BTreeSet<(RevisionId, ArticleId)>>,
    held: BTreeMap<RevisionId, Rc<Held>>,
    paragraphs: BTreeMap<(String, u64), BTreeSet<ArticleId>>,
    stands: BTreeMap<RevisionId, Option<RevisionId>>,
    compared: usize,
    left_out: usize,
}

impl PassageStore for Memory {
    fn holders(&self, key: u64, limit: usize) -> Holders {
        let Some(held) = self.keys.get(&key) else { return Holders::default() };
        let revisions = held.iter().take(limit).map(|(revision, article)| (*article, *revision)).collect();
        Holders { revisions, more: held.len() > limit }
    }

    fn held(&self, revision: RevisionId) -> Option<Rc<Held>> {
        self.held.get(&revision).cloned()
    }

    fn repeats(&self, outlet: &str, paragraph: u64) -> u32 {
        self.paragraphs.get(&(outlet.to_owned(), paragraph)).map_or(0, |articles| articles.len() as u32)
    }
}

impl Memory {
    fn add(&mut self, report: Report) -> Linked {
        if let Some(outlet) = &report.outlet {
            for (_, key) in Passages::of(&report).paragraph_keys() {
                self.paragraphs.entry((outlet.clone(), key)).or_default().insert(report.article);
            }
        }
        let passages = own_passages(&report, self);
        let linked = link(&report, &passages, self);
        for key in &linked.keys {
            self.keys.entry(*key).or_default().insert((report.revision, report.article));
        }
        self.compared += linked.compared;
        self.left_out += linked.diagnostics.iter().filter(|diagnostic| diagnostic.id == "copies-left-out").count();
        self.stands.insert(report.revision, linked.stands_in);
        self.held.insert(report.revision, Rc::new(Held { report, passages }));
        linked
    }
}

/// Stories with 40 lightly rewritten copies each; each text's story is told by its revision.
fn stream(articles: usize) -> (Memory, BTreeMap<RevisionId, usize>) {
    let (mut memory, mut stories) = (Memory::default(), BTreeMap::new());
    for story in 0..articles.div_ceil(40) {
        for (number, copy) in copies(&invented(story as u64), 40).iter().enumerate() {
            let report = report(&format!("{story}/{number}"), &copy.text());
            stories.insert(report.revision, story);
            memory.add(report);
        }
    }
    (memory, stories)
}

#[test]
fn the_work_grows_with_the_number_of_articles() {
    // Stories of one set of templates share sentences, so that a few texts are compared with each besides its own copies.
    let counts: Vec<(usize, usize, usize)> = [240, 480]
        .into_iter()
        .map(|articles| {
            let (memory, _) = stream(articles);
            (articles, memory.compared, memory.keys.values().map(BTreeSet::len).sum())
        })
        .collect();
    assert!(counts.iter().all(|(articles, compared, _)| *compared <= articles * 5), "{counts:?}");
    for pair in counts.windows(2) {
        let ((articles, compared, held), (more, compared_more, held_more)) = (pair[0], pair[1]);
        assert!(compared_more * articles * 100 <= compared * more * 130, "{counts:?}");
        assert!(held_more * articles * 100 <= held * more * 130, "{counts:?}");
    }
}

#[test]
fn copies_of_one_story_find_each_other_and_no_other_story() {
    let (memory, stories) = stream(400);
    let groups = Group::of(&memory.stands);
    assert!(groups.len() < 80, "{}", groups.len());
    assert!(groups.iter().filter(|group| group.members.len() >= 25).count() >= 8, "{groups:?}");
    for group in &groups {
        let of_stories: BTreeSet<_> = group.members.iter().map(|member| stories.get(member)).collect();
        assert_eq!(of_stories.len(), 1, "{group:?}");
    }
}

#[test]
fn the_same_article_a_thousand_times_costs_one_comparison_each() {
    let text = copies(&invented(1), 1).first().map(Rewrite::text).unwrap_or_default();
    let mut memory = Memory::default();
    for number in 0..1000 {
        let linked = memory.add(report(&format!("copy {number}"), &text));
        assert!(linked.compared <= 1);
        assert_eq!(linked.stands_in.is_some(), number > 0);
    }
    assert_eq!(memory.compared, 999);
    assert_eq!(Group::of(&memory.stands).len(), 1);
}

#[test]
fn five_thousand_articles_that_share_one_paragraph() {
    let shared = "The canal was cut ninety years ago by prisoners of a war that neither bank now likes to speak of, and its locks still close by hand.";
    let mut memory = Memory::default();
    for number in 0..5000 {
        let own: String = (0..40).map(|word| format!("w{}x ", (number * 40 + word) * 7919 % 1_000_003)).collect();
        let linked = memory.add(report(&format!("article {number}"), &format!("{own}\n\n{shared}")));
        assert!(linked.compared <= 1);
        if number > 0 {
            assert_eq!(linked.copyings.first().map(|copying| copying.first_extent), Some(Extent::Partly));
        }
    }
    assert!(memory.compared < 5000);
}

#[test]
fn what_an_outlet_repeats_makes_no_copies_of_its_articles() {
    let background = "Pelham Quay has been the largest port of the region since the canal was cut, and most of its families live by it.";
    let mut memory = Memory::default();
    let mut copied = 0;
    for number in 0..20 {
        let own: String = (0..40).map(|word| format!("w{}x ", number * 40 + word)).collect();
        let mut article = report(&format!("article {number}"), &format!("{own}\n\n{background}"));
        article.outlet = Some("Coldwater Echo".to_owned());
        copied += memory.add(article).copyings.len();
    }
    assert_eq!(copied, 1, "the second article alone cannot know it");
}

#[test]
fn a_store_that_forgets_is_told_of() {
    let mut memory = Memory::default();
    let story = invented(2);
    memory.add(report("one", &story.paragraphs.join("\n\n")));
    memory.held.clear();
    let linked = memory.add(report("two", &story.paragraphs.join("\n\n")));
    assert!(linked.diagnostics.iter().any(|diagnostic| diagnostic.id == "copies-not-held"));
    assert_eq!((linked.compared, linked.copyings.len()), (0, 0));
}

#[test]
fn revisions_of_one_article_are_no_copies_of_each_other() {
    let mut memory = Memory::default();
    let text = invented(3).paragraphs.join("\n\n");
    memory.add(report("one", &text));
    let mut second = report("one", &text);
    second.revision = RevisionId::of_fields(&[b"another"]);
    assert_eq!(memory.add(second).compared, 0);
}

#[test]
fn groups_of_chains_and_circles() {
    let id = |name: &str| RevisionId::of_fields(&[name.as_bytes()]);
    let chain = BTreeMap::from([(id("a"), None), (id("b"), Some(id("a"))), (id("c"), Some(id("b"))), (id("d"), None)]);
    assert_eq!(
        Group::of(&chain).iter().map(|group| group.members.len()).collect::<BTreeSet<_>>(),
        BTreeSet::from([1, 3])
    );
    let circle = BTreeMap::from([(id("a"), Some(id("b"))), (id("b"), Some(id("a")))]);
    assert_eq!(Group::of(&circle).len(), 1);
}
