//! Paragraphs that no copy is judged by: bylines, captions, headings, links to other pages, notices, credits. By their words alone; what one outlet repeats
//! under its own articles is asked of the store.

/// What such a paragraph begins with, in lower case, words parted by one space.
const BEGINS: &[&str] = &[
    "additional reporting by",
    "advertisement",
    "all rights reserved",
    "also read",
    "associated press writer",
    "by subscribing",
    "click below",
    "click for more",
    "click here",
    "copyright",
    "editing by",
    "enter your email",
    "follow us",
    "for more videos",
    "get the latest",
    "getty",
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
    "related articles",
    "related stories",
    "reporting by",
    "scroll down",
    "see also",
    "share by email",
    "share it in",
    "share this",
    "sign up",
    "sorry we are not currently accepting",
    "sound off in the",
    "stay tuned",
    "story continues below",
    "story developing",
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
    "what do you think",
    "with a file from",
    "with files from",
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

/// What such a paragraph begins with as it is written: marks of links.
const LINKS: &[&str] = &["MORE:", "More:", "RELATED", "SEE ALSO", "READ MORE", "PHOTOS", "VIDEO:", "WATCH:", "•"];

/// Longer paragraphs are read as text whatever they begin with.
const LONG: usize = 60;
const SHORT: usize = 40;
/// A byline, a caption or a heading has no more words than this, and no mark at its end.
const CAPTION: usize = 12;

/// Whether a paragraph with these `words` (lower case) and this text is furniture.
pub(super) fn is_furniture(text: &str, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    if words.len() > LONG {
        return false;
    }
    let line = words.join(" ");
    let begins =
        |phrase: &&str| line.strip_prefix(*phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let marks = ['.', '?', '!', ':', ';', ',', '…', '”', '"', '’', '\'', ')', ']'];
    let caption = words.len() <= CAPTION && !text.trim_end().ends_with(marks);
    let link = LINKS.iter().any(|mark| text.starts_with(mark));
    caption
        || link
        || BEGINS.iter().any(begins)
        || (words.len() <= SHORT && HOLDS.iter().any(|phrase| line.contains(phrase)))
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
        check("RELATED: ten harbours that froze", true);
        check("The harbour of Pelham Quay under ice", true);
        check("The ministry denied it.", false);
        check("Reports of the fire were wrong.", false);
        check("", true);
    }
}
