//! Onrecord as a library: the pipeline from bytes to kept records.
