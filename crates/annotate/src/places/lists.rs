//! The closed lists by which a name's neighbours are read. Not the names themselves: those are in the gazetteer.

/// Whether the sorted list has the word.
pub(super) fn has(list: &[&str], word: &str) -> bool {
    list.contains(&word)
}

/// Behind these a name is nearly always a place.
#[rustfmt::skip]
pub(super) const IN: &[&str] = &[
    "in", "near", "outside", "inside", "across", "throughout", "around", "toward", "towards", "into", "within", "via",
    "at", "through", "northern", "southern", "eastern", "western", "central", "northeastern", "northwestern",
    "southeastern", "southwestern", "northeast", "northwest", "southeast", "southwest", "downtown", "nearby",
    "neighboring", "neighbouring", "occupied", "mainland", "rural", "visited", "visiting", "в", "у", "во", "під",
    "под", "біля", "около", "возле", "близ",
];
/// Behind these it may be.
#[rustfmt::skip]
pub(super) const TO: &[&str] = &[
    "to", "from", "of", "for", "over", "between", "by", "on", "and", "or", "off", "leaving", "left", "reached",
    "entered", "invaded", "captured", "из", "з", "із", "от", "від", "до", "к", "на",
];
/// Before "with" and "against" these have a government behind it.
#[rustfmt::skip]
pub(super) const RELATIONS: &[&str] = &[
    "talks", "deal", "agreement", "negotiations", "negotiate", "negotiated", "relations", "ties", "treaty",
    "ceasefire", "truce", "dialogue", "war", "sanctions", "tariffs", "cooperation", "alliance", "dispute", "conflict",
    "agreements", "deals", "tensions", "row", "pact", "summit", "contacts", "pressure", "embargo", "complaint",
    "lawsuit", "accusations", "allegations", "charges", "claims", "peace", "standoff",
];
/// Before "from" these have a government behind it.
#[rustfmt::skip]
pub(super) const FROM: &[&str] = &[
    "explanation", "claim", "claims", "statement", "statements", "response", "reply", "answer", "answers", "apology",
    "approval", "support", "pressure", "request", "demand", "demands", "warning", "warnings", "criticism", "denial",
    "denials", "permission", "funding", "backing", "guarantees", "assurances", "concessions", "threats", "threat",
    "condemnation", "aid", "independence", "reaction", "compensation", "recognition", "accusations", "orders",
    "interference", "opposition",
];
/// Before "to" these have one behind it.
#[rustfmt::skip]
pub(super) const TOWARD: &[&str] = &[
    "according", "warning", "warnings", "appeal", "appealed", "message", "ultimatum", "threat", "response",
    "concessions", "complained", "complain", "offer", "apologised", "apologized", "policy", "sold", "owed",
    "proposed", "letter", "demands", "appeals",
];
/// Before "by" these are done by a government, beside forms in "ed".
#[rustfmt::skip]
pub(super) const DONE: &[&str] = &[
    "made", "sent", "held", "given", "taken", "built", "run", "led", "brought", "met", "put", "seen", "shot",
    "driven", "drawn", "hit",
];
/// Behind these a country is its government.
#[rustfmt::skip]
pub(super) const WITH: &[&str] = &[
    "accused", "accuses", "accusing", "told", "urged", "urges", "urging", "asked", "pressed", "blamed", "warned",
    "condemned", "without", "help", "persuade", "force", "criticised", "criticized", "blame", "urge", "ask", "blames",
    "condemning", "criticising", "criticizing", "sanctioned", "warning",
];

/// Words that begin a sentence with a capital and belong to no name.
#[rustfmt::skip]
pub(super) const FUNCTION: &[&str] = &[
    "a", "after", "all", "also", "although", "amid", "among", "an", "and", "as", "at", "because", "before", "both",
    "but", "by", "despite", "during", "even", "for", "former", "from", "he", "her", "here", "his", "how", "however",
    "if", "in", "inside", "into", "it", "its", "last", "like", "many", "meanwhile", "most", "near", "neither", "new",
    "no", "nor", "not", "now", "of", "off", "on", "once", "one", "only", "or", "other", "our", "outside", "over",
    "she", "since", "so", "some", "still", "such", "than", "that", "the", "their", "then", "there", "these", "they",
    "this", "those", "though", "through", "throughout", "thus", "to", "today", "toward", "towards", "two", "under",
    "unlike", "until", "unless", "via", "we", "what", "when", "where", "whereas", "whether", "which", "while", "who",
    "why", "will", "with", "within", "without", "yesterday", "yet", "you", "your", "according", "across", "around",
    "does", "did", "is", "are", "was", "were", "has", "have", "had", "can", "could", "should", "would", "may",
    "about", "between", "against", "above", "nearby", "neighboring", "neighbouring", "elsewhere", "back", "again",
    "earlier", "later", "three", "four", "five", "six", "several", "downtown", "i",
];

/// Other nouns that make a name with "of" and a place: titles of nobility, events, works.
#[rustfmt::skip]
pub(super) const NAME_OF: &[&str] = &[
    "duke", "duchess", "earl", "count", "countess", "marquess", "baron", "battle", "siege", "treaty", "merchant",
    "voice", "daughters", "sons", "knights", "order", "universities", "colleges", "times", "spirit", "miss", "bay",
    "gulf", "cape", "strait", "sea", "tower", "declaration", "peace", "pride",
];

/// Days and months, which stand beside names without belonging to them.
#[rustfmt::skip]
pub(super) const DAYS: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "aug",
    "sept", "oct", "nov", "dec",
];

/// Directions before a name, part of a description and not of another name.
#[rustfmt::skip]
pub(super) const DIRECTIONS: &[&str] = &[
    "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "upper", "lower",
    "greater", "downtown", "inner", "outer", "northeast", "northwest", "southeast", "southwest", "northeastern",
    "northwestern", "southeastern", "southwestern", "mainland", "continental", "occupied",
];

/// Titles before a name that make it a person's.
#[rustfmt::skip]
pub(super) const HONORIFICS: &[&str] = &[
    "mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "dame", "president", "sen", "senator", "sens", "rep",
    "reps", "representative", "gov", "governor", "gen", "general", "col", "colonel", "capt", "captain", "lt",
    "lieutenant", "maj", "major", "sgt", "sergeant", "judge", "justice", "professor", "prof", "king", "queen",
    "prince", "princess", "pope", "congressman", "congresswoman", "secretary", "minister", "chancellor", "mayor",
    "detective", "officer", "chairman", "chairwoman", "sheikh", "ayatollah", "imam", "rabbi", "bishop", "cardinal",
    "father", "sister", "brother", "coach", "spokesman", "spokeswoman", "spokesperson", "premier", "attorney",
    "commissioner", "sheriff", "ambassador", "director",
];

/// Offices behind the name of a country or city; the name stays a place ("Kyiv Mayor ...").
#[rustfmt::skip]
pub(super) const OFFICES: &[&str] = &[
    "president", "prime", "minister", "foreign", "defence", "defense", "interior", "finance", "health", "ambassador",
    "mayor", "governor", "gov", "senator", "sen", "rep", "congressman", "congresswoman", "representative", "attorney",
    "secretary", "king", "queen", "prince", "crown", "chancellor", "premier", "deputy", "vice", "chief", "general",
    "republican", "republicans", "democrat", "democrats", "democratic", "emir", "sultan", "sheriff", "judge",
    "justice", "lieutenant", "state", "native", "resident", "residents", "official", "officials", "correspondent",
];

/// Offices and parties of a state of the United States, behind its name.
#[rustfmt::skip]
pub(super) const STATE_OFFICES: &[&str] = &[
    "rep", "reps", "sen", "sens", "gov", "republican", "republicans", "democrat", "democrats", "congressman",
    "congresswoman",
];

/// Institutions and people that belong to the place named before them ("Ruland's army").
#[rustfmt::skip]
pub(super) const INSTITUTIONS: &[&str] = &[
    "government", "parliament", "military", "army", "navy", "ministry", "ministries", "police", "leader", "leaders",
    "leadership", "people", "troops", "forces", "lawmakers", "legislature", "court", "courts", "supreme", "central",
    "constitutional", "cabinet", "opposition", "ruling", "embassy", "envoy", "senate", "congress", "authorities",
    "delegation", "diplomats", "officials", "citizens", "voters", "soldiers", "spokesman", "spokeswoman", "head",
    "top", "national", "intelligence", "presidential",
];

/// Words of organisations' names; a place before one of them, in one run of capitals, is a part of the name.
#[rustfmt::skip]
pub(super) const ORGANISATIONS: &[&str] = &[
    "university", "college", "institute", "school", "academy", "hospital", "clinic", "museum", "police", "department",
    "court", "council", "committee", "commission", "bank", "times", "post", "herald", "tribune", "journal", "news",
    "star", "daily", "gazette", "review", "chronicle", "telegraph", "press", "agency", "party", "association",
    "federation", "union", "league", "club", "team", "army", "navy", "guard", "forces", "church", "ministry",
    "bureau", "office", "service", "corporation", "company", "inc", "group", "group", "holdings", "airlines",
    "airways", "railway", "stock", "exchange", "foundation", "society", "center", "centre", "laboratory",
    "observatory", "orchestra", "theatre", "theater", "stadium", "war", "act", "treaty", "accord", "agreement",
    "open", "cup", "games", "marathon", "festival", "united", "fc", "today", "constitution", "congress", "senate",
    "parliament", "house", "survey", "tech",
];
/// Words for land and water that are a part of the name before them.
#[rustfmt::skip]
pub(super) const FEATURES: &[&str] = &[
    "island", "islands", "river", "lake", "bay", "mountain", "mountains", "creek", "cay", "beach", "bridge", "street",
    "avenue", "road", "square", "park", "hills", "falls",
];

/// Words for kinds of places behind a name.
#[rustfmt::skip]
pub(super) const REGION_WORDS: &[&str] = &[
    "region", "oblast", "province", "governorate", "state", "voivodeship", "prefecture", "territory", "krai", "kray",
    "republic", "division", "provinces", "regions", "область", "області", "области",
];
/// Words for smaller ones.
#[rustfmt::skip]
pub(super) const DISTRICT_WORDS: &[&str] = &[
    "district", "county", "raion", "rayon", "municipality", "township", "parish", "borough", "району", "район",
    "района",
];
/// Words for settlements, before ("the village of") or behind a name.
#[rustfmt::skip]
pub(super) const CITY_WORDS: &[&str] = &[
    "city", "cities", "capital", "metropolis", "metropolitan",
];
/// Words for the smallest.
#[rustfmt::skip]
pub(super) const VILLAGE_WORDS: &[&str] = &[
    "village", "villages", "town", "towns", "settlement", "settlements", "hamlet", "suburb", "neighborhood",
    "neighbourhood", "commune", "township",
];
/// Other words for land and water, and for buildings that stand in a place and bear its name.
#[rustfmt::skip]
pub(super) const LAND_WORDS: &[&str] = &[
    "island", "islands", "peninsula", "valley", "coast", "border", "area", "airport", "international", "metro",
    "strip", "desert", "mountains", "highlands", "delta", "basin", "front", "axis", "direction", "countryside",
    "suburbs", "outskirts", "harbor", "harbour", "port", "time", "dam",
];

/// Verbs that need someone who speaks or decides.
#[rustfmt::skip]
pub(super) const SAYING: &[&str] = &[
    "said", "says", "say", "saying", "told", "denied", "denies", "accused", "accuses", "warned", "warns", "condemned",
    "condemns", "rejected", "rejects", "announced", "announces", "claimed", "claims", "insisted", "insists", "urged",
    "urges", "called", "calls", "wants", "agreed", "agrees", "signed", "imposed", "threatened", "threatens", "voted",
    "vowed", "vows", "argued", "argues", "responded", "responds", "retaliated", "demanded", "demands", "pledged",
    "confirmed", "confirms", "declined", "refused", "refuses", "recognised", "recognized", "expelled", "summoned",
    "acknowledged", "blamed", "blames", "alleged", "alleges", "maintains", "stated", "added", "proposed", "decided",
    "considers", "believes", "expects", "hopes", "plans", "withdrew", "banned", "suspended", "approved", "intends",
    "invaded", "sought", "seeks", "backed", "backs", "supports", "criticised", "criticized", "dismissed", "ordered",
    "launched", "offered", "promised", "agree", "deny", "accept", "reject", "impose", "respond", "retaliate",
    "withdraw", "support", "recognise", "recognize", "condemn", "negotiate",
];
/// Other verbs of which a state is the doer.
#[rustfmt::skip]
pub(super) const ACTED: &[&str] = &[
    "sent", "took", "gave", "held", "left", "met", "struck", "cut", "broke", "made", "bought", "sold", "built",
    "chose", "kept", "set", "spent", "does", "fought", "shot", "stood", "forbade", "paid", "began",
];
/// Behind a hyphen these are what a government does ("Ruland-backed").
#[rustfmt::skip]
pub(super) const BACKED: &[&str] = &["backed", "led", "brokered", "sponsored", "owned", "funded", "controlled", "supported", "mediated", "imposed", "installed", "appointed", "allied"];
/// Words that may stand between a name and such a verb.
#[rustfmt::skip]
pub(super) const AUXILIARY: &[&str] = &[
    "has", "have", "had", "also", "later", "repeatedly", "on", "will", "would", "again", "immediately", "then",
    "officially", "formally", "not", "itself", "did", "further", "earlier", "now", "still", "since", "never",
];

/// Nouns before "of" that begin an organisation's name.
#[rustfmt::skip]
pub(super) const PLACE_OF: &[&str] = &[
    "city", "town", "village", "state", "province", "region", "republic", "island", "islands", "capital", "port",
    "county", "district", "isle", "municipality", "president", "minister", "governor", "mayor", "king", "queen",
    "prince", "emir", "leader", "people", "government", "north", "south", "east", "west", "coast", "secretary",
    "parliament", "outskirts", "streets", "suburb", "attorney", "district", "borough", "kingdom", "parts", "premier",
    "chancellor", "ambassador", "territory", "emirate", "commonwealth",
];
