//! Who comes in, and what may each do?

pub(crate) mod access;
pub(crate) mod cookie;
pub(crate) mod limit;
pub(crate) mod permission;
