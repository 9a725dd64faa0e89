//! Where do sentences and tokens begin and end?

pub mod capitals;
pub mod sentences;
pub mod tokens;
