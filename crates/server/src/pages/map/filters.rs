//! What is asked of the map, as a form.

use maud::{Markup, html};
use sayso::types::EventType;
use sayso::types::decision::Status;

use super::address;
use crate::answer::map::MapAsked;
use crate::pages::setting::Setting;

pub(super) fn form(setting: &Setting, asked: &MapAsked) -> Markup {
    html! {
        form.filters #map-filters method="get" action="/map" {
            @if let Some(as_of) = &setting.as_of { input type="hidden" name="as-of" value=(as_of); }
            @if !asked.bbox.is_empty() { input type="hidden" name="bbox" value=(asked.bbox); }
            label { "Type" (choice("type", &asked.type_code, "any", EventType::ALL.iter().map(|code| code.as_str()))) }
            label { "Country (three letters)" input name="country" value=(asked.country) maxlength="40" autocomplete="off" spellcheck="false"; }
            label { "Who takes part (id or name)" input name="actor" value=(asked.actor) maxlength="200" autocomplete="off" spellcheck="false"; }
            label { "How far established" (choice("status", &asked.status, "any", Status::ALL.iter().map(|status| status.as_str()))) }
            label { "From" input name="since" value=(asked.since) placeholder="2017-08" maxlength="40" autocomplete="off" inputmode="numeric"; }
            label { "To" input name="until" value=(asked.until) placeholder="2017-08-31" maxlength="40" autocomplete="off" inputmode="numeric"; }
            label {
                "Uncertain times"
                select name="times" {
                    option value="" selected[asked.times != "certain"] { "that can lie in it" }
                    option value="certain" selected[asked.times == "certain"] { "that surely lie in it" }
                }
            }
            button { "Show" }
            a href=(setting.at("/map")) { "Clear" }
            @if !asked.bbox.is_empty() { a href=(address(setting, asked, &[("bbox", ""), ("place", ""), ("after", "")])) { "Whole world" } }
        }
    }
}

fn choice(name: &str, chosen: &str, any: &str, codes: impl Iterator<Item = &'static str>) -> Markup {
    let codes: Vec<&str> = codes.collect();
    html! {
        select name=(name) {
            option value="" { (any) }
            // Several codes can stand in an address; the form keeps them.
            @if !chosen.is_empty() && !codes.contains(&chosen) { option value=(chosen) selected { (chosen) } }
            @for code in &codes { option value=(code) selected[chosen == *code] { (code) } }
        }
    }
}
