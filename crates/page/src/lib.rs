//! What does this page say, who published it, when, and after whom? Raw bytes go in, a [`sayso_types::Document`] comes out: one
//! frozen text, its parts with their kinds, and what the page says of itself. True of a football report too; no network, no clock.

mod boilerplate;
mod dateline;
mod dates;
mod decode;
mod document;
mod error;
mod freeze;
mod html;
mod input;
mod language;
mod lexicon;
mod markup;
mod parts;
mod print;
mod reading;
mod release;

pub use document::document;
pub use error::{Error, ErrorKind};
pub use input::{Content, Format, Given, Input, Limits};
pub use lexicon::{LexiconError, PageLexicon, PageSources};
pub use print::print;
