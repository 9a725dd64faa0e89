//! What do the words mean? Words to identifiers: the actor registry and the gazetteer.

pub mod gazetteer;
pub mod registry;
