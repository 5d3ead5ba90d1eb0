//! Layers over a reading: sentences, attributions, acts, hedges.
