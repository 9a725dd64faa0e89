//! Which statements or documents does a question mean?

use sayso_types::{Edtf, Modality};

/// A question. What is left empty is not asked; within a field any of its values will do, and all fields must hold.
///
/// Names and words are compared as words: "taliban" finds "Taliban fighters", "al fashir" finds "al-Fāshir", and `tali*` any
/// word that begins so. What is written makes no error, only perhaps no match.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words, "phrases" and prefix*, all of which must stand in a statement's evidence; of a document, in its title or text.
    pub text: Option<String>,
    /// Who takes part: registry ids, or words of a role's text or name.
    pub actors: Vec<String>,
    /// Who takes part as well: the same, and each of them must.
    pub all_actors: Vec<String>,
    /// Who takes part, by exactly this registry id.
    pub actor_ids: Vec<String>,
    /// Where: words of the place's text, name or first-order division; ISO 3166-1 alpha-3 code of the country; or the name of a
    /// country, where some statement of the record speaks of it as a whole.
    pub places: Vec<String>,
    /// Not wholly before this. A statement without a known time is neither before nor after anything, so it never matches.
    /// For documents, the time of publication.
    pub since: Option<Edtf>,
    /// Not wholly after this; the same.
    pub until: Option<Edtf>,
    /// Events, relations, estimates.
    pub kinds: Vec<Kind>,
    /// Type codes: "assault", "allied_with", "strength".
    pub types: Vec<String>,
    /// Mode codes: "suicide-attack", "funds".
    pub modes: Vec<String>,
    /// Who says so, closest to the fact: registry ids, or words of the source's text or name.
    pub sources: Vec<String>,
    /// How surely.
    pub modalities: Vec<Modality>,
    /// Said to be so, or said not to be so.
    pub negated: Option<bool>,
    /// Publishers, in whichever case.
    pub publishers: Vec<String>,
    /// Documents by id.
    pub documents: Vec<String>,
    /// Of which versions of a document.
    pub versions: Versions,
    /// Whatever people decided of them, or not.
    pub reviewed: Reviewed,
    /// In which order.
    pub order: Order,
    /// At most so many results.
    pub limit: Option<u64>,
    /// Results to leave out at the beginning.
    pub offset: u64,
}

/// What a statement states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Something happened.
    Event,
    /// Two actors stand in a relation.
    Relation,
    /// There are so many.
    Estimate,
}

impl Kind {
    /// The code as output writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Event => "event",
            Kind::Relation => "relation",
            Kind::Estimate => "estimate",
        }
    }
}

/// Of which versions of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Versions {
    /// The latest text under each id.
    #[default]
    Latest,
    /// Every text.
    All,
}

/// Which statements, by what people decided of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reviewed {
    /// All but those that were rejected.
    #[default]
    NotRejected,
    /// All.
    All,
    /// Those of which nobody decided anything.
    Never,
    /// Those of which this was decided.
    As(Review),
}

/// What people decided of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Review {
    /// It is what the words say.
    Accepted,
    /// It is not, and is no longer counted.
    Rejected,
    /// Values of it were corrected.
    Corrected,
}

impl Review {
    /// The code as output writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Review::Accepted => "accepted",
            Review::Rejected => "rejected",
            Review::Corrected => "corrected",
        }
    }

    /// The value of a code.
    pub fn of_str(code: &str) -> Option<Review> {
        [Review::Accepted, Review::Rejected, Review::Corrected].into_iter().find(|review| review.as_str() == code)
    }
}

/// In which order results come; where it leaves two equal, as they were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As they were read: document by document, in the order of the text.
    #[default]
    Reading,
    /// By time (of documents: of publication), first ones first, unknown ones last.
    Oldest,
    /// By time, last ones first, unknown ones last.
    Newest,
    /// By confidence, surest first; documents as they were read.
    Surest,
}
