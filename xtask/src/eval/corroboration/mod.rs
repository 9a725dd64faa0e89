//! Are copies found, happenings kept together and apart, and independent sources counted? Reports of our own with their gold, for the
//! measure that is to come.

#![expect(dead_code, reason = "the measure that reads the gold is not registered yet")]

mod gold;
mod soundness;
