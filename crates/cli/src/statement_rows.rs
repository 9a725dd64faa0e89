//! How is a statement written in one row of a table for people?

use sayso::marks::range;
use sayso::types::RoleName;
use sayso::types::record::{PropositionRecord, StatementRecord};
use sayso_store::Kind;

use crate::terminal::one_line;

/// The table's header for statements of a kind.
pub(crate) fn header(kind: Option<Kind>) -> &'static [&'static str] {
    match kind {
        None | Some(Kind::Event) => &["id", "what", "who", "to whom", "where", "when", "how many", "who says so"],
        Some(Kind::Relation) => &["id", "from", "relation", "to", "when", "who says so"],
        Some(Kind::Estimate) => &["id", "of", "how many", "whose", "where", "when", "who says so"],
    }
}

/// The table's row for a statement.
pub(crate) fn row(statement: &StatementRecord, kind: Option<Kind>) -> Vec<String> {
    let id = statement.id.chars().take(8).collect();
    let (where_, when, says) = (place(statement), time(statement), says(statement));
    let actor = roles(statement, &[RoleName::Actor]);
    match kind {
        None | Some(Kind::Event) => {
            let others = [RoleName::Recipient, RoleName::Theme, RoleName::Instrument, RoleName::Origin];
            vec![id, what(statement), actor, roles(statement, &others), where_, when, quantities(statement), says]
        }
        Some(Kind::Relation) => vec![id, actor, what(statement), roles(statement, &[RoleName::Recipient]), when, says],
        Some(Kind::Estimate) => {
            vec![id, what(statement), quantities(statement), roles(statement, RoleName::ALL), where_, when, says]
        }
    }
}

/// Type, mode, and all that makes it other than a plain fact: "assault/shooting, not", "part_of ends, possible".
pub(crate) fn what(statement: &StatementRecord) -> String {
    let mut text = statement.proposition.type_code().to_owned();
    if let Some(mode) = statement.proposition.mode() {
        text = format!("{text}/{mode}");
    }
    if let PropositionRecord::Relation { phase, .. } = &statement.proposition
        && phase.as_str() != "holds"
    {
        text = format!("{text} {}", phase.as_str());
    }
    let modality = statement.modality.as_str();
    let qualities = [
        (statement.negated, "not so"),
        (modality != "asserted", modality),
        (statement.aggregate, "several"),
        (statement.unclaimed, "unclaimed"),
    ];
    qualities.into_iter().filter(|(holds, _)| *holds).fold(text, |text, (_, quality)| format!("{text}, {quality}"))
}

fn roles(statement: &StatementRecord, of: &[RoleName]) -> String {
    let chosen = statement.roles.iter().filter(|role| of.contains(&role.role));
    let named = chosen.map(|role| one_line(role.name.as_deref().unwrap_or(&role.words.text)));
    named.collect::<Vec<_>>().join("; ")
}

fn place(statement: &StatementRecord) -> String {
    statement.place.as_ref().map_or_else(String::new, |place| {
        let name = place.name.as_deref().unwrap_or(&place.words.text);
        one_line(&place.country.as_ref().map_or_else(|| name.to_owned(), |country| format!("{name}, {country}")))
    })
}

fn time(statement: &StatementRecord) -> String {
    statement.time.as_ref().map_or_else(String::new, |time| time.edtf.clone())
}

fn quantities(statement: &StatementRecord) -> String {
    let each = statement.quantities.iter().map(|q| format!("{} {}", q.of.as_str(), range(q.low, q.best, q.high)));
    each.collect::<Vec<_>>().join("; ")
}

/// The chain of sources, outermost first, and who claims or denies.
fn says(statement: &StatementRecord) -> String {
    let links = statement.attribution.iter().map(|link| one_line(link.name.as_deref().unwrap_or(&link.source)));
    let chain = links.collect::<Vec<_>>().join(" › ");
    let stances =
        statement.responsibility.iter().map(|r| format!("{} by {}", r.stance.as_str(), one_line(r.name.as_deref().unwrap_or(&r.by))));
    std::iter::once(chain).chain(stances).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}
