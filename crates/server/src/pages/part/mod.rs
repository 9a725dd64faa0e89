//! What do several screens write alike? Badges, groups on a line, charts' frames.

mod badge;
mod group;
mod locator;
mod sensitivity;
mod values;

pub(super) use badge::{badge, status};
pub(super) use group::{counts, headline, line, page, place, when};
pub(super) use locator::locator;
pub(super) use sensitivity::{restricted, sensitivity};
pub(super) use values::{badges, chain, heading, values};
