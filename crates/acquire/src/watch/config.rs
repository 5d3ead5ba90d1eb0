//! The file of sources: TOML, as people write it. Not what became of them: that is the [`Store`](super::Store)'s.

use std::collections::HashSet;
use std::time::Duration;

use onrecord_evidence::Diagnostic;
use serde::Deserialize;

use crate::fetch::normal_address;

/// What is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sources {
    /// Whom outlets can write to.
    pub contact: String,
    /// The sources, in the order of the file.
    pub sources: Vec<Source>,
}

/// One outlet or section that is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name; tells it from others.
    pub name: String,
    /// Addresses of feeds and sitemaps.
    pub feeds: Vec<String>,
    /// The outlet, where it is stated here; stands above what pages say.
    pub outlet: Option<String>,
    /// What its pages are asked for in.
    pub language: Option<String>,
    /// How often its feeds are asked.
    pub every: Duration,
    /// Least pause between two pages of a host.
    pub delay: Duration,
    /// How long after an article was first taken it is fetched again.
    pub again: Vec<Duration>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    contact: String,
    every: Option<String>,
    delay: Option<String>,
    again: Option<Vec<String>>,
    #[serde(default)]
    source: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    #[serde(default)]
    feeds: Vec<String>,
    outlet: Option<String>,
    language: Option<String>,
    every: Option<String>,
    delay: Option<String>,
    again: Option<Vec<String>>,
}

/// Default of [`Source::every`].
const EVERY: Duration = Duration::from_secs(15 * 60);
/// Default of [`Source::delay`].
const DELAY: Duration = Duration::from_secs(5);
/// Default of [`Source::again`]: 1 h, 6 h, 24 h, 7 d.
const AGAIN: [Duration; 4] = [
    Duration::from_secs(3600),
    Duration::from_secs(6 * 3600),
    Duration::from_secs(24 * 3600),
    Duration::from_secs(7 * 24 * 3600),
];
/// Least [`Source::every`]: a feed that is asked more often tells nothing new.
const MIN_EVERY: Duration = Duration::from_secs(60);
/// Most stages of [`Source::again`].
const MAX_STAGES: usize = 32;

impl Sources {
    /// Reads a file of sources. A source that cannot be used is a diagnostic, and the others are used.
    ///
    /// ```
    /// use onrecord_acquire::watch::Sources;
    /// let (sources, problems) = Sources::parse(r#"
    ///     contact = "desk@teyne-sentinel.example"
    ///     [[source]]
    ///     name = "Alben Courier"
    ///     feeds = ["https://courier.example/feed.xml"]
    ///     every = "10m"
    /// "#);
    /// assert_eq!(sources.expect("the file is sound").sources[0].every.as_secs(), 600);
    /// assert!(problems.is_empty());
    /// ```
    pub fn parse(text: &str) -> (Option<Self>, Vec<Diagnostic>) {
        let file: File = match toml::from_str(text) {
            Ok(file) => file,
            Err(error) => return (None, vec![bad(error.message()).at(place(text, error.span()))]),
        };
        let contact = file.contact.trim().to_owned();
        if !contact.contains(['@', '.']) {
            let message = "contact: expected an address of mail or a page, so that outlets can reach you";
            return (None, vec![bad(message).hint("write contact = \"desk@your-outlet.example\"")]);
        }
        let defaults = Written {
            name: String::new(),
            feeds: Vec::new(),
            outlet: None,
            language: None,
            every: file.every,
            delay: file.delay,
            again: file.again,
        };
        let defaults = match times(&defaults, (EVERY, DELAY, AGAIN.to_vec())) {
            Ok(defaults) => defaults,
            Err(message) => return (None, vec![bad(&message)]),
        };
        let mut problems = Vec::new();
        let mut sources: Vec<Source> = Vec::new();
        let mut names = HashSet::new();
        let mut addresses = HashSet::new();
        for written in file.source {
            let name = written.name.trim().to_owned();
            if name.is_empty() || !names.insert(name.clone()) {
                problems.push(bad("expected a name of its own for each source").at(name));
                continue;
            }
            match source(written, &name, &defaults, &mut addresses, &mut problems) {
                Ok(source) => sources.push(source),
                Err(message) => problems.push(bad(&message).at(name)),
            }
        }
        if sources.is_empty() && problems.is_empty() {
            problems.push(bad("no source is named").hint("add a [[source]] with name and feeds"));
        }
        (Some(Self { contact, sources }), problems)
    }
}

type Times = (Duration, Duration, Vec<Duration>);

fn source(
    written: Written,
    name: &str,
    defaults: &Times,
    addresses: &mut HashSet<String>,
    problems: &mut Vec<Diagnostic>,
) -> Result<Source, String> {
    let (every, delay, again) = times(&written, defaults.clone())?;
    let mut feeds = Vec::new();
    for feed in &written.feeds {
        match normal_address(feed) {
            Some(feed) if addresses.insert(feed.clone()) => feeds.push(feed),
            Some(feed) => problems.push(bad(&format!("{feed} is named twice")).at(name)),
            None => problems.push(bad(&format!("feeds: {feed:?} is no http or https address")).at(name)),
        }
    }
    if feeds.is_empty() {
        return Err("feeds: expected at least one address of a feed or sitemap".to_owned());
    }
    let stated = |value: Option<String>| value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
    let language = stated(written.language);
    if let Some(language) = language
        .as_ref()
        .filter(|tag| tag.len() > 35 || !tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
    {
        return Err(format!("language: expected a tag such as en or pt-BR, found {language:?}"));
    }
    Ok(Source { name: name.to_owned(), feeds, outlet: stated(written.outlet), language, every, delay, again })
}

fn times(written: &Written, defaults: Times) -> Result<Times, String> {
    let one =
        |key: &str, value: &Option<String>, default| value.as_deref().map_or(Ok(default), |value| duration(key, value));
    let every = one("every", &written.every, defaults.0)?;
    if every < MIN_EVERY {
        return Err("every: a feed is not asked more often than once a minute".to_owned());
    }
    let delay = one("delay", &written.delay, defaults.1)?;
    let mut again = match &written.again {
        Some(values) => values.iter().map(|value| duration("again", value)).collect::<Result<Vec<_>, _>>()?,
        None => defaults.2,
    };
    again.sort_unstable();
    again.dedup();
    if again.len() > MAX_STAGES || again.first().is_some_and(Duration::is_zero) {
        return Err(format!("again: expected at most {MAX_STAGES} times of a second or more"));
    }
    Ok((every, delay, again))
}

/// `90s`, `15m`, `6h`, `7d`.
fn duration(key: &str, text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let unit = match text[digits..].trim() {
        "s" => Some(1),
        "m" | "min" => Some(60),
        "h" => Some(3600),
        "d" => Some(86_400),
        _ => None,
    };
    let seconds = unit.zip(text[..digits].parse::<u64>().ok()).and_then(|(unit, number)| number.checked_mul(unit));
    // Ten years: more is a slip, and too much for a calendar.
    let seconds = seconds.filter(|seconds| *seconds <= 10 * 366 * 86_400);
    seconds
        .map(Duration::from_secs)
        .ok_or_else(|| format!("{key}: expected a time such as 90s, 15m, 6h or 7d, found {text:?}"))
}

fn bad(message: &str) -> Diagnostic {
    Diagnostic::error("bad-source", message).hint("docs/guide/watch.md describes the file")
}

fn place(text: &str, span: Option<std::ops::Range<usize>>) -> String {
    let line = span.and_then(|span| text.get(..span.start)).map_or(1, |before| before.matches('\n').count() + 1);
    format!("line {line}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_used_is_said() {
        let check = |text: &str, sources: Option<usize>, words: &[&str]| {
            let (found, problems) = Sources::parse(text);
            assert_eq!(found.map(|found| found.sources.len()), sources, "{text}: {problems:?}");
            let shown: Vec<_> = problems.iter().map(ToString::to_string).collect();
            assert_eq!(shown.len(), words.len(), "{shown:?}");
            for (shown, words) in shown.iter().zip(words) {
                assert!(shown.contains(words), "expected {words:?} in {shown}");
            }
        };
        let contact = "contact = \"desk@post.example\"\n";
        let feeds = "feeds = [\"https://post.example/feed\"]\n";
        check("", None, &["contact"]);
        check("contact = \"me\"", None, &["outlets can reach you"]);
        check(contact, Some(0), &["no source"]);
        check(&format!("{contact}speed = 3"), None, &["line 2"]);
        check(&format!("{contact}[[source]]\nname = \"a\"\n{feeds}"), Some(1), &[]);
        check(&format!("{contact}[[source]]\nname = \"a\"\n"), Some(0), &["a: feeds"]);
        check(
            &format!("{contact}[[source]]\nname = \"a\"\nfeeds = [\"ftp://x/\", \"https://y.example/\"]"),
            Some(1),
            &["ftp://x/"],
        );
        check(
            &format!("{contact}[[source]]\nname = \"a\"\n{feeds}[[source]]\nname = \"a\"\n{feeds}"),
            Some(1),
            &["of its own"],
        );
        check(
            &format!("{contact}[[source]]\nname = \"a\"\n{feeds}[[source]]\nname = \"b\"\n{feeds}"),
            Some(1),
            &["named twice", "b: feeds"],
        );
        for (key, value) in [
            ("every", "5s"),
            ("every", "soon"),
            ("delay", "-1s"),
            ("delay", "99999999999999999999d"),
            ("delay", "1000y"),
            ("language", "english please"),
        ] {
            check(&format!("{contact}[[source]]\nname = \"a\"\n{feeds}{key} = \"{value}\""), Some(0), &[key]);
        }
        check(&format!("{contact}again = [\"0s\"]\n[[source]]\nname = \"a\"\n{feeds}"), None, &["again"]);
    }

    #[test]
    fn a_source_takes_what_the_file_says_for_all() {
        let text = "contact = \"desk@post.example\"\ndelay = \"2s\"\nagain = [\"1d\", \"1h\", \"1h\"]\n[[source]]\nname = \"a\"\nfeeds = [\"https://a.example/\"]\n\
                    [[source]]\nname = \"b\"\nfeeds = [\"https://b.example/\"]\ndelay = \"9s\"\nagain = []";
        let (sources, problems) = Sources::parse(text);
        assert!(problems.is_empty(), "{problems:?}");
        let sources = sources.unwrap().sources;
        assert_eq!((sources[0].delay.as_secs(), sources[1].delay.as_secs()), (2, 9));
        assert_eq!(sources[0].again.iter().map(Duration::as_secs).collect::<Vec<_>>(), [3600, 86_400]);
        assert!(sources[1].again.is_empty());
        assert_eq!(sources[1].every, EVERY);
    }
}
