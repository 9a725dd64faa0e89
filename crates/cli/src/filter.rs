//! Which statements or documents are asked for? The filters of the asking commands.

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use sayso::types::{Edtf, EstimateType, EventType, Modality, RelationType};
use sayso_store::{Filter, Kind, Order, Review, Reviewed};

/// The filters: of one kind any value will do, and all kinds must hold.
#[derive(Args)]
pub(crate) struct FilterArguments {
    /// Words, "phrases" and prefix* that must stand in the evidence; of a document, in its title or text.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// The same.
    #[arg(long, value_name = "QUERY")]
    text: Option<String>,
    /// Who takes part: an actor's id (`sayso actors` lists them) or words of a name; of several, any.
    #[arg(long = "actor", value_name = "NAME")]
    actors: Vec<String>,
    /// Who takes part as well: the same, and each of them must.
    #[arg(long = "with", value_name = "NAME")]
    with: Vec<String>,
    /// Where: words of a place's or province's name, or a country's code (AFG).
    #[arg(long = "place", value_name = "NAME")]
    places: Vec<String>,
    /// Not wholly before this date (2017, 2017-08, 2017-08-31); unknown times never match. Of documents, when published.
    #[arg(long, value_name = "DATE")]
    since: Option<Edtf>,
    /// Not wholly after this date.
    #[arg(long, value_name = "DATE")]
    until: Option<Edtf>,
    /// Events, relations or estimates.
    #[arg(long = "kind", value_enum, value_name = "KIND")]
    kinds: Vec<KindName>,
    /// Type: assault, coerce, allied_with, strength and so on.
    #[arg(long = "type", value_name = "TYPE", value_parser = PossibleValuesParser::new(types()), hide_possible_values = true)]
    types: Vec<String>,
    /// Mode: suicide-attack, funds and so on.
    #[arg(long = "mode", value_name = "MODE")]
    modes: Vec<String>,
    /// Who says so, closest to the fact: an actor's id or words of a name.
    #[arg(long = "source", value_name = "NAME")]
    sources: Vec<String>,
    /// How surely the words have it.
    #[arg(long = "modality", value_name = "MODALITY", value_parser = PossibleValuesParser::new(modalities()))]
    modalities: Vec<String>,
    /// Only what is said not to be so; --negated=no for what is said to be so.
    #[arg(long, value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "yes", value_name = "yes|no")]
    negated: Option<YesNo>,
    /// Who published it.
    #[arg(long = "publisher", value_name = "NAME")]
    publishers: Vec<String>,
    /// Only of this document, by its id.
    #[arg(long = "document", value_name = "ID")]
    documents: Vec<String>,
    /// What people decided of it [default: all but what was rejected].
    #[arg(long, value_enum, value_name = "WHAT")]
    reviewed: Option<ReviewedName>,
    /// At most so many; 0 for all [default: 50 in a table, else all].
    #[arg(long, value_name = "NUMBER")]
    limit: Option<u64>,
    /// In which order.
    #[arg(long, value_enum, default_value_t = OrderName::Reading)]
    order: OrderName,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum KindName {
    Event,
    Relation,
    Estimate,
}

impl KindName {
    fn kind(self) -> Kind {
        match self {
            KindName::Event => Kind::Event,
            KindName::Relation => Kind::Relation,
            KindName::Estimate => Kind::Estimate,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum YesNo {
    Yes,
    No,
}

/// What people decided.
#[derive(Clone, Copy, ValueEnum)]
enum ReviewedName {
    /// That it is what the words say.
    Accepted,
    /// That it is not.
    Rejected,
    /// That a value of it is another.
    Corrected,
    /// Nothing.
    None,
    /// Whatever, the rejected among them.
    Any,
}

impl ReviewedName {
    fn reviewed(self) -> Reviewed {
        match self {
            ReviewedName::Accepted => Reviewed::As(Review::Accepted),
            ReviewedName::Rejected => Reviewed::As(Review::Rejected),
            ReviewedName::Corrected => Reviewed::As(Review::Corrected),
            ReviewedName::None => Reviewed::Never,
            ReviewedName::Any => Reviewed::All,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum OrderName {
    /// As they were read.
    Reading,
    /// By time, first ones first.
    Oldest,
    /// By time, last ones first.
    Newest,
    /// By confidence.
    Surest,
}

impl FilterArguments {
    /// The filter without its limit.
    pub(crate) fn filter(&self) -> Filter {
        let text = self.query.iter().map(|word| quoted(word)).chain(self.text.clone()).collect::<Vec<_>>().join(" ");
        Filter {
            text: (!text.is_empty()).then_some(text),
            actors: self.actors.clone(),
            all_actors: self.with.clone(),
            places: self.places.clone(),
            since: self.since.clone(),
            until: self.until.clone(),
            kinds: self.kinds.iter().map(|kind| kind.kind()).collect(),
            types: self.types.clone(),
            modes: self.modes.clone(),
            sources: self.sources.clone(),
            modalities: self.modalities.iter().filter_map(|code| Modality::of_str(code)).collect(),
            negated: self.negated.map(|negated| negated == YesNo::Yes),
            publishers: self.publishers.clone(),
            documents: self.documents.clone(),
            reviewed: self.reviewed.map(ReviewedName::reviewed).unwrap_or_default(),
            order: match self.order {
                OrderName::Reading => Order::Reading,
                OrderName::Oldest => Order::Oldest,
                OrderName::Newest => Order::Newest,
                OrderName::Surest => Order::Surest,
            },
            ..Filter::default()
        }
    }

    /// The one kind that is asked for, where it is one.
    pub(crate) fn kind(&self) -> Option<Kind> {
        match self.kinds[..] {
            [kind] => Some(kind.kind()),
            _ => None,
        }
    }

    /// How many are asked for, where `otherwise` is the number if nobody says; `None` is all.
    pub(crate) fn limit(&self, otherwise: Option<u64>) -> Option<u64> {
        match self.limit {
            None => otherwise,
            Some(0) => None,
            Some(limit) => Some(limit),
        }
    }
}

/// What the shell gave as one argument with spaces was a phrase.
fn quoted(argument: &str) -> String {
    if argument.contains(char::is_whitespace) && !argument.contains('"') { format!("\"{argument}\"") } else { argument.to_owned() }
}

/// The codes of all types.
pub(crate) fn types() -> Vec<&'static str> {
    let events = EventType::ALL.iter().map(|t| t.as_str());
    let relations = RelationType::ALL.iter().map(|t| t.as_str());
    let mut types: Vec<&str> = events.chain(relations).chain(EstimateType::ALL.iter().map(|t| t.as_str())).collect();
    types.sort_unstable();
    types.dedup();
    types
}

fn modalities() -> Vec<&'static str> {
    Modality::ALL.iter().map(|modality| modality.as_str()).collect()
}
