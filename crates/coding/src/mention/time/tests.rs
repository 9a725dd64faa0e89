//! Time expressions of readable sentences.
