//! The sample stories, as they are shipped in the binary: pages that were written for this project, about invented places.
//!
//! What a careful reader found in them (`gold.json`) is not here and cannot be reached from the binary.

/// One file of a story.
pub struct SampleFile {
    /// Its name in the story's folder.
    pub name: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
}

/// A story: some articles by several outlets over some days.
pub struct Story {
    /// The name of its folder under `corpus/`.
    pub folder: &'static str,
    /// One line for people.
    pub title: &'static str,
    /// Its files, in the order of their names.
    pub files: &'static [SampleFile],
}

macro_rules! story {
    ($folder:literal, $title:literal, [$($name:literal,)*]) => {
        Story {
            folder: $folder,
            title: $title,
            files: &[$(SampleFile {
                name: $name,
                bytes: include_bytes!(concat!("../../../corpus/", $folder, "/", $name)),
            },)*],
        }
    };
}

/// The shipped stories.
pub const STORIES: &[Story] = &[
    story!(
        "harbour-call",
        "Did the president-elect telephone the neighbour's leader?",
        [
            "01-almery-courier-call.html",
            "02-concord-press-pickup.html",
            "03-ustrek-standard-denial.html",
            "04-concord-press-denial.html",
            "05-straits-herald-agency-copy.html",
            "06-norholm-evening-mail.html",
            "07-ostern-tribune-chain.html",
            "08-ustrek-standard-brenholt.html",
            "09-straits-herald-correction.html",
            "10-concord-press-withdrawal.html",
            "11-almery-courier-stands-by.html",
            "captures.jsonl",
        ]
    ),
    story!(
        "dam-failure",
        "Who let the flood through, and how many died?",
        [
            "01-northline-flood-gate-fails.html",
            "02-riverside-today-80-dead.html",
            "03-cantrey-evening-post-orsel.html",
            "04-halyard-faction-claims-blast.html",
            "05-teyne-sentinel-warning.html",
            "06-northline-toll-127.html",
            "07-halyard-800-missing.html",
            "08-northline-toll-127-corrected.html",
            "09-halyard-withdrawal.html",
            "10-port-issel-examiner-estimate.html",
            "11-adrane-courier-quill-interview.html",
            "12-northline-toll-lowered.html",
            "13-riverside-today-toll-lowered.html",
            "14-cantrey-evening-post-inquiry.html",
            "captures.jsonl",
        ]
    ),
];

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "the test compares the list with the folder")]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_page_of_the_corpus_is_shipped_and_no_gold_is() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
        for story in STORIES {
            let mut listed: Vec<_> = std::fs::read_dir(corpus.join(story.folder))
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .filter(|name| name.ends_with(".html") || name.ends_with(".jsonl"))
                .collect();
            listed.sort();
            let shipped: Vec<_> = story.files.iter().map(|file| file.name).collect();
            assert_eq!(shipped, listed, "{}", story.folder);
        }
        assert_eq!(
            STORIES.len(),
            std::fs::read_dir(corpus).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir()).count()
        );
    }
}
