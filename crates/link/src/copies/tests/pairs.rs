//! Two texts beside each other.
