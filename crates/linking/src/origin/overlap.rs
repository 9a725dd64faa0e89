//! Is one document a copy of another, of which kind, and why is it held to be one?

use serde::{Deserialize, Serialize};

use super::imprint::{Imprint, Precedence, is_first};
use super::passage::{Comparison, Share};

/// A text stands in another as a whole if this part of its words does: what edits and a paper's own lines leave of a copy.
const WHOLE: f64 = 0.6;
/// A text is a part of another only if the part that it makes of the other is less than this much of the part of it that stands there.
const PROPER: f64 = 0.75;
/// Texts are versions of one another, each as good as the other, if this part of the words of both is the same. A merged copy of
/// two texts hardly ever is that to either.
const VERSION: f64 = 0.7;
/// A text is partly taken from another if this part of its words stands there, quotations aside.
const PART: f64 = 0.35;
/// The same where it credits the other's publisher, or gives the other's address as its own.
const PART_CREDITED: f64 = 0.25;
/// Texts published further apart than so many days are copies only as a whole: in parts they share background.
const DISTANT: i32 = 90;
/// Passages that begin after this part of both texts are background with which both end, not a common report.
const BACKGROUND: f64 = 0.4;

/// How much of each of two documents stands in the other; all that is to be kept of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Overlap {
    /// The one document's number.
    pub one: i64,
    /// The other's.
    pub other: i64,
    /// How much of the one stands in the other.
    pub of_one: Share,
    /// How much of the other stands in the one.
    pub of_other: Share,
    /// Whether both are the same words in the same order.
    pub exact: bool,
}

/// What one document is to another, whose words it shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The same words in the same order.
    Exact,
    /// Nearly all of its words are the other's, and nearly all of the other's are in it.
    Edited,
    /// It is a part of the other.
    Abridged,
    /// It holds the other and more.
    Extended,
    /// It holds parts of the other, with other matter.
    Merged,
    /// No copy: both share a quotation, background or boilerplate.
    Overlapping,
}

impl Kind {
    /// Its name: "abridged".
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Exact => "exact",
            Kind::Edited => "edited",
            Kind::Abridged => "abridged",
            Kind::Extended => "extended",
            Kind::Merged => "merged",
            Kind::Overlapping => "overlapping",
        }
    }

    /// Whether it makes one document a copy of the other.
    pub fn is_copy(self) -> bool {
        self != Kind::Overlapping
    }
}

/// One document after another, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The one that came later.
    pub copy: i64,
    /// The one that came first.
    pub original: i64,
    /// What the later is to the first.
    pub kind: Kind,
    /// Why the first is held to be that.
    pub first: Precedence,
    /// The part of the later one's words that stands in the first, from 0 to 1.
    pub share: f64,
    /// One sentence of which the later one is the subject.
    pub why: String,
}

impl Overlap {
    /// What of a comparison of two documents is to be kept.
    pub fn of(one: i64, other: i64, comparison: &Comparison) -> Overlap {
        Overlap { one, other, of_one: comparison.one, of_other: comparison.other, exact: comparison.is_exact() }
    }

    /// The same, seen from the other side.
    #[must_use]
    pub fn turned(self) -> Overlap {
        Overlap { one: self.other, other: self.one, of_one: self.of_other, of_other: self.of_one, exact: self.exact }
    }

    /// The greater of the two shares.
    pub fn most(&self) -> f64 {
        self.of_one.all().max(self.of_other.all())
    }

    /// Whether each stands in the other as a whole.
    fn is_mutual(&self) -> bool {
        self.exact || (self.of_one.all() >= WHOLE && self.of_other.all() >= WHOLE)
    }

    /// Whether both are versions of one text, with nothing of weight in either that the other lacks.
    pub(super) fn is_version(&self) -> bool {
        self.exact || (self.of_one.all() >= VERSION && self.of_other.all() >= VERSION)
    }

    /// Whether the other is a part of the one.
    pub(super) fn is_within_one(&self) -> bool {
        self.of_other.all() >= WHOLE && self.of_one.all() < PROPER * self.of_other.all()
    }

    /// Whether the one is a part of the other.
    pub(super) fn is_within_other(&self) -> bool {
        self.turned().is_within_one()
    }

    /// Whether the one is a copy of the other, or the other of the one.
    pub fn is_copy(&self, one: &Imprint, other: &Imprint) -> bool {
        let is_tied = one.credits(other) || other.credits(one) || one.has_address_of(other);
        let least = match (is_tied, one.days_apart(other) > DISTANT) {
            (true, _) => PART_CREDITED,
            (false, true) => WHOLE,
            (false, false) => PART,
        };
        let is_background = !is_tied && self.most() < WHOLE && self.of_one.begins_late(BACKGROUND) && self.of_other.begins_late(BACKGROUND);
        self.exact || (!is_background && (self.of_one.is_taken(least) || self.of_other.is_taken(least)))
    }

    /// What the one is to the other, the one being the later.
    pub fn kind(&self, one: &Imprint, other: &Imprint) -> Kind {
        match self {
            overlap if overlap.exact => Kind::Exact,
            overlap if !overlap.is_copy(one, other) => Kind::Overlapping,
            overlap if overlap.is_mutual() => Kind::Edited,
            overlap if overlap.is_within_other() => Kind::Abridged,
            overlap if overlap.is_within_one() => Kind::Extended,
            _ => Kind::Merged,
        }
    }
}

impl Share {
    /// Whether enough of the text is taken from the other: of all its words and of those outside quotation marks.
    fn is_taken(self, least: f64) -> bool {
        self.all() >= least && (self.unquoted == 0 || self.own() >= least)
    }

    /// Whether what is shared begins only after that part of the text.
    fn begins_late(self, part: f64) -> bool {
        self.before as f64 >= part * self.words as f64
    }
}

/// Two documents whose texts overlap: which came first, what the later is to it, and why.
pub fn edge(overlap: &Overlap, one: &Imprint, other: &Imprint) -> Edge {
    let (is_one, first) = is_first(one, other, overlap);
    if is_one { tied(&overlap.turned(), other, one, first) } else { tied(overlap, one, other, first) }
}

/// The edge from `copy`, the one of the overlap, to `original`.
fn tied(overlap: &Overlap, copy: &Imprint, original: &Imprint, first: Precedence) -> Edge {
    let kind = overlap.kind(copy, original);
    let why = format!("{}{}", shared(overlap, kind, original), ground(copy, original, first));
    Edge { copy: copy.key, original: original.key, kind, first, share: overlap.of_one.all(), why }
}

/// What of the one stands where: the sentence without its grounds for the order.
pub(super) fn shared(overlap: &Overlap, kind: Kind, original: &Imprint) -> String {
    let original = original.label();
    let (here, there) = (percent(overlap.of_one), percent(overlap.of_other));
    match kind {
        Kind::Exact => format!("all its words are those of {original}"),
        Kind::Edited => format!("{here} of its words stand in {original}"),
        Kind::Abridged => format!("abridged to {there}: {here} of its words stand in {original}"),
        Kind::Extended => format!("beside other matter it holds {there} of the words of {original}"),
        Kind::Merged => format!("beside other matter it shares {here} of its words, and {there} of the other's, with {original}"),
        Kind::Overlapping => format!("only {here} of its words, too few for a copy, stand in {original}"),
    }
}

/// What else speaks for the order of the two.
fn ground(copy: &Imprint, original: &Imprint, first: Precedence) -> String {
    match first {
        Precedence::Credited => ", which it credits".to_owned(),
        Precedence::Address => ", whose address it gives as its own".to_owned(),
        Precedence::Uncredited => copy.foreign_credit().map_or_else(String::new, |credit| format!("; it credits {credit}")),
        Precedence::Date => match original.days_apart(copy) {
            1 => ", published the day before".to_owned(),
            days => format!(", published {days} days before"),
        },
        Precedence::Longer => String::new(),
        Precedence::Order => ", which was read before it".to_owned(),
    }
}

/// A share as a sentence gives it; what is not all is never 100 %.
fn percent(share: Share) -> String {
    let percent = 100.0 * share.all();
    let shown = if share.same < share.words { percent.round().min(99.0) } else { percent };
    format!("{shown:.0} %")
}
