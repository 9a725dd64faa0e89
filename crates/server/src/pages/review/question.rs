//! How is one question asked? The words first, then the proposal, what it would change, and the answers with their keys.

use form_urlencoded::byte_serialize;
use maud::{Markup, html};
use sayso::marks::marks;

use crate::answer::review::{Attribute, Bucket, Proposal, Queue, Quoted, ReviewAnswer, Similar, Stated, Votes, Waiting};
use crate::answer::statement::DocumentInShort;
use crate::pages::link::Page;
use crate::pages::setting::Setting;
use crate::pages::{part, statement, text};

/// The question, or that none is left.
pub(super) fn main(setting: &Setting, answer: &ReviewAnswer, queue: &Queue, waiting: &Waiting) -> Markup {
    let next = answer.next.as_ref().map(|next| address(answer, queue, next));
    html! {
        nav.path aria-label="Where this is" { a href="/review" { "Review" } " › " (answer.bucket.title()) @if queue.votes() { " · verdicts only" } }
        @match &answer.proposal {
            Some(proposal) => {
                article.question data-question data-preview data-bucket=(answer.bucket.as_str()) data-next=[next.as_deref()]
                    data-mode=[queue.votes().then_some("vote")] data-left=[waiting.count] data-more=[waiting.at_least.then_some("more")]
                    data-reasons=(answer.reasons.join("\n")) {
                    (asked(setting, proposal, answer.bucket, queue))
                }
            }
            None => (none_left(answer, next.as_deref())),
        }
        @if let Some(next) = &next { p.onward { a href=(next) rel="next" { "Next without deciding" } } }
    }
}

/// The address of another place in the bucket.
fn address(answer: &ReviewAnswer, queue: &Queue, after: &str) -> String {
    let mut pairs = vec![("after", byte_serialize(after.as_bytes()).collect::<String>())];
    pairs.extend(queue.seed.map(|seed| ("seed", seed.to_string())));
    pairs.extend(queue.size.map(|size| ("size", size.to_string())));
    pairs.extend(answer.through.map(|through| ("through", through.to_string())));
    pairs.extend(queue.votes().then(|| ("mode", "vote".to_owned())));
    let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("/review/{}?{}", answer.bucket.as_str(), pairs.join("&"))
}

fn none_left(answer: &ReviewAnswer, next: Option<&str>) -> Markup {
    html! {
        article.question.none data-question data-next=[next] {
            h1 { @if next.is_some() { "Nothing here so far" } @else { "Nothing is left here" } }
            @if next.is_some() { p { "A stretch of the record was looked through without a question. The next one may have some." } }
            @else if answer.bucket == Bucket::New { p { "Every statement has been reviewed. Read more documents with `sayso read`, or draw a sample." } }
            p { a href="/review" { "To the buckets" } }
        }
    }
}

fn asked(setting: &Setting, proposal: &Proposal, bucket: Bucket, queue: &Queue) -> Markup {
    match proposal {
        Proposal::Statement(stated) => of_statement(setting, stated, bucket, queue),
        Proposal::Conflict { event, attributes } => html! {
            div.of data-of="conflict" data-event=(event.id) {
                h1 { "Which value is shown?" }
                (part::line(setting, event))
                (values(setting, attributes))
                (acts(&[("leave", "h", "Leave it open")]))
            }
        },
        Proposal::Join { events, statements, score, grounds, against } => html! {
            div.of data-of="join" data-event=(events[0].id) data-other=(events[1].id) {
                h1 { "One event or two?" }
                div.sides { @for (event, quoted) in events.iter().zip(statements.iter()) {
                    section.side { (part::line(setting, event)) (quote(setting, quoted)) }
                } }
                div.grounds {
                    section { h2 { "For one" } (listed(grounds)) }
                    section { h2 { "For two" } (listed(against)) }
                }
                p.quiet { "As alike as " (format!("{:.0} %", 100.0 * score)) " by the program’s reckoning; from 50 % on it takes two for one where nothing else keeps them apart." }
                (acts(&[("join", "y", "One event"), ("apart", "n", "Two events"), ("leave", "h", "Leave it open")]))
            }
        },
        Proposal::Identity { a, a_name, b, b_name, why, a_events, b_events } => html! {
            div.of data-of="identity" data-a=(a) data-b=(b) {
                h1 { "One actor or two?" }
                p { (why) "." }
                div.sides {
                    @for (id, name, events) in [(a, a_name, a_events), (b, b_name, b_events)] {
                        section.side {
                            h2 dir="auto" { a href=(setting.to(Page::Actor, id)) { (name) } }
                            p.quiet { @if id.starts_with("c:") { "not in the registry" } @else { code { (id) } } }
                            @if events.is_empty() { p.empty { "No event in this record." } }
                            ul.plain { @for event in events { li { (part::line(setting, event)) } } }
                        }
                    }
                }
                (acts(&[("same", "y", "One actor"), ("different", "n", "Two actors"), ("part-of", "p", "The first is part of the second"), ("unsure", "h", "It cannot be told")]))
            }
        },
        Proposal::Copies { documents, beginnings, shares } => html! {
            div.of data-of="copies" data-a=(documents[0].id) data-b=(documents[1].id) {
                h1 { "One text or two?" }
                div.sides { @for (at, document) in documents.iter().enumerate() {
                    section.side {
                        (carried(setting, document))
                        p { (format!("{:.0} % of its words stand in the other", 100.0 * shares[at])) }
                        blockquote lang=(document.language) dir="auto" { (beginnings[at]) }
                    }
                } }
                (acts(&[("together", "y", "One text"), ("apart-texts", "n", "Two texts"), ("leave", "h", "Leave it open")]))
            }
        },
    }
}

fn of_statement(setting: &Setting, stated: &Stated, bucket: Bucket, queue: &Queue) -> Markup {
    let whole = &stated.whole;
    let event = whole.groups.iter().find(|group| group.id.starts_with("e-")).map(|group| group.id.as_str());
    html! {
        div.of data-of="statement" data-statement=(whole.statement.id) data-event=[event] {
            h1 { "Is this what the words say?" }
            (statement::in_place(setting, whole))
            section.proposal aria-label="The statement" {
                p.what { span.kind { (whole.statement.proposition.kind()) } " " (part::heading(&whole.statement.proposition)) }
                (part::badges(&whole.statement))
                (part::values(setting, &whole.statement))
            }
            @if let Some(newer) = &stated.newer {
                section { h2 { "A newer reading has" } (part::badges(newer)) (part::values(setting, newer)) }
            }
            @if bucket == Bucket::Unanchored && stated.newer.is_none() { p.notice { "A newer reading of the document has nothing here. Undo what was decided to let it go." } }
            @if queue.votes() {
                (acts(&[("accept", "y", "It is"), ("reject", "n", "It is not"), ("correct", "c", "It is, with other values"), ("unsure", "h", "It cannot be told")]))
            } @else {
                (acts(&[("accept", "y", "It is"), ("reject", "n", "It is not"), ("correct", "c", "Correct a value"), ("split", "x", "Another event"), ("merge", "m", "Join its event with another"), ("foresee", "p", "What would rejecting change?"), ("leave", "h", "Leave it")]))
            }
            (voted(&stated.votes, bucket == Bucket::Disagreements))
            @if !whole.groups.is_empty() {
                section.stands {
                    h2 { "It stands in" }
                    ul.plain { @for (group, effect) in whole.groups.iter().zip(&stated.effects) { li { (part::line(setting, group)) p.quiet { (effect) } } } }
                }
            }
            (alike(&stated.similar))
            (statement::decisions(&whole.decisions))
        }
    }
}

/// The answers, each with its key.
fn acts(acts: &[(&str, &str, &str)]) -> Markup {
    html! {
        div.acts role="group" aria-label="Answers" {
            @for (act, key, words) in acts { button type="button" data-act=(act) { kbd { (key) } " " (words) } }
        }
        div.why hidden {}
    }
}

/// Differing values, numbered over all attributes.
fn values(setting: &Setting, attributes: &[Attribute]) -> Markup {
    let mut number = 0;
    html! {
        @for attribute in attributes {
            section.values {
                h2 { (attribute.name.replace('_', " ")) }
                ul.plain { @for value in &attribute.values {
                    @let key = { number += 1; number };
                    li {
                        button type="button" data-act="settle" data-attribute=(attribute.name) data-value=(value.value) data-digit=(key) {
                            @if key < 10 { kbd { (key) } " " } (value.value)
                        }
                        @if value.is_shown { " " (part::badge("shown", "shown")) }
                        ul.plain { @for told in &value.told { li data-evidence {
                            @for sentence in &told.sentences { q dir="auto" { (sentence.words.text) } " " }
                            a href=(told.sentences.first().map(|first| setting.to(Page::Statement, &first.statement)).unwrap_or_default()) {
                                @if told.informants.is_empty() { "the report itself" } @else { (told.informants.join(", citing ")) }
                            }
                            " in " span dir="auto" { (told.title) }
                            @if let Some(publisher) = &told.publisher { ", " (publisher) }
                            @if let Some(day) = &told.day { ", " (day) }
                            @if let Some(why) = &told.uncounted { " " small { "not counted: " (why) } }
                        } } }
                    }
                } }
            }
        }
    }
}

fn quote(setting: &Setting, quoted: &Quoted) -> Markup {
    let end = quoted.context.start + quoted.context.text.chars().count();
    html! {
        figure.evidence data-evidence {
            blockquote lang=(quoted.document.language) dir="auto" {
                (text::excerpt(&quoted.context.text, quoted.context.start..end, &marks(&quoted.statement)))
            }
            figcaption { (carried(setting, &quoted.document)) " · " a href=(setting.to(Page::Statement, &quoted.statement.id)) { "the statement" } }
        }
    }
}

fn carried(setting: &Setting, document: &DocumentInShort) -> Markup {
    html! {
        a href=(setting.to(Page::Document, &document.id)) dir="auto" { (document.title) }
        @if let Some(publisher) = &document.publisher { ", " (publisher) }
        @if let Some(published) = &document.published { ", " (published) }
    }
}

fn listed(sentences: &[String]) -> Markup {
    html! { @if sentences.is_empty() { p.empty { "Nothing." } } @else { ul { @for sentence in sentences { li dir="auto" { (sentence) } } } } }
}

/// What reviewers said; of others only who has, until the person has given a verdict.
fn voted(votes: &Votes, settles: bool) -> Markup {
    html! {
        @if !votes.by.is_empty() {
            section.votes {
                h2 { "Verdicts" }
                @if votes.all.is_empty() { p { (votes.by.join(", ")) " gave a verdict; it is shown when you have given yours." } }
                @else { ul { @for one in &votes.all { li { (one.who) ": " strong { (one.verdict) } @if !one.why.is_empty() { " – " (one.why) } } } } }
                @if settles { p.quiet { "What you decide here holds." } }
            }
        }
    }
}

fn alike(similar: &[Similar]) -> Markup {
    html! {
        @if !similar.is_empty() {
            section.similar {
                h2 { "Decided on the like" }
                ul { @for one in similar { li {
                    q dir="auto" { (one.words) } " – " (one.decision.who) " " (one.decision.what.split(' ').next().unwrap_or_default())
                    @if !one.decision.why.is_empty() { ": " (one.decision.why) }
                } } }
            }
        }
    }
}
