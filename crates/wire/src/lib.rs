//! The outward formats, the only promise of stability.
