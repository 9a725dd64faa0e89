//! The one binary, `sayso`.
fn main() {}
