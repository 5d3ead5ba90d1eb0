//! Stories out of templates: a lead, reactions and background about invented places. Not their copies.

use super::Draw;

/// What an agency sends out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// The headline as sent.
    pub headline: String,
    /// The paragraphs; the first begins with the dateline.
    pub paragraphs: Vec<String>,
}

impl Story {
    /// A number that stands for the text (FNV-1a).
    pub(super) fn seed(&self) -> u64 {
        let bytes = self.headline.bytes().chain(self.paragraphs.iter().flat_map(|paragraph| paragraph.bytes()));
        bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
    }
}

const FIRST: &[&str] = &["Mar", "Tel", "Ost", "Brel", "Cor", "Hal", "Vin", "Sar", "Dul", "Ker", "Lom", "Nar"];
const MIDDLE: &[&str] = &["a", "e", "i", "o", "en", "ar", "im", "us"];
const TOWN: &[&str] = &["mouth", "holm", "grad", "wick", "ford", "stead", "pol", "dale", "by", "haven"];
const FAMILY: &[&str] = &["dt", "sen", "ley", "va", "rick", "mann", "sk", "low", "ton", "ris"];
const GIVEN: &[&str] = &["Anna", "Piet", "Odile", "Marek", "Sunniva", "Ruben", "Talia", "Emil", "Katrin", "Bela"];
const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS: &[&str] = &["January", "March", "May", "June", "August", "October"];
const EVENTS: &[(&str, &str)] = &[
    ("a fire at the {town} fuel depot", "fire"),
    ("an explosion on the {town} railway bridge", "explosion"),
    ("the collapse of a dyke above {town}", "collapse"),
    ("a night of shelling around {town}", "shelling"),
    ("the loss of a ferry off {town}", "loss"),
    ("the detention of two {town} councillors", "detention"),
];

/// What may follow the lead. Words in braces are filled in for each story.
const PARAGRAPHS: &[&str] = &[
    "“We have no evidence that anybody crossed the line that night,” {official} told reporters in {capital}. “What we have is \
     a village without water and {number} families who want to know why.”",
    "{rival}, who leads the opposition in the assembly, rejected that account and said that the ministry had been warned \
     {small} times since {month}.",
    "A spokesman for the {second} foreign ministry, {spokesman}, denied that any {second} unit had been near {town}. He \
     called the accusation “a story for an election year”.",
    "The regional hospital said {small} of the injured were children. It declined to say how many remained in a serious \
     condition, but a doctor there put the number at more than {few}.",
    "Two people who were on the quay when it happened said they heard a single loud noise and then saw smoke. Neither could \
     say where it came from. Their account could not be independently verified.",
    "Asked on {day} whether he would resign, {official} said that he would wait for the inquiry. “I owe the people of {town} \
     an answer, and I do not have one yet,” he added.",
    "The {capital} Institute for Public Safety estimated that repairs would cost about {number} million crowns and take until \
     {month}. The ministry has not published a figure of its own.",
    "{town} lies on the {river}, which has been the border between {first} and {second} since an accord that both sides say \
     the other has broken. About {number} people crossed it every day before the checkpoints were closed.",
    "According to a memorandum seen by Concord Press, engineers asked for the site to be closed in {month} because several \
     valves no longer held. The ministry confirmed that the memorandum was genuine but disputed how it had been read.",
    "{rival} said in a broadcast that she believed the government knew more than it was telling. “They have had {small} days. \
     How long does it take to read a log book?” she asked.",
    "The coastguard of {second}, whose vessels patrol the river mouth, did not respond to requests for comment. Its duty \
     officer said only that all crews were accounted for.",
    "Residents began to return on {day}, while army engineers were still searching the fields near the weir. {resident}, who \
     runs a bakery in the old town, said nobody had told her whether the bread she had left could be eaten.",
    "It was not clear who had ordered the gates to be opened. {official} said the order had not come from his office; the \
     water board said it had acted on a call from {capital}, and that it had a record of the call.",
    "A union that represents the port workers claimed that {few} of its members were missing. Officials later said that all \
     but one had been found, and blamed an outdated list.",
    "Last year {small} people died in accidents at the same site, according to the labour inspectorate. Its report concluded \
     that more than half of the alarms had been switched off after complaints about noise.",
    "“Nobody here expects the truth from {capital},” said {resident}, whose house stands about a mile from the site. “We \
     expect a commission, and after the commission a plaque.”",
    "{spokesman} suggested that the damage might have been caused by “poor maintenance and worse luck”. He said {second} was \
     ready to take part in a joint inquiry if it was given access to the wreckage.",
    "The inquiry is expected to report in {month}. Its chairman, a retired judge, has said that he will hear witnesses from \
     both sides of the {river} and publish whatever they tell him.",
];

/// Story number `number`: other names, another choice and order of paragraphs.
///
/// # Panics
/// Never: every list that it draws from is full.
pub fn invented(number: u64) -> Story {
    let mut draw = Draw(number.wrapping_mul(0xA24B_AED4_963E_E407).wrapping_add(0x0BEE));
    let mut name = |ends: &[&str]| format!("{}{}{}", draw.of(FIRST), draw.of(MIDDLE), draw.of(ends));
    let (town, capital, river) = (name(TOWN), name(TOWN), name(&["", "n", "l"]));
    let (first, second) = (name(&["nia", "via", "land"]), name(&["nia", "via", "land"]));
    let families: [String; 4] = std::array::from_fn(|_| name(FAMILY));
    let mut person = |family: &str| format!("{} {family}", draw.of(GIVEN));
    let [official, rival, spokesman, resident] = families.each_ref().map(|family| person(family));
    let (event, word) = EVENTS[draw.below(EVENTS.len())];
    let counts = [3 + draw.below(6), 10 + draw.below(20), 100 + 10 * draw.below(80)].map(|count| count.to_string());
    let fill = |template: &str, draw: &mut Draw| -> String {
        let day = draw.of(DAYS);
        let month = draw.of(MONTHS);
        let words: [(&str, &str); 15] = [
            ("{event}", event),
            ("{town}", &town),
            ("{capital}", &capital),
            ("{river}", &river),
            ("{first}", &first),
            ("{second}", &second),
            ("{official}", &official),
            ("{rival}", &rival),
            ("{spokesman}", &spokesman),
            ("{resident}", &resident),
            ("{few}", &counts[0]),
            ("{small}", &counts[1]),
            ("{number}", &counts[2]),
            ("{day}", day),
            ("{month}", month),
        ];
        words.iter().fold(template.to_owned(), |text, (slot, word)| text.replace(slot, word))
    };
    let headline =
        fill(&format!("{{first}} minister promises inquiry after {word} at {{town}}, blames {{second}}"), &mut draw);
    let lead = format!(
        "{}, {{month}} {} (Concord Press) - {{official}}, the interior minister of {{first}}, said on {{day}} that {{second}} was \
         to blame for {{event}} in which at least {{small}} people were hurt, a charge that {{second}} denied within hours.",
        capital.to_uppercase(),
        1 + draw.below(28),
    );
    let mut left: Vec<&str> = PARAGRAPHS.to_vec();
    let mut paragraphs = vec![fill(&lead, &mut draw)];
    for _ in 0..9 + draw.below(6) {
        let next = left.remove(draw.below(left.len()));
        paragraphs.push(fill(next, &mut draw));
    }
    Story { headline, paragraphs }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_is_filled_and_stories_differ() {
        let stories: Vec<Story> = (0..50).map(invented).collect();
        for story in &stories {
            let text = story.headline.clone() + &story.paragraphs.join("\n");
            assert!(!text.contains(['{', '}']), "{text}");
            assert!(text.split_whitespace().count() > 300);
        }
        let mut leads: Vec<_> = stories.iter().map(|story| &story.paragraphs[0]).collect();
        leads.sort();
        leads.dedup();
        assert_eq!(leads.len(), 50);
        assert_eq!(invented(8), invented(8));
    }
}
