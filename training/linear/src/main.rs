//! Trains the linear models.
fn main() {}
