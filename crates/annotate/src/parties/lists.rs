//! Closed lists of function words. Not names, titles or outlets: those are tables.

/// Words that begin no name although a sentence writes them with a capital.
#[rustfmt::skip]
pub(super) const COMMON: &[&str] = &[
    "a", "about", "above", "according", "across", "actually", "after", "again", "against", "ago", "all",
    "almost", "alone", "along", "already", "also", "although", "always", "am", "amid", "among", "an", "and",
    "another", "any", "anyone", "anything", "apparently", "are", "around", "as", "aside", "asked", "at", "back",
    "based", "be", "because", "been", "before", "behind", "being", "below", "beside", "besides", "between",
    "beyond", "both", "but", "by", "can", "can't", "cannot", "clearly", "could", "couldn't", "critics",
    "despite", "did", "didn't", "do", "does", "doesn't", "don't", "down", "due", "during", "each", "earlier",
    "either", "else", "enough", "especially", "even", "eventually", "ever", "every", "everybody", "everyone",
    "everything", "except", "experts", "few", "finally", "first", "five", "following", "for", "former", "four",
    "from", "further", "furthermore", "generally", "get", "given", "good", "got", "had", "half", "has", "have",
    "having", "he", "hence", "her", "here", "hers", "herself", "him", "himself", "his", "how", "however",
    "hundreds", "i", "if", "in", "including", "indeed", "inside", "instead", "into", "is", "isn't", "it", "its",
    "itself", "just", "largely", "last", "lately", "later", "least", "less", "let", "like", "likewise",
    "little", "long", "look", "made", "make", "many", "maybe", "me", "meanwhile", "might", "mine", "more",
    "moreover", "most", "mostly", "much", "must", "my", "myself", "near", "nearly", "neither", "never",
    "nevertheless", "new", "next", "no", "nobody", "none", "nonetheless", "nor", "not", "nothing", "now", "of",
    "off", "officials", "often", "oh", "ok", "okay", "on", "once", "one", "ones", "only", "or", "other",
    "others", "otherwise", "our", "ours", "ourselves", "out", "over", "overall", "own", "part", "people", "per",
    "perhaps", "please", "police", "polls", "previously", "probably", "rather", "really", "recent", "recently",
    "regardless", "reporters", "right", "said", "same", "say", "second", "see", "several", "shall", "she",
    "should", "shouldn't", "similarly", "since", "six", "so", "some", "somebody", "someone", "something",
    "sometimes", "soon", "sorry", "still", "such", "supporters", "sure", "ten", "than", "thank", "thanks",
    "that", "the", "their", "theirs", "them", "themselves", "then", "there", "therefore", "these", "they",
    "third", "this", "those", "though", "thousands", "three", "through", "throughout", "thus", "to", "today",
    "together", "tomorrow", "tonight", "too", "toward", "towards", "two", "under", "unless", "unlike", "until",
    "up", "upon", "us", "very", "via", "voters", "was", "wasn't", "watch", "we", "well", "were", "weren't",
    "what", "whatever", "when", "whenever", "where", "whereas", "wherever", "whether", "which", "while", "who",
    "whoever", "whom", "whose", "why", "will", "with", "within", "without", "won't", "would", "wouldn't", "yes",
    "yesterday", "yet", "you", "your", "yours", "yourself", "that's", "it's", "he's", "she's", "i'm", "we're",
    "they're", "there's", "let's", "what's", "you're", "i've", "we've", "they've", "i'd", "i'll", "we'll",
    "read", "related", "photo", "image", "video", "advertisement", "story", "updated", "published", "getty",
    "correction", "editor", "note", "q", "mr", "mrs", "ms", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december", "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct",
    "nov", "dec", "christmas", "thanksgiving", "easter", "halloween", "a.m", "p.m", "pm", "et", "est", "edt",
    "gmt", "internet", "web",
];

/// Words of [`COMMON`] that stand inside of names.
#[rustfmt::skip]
pub(super) const INSIDE: &[&str] = &[
    "watch", "right", "new", "first", "second", "people", "one", "good", "story", "post", "police", "voters",
    "reporters", "today", "now", "little", "long", "web", "editor", "march", "april", "may", "june", "august",
    "together", "next", "forward", "back", "house", "internet", "independent",
];

/// Behind these a name is no subject.
#[rustfmt::skip]
pub(super) const PREPOSITIONS: &[&str] = &[
    "of", "by", "for", "to", "with", "against", "from", "about", "on", "in", "at", "than", "as", "like", "over",
    "under", "between", "among", "behind", "toward", "towards", "into", "through", "unlike", "without", "near",
    "via", "despite", "after", "before", "around", "beyond", "including",
];

/// Words that stand between name and verb.
#[rustfmt::skip]
pub(super) const ADVERBS: &[&str] = &[
    "also", "then", "later", "still", "now", "never", "not", "just", "first", "even", "only", "once", "again",
    "himself", "herself", "itself", "recently", "often", "both", "all", "too",
];

/// Verbs that a sentence's subject has, with those ending in "ed".
#[rustfmt::skip]
pub(super) const VERBS: &[&str] = &[
    "is", "was", "are", "were", "has", "had", "have", "will", "would", "could", "should", "might", "may", "can",
    "must", "did", "does", "do", "said", "says", "told", "tells", "say", "added", "made", "went", "took",
    "gave", "wrote", "writes", "argues", "thinks", "thought", "believes", "knows", "knew", "came", "comes",
    "got", "gets", "seems", "seemed", "began", "spoke", "speaks", "won", "lost", "ran", "runs", "led", "leads",
    "held", "holds", "kept", "keeps", "saw", "sees", "wants", "makes", "takes", "gives", "goes", "put", "set",
    "met", "left", "sent", "drew", "found", "felt", "became", "plans", "faces", "won't", "isn't", "wasn't",
    "didn't", "doesn't", "hasn't", "wouldn't", "couldn't", "tweeted", "need", "needs", "continues", "insists",
    "notes", "claims", "calls", "remains", "appears", "brought", "fell", "rose", "stood", "sat", "cut", "hit",
    "let", "paid", "sought", "fought", "taught", "beat", "spent", "built",
];

/// Lower-case words inside of a person's name.
#[rustfmt::skip]
pub(super) const PARTICLES: &[&str] = &[
    "de", "da", "di", "du", "del", "della", "dos", "van", "von", "der", "den", "ter", "la", "le", "bin", "ibn",
    "al", "el", "ben", "abu", "y", "e",
];

/// Words that begin a noun phrase.
#[rustfmt::skip]
pub(super) const DETERMINERS: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your",
    "some", "many", "several", "most", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "no", "any", "each", "every", "both", "all", "one", "other", "another", "more", "few", "dozens", "hundreds",
    "thousands", "whose",
];

/// Words with a capital that alone are no name.
#[rustfmt::skip]
pub(super) const NO_NAMES: &[&str] = &[
    "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "amendment",
    "millennials", "presidential", "election", "inauguration", "article", "section", "chapter", "judicial",
    "abroad", "iowans",
];

/// Looks a word up in a list.
pub(super) fn has(list: &[&str], word: &str) -> bool {
    list.contains(&word)
}

/// Whether one of the words is in the set.
pub(super) fn any(set: &std::collections::HashSet<String>, words: &[&str]) -> bool {
    words.iter().any(|word| set.contains(*word))
}

/// Outlets whose whole name is a common word or a surname.
#[rustfmt::skip]
pub(super) const COMMON_OUTLETS: &[&str] = &[
    "time", "people", "fortune", "observer", "independent", "sun", "state", "nation", "standard", "herald",
    "mirror", "star", "variety", "deadline", "mic", "vice", "slate", "salon", "stuff", "punch", "vanguard",
    "age", "hill", "national", "dawn", "hindu", "spectator", "sky", "zeit", "welt", "saba", "petra", "wafa",
    "tt", "map", "app", "pa", "sana", "mena", "insider", "astra", "kan", "geo", "rai", "aps", "spa", "stat",
    "telegraph", "guardian", "post", "times", "atlantic", "verge", "blaze", "federalist", "intercept",
    "enquirer", "esquire", "semana", "sabah", "zaman", "mail", "journal", "bild", "lusa", "belga", "mehr", "cp",
    "aa", "an", "ips", "tns", "ena", "bta", "mti", "ans", "kompas", "fars", "sputnik", "wired", "forbes",
    "dispatch", "ard", "fox", "politico europe", "drudge", "echo", "abc", "cns", "ap",
];

/// A title's abbreviation in full.
pub(super) fn spelled(word: &str) -> &str {
    match word {
        "sen" => "senator",
        "gov" => "governor",
        "rep" => "representative",
        "pres" => "president",
        "gen" => "general",
        "lt" => "lieutenant",
        "capt" => "captain",
        "sgt" => "sergeant",
        "adm" => "admiral",
        "dr" => "doctor",
        "prof" => "professor",
        "rev" => "reverend",
        "gop" => "republican",
        other => other,
    }
}
