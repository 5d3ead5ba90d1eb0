//! Many texts.
