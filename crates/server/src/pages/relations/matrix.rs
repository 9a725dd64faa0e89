//! The matrix: who stands how to whom, each cell a few letters that lead to the relation.

use maud::{Markup, html};

use crate::answer::relations::{NetworkAnswer, NetworkNode, Tied};
use crate::pages::link::Page;
use crate::pages::setting::Setting;

/// So many actors stand in it, those with most ties here.
const MOST: usize = 16;

pub(super) fn section(setting: &Setting, network: &NetworkAnswer) -> Markup {
    let relations: Vec<&Tied> = network.edges.iter().flat_map(|edge| &edge.relations).collect();
    let ties = |node: &NetworkNode| relations.iter().filter(|tied| tied.from == node.id || tied.to == node.id).count();
    let mut nodes: Vec<&NetworkNode> = network.nodes.iter().filter(|node| ties(node) > 0).collect();
    if nodes.len() < 2 {
        return html! {};
    }
    nodes.sort_by_key(|node| (std::cmp::Reverse(ties(node)), &node.id));
    let left_out = nodes.len().saturating_sub(MOST);
    nodes.truncate(MOST);
    let mut met: Vec<&str> = relations.iter().map(|tied| tied.type_code.as_str()).collect();
    met.sort_unstable();
    met.dedup();
    html! {
        section #matrix aria-labelledby="matrix-heading" {
            h2 #matrix-heading { "Matrix" }
            p.quiet {
                "From the actor at the left to the one above: "
                @for (at, code) in met.iter().enumerate() { @if at > 0 { ", " } strong { (letters(code)) } " " (code.replace('_', " ")) }
                ". A mark “x” says that it is told to have ended."
                @if left_out > 0 { " " (left_out) " actors with fewer ties are left out." }
            }
            div.scrolls tabindex="0" role="region" aria-labelledby="matrix-heading" {
                table.matrix {
                    thead { tr { td {} @for node in &nodes { th scope="col" dir="auto" { span { (node.name) } } } } }
                    tbody {
                        @for row in &nodes {
                            tr {
                                th scope="row" dir="auto" { (row.name) }
                                @for column in &nodes { td { @if row.id == column.id { span.self { "–" } } @else { (cell(setting, &relations, row, column)) } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn cell(setting: &Setting, relations: &[&Tied], row: &NetworkNode, column: &NetworkNode) -> Markup {
    let leads =
        |tied: &&&Tied| (tied.from == row.id && tied.to == column.id) || (tied.symmetric && tied.from == column.id && tied.to == row.id);
    html! {
        @for tied in relations.iter().filter(leads) {
            @let words = format!("{} {} {}{}", row.name, tied.type_code.replace('_', " "), column.name, if tied.ended { ", ended" } else { "" });
            a data-relation=(tied.id) href=(setting.to(Page::Relation, &tied.id)) title=(words) aria-label=(format!("{}{}: {words}", letters(&tied.type_code), if tied.ended { "x" } else { "" })) { (letters(&tied.type_code)) @if tied.ended { "x" } }
            " "
        }
    }
}

/// Two letters for a type of relation, which differ for all types: of its first word and its last, or the first two of its one.
fn letters(type_code: &str) -> String {
    let (first, last) =
        (type_code.chars().next().unwrap_or('?'), type_code.rsplit_once('_').map_or(type_code.get(1..), |(_, last)| Some(last)));
    first.to_uppercase().chain(last.and_then(|last| last.chars().next())).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use sayso::types::RelationType;

    use super::letters;

    #[test]
    fn no_two_types_have_the_same_letters() {
        let all: BTreeSet<String> = RelationType::ALL.iter().map(|code| letters(code.as_str())).collect();
        assert_eq!(all.len(), RelationType::ALL.len(), "{all:?}");
    }
}
