//! Views of claims made by hand. Placeholder.
