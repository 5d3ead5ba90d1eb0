//! Attribution records: who says what, how, with evidence.
