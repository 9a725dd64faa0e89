//! With what does this program read, code and link?

use std::collections::BTreeMap;

use crate::data;

/// The version of this program, as statements name it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// With what this program reads, codes and links: its version, and by folder of `data/` the SHA-256 of all that is embedded of it (rules,
/// lexicons, actors, places, models …). What a run and a release name.
pub fn versions() -> BTreeMap<String, String> {
    let mut versions = data::versions().clone();
    versions.insert("program".to_owned(), format!("sayso {VERSION}"));
    versions
}
