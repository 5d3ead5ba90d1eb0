//! Names of outlets as keys, and what shows that words are such a name. Not which outlet it is ([`super::masthead`]).

/// The key of a name: its letters and digits in lower case, without a leading "the" and without the ending of a host. "The Vint Observer",
/// "VintObserver" and "vintobserver.example" are one.
pub fn folded(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let bare = lower.strip_prefix("the ").unwrap_or(&lower);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let bare = if is_host(bare) { bare.split('.').next().unwrap_or(bare) } else { bare };
    let bare = bare.trim_end_matches("'s").trim_end_matches("’s");
    bare.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The keys under which an outlet of a ledger or a table is found: its name, the name without what many outlets are called ("Halyard" of
/// "Halyard Press"), and the label of its host. Ascending, without repeats.
pub fn outlet_keys(name: &str, domain: Option<&str>) -> Vec<String> {
    const TAILS: &[&str] = &["press", "news", "agency", "service", "wire", "newspaper", "newswire", "media"];
    let mut words: Vec<&str> = name.split_whitespace().collect();
    while words.len() > 1 && words.last().is_some_and(|last| TAILS.contains(&last.to_lowercase().as_str())) {
        words.pop();
    }
    let short = folded(&words.join(" "));
    let mut keys = vec![folded(name)];
    if short.len() > 3 {
        keys.push(short);
    }
    keys.extend(domain.and_then(label).map(folded));
    keys.retain(|key| !key.is_empty());
    keys.sort();
    keys.dedup();
    keys
}

/// The label of a host that names its owner: "en.vintobserver.example" and "vintobserver.co.example" give "vintobserver".
pub(super) fn label(host: &str) -> Option<&str> {
    let mut labels: Vec<&str> = host.split('.').filter(|label| !label.is_empty()).collect();
    labels.pop()?;
    if labels.len() > 1
        && labels.last().is_some_and(|label| matches!(*label, "co" | "com" | "org" | "net" | "ac" | "gov"))
    {
        labels.pop();
    }
    labels.pop()
}

/// The part of a host that one owner has registered: the owner's label and the ending.
pub(super) fn registered(host: &str) -> &str {
    let host = host.strip_prefix("www.").unwrap_or(host);
    match label(host) {
        Some(label) => {
            let at = label.as_ptr() as usize - host.as_ptr() as usize;
            &host[at..]
        }
        None => host,
    }
}

/// Whether it is written like a host: letters, a dot, a known ending.
pub(super) fn is_host(words: &str) -> bool {
    #[rustfmt::skip]
    const ENDINGS: &[&str] = &[
        "com", "org", "net", "info", "co", "uk", "ru", "de", "fr", "in", "ie", "au", "tv", "fm", "news", "example",
        "me", "io",
    ];
    !words.contains(char::is_whitespace)
        && words.rsplit_once('.').is_some_and(|(head, ending)| {
            head.len() > 1
                && head.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-'))
                && ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
        })
}

/// Last words of outlets' names, lower case.
#[rustfmt::skip]
const HEADS: &[&str] = &[
    "advertiser", "age", "agency", "argus", "beacon", "broadcaster", "broadcasting", "bulletin", "bugle",
    "chronicle", "clarion", "courant", "courier", "daily", "digest", "dispatch", "echo", "examiner", "express",
    "gazette", "globe", "guardian", "herald", "independent", "inquirer", "insider", "intelligencer", "journal",
    "ledger", "mail", "magazine", "media", "mercury", "messenger", "mirror", "monitor", "network", "news",
    "newspaper", "newspapers", "newswire", "newswires", "observer", "online", "post", "press", "radio", "recorder",
    "register", "reporter", "review", "sentinel", "sentry", "standard", "star", "sun", "tabloid", "telegram",
    "telegraph", "television", "times", "today", "tribune", "tv", "weekly", "wire", "world", "watchman", "fm",
    "newsroom",
];

/// First words of outlets' names, lower case.
const FIRSTS: &[&str] = &[
    "radio", "daily", "agence", "agencia", "diario", "canal", "channel", "tv", "télé", "le", "la", "der", "die", "el",
];

/// Whether the last word or the first shows a publication, or all of it a host or a station's call sign. A name of one such word
/// ("Post") does not.
pub(super) fn looks_like_outlet(name: &str) -> bool {
    if is_host(name) || is_call_sign(name) {
        return true;
    }
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let [first, .., last] = words.as_slice() else { return is_closed_up(name) };
    let head = last.trim_end_matches("'s").trim_end_matches("’s");
    (HEADS.contains(&head) && head != "world" && head != "age") || FIRSTS[..5].contains(&first.as_str())
}

/// Whether one word, taken from a name before, can stand for it: "the Post", "the Daily".
pub(super) fn is_head(word: &str) -> bool {
    HEADS.contains(&word.to_lowercase().as_str())
}

/// "KMOV-TV", "WCBS", "KTLA 5".
fn is_call_sign(name: &str) -> bool {
    let first = name.split([' ', '-']).next().unwrap_or_default();
    let station =
        first.len() == 4 && first.starts_with(['K', 'W']) && first.chars().all(|letter| letter.is_ascii_uppercase());
    station || name.ends_with("-TV") || name.ends_with("-FM")
}

/// Names written as one word with a head at its end or a capital inside: "BuzzFeed", "MailOnline", "TechCrunch".
fn is_closed_up(name: &str) -> bool {
    let mut letters = name.chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    let inner = letters.clone().any(char::is_uppercase) && letters.any(char::is_lowercase);
    first && inner && name.chars().all(char::is_alphanumeric) && !name.starts_with("Mc") && !name.starts_with("Mac")
}

/// Nouns that stand for an outlet named before, or describe one that is named beside them; lower case.
#[rustfmt::skip]
const DESCRIPTORS: &[&str] = &[
    "newspaper", "paper", "agency", "tabloid", "magazine", "website", "site", "outlet", "broadcaster", "channel",
    "network", "station", "publication", "blog", "newswire", "daily", "weekly", "wire", "broadsheet", "newsletter",
    "portal", "webzine", "newscast", "programme", "program", "podcast", "affiliate", "journal",
];

/// Whether a lower-case word describes an outlet.
pub(super) fn is_descriptor(word: &str) -> bool {
    DESCRIPTORS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_hosts() {
        assert_eq!(folded("The Vint Observer"), "vintobserver");
        assert_eq!(folded("vintobserver.example"), "vintobserver");
        assert_eq!(folded("Vint Observer's"), "vintobserver");
        assert_eq!(label("en.vintobserver.example"), Some("vintobserver"));
        assert_eq!(label("vintobserver.co.uk"), Some("vintobserver"));
        assert_eq!(registered("www.en.vintobserver.co.uk"), "vintobserver.co.uk");
        assert_eq!(label("localhost"), None);
        assert_eq!(registered("localhost"), "localhost");
    }

    #[test]
    fn shapes() {
        for name in ["Vint Observer", "Radio Hallin", "vint.example", "KVIN-TV", "VintFeed", "Hallin Daily News"] {
            assert!(looks_like_outlet(name), "{name}");
        }
        for name in ["Post", "Otto Frane", "Ministry of Water", "McArden", "NATO", "Nato"] {
            assert!(!looks_like_outlet(name), "{name}");
        }
    }
}
