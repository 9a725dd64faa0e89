//! What is asked of relations, as a form.

use maud::{Markup, html};
use sayso::types::RelationType;

use crate::answer::relations::NetworkAsked;
use crate::pages::setting::Setting;

pub(super) fn form(setting: &Setting, asked: &NetworkAsked) -> Markup {
    html! {
        form.filters #relation-filters method="get" action="/relations" {
            @if let Some(as_of) = &setting.as_of { input type="hidden" name="as-of" value=(as_of); }
            label { "Actor (its id)" input name="actor" value=(asked.actor) maxlength="200" autocomplete="off" spellcheck="false"; }
            label {
                "Relation"
                select name="type" {
                    option value="" { "any" }
                    @if asked.type_code.contains(',') { option value=(asked.type_code) selected { (asked.type_code) } }
                    @for code in RelationType::ALL {
                        option value=(code.as_str()) selected[asked.type_code == code.as_str()] { (code.as_str().replace('_', " ")) }
                    }
                }
            }
            label { "On the day" input #on name="on" value=(asked.on) placeholder="2017-08-31" maxlength="40" autocomplete="off" inputmode="numeric"; }
            label {
                "How far"
                select name="steps" {
                    option value="" selected[asked.steps != "2"] { "its own ties" }
                    option value="2" selected[asked.steps == "2"] { "and theirs" }
                }
            }
            button { "Show" }
            a href=(setting.at("/relations")) { "Clear" }
        }
    }
}
