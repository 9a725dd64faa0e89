//! Which one text asks a question? What [`Question::read`](super::Question::read) reads as the same.

use std::fmt;

use super::{Part, Question, Sense, Span, Term};

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, part) in self.parts.iter().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{part}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let any: Vec<String> = self.any.iter().map(ToString::to_string).collect();
        let not = if self.sense == Sense::Unwanted { "-" } else { "" };
        if any.len() == 1 { write!(f, "{not}{}", any[0]) } else { write!(f, "{not}({})", any.join(" OR ")) }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut field = |name: &str, value: &str| write!(f, "{name}:{}", valued(value));
        match self {
            Term::Words(text) => f.write_str(&quoted(text)),
            Term::Prefix(text) => write!(f, "{}*", quoted(text)),
            Term::Kind(kind) => field("kind", kind.as_str()),
            Term::Type(code) => field("type", code),
            Term::Mode(code) => field("mode", code),
            Term::Actor(name) => field("actor", name),
            Term::Place(name) => field("place", name),
            Term::Country(name) => field("country", name),
            Term::Date(span) => field("date", &span.to_string()),
            Term::Since(date) => field("since", date.as_str()),
            Term::Until(date) => field("until", date.as_str()),
            Term::Told(span) => field("told", &span.to_string()),
            Term::Source(name) => field("source", name),
            Term::Publisher(name) => field("publisher", name),
            Term::Status(status) => field("status", status.as_str()),
            Term::Sources(least) => field("sources", &format!(">={least}")),
            Term::Disputed(disputed) => field("disputed", truth(*disputed)),
            Term::Aggregate(aggregate) => field("aggregate", truth(*aggregate)),
            Term::Modality(modality) => field("modality", modality.as_str()),
            Term::Review(review) => field("review", review.as_str()),
            Term::Origin(origin) => field("origin", origin.as_str()),
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Span::Within(date) => f.write_str(date.as_str()),
            Span::Between(from, to) => write!(f, "{from}..{to}"),
            Span::From(from) => write!(f, "{from}.."),
            Span::To(to) => write!(f, "..{to}"),
        }
    }
}

fn truth(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

/// A word as it is, anything that could be read as more in quotation marks.
fn quoted(text: &str) -> String {
    let plain = text.chars().all(|c| c.is_alphanumeric() || c == '\'' || c == '’' || c == '.')
        || (text.chars().all(|c| c.is_alphanumeric() || c == '-') && !text.starts_with('-'));
    let operator = ["OR", "AND", "NOT"].contains(&text);
    if plain && !operator { text.to_owned() } else { format!("\"{text}\"") }
}

/// The value of a field, in quotation marks where it is more than one word.
fn valued(text: &str) -> String {
    let bare = |c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '(' | ')');
    if text.contains(bare) || text.is_empty() { format!("\"{text}\"") } else { text.to_owned() }
}
