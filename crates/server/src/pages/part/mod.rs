//! What do several screens write alike? Badges, groups on a line, charts' frames.

mod badge;
mod group;

pub(super) use badge::{badge, status};
pub(super) use group::{counts, headline, line, parties, place, when};
