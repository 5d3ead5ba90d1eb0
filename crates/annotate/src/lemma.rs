//! The lemma of a cue: its head verb in the form that a dictionary lists. English rules and a small table, not a parser; what
//! a cue means is the act table's.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Auxiliaries behind which an inflected form stands.
const AUXILIARIES: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "having", "'s", "'re", "'m", "'ve",
    "'d", "isn't", "aren't", "wasn't", "weren't", "hasn't", "haven't", "hadn't", "got", "getting",
];
/// Auxiliaries behind which the base form stands.
const BEFORE_BASE: &[&str] = &[
    "to",
    "do",
    "does",
    "did",
    "will",
    "would",
    "can",
    "could",
    "may",
    "might",
    "must",
    "shall",
    "should",
    "cannot",
    "'ll",
    "don't",
    "doesn't",
    "didn't",
    "won't",
    "wouldn't",
    "can't",
    "couldn't",
    "mustn't",
    "shouldn't",
];
/// Words that may stand before the head; adverbs in "-ly" may, too.
const BEFORE: &[&str] = &[
    "not", "never", "neither", "nor", "also", "then", "just", "still", "even", "ever", "again", "first", "once",
    "often", "now", "later", "soon", "further", "long", "only", "already", "yet", "so", "and", "both", "either", "far",
    "too", "always", "all",
];
/// Cues that are no verbs, or are always given in these words.
const PHRASES: &[&str] = &["according to", "per", "via"];
/// Words that begin a phrase without a head verb: "in the words of".
const PREPOSITIONS: &[&str] = &[
    "in", "on", "at", "by", "of", "with", "under", "for", "from", "as", "a", "an", "the", "his", "her", "its", "their",
    "my", "no",
];
/// Words behind "be" that are no adjectives: "is more supportive of", "is about to ask".
const NO_ADJECTIVES: &[&str] = &[
    "more", "most", "less", "one", "it", "well", "very", "some", "much", "almost", "among", "about", "against",
    "perhaps",
];

/// Forms that follow no rule, the base in front of each group.
const IRREGULAR: &str = "\
    say says said saying; tell told; think thought; write wrote written; speak spoke spoken; hold held; find found; \
    make made; know knew known; see saw seen; feel felt; mean meant; give gave given; take took taken; \
    go goes went gone; come came coming; begin began begun; bring brought; buy bought; catch caught; seek sought; \
    swear swore sworn; keep kept; leave left leaving; lead led; hear heard; understand understood; stand stood; \
    lay laid; lie lies lied lying; create created creating; underscore underscored underscoring; \
    lambaste lambasted lambasting; extol extolled extolling; revere revered revering; die dies died dying; \
    tie ties tied tying; vie vies vied vying; show shown; draw drew drawn; foresee foresaw foreseen; \
    break broke broken; choose chose chosen choosing; run ran; sing sang sung; ring rang rung; get got gotten; \
    lose lost losing; pay paid; send sent; spend spent; build built; teach taught; fight fought; win won; \
    grow grew grown; throw threw thrown; withdraw withdrew withdrawn; forget forgot forgotten; \
    forgive forgave forgiven; become became becoming; overcome overcame overcoming; \
    welcome welcomes welcomed welcoming; rise rose risen; fall fell fallen; strike struck stricken; deal dealt; \
    dream dreamt; learn learnt; sell sold; sit sat; stick stuck; shoot shot; sweep swept; weep wept; meet met; \
    eat ate eaten; blow blew blown; fly flew flown; drive drove driven; ride rode ridden; hide hid hidden; \
    bite bit bitten; be is are was were been being am; have has had having; do does did done; agree agreed; \
    disagree disagreed; decree decreed; guarantee guaranteed; free freed; add added adding; err erred erring; \
    panic panicked panicking; mimic mimicked mimicking; focus focuses focused focusing focussed; bias biased; \
    murmur murmured murmuring; combat combated combating; debut debuted debuting; hang hung hanging; \
    cite cited citing; recite recited reciting; invite invited inviting; unite united uniting; \
    excite excited exciting; incite incited inciting; rewrite rewrote rewritten rewriting; quote quoted quoting; \
    note noted noting; vote voted voting; denote denoted denoting; promote promoted promoting; \
    devote devoted devoting; misquote misquoted misquoting; complete completed completing; \
    compete competed competing; delete deleted deleting; ignore ignored ignoring; explore explored exploring; \
    deplore deplored deploring; implore implored imploring; restore restored restoring; score scored scoring; \
    interfere interfered interfering; adhere adhered adhering; condone condoned condoning; \
    postpone postponed postponing; phone phoned phoning; telephone telephoned telephoning; \
    convene convened convening; intervene intervened intervening; loathe loathed loathing; hope hoped hoping; \
    cope coped coping; explode exploded exploding; console consoled consoling; type typed typing; use used using; \
    gossip gossiped gossiping; write writing; control controlled controlling; compel compelled compelling; \
    expel expelled expelling; repel repelled repelling; rebel rebelled rebelling; propel propelled propelling; \
    label labelled labelling; signal signalled signalling; model modelled modelling; cancel cancelled cancelling; \
    travel travelled travelling; counsel counselled counselling; blame blamed blaming; dare dared daring; \
    ache ached aching; breathe breathed breathing; forbid forbade forbidden; shine shone; retell retold; \
    foretell foretold; uphold upheld; withhold withheld; mislead misled; misunderstand misunderstood; \
    undertake undertook undertaken; overhear overheard; mistake mistook mistaken";

/// Ends of a stem, before "-ed" or "-ing", that had an "e", each with letters that may not stand before them ("announc", "stat", not
/// "treat"). Other stems are whole.
const SILENT_E: &[(&str, &str)] = &[
    ("c", ""),
    ("v", ""),
    ("u", ""),
    ("z", "zt"),
    ("s", "s"),
    ("at", "eo"),
    ("put", ""),
    ("fut", ""),
    ("but", "e"),
    ("cut", ""),
    ("lut", ""),
    ("tut", ""),
    ("mut", ""),
    ("ur", "o"),
    ("ir", "ae"),
    ("ar", "eow"),
    ("in", "aeo"),
    ("am", "eo"),
    ("im", "a"),
    ("um", ""),
    ("ad", "eo"),
    ("id", "ao"),
    ("ud", "ao"),
    ("ced", ""),
    ("ped", "e"),
    ("ak", "eo"),
    ("ik", ""),
    ("ok", "o"),
    ("uk", ""),
    ("il", "aeo"),
    ("ul", "ao"),
    ("bl", ""),
    ("pl", ""),
    ("tl", ""),
    ("sl", ""),
    ("gl", ""),
    ("dl", ""),
    ("zl", ""),
    ("fl", ""),
    ("cl", ""),
    ("kl", ""),
    ("ap", "eo"),
    ("ip", "h"),
    ("ib", ""),
    ("ob", ""),
    ("ag", ""),
    ("eg", ""),
    ("ig", ""),
    ("dg", ""),
    ("rg", ""),
    ("lg", ""),
    ("aug", ""),
    ("ang", ""),
    ("eng", ""),
    ("ung", ""),
];

/// The lemma of a cue, in small letters: the base of its head verb ("declined to comment" gives "decline"), with "be" before an
/// adjective ("be aware"), the words themselves where there is no verb ("according to", "reportedly"). `None` for a cue without
/// letters, such as a colon.
///
/// ```
/// use onrecord_annotate::cue_lemma;
/// assert_eq!(cue_lemma("has repeatedly denied").as_deref(), Some("deny"));
/// assert_eq!(cue_lemma("would neither confirm nor deny").as_deref(), Some("confirm"));
/// assert_eq!(cue_lemma(":"), None);
/// ```
pub fn cue_lemma(cue: &str) -> Option<String> {
    let cue = cue.to_lowercase().replace('’', "'");
    let words: Vec<&str> = cue
        .split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '\'' | '-'))
        .map(|word| word.trim_matches('-'))
        .filter(|word| word.contains(char::is_alphanumeric))
        .collect();
    let (first, last) = (words.first()?, words.last()?);
    let joined = words.join(" ");
    if let Some(phrase) = PHRASES.iter().find(|phrase| joined == **phrase || joined.starts_with(&format!("{phrase} ")))
    {
        return Some((*phrase).to_owned());
    }
    if PREPOSITIONS.contains(first) {
        return Some(joined);
    }
    let mut auxiliary = "";
    for word in &words {
        if AUXILIARIES.contains(word) || BEFORE_BASE.contains(word) {
            auxiliary = word;
        } else if !(BEFORE.contains(word) || word.len() > 4 && word.ends_with("ly")) {
            let base = if BEFORE_BASE.contains(&auxiliary) { (*word).to_owned() } else { base(word) };
            let is_be = AUXILIARIES.contains(&auxiliary) && matches!(self::base(auxiliary).as_str(), "be");
            return Some(match is_be && !is_participle(word) {
                true if PREPOSITIONS.contains(word) || NO_ADJECTIVES.contains(word) => "be".to_owned(),
                true => format!("be {word}"),
                false => base,
            });
        }
    }
    Some(if auxiliary.is_empty() || last.ends_with("ly") { (*last).to_owned() } else { base(auxiliary) })
}

/// Whether a word behind a form of "be" can be a verb: "was told", "is saying".
fn is_participle(word: &str) -> bool {
    word.ends_with("ed")
        || word.ends_with("ing")
        || irregular(word).is_some_and(|base| base != word)
        || matches!(word, "put" | "read" | "set" | "cut")
}

fn irregular(word: &str) -> Option<&'static str> {
    static BASES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        let mut bases = HashMap::new();
        for group in IRREGULAR.split("; ") {
            let mut forms = group.split(' ');
            let Some(base) = forms.next() else { continue };
            // Of two verbs with one form the first has it.
            forms.for_each(|form| _ = bases.entry(form).or_insert(base));
        }
        bases
    });
    BASES.get(word).copied()
}

/// The base of a verb form.
fn base(word: &str) -> String {
    if let Some(base) = irregular(word) {
        return base.to_owned();
    }
    // "need", "succeed": no past tense.
    if word.ends_with("eed") {
        return word.to_owned();
    }
    let letters = |stem: &str| stem.chars().count() > 1 && stem.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    if let Some(stem) = word.strip_suffix("ied").or_else(|| word.strip_suffix("ies")).filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    if let Some(stem) = word.strip_suffix("ed").or_else(|| word.strip_suffix("ing")).filter(|stem| letters(stem)) {
        return whole_stem(stem);
    }
    let sharp = ["sses", "xes", "ches", "shes", "zzes", "oes"].iter().any(|end| word.ends_with(end));
    match word.strip_suffix('s') {
        Some(_) if sharp => word[..word.len() - 2].to_owned(),
        Some(stem) if letters(stem) && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// A stem before "-ed" or "-ing" as the base was written: without its doubled consonant, with its silent "e".
fn whole_stem(stem: &str) -> String {
    let mut letters = stem.chars().rev();
    let (last, before) = (letters.next(), letters.next());
    if last == before && last.is_some_and(|last| "bdgmnprt".contains(last)) {
        return stem[..stem.len() - 1].to_owned();
    }
    let silent = SILENT_E.iter().any(|(end, unless)| {
        stem.strip_suffix(end).is_some_and(|rest| !rest.is_empty() && !rest.ends_with(|letter| unless.contains(letter)))
    });
    if silent { format!("{stem}e") } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn head_verbs() {
        let check = |cue: &str, expect: &str| assert_eq!(cue_lemma(cue).as_deref(), Some(expect), "{cue}");
        check("said", "say");
        check("told reporters on Monday", "tell");
        check("has repeatedly denied", "deny");
        check("Did not respond to", "respond");
        check("didn’t return", "return");
        check("was quoted as saying", "quote");
        check("would neither confirm nor deny", "confirm");
        check("declined to say", "decline");
        check("was reportedly said", "say");
        check("to discuss", "discuss");
        check("will focus on", "focus");
        check("is aware of", "be aware");
        check("was clear about", "be clear");
        check("is a supporter of", "be");
        check("was stirring up", "stir");
        check("has", "have");
        check("reportedly", "reportedly");
        check("has reportedly", "reportedly");
        check("According to", "according to");
        check("in the words of", "in the words of");
        check("claims of", "claim");
        check("— said", "say");
    }

    #[test]
    fn forms() {
        let check = |forms: &str, expect: &str| {
            for form in forms.split(' ') {
                assert_eq!(base(form), expect, "{form}");
            }
        };
        for (forms, expect) in [
            ("announced announcing announces announce", "announce"),
            ("argued argues arguing", "argue"),
            ("believes believed believing", "believe"),
            ("accused accuses accusing", "accuse"),
            ("stressed stresses stressing", "stress"),
            ("stated stating states", "state"),
            ("repeated repeating", "repeat"),
            ("admitted admits admitting", "admit"),
            ("planned planning", "plan"),
            ("called calls calling", "call"),
            ("recalled recalling", "recall"),
            ("explained explaining", "explain"),
            ("declined declining", "decline"),
            ("declared declares", "declare"),
            ("feared fearing", "fear"),
            ("decided decides", "decide"),
            ("conceded concedes", "concede"),
            ("need needed needs", "need"),
            ("concluded", "conclude"),
            ("alleged alleging", "allege"),
            ("acknowledged acknowledging", "acknowledge"),
            ("challenged challenges", "challenge"),
            ("urged urging", "urge"),
            ("disputed disputes disputing", "dispute"),
            ("refuted", "refute"),
            ("doubted doubts", "doubt"),
            ("assured assuring", "assure"),
            ("required", "require"),
            ("assumed", "assume"),
            ("claimed claiming", "claim"),
            ("described describing", "describe"),
            ("criticised criticising", "criticise"),
            ("apologized", "apologize"),
            ("promises promised", "promise"),
            ("denies denying", "deny"),
            ("warns warned", "warn"),
            ("tweeted tweets", "tweet"),
            ("threatened", "threaten"),
            ("wondered", "wonder"),
            ("mentioned", "mention"),
            ("reached reaches", "reach"),
            ("pledged", "pledge"),
            ("joked", "joke"),
            ("mocked", "mock"),
            ("ruled", "rule"),
            ("revealed", "reveal"),
            ("settled", "settle"),
            ("agrees agreed agreeing", "agree"),
            ("added adds adding", "add"),
            ("replied replies replying", "reply"),
            ("discuss discussed", "discuss"),
            ("insisted", "insist"),
            ("asked asking", "ask"),
            ("blamed blames", "blame"),
            ("credited", "credit"),
            ("pointed", "point"),
            ("signaled", "signal"),
        ] {
            check(forms, expect);
        }
    }

    #[test]
    fn odd_cues_do_no_harm() {
        for cue in ["", ":", "—", "'", "-", "s", "ed", "ing", "ies", "é", "—s", "n't", "ßed", "\u{130}ed"] {
            cue_lemma(cue);
        }
        assert_eq!(cue_lemma(": —"), None);
    }
}
