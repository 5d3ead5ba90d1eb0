//! What stands around every page: title, search, the time asked for, the way on. Not the page.

use onrecord::evidence::Time;

use crate::asked::Asked;
use crate::params::Params;
use crate::{assets, moment};

/// The frame of a page.
#[derive(Debug)]
pub struct Shell<'a> {
    /// The title of the window.
    pub title: &'a str,
    /// Words in the search box.
    pub words: String,
    /// Address of the style; `None` where it stands in the page itself.
    pub style: Option<String>,
    /// Address of the script.
    pub script: Option<String>,
    /// Address of the mark of the window.
    pub mark: Option<String>,
    /// The moments asked for, where any is.
    pub past: Option<Past>,
    /// The front as of the moment asked for.
    pub front: String,
    /// The same for other places.
    pub outlets: String,
    /// Hidden fields that keep the moment asked for in forms.
    pub kept: Vec<(String, String)>,
    /// The style itself, where the page is a file that loads nothing.
    pub inline: Option<&'static str>,
}

/// The moments asked for.
#[derive(Debug)]
pub struct Past {
    /// In words.
    pub words: String,
    /// The same page without them.
    pub now: String,
}

/// The parameters by which every page is asked for a moment.
pub const MOMENTS: [&str; 2] = ["as-of", "known-at"];

impl<'a> Shell<'a> {
    /// The frame of a page with this title.
    pub fn new(asked: &Asked, title: &'a str) -> Self {
        let moments = asked.params.only(&MOMENTS);
        let path =
            format!("/{}", asked.path.iter().map(|one| crate::params::segment(one)).collect::<Vec<_>>().join("/"));
        let past = asked.at().ok().filter(|at| at.as_of.is_some() || at.known_at.is_some()).map(|at| Past {
            words: past(at.as_of.as_ref(), at.known_at.as_ref()),
            now: asked.params.with("as-of", None).with("known-at", None).href(&path),
        });
        Self {
            title,
            words: asked.params.get("q").unwrap_or_default().to_owned(),
            style: Some(assets::style_href()),
            script: Some(assets::script_href()),
            mark: Some(assets::mark_href()),
            past,
            front: moments.href("/"),
            outlets: moments.href("/outlets"),
            kept: moments.pairs().to_vec(),
            inline: None,
        }
    }

    /// The frame of a page that is a file of its own: nothing around it, nothing loaded.
    pub fn file(asked: &Asked, title: &'a str) -> Self {
        Self { style: None, script: None, mark: None, inline: Some(assets::STYLE), ..Self::new(asked, title) }
    }
}

fn past(as_of: Option<&Time>, known_at: Option<&Time>) -> String {
    match (as_of, known_at) {
        (Some(as_of), None) => format!("As it was on record on {}", moment::exact(as_of)),
        (None, Some(known_at)) => format!("As this ledger knew it on {}", moment::exact(known_at)),
        (Some(as_of), Some(known_at)) => format!(
            "As it was on record on {}, as far as this ledger knew on {}",
            moment::exact(as_of),
            moment::exact(known_at)
        ),
        (None, None) => String::new(),
    }
}

/// Links that keep the moments asked for.
#[derive(Clone, Debug)]
pub struct Links {
    moments: Params,
    as_of: Option<Time>,
    is_file: bool,
}

impl Links {
    /// Those of a page.
    pub fn new(asked: &Asked) -> Self {
        let as_of = asked.at().ok().and_then(|at| at.as_of);
        Self { moments: asked.params.only(&MOMENTS), as_of, is_file: false }
    }

    /// Those of a page that is a file of its own: words lead to their report in it.
    pub fn file(asked: &Asked) -> Self {
        Self { is_file: true, ..Self::new(asked) }
    }

    /// Whether the page is a file of its own.
    pub const fn is_file(&self) -> bool {
        self.is_file
    }

    /// To a claim.
    pub fn claim(&self, id: &str) -> String {
        self.moments.href(&format!("/claim/{}", crate::params::segment(id)))
    }

    /// To an article.
    pub fn article(&self, id: &str) -> String {
        self.moments.href(&format!("/article/{}", crate::params::segment(id)))
    }

    /// To a party.
    pub fn party(&self, key: &str) -> String {
        self.moments.href(&format!("/party/{}", crate::params::segment(key)))
    }

    /// To an outlet.
    pub fn outlet(&self, name: &str) -> String {
        self.moments.href(&format!("/outlet/{}", crate::params::segment(name)))
    }

    /// The same for something that was out by a time: what was out only later, such as the words that stand for a claim now, is shown as it is now.
    #[must_use]
    pub fn for_out(&self, out: Option<&Time>) -> Self {
        match &self.as_of {
            Some(as_of) if out.is_none_or(|out| !out.is_by(as_of)) => {
                Self { moments: self.moments.with("as-of", None), as_of: None, is_file: self.is_file }
            }
            _ => self.clone(),
        }
    }

    /// Whether something that was published by then is shown.
    pub fn shows(&self, published: Option<&Time>) -> bool {
        self.as_of.as_ref().is_none_or(|as_of| published.is_some_and(|published| published.is_by(as_of)))
    }

    /// The moments.
    pub const fn moments(&self) -> &Params {
        &self.moments
    }
}
