//! What do several screens write alike? Badges, groups on a line, charts' frames.

mod badge;
mod group;
mod locator;
mod values;

pub(super) use badge::{badge, status};
pub(super) use group::{counts, headline, line, page, place, when};
pub(super) use locator::locator;
pub(super) use values::{badges, chain, heading, values};
