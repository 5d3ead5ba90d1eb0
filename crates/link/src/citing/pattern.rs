//! The words of citing, as lists. Not how they are put together ([`super::context`]).

/// Verbs that outlets do: they report. Lower case.
#[rustfmt::skip]
pub(super) const REPORTING: &[&str] = &[
    "reported", "reports", "report", "reporting", "wrote", "writes", "write", "published", "publishes", "revealed",
    "reveals", "broke", "claimed", "claims", "cited", "cites", "quoted", "quotes", "noted", "notes", "described",
    "describes", "posted", "ran", "carried", "broadcast", "aired", "uncovered", "obtained", "uncovers", "announced",
    "detailed", "details", "alleged", "alleges",
];
/// Verbs of saying, which anybody does.
#[rustfmt::skip]
pub(super) const SAYING: &[&str] = &[
    "said", "says", "say", "adds", "added", "tweeted", "suggests", "suggested", "speculated", "speculates",
    "learned", "learnt", "understands", "believes", "explains", "explained", "stated", "states", "pointed",
    "points", "insists", "maintains", "attributes", "attributed", "told", "estimates", "warned", "identified",
    "named", "stood", "withdrew", "corrected", "spotted", "spoke", "interviewed", "names",
];
/// Verbs of having it on ground of one's own.
#[rustfmt::skip]
pub(super) const CONFIRMING: &[&str] = &[
    "confirmed", "confirms", "verified", "corroborated", "corroborates",
];
/// What stands between a name and its verb.
#[rustfmt::skip]
pub(super) const BETWEEN: &[&str] = &[
    "has", "had", "have", "just", "also", "earlier", "first", "previously", "originally", "then", "later", "recently",
    "exclusively", "initially", "today", "yesterday", "now", "on", "last", "this", "week", "month", "year", "late",
    "early", "night", "morning", "afternoon", "evening", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "further", "which", "who", "that", "separately", "independently", "even", "itself", "not",
    "is", "was", "newspaper", "agency", "news", "website", "magazine", "tabloid", "paper", "channel", "station",
    "site", "blog", "network", "daily", "weekly", "broadcaster", "reporter", "reporters", "correspondent", "again",
    "only", "simply", "actually", "already", "in", "its", "a", "report", "article", "story",
];
/// Nouns that are what outlets publish.
#[rustfmt::skip]
pub(super) const PIECES: &[&str] = &[
    "report", "reports", "story", "stories", "article", "articles", "account", "piece", "item", "scoop", "column",
    "exclusive", "dispatch", "coverage", "headline", "headlines", "claim", "claims", "version", "post",
    "investigation", "interview", "editorial", "rumor", "rumour", "blog", "segment", "broadcast", "text", "website",
    "site", "page",
];
/// Verbs of publishing before "by", "in", "on".
#[rustfmt::skip]
pub(super) const PUBLISHED: &[&str] = &[
    "reported", "published", "revealed", "quoted", "cited", "broadcast", "obtained", "released", "noted",
    "uncovered", "broken", "carried", "run", "aired", "leaked", "posted", "shared", "made", "appeared", "appearing",
    "wrote", "writing", "written", "printed", "broke", "spotted", "seen", "picked", "picked-up", "featured",
    "claimed", "covered", "conducted", "saying", "interviewed", "surfaced", "out", "up", "debunked", "translated",
    "circulated", "taken", "provided", "told",
];
/// Verbs of talking before "to" and "with".
#[rustfmt::skip]
pub(super) const TALKED: &[&str] = &[
    "said", "spoke", "speaking", "talking", "talked", "spoken", "confirmed", "comment", "comments", "statement",
    "remarks", "email", "revealed", "admitted", "explained", "claimed", "denied", "confided", "disclosed", "leaked",
    "told", "saying", "according", "responding", "gave", "statements", "speaks", "talks", "complained", "recounted",
    "described", "relayed", "quote", "wrote", "insisted", "e-mail", "sent", "provided", "conversation",
];
/// Words that may stand between such a verb and its preposition.
#[rustfmt::skip]
pub(super) const FILLERS: &[&str] = &[
    "on", "late", "early", "last", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "week", "month", "night", "today", "yesterday", "earlier", "first", "originally", "exclusively", "in", "a",
    "an", "the", "recently", "also", "this", "previously", "widely", "initially", "online", "as", "saying", "it",
    "up", "new", "recent", "exclusive", "telephone", "phone", "morning", "afternoon", "evening",
];
/// What may stand between a preposition and the name.
#[rustfmt::skip]
pub(super) const LEADING: &[&str] = &[
    "the", "a", "an", "its", "local", "newspaper", "website", "agency", "news", "channel", "tabloid", "magazine",
    "outlet", "broadcaster", "daily", "paper", "site", "blog", "station", "network", "publication", "state",
    "state-run", "pro-government", "state-owned", "media", "television", "tv", "radio", "press", "from", "weekly",
    "gossip", "tech", "online", "fellow", "british", "american", "israeli", "french", "german", "russian",
    "italian", "spanish", "chinese", "japanese", "indian", "iraqi", "turkish", "canadian", "australian", "iranian",
    "kurdish", "swedish", "dutch", "rival", "sister", "respected", "popular", "satirical", "own", "business",
    "sports", "celebrity", "reporters", "at", "of", "entertainment", "us", "uk", "u.s", "apple", "cable", "wire",
    "service", "reporter", "by", "london-based", "lebanese", "arabic", "south", "north", "korean", "fan",
];
/// Words that say how the report came first.
#[rustfmt::skip]
pub(super) const FIRST: &[&str] = &[
    "first", "originally", "initially", "broke", "broken",
];
/// Who writes for an outlet.
#[rustfmt::skip]
pub(super) const STAFF: &[&str] = &[
    "columnist", "reporter", "correspondent", "editor", "journalist", "blogger", "writer", "reporters",
];
/// Names that are platforms, pictures' credits, or no names.
#[rustfmt::skip]
pub(super) const NO_OUTLETS: &[&str] = &[
    "youtube", "twitter", "facebook", "instagram", "tumblr", "reddit", "google", "us", "tv", "video", "photo",
    "image", "getty", "gettyimages", "shutterstock", "wikipedia", "linkedin", "vine", "cpl", "un", "eu", "uk",
    "usa", "fbi", "cia", "nfl", "nhl", "nba", "congress", "nasa", "world", "center", "isis", "internet", "ae",
    "wikimedia",
];
/// Capitalised words that begin sentences or stand before names and belong to none.
#[rustfmt::skip]
pub(super) const NO_NAMES: &[&str] = &[
    "according", "as", "the", "in", "but", "and", "on", "at", "a", "an", "it", "he", "she", "they", "we", "i",
    "this", "that", "these", "those", "when", "while", "after", "before", "if", "for", "from", "to", "by", "with",
    "his", "her", "their", "its", "our", "there", "then", "also", "however", "meanwhile", "citing", "via", "source",
    "sources", "reports", "report", "officials", "police", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december", "mr", "mrs", "ms", "dr", "sir", "what", "who", "how", "why", "where", "so",
    "not", "no", "yes", "one", "two", "three", "some", "many", "most", "all", "both", "h/t", "image", "photo",
    "video", "update", "read", "watch", "see", "more", "speaking", "asked", "residents", "people", "witnesses",
    "scientists", "experts", "authorities", "investigators", "doctors", "everyone", "nobody", "another", "other",
    "earlier", "later", "yesterday", "today", "now", "congress", "parliament", "until", "since", "although",
    "though", "because", "even", "just", "only", "once", "here", "first", "last", "next", "local", "media",
    "several", "like", "you", "my", "your", "second", "third", "photos", "images", "pictured", "screenshot",
    "initially", "previously", "apparently", "reportedly", "whether", "god", "americans", "is", "was", "has", "had",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
];
/// One-word names that are common words.
#[rustfmt::skip]
pub(super) const COMMON: &[&str] = &[
    "time", "people", "life", "nature", "science", "variety", "fortune", "money", "us", "sun", "star", "mirror",
    "post", "mail", "times", "metro", "now", "ok", "hello", "closer", "heat", "week", "today", "press", "news",
    "sky", "wired", "quartz", "vice", "slate", "salon", "express", "nation", "hill", "verge", "local",
    "independent", "guardian", "telegraph", "standard", "record", "herald", "globe", "economist",
];
/// Words that begin the line below a picture.
#[rustfmt::skip]
pub(super) const PICTURES: &[&str] = &[
    "photo", "image", "images", "picture", "video", "screenshot", "pictured", "screengrab", "file", "photos", "pic",
];
/// People behind "citing" whom nobody names.
#[rustfmt::skip]
pub(super) const SOURCES: &[&str] = &[
    "people", "person", "source", "sources", "official", "officials", "aides", "insiders", "insider", "witnesses",
    "executives", "diplomats", "employees", "staffers", "aide", "witness", "members", "men", "women", "reports",
    "friends", "residents", "employee", "executive", "diplomat", "staffer", "member", "friend", "resident", "officer",
    "officers", "investigators", "lawyers",
];
