//! The search for words in attributions. Any input is a list of words: there is no query language that could be wrong.

use std::collections::HashSet;

use rusqlite::params;

use onrecord_annotate::Act;
use onrecord_evidence::Time;

use crate::reader::{AttributionPlace, Reader};
use crate::timeline::Left;
use crate::{Answer, Article, At, KeptAttribution, Ledger, Result};

/// What to look for; an empty query finds every attribution.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Words that must all stand in source, cue, content or title, in any order and inflection; words between double
    /// quotation marks stand together.
    pub words: String,
    /// Words that must all stand in the source.
    pub source: Option<String>,
    /// The act.
    pub act: Option<Act>,
    /// The outlet, in full; capitals do not matter.
    pub outlet: Option<String>,
    /// Published then or later; articles without a date are left out and counted.
    pub since: Option<Time>,
    /// Published by then; articles without a date are left out and counted.
    pub until: Option<Time>,
    /// At most so many hits.
    pub limit: Option<usize>,
    /// Also texts that are not current any more.
    pub all_revisions: bool,
}

impl Ledger {
    /// The attributions that `query` describes: the best match first (BM25 rounded to millionths), then by id; without
    /// words by id. [`Answer::undated`] counts up to where the limit was reached.
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged.
    pub fn search(&self, query: &Query, at: &At) -> Result<Answer<KeptAttribution>> {
        self.read(at, |reader| {
            let matching = Matching::of(query);
            let mut undated = HashSet::new();
            let mut found = Vec::new();
            for place in candidates(reader, query, &matching)? {
                if query.limit.is_some_and(|limit| found.len() >= limit) {
                    break;
                }
                let article = match reader.article(place.article)? {
                    Ok(article) => article,
                    Err(Left::NotYet) => continue,
                    Err(Left::Undated) => {
                        undated.insert(place.article);
                        continue;
                    }
                };
                if !reader.is_current(&article, &place) && !query.all_revisions || !outlet_fits(&article, query) {
                    continue;
                }
                match date_fits(&article, query) {
                    None => {
                        undated.insert(place.article);
                    }
                    Some(false) => {}
                    Some(true) => {
                        let kept = reader.attribution(&place)?.ok().flatten();
                        if let Some(kept) = kept
                            && matching.stands_without_title(reader, &kept, &place)?
                        {
                            found.push(kept);
                        }
                    }
                }
            }
            Ok(Answer { found, undated: undated.len() })
        })
    }
}

fn outlet_fits(article: &Article, query: &Query) -> bool {
    query.outlet.as_ref().is_none_or(|outlet| {
        article.metadata.outlet.as_ref().is_some_and(|found| found.to_lowercase() == outlet.trim().to_lowercase())
    })
}

/// Whether the article was published in the time asked for; `None` where a time is asked for and it states none.
fn date_fits(article: &Article, query: &Query) -> Option<bool> {
    if query.since.is_none() && query.until.is_none() {
        return Some(true);
    }
    let published = article.published.as_ref()?;
    let since = query.since.as_ref().is_none_or(|since| published.earliest() >= since.earliest());
    Some(since && query.until.as_ref().is_none_or(|until| published.is_by(until)))
}

/// Where the attributions stand that have the words and the act, in the order of the answer.
fn candidates(reader: &Reader<'_>, query: &Query, matching: &Matching) -> Result<Vec<AttributionPlace>> {
    let act = query.act.map(Act::word);
    let Some(expression) = &matching.all else {
        return match act {
            Some(act) => reader.places("WHERE a.act = ? ORDER BY a.id, a.record_set", Some(act)),
            None => reader.places("ORDER BY a.id, a.record_set", None),
        };
    };
    let mut statement = reader.connection.prepare_cached(
        "SELECT a.no, a.record_set, a.place, s.article FROM words JOIN attribution a ON a.no = words.rowid \
         JOIN record_set s ON s.no = a.record_set WHERE words MATCH ?1 AND (?2 IS NULL OR a.act = ?2) \
         ORDER BY round(bm25(words), 6), a.id, a.record_set",
    )?;
    let rows = statement.query_map(params![expression, act], AttributionPlace::of_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A query in the language of FTS5, in which only strings, `AND` and column names are used.
struct Matching {
    /// Over all columns; `None` where no word is asked for.
    all: Option<String>,
    /// Over all columns but the title.
    without_title: String,
}

impl Matching {
    fn of(query: &Query) -> Self {
        let words = strings(&query.words);
        let source = strings(query.source.as_deref().unwrap_or_default());
        let join = |columns: &str| {
            let mut parts = Vec::new();
            if !words.is_empty() {
                parts.push(format!("({{{columns}}} : ({}))", words.join(" AND ")));
            }
            if !source.is_empty() {
                parts.push(format!("({{source}} : ({}))", source.join(" AND ")));
            }
            parts.join(" AND ")
        };
        let all = join("source cue content title");
        Self { all: (!all.is_empty()).then_some(all), without_title: join("source cue content") }
    }

    /// The index holds the title that is current now. Where another one stood at the time asked for, the words must stand in
    /// the attribution itself: a later headline must not bring it up.
    fn stands_without_title(
        &self,
        reader: &Reader<'_>,
        kept: &KeptAttribution,
        place: &AttributionPlace,
    ) -> Result<bool> {
        if self.all.is_none() || *reader.at == At::default() {
            return Ok(true);
        }
        let indexed: String = reader
            .connection
            .prepare_cached("SELECT title FROM record_set WHERE no = ?")?
            .query_row([place.set], |row| row.get(0))?;
        if kept.revision().metadata.title.as_deref().unwrap_or_default() == indexed {
            return Ok(true);
        }
        let mut statement =
            reader.connection.prepare_cached("SELECT 1 FROM words WHERE rowid = ? AND words MATCH ?")?;
        Ok(statement.exists(params![place.no, self.without_title])?)
    }
}

/// The words of `text` as strings of FTS5; words between quotation marks are one string. What holds no letter and no digit is
/// left out: the index holds none of it.
pub(crate) fn strings(text: &str) -> Vec<String> {
    let clean: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let mut strings = Vec::new();
    for (index, piece) in clean.split(['"', '“', '”']).enumerate() {
        match index % 2 {
            0 => strings.extend(piece.split_whitespace().map(str::to_owned)),
            _ => strings.push(piece.to_owned()),
        }
    }
    strings.retain(|string| string.chars().any(char::is_alphanumeric));
    strings.iter().map(|string| format!("\"{string}\"")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_input_is_words() {
        let check = |text: &str, expect: &[&str]| assert_eq!(strings(text), expect, "{text}");
        check("harbour gates", &["\"harbour\"", "\"gates\""]);
        check("\"no comment\" minister", &["\"no comment\"", "\"minister\""]);
        check("“no comment” minister", &["\"no comment\"", "\"minister\""]);
        check("NEAR( AND col:* - ^ don't", &["\"NEAR(\"", "\"AND\"", "\"col:*\"", "\"don't\""]);
        check("\" unclosed", &["\" unclosed\""]);
        check("a\0b — *", &["\"a\"", "\"b\""]);
        check("", &[]);
    }
}
