//! From a capture to the text of an article, with the way back to every byte.
