//! How is a question put to the record? In the store's conditions, names looked up and foreign letters written in Latin ones as well.

use any_ascii::any_ascii;
use sayso_store::Review;
use sayso_store::query::find::{Clause, Condition, Party};
use sayso_store::query::{Overlap, Window};

use super::{Countries, Origin, Question, Reviewed, Sense, Span, Term};

impl Question {
    /// The question as the store asks it. `parties` gives the ids that a name of an actor or source can mean.
    ///
    /// # Errors
    /// Those of `parties`.
    pub fn clauses<E>(&self, countries: &Countries, mut parties: impl FnMut(&str) -> Result<Vec<String>, E>) -> Result<Vec<Clause>, E> {
        let mut clauses = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            let mut any = Vec::new();
            for term in &part.any {
                any.extend(conditions(term, countries, &mut parties)?);
            }
            clauses.push(Clause { negated: part.sense == Sense::Unwanted, any });
        }
        Ok(clauses)
    }
}

/// The conditions of which one will do for a term.
fn conditions<E>(
    term: &Term,
    countries: &Countries,
    parties: &mut impl FnMut(&str) -> Result<Vec<String>, E>,
) -> Result<Vec<Condition>, E> {
    let mut party = |named: &str| Ok(Party { named: named.to_owned(), ids: parties(named)? });
    Ok(match term {
        Term::Words(text) => in_latin(text).into_iter().map(|text| Condition::Words(format!("\"{text}\""))).collect(),
        Term::Prefix(text) => in_latin(text).into_iter().map(|text| Condition::Words(format!("\"{text}\"*"))).collect(),
        Term::Kind(kind) => vec![Condition::Kind(*kind)],
        Term::Type(code) => vec![Condition::Type(code.clone())],
        Term::Mode(code) => vec![Condition::Mode(code.clone())],
        Term::Actor(name) => vec![Condition::Actor(party(name)?)],
        Term::Place(name) => match countries.code(name) {
            Some(code) => vec![Condition::Country(code.to_owned())],
            None => in_latin(name).into_iter().map(|name| Condition::Place(format!("\"{name}\""))).collect(),
        },
        Term::Country(name) => vec![Condition::Country(countries.code(name).unwrap_or(name).to_owned())],
        Term::Date(span) => vec![Condition::Time(window(span))],
        Term::Since(date) => vec![Condition::Time(Window { since: Some(date.clone()), ..Window::default() })],
        Term::Until(date) => vec![Condition::Time(Window { until: Some(date.clone()), ..Window::default() })],
        Term::Told(span) => vec![Condition::Told(window(span))],
        Term::Source(name) => vec![Condition::Source(party(name)?)],
        Term::Publisher(name) => vec![Condition::Publisher(name.clone())],
        Term::Status(status) => vec![Condition::Status(status.as_str().to_owned())],
        Term::Sources(least) => vec![Condition::Sources(*least)],
        Term::Disputed(disputed) => vec![Condition::Disputed(*disputed)],
        Term::Aggregate(aggregate) => vec![Condition::Aggregate(*aggregate)],
        Term::Modality(modality) => vec![Condition::Modality(modality.as_str().to_owned())],
        Term::Review(review) => vec![Condition::Review(match review {
            Reviewed::Never => None,
            Reviewed::Accepted => Some(Review::Accepted),
            Reviewed::Rejected => Some(Review::Rejected),
            Reviewed::Corrected => Some(Review::Corrected),
        })],
        Term::Origin(origin) => vec![Condition::Copy(*origin == Origin::Copy)],
    })
}

fn window(span: &Span) -> Window {
    let (since, until) = match span {
        Span::Within(date) => (Some(date), Some(date)),
        Span::Between(from, to) => (Some(from), Some(to)),
        Span::From(from) => (Some(from), None),
        Span::To(to) => (None, Some(to)),
    };
    Window { since: since.cloned(), until: until.cloned(), overlap: Overlap::Possible }
}

/// The text, and the text in Latin letters where it has others: the index folds diacritics, but not Cyrillic or Arabic.
fn in_latin(text: &str) -> Vec<String> {
    let latin = any_ascii(text).replace('"', " ");
    let same = latin.eq_ignore_ascii_case(text) || !latin.chars().any(char::is_alphanumeric);
    if same { vec![text.to_owned()] } else { vec![text.to_owned(), latin] }
}
