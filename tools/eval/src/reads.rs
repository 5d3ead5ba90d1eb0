//! What was read and linked of Emergent, kept in memory for all stages of one run: reading its 1,545 articles takes minutes. Not the scores.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use onrecord::Pipeline;
use onrecord::evidence::RevisionId;
use onrecord::link::Report;
use onrecord::link::assemble::{self, Linked, assemble};
use onrecord::link::claims::{StatementTools, Thresholds};

use crate::drawn_up::DrawnUp;
use crate::emergent::{self, Doc, Part, Tools};
use crate::labelled::{self, Answer};

/// A part of the data with its articles.
pub struct Read {
    pub part: Part,
    pub docs: Vec<Doc>,
}

/// What stages ask for, each made once.
pub struct Reads<'run> {
    shared: &'run Path,
    pipeline: Option<&'run Pipeline>,
    /// A folder where records are kept between runs.
    kept: Option<PathBuf>,
    tools: Option<Rc<Tools>>,
    parts: BTreeMap<&'static str, Rc<Read>>,
    linked: BTreeMap<&'static str, Rc<Linked>>,
    compared: Option<Rc<Vec<Compared>>>,
}

/// Answers on the labelled claims, beside the labels.
pub struct Compared {
    /// Which, as a name in the table.
    pub data: String,
    pub claims: Vec<ComparedClaim>,
}

/// A labelled claim and an answer on it.
pub struct ComparedClaim {
    pub story: usize,
    pub gold: Answer,
    pub given: Answer,
}

impl<'run> Reads<'run> {
    /// Nothing is read yet. With `kept`, a folder, records of articles are taken from there and put there, apart for each pipeline.
    pub const fn new(shared: &'run Path, pipeline: Option<&'run Pipeline>, kept: Option<PathBuf>) -> Self {
        Self { shared, pipeline, kept, tools: None, parts: BTreeMap::new(), linked: BTreeMap::new(), compared: None }
    }

    /// The tools of linking; `None`, said so, where the data or the reading model is not.
    ///
    /// # Errors
    /// The models cannot be read.
    pub fn tools(&mut self, stage: &str) -> Result<Option<Rc<Tools>>, Box<dyn Error>> {
        if self.pipeline.is_none() || emergent::folder(self.shared).is_none() {
            let folder = self.shared.join("data/emergent");
            println!("skipped {stage}: it needs the reading model and {}", folder.display());
            return Ok(None);
        }
        if self.tools.is_none() {
            self.tools = Some(Rc::new(Tools::open()?));
        }
        Ok(self.tools.clone())
    }

    /// Part `tune` or `dev`, read; `None`, said so, where the data or the reading model is not.
    ///
    /// # Errors
    /// The data, the list of parts or the models cannot be read, or the folder for records not be made.
    pub fn part(&mut self, stage: &str, name: &'static str) -> Result<Option<Rc<Read>>, Box<dyn Error>> {
        let Some(tools) = self.tools(stage)? else { return Ok(None) };
        let (Some(folder), Some(pipeline)) = (emergent::folder(self.shared), self.pipeline) else { return Ok(None) };
        if !self.parts.contains_key(name) {
            let digest: String = pipeline.digest().to_string().chars().take(12).collect();
            let kept = self.kept.as_ref().map(|kept| kept.join(digest));
            if let Some(kept) = &kept {
                std::fs::create_dir_all(kept)?;
            }
            let part = Part::open(&folder, name)?;
            let docs = part.read(&folder, pipeline, &tools, kept.as_deref())?;
            self.parts.insert(name, Rc::new(Read { part, docs }));
        }
        Ok(self.parts.get(name).cloned())
    }

    /// All articles of a part linked together; `None` as [`Reads::part`].
    ///
    /// # Errors
    /// As [`Reads::part`].
    pub fn linked(&mut self, stage: &str, name: &'static str) -> Result<Option<Rc<Linked>>, Box<dyn Error>> {
        let (Some(tools), Some(read)) = (self.tools(stage)?, self.part(stage, name)?) else { return Ok(None) };
        let linked = self.linked.entry(name).or_insert_with(|| Rc::new(link(read.docs.iter(), &tools)));
        Ok(Some(linked.clone()))
    }

    /// What linking has on the 40 labelled claims of dev: with all articles of dev linked together, and with those of the claim alone; and what one
    /// labeller has where the other's labels are taken for right, each of the two in turn. `None` as [`Reads::part`].
    ///
    /// # Errors
    /// As [`Reads::part`]; or the labels cannot be read or do not fit the articles.
    pub fn compared(&mut self, stage: &str) -> Result<Option<Rc<Vec<Compared>>>, Box<dyn Error>> {
        if self.compared.is_some() {
            return Ok(self.compared.clone());
        }
        let (Some(tools), Some(read)) = (self.tools(stage)?, self.part(stage, "dev")?) else { return Ok(None) };
        let Some(linked) = self.linked(stage, "dev")? else { return Ok(None) };
        let first = labelled::open("first.jsonl", self.shared)?;
        let second = labelled::open("second.jsonl", self.shared)?;
        let story = |gold: &Answer| labelled::story(&read.part, &gold.claim);
        let claim = |gold: &Answer, drawn_up: &DrawnUp<'_>| ComparedClaim {
            story: story(gold),
            gold: gold.clone(),
            given: drawn_up.answer(gold, drawn_up.carrying(gold)),
        };
        let all = DrawnUp::new(&linked, by_revision(&read.docs));
        let joined = first.iter().map(|gold| claim(gold, &all)).collect();
        let alone = |gold: &Answer| {
            let docs = || read.docs.iter().filter(|doc| gold.articles.contains_key(&doc.name));
            claim(gold, &DrawnUp::new(&link(docs(), &tools), docs().map(|doc| (doc.report.revision, doc)).collect()))
        };
        let alone = first.iter().map(alone).collect();
        let mut labellers = Vec::new();
        for second in &second {
            for first in first.iter().filter(|first| first.claim == second.claim) {
                for (gold, given) in [(first, second), (second, first)] {
                    labellers.push(ComparedClaim { story: story(gold), gold: gold.clone(), given: given.clone() });
                }
            }
        }
        let sets =
            [("emergent-labelled", joined), ("emergent-labelled-alone", alone), ("emergent-labellers", labellers)];
        let sets = sets.into_iter().map(|(data, claims)| Compared { data: data.to_owned(), claims });
        self.compared = Some(Rc::new(sets.collect()));
        Ok(self.compared.clone())
    }
}

/// Links articles.
pub fn link<'doc>(docs: impl Iterator<Item = &'doc Doc>, tools: &Tools) -> Linked {
    let reports: Vec<Report> = docs.map(|doc| doc.report.clone()).collect();
    let statements = StatementTools { table: &tools.stems, vectors: &tools.encoder };
    let thresholds = Thresholds::default();
    assemble(
        &reports,
        assemble::Tools { statements, comparer: &tools.comparer, thresholds, decisions: &[], mastheads: &[] },
    )
}

/// The articles by the revisions of their reports.
pub fn by_revision(docs: &[Doc]) -> BTreeMap<RevisionId, &Doc> {
    docs.iter().map(|doc| (doc.report.revision, doc)).collect()
}
