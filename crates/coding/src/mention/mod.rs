//! What is mentioned where? Actors, places, times, quantities, triggers and cues, found in the text and its analysis.

pub mod entity;
pub mod quantity;
pub mod time;
