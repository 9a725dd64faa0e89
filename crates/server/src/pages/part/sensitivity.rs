//! Who may see it, told to those who may, and what a curator can change about it.

use maud::{Markup, html};

use crate::answer::sensitivity::Restriction;
use crate::pages::setting::Setting;
use crate::people::permission::Permission;

/// That what a page tells of is restricted, by whom and why; and the ways to restrict it and to open it again.
pub(in crate::pages) fn sensitivity(setting: &Setting, restricted: Option<&Restriction>, id: &str) -> Markup {
    let may = setting.as_of.is_none() && Permission::Settle.is_of(setting.person.role);
    html! {
        @if let Some(restriction) = restricted {
            p.notice.restricted {
                strong { "Restricted." } " Readers and contributors do not see this. "
                a href=(format!("/book/decision/{}", restriction.decision)) { (restriction.by) " " (restriction.what) }
                ", " time datetime=(restriction.at) { (restriction.at) }
                @if !restriction.why.is_empty() { ": " q { (restriction.why) } }
            }
        }
        @if may {
            p.deciding data-sensitivity=(id) {
                button type="button" data-do="sensitivity" data-to=(if restricted.is_some() { "open" } else { "restricted" }) {
                    @if restricted.is_some() { "Open to all readers " } @else { "Restrict " } kbd { "R" }
                }
            }
        }
    }
}

/// The mark of a line of a list.
pub(in crate::pages) fn restricted() -> Markup {
    html! { span.badge.restricted title="Readers and contributors do not see this" { "restricted" } " " }
}
