//! Paragraphs that no copy is judged by: bylines, links to other pages, notices, credits. By their words alone; what one outlet repeats
//! under its own articles is asked of the store.

/// What such a paragraph begins with, in lower case, words parted by one space.
const BEGINS: &[&str] = &[
    "additional reporting by",
    "advertisement",
    "all rights reserved",
    "also read",
    "associated press writer",
    "by subscribing",
    "click for more",
    "click here",
    "copyright",
    "editing by",
    "enter your email",
    "follow us",
    "for more videos",
    "get the latest",
    "have something to add",
    "image via",
    "information from",
    "last update",
    "like us on",
    "media only screen",
    "more from",
    "originally published",
    "photo by",
    "photo courtesy",
    "photo via",
    "read more",
    "read our",
    "related stories",
    "related articles",
    "reporting by",
    "scroll down",
    "see also",
    "share by email",
    "share it in",
    "share this",
    "sign up",
    "sorry we are not currently accepting",
    "stay tuned",
    "story continues below",
    "subscribe to",
    "this article originally appeared",
    "this article was amended",
    "this material may not be published",
    "this site uses cookies",
    "video loading",
    "view gallery",
    "watch the video",
    "watch video",
    "we use cookies",
    "with inputs from",
    "with material from",
];

/// What such a paragraph holds anywhere, where it has at most [`SHORT`] words.
const HOLDS: &[&str] = &[
    "accept all cookies",
    "all rights reserved",
    "contributed to this report",
    "may not be published broadcast rewritten",
    "on facebook and twitter",
    "on twitter and facebook",
    "our newsletter",
    "our privacy policy",
    "use of cookies",
];

/// Longer paragraphs are read as text whatever they begin with.
const LONG: usize = 60;
const SHORT: usize = 40;
/// A byline has no more words than this.
const BYLINE: usize = 12;

/// Whether a paragraph with these `words` (lower case) and this text is furniture.
pub(super) fn is_furniture(text: &str, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    if words.len() > LONG {
        return false;
    }
    let line = words.join(" ");
    let begins = |phrase: &&str| line.strip_prefix(*phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let ends = text.trim_end().ends_with(['.', '?', '!', '”', '"', '’']);
    let byline = words[0] == "by" && words.len() <= BYLINE && !ends;
    let signature = text.starts_with(['-', '–', '—']) && words.len() <= 4;
    byline || signature || BEGINS.iter().any(begins) || (words.len() <= SHORT && HOLDS.iter().any(|phrase| line.contains(phrase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_by_its_words() {
        let check = |text: &str, expect: bool| {
            let words: Vec<String> = text
                .to_lowercase()
                .split(|letter: char| !letter.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect();
            assert_eq!(is_furniture(text, &words), expect, "{text}");
        };
        check("By Ida Morrell and Jon Pask", true);
        check("By Thursday the harbour had emptied.", false);
        check("We use cookies to improve your visit.", true);
        check("Read more: the harbour that froze", true);
        check("(Reporting by Lene Oduya; editing by Ked Marsh)", true);
        check("Concord Press contributed to this report.", true);
        check("The ministry denied it.", false);
        check("Reports of the fire were wrong.", false);
        check("", true);
    }
}
