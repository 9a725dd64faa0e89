//! The pages of Review: the buckets, and one question at a time, which the keyboard alone can answer.

mod question;

use axum::response::Html;
use maud::{Markup, html};

use super::frame::{Screen, Sheet, frame};
use super::setting::Setting;
use crate::answer::review::{AgreementAnswer, Bucket, Buckets, Queue, ReviewAnswer, Waiting};
use crate::desk::Desk;
use crate::extract::{Asked, Segment};
use crate::fault::Fault;

/// The page of the buckets.
pub(super) async fn buckets(desk: Desk, setting: Setting) -> Result<Html<String>, Fault> {
    let (buckets, agreement) = desk.ask(None, |reader| Ok((Buckets::of(reader)?, AgreementAnswer::of(reader)?))).await?;
    let main = html! {
        h1 { "Review" }
        p.lead { "One decision at a time, by keys: " kbd { "y" } " yes, " kbd { "n" } " no, " kbd { "h" } " leave it, " kbd { "u" } " undo, " kbd { "?" } " all keys." }
        ol.buckets { @for (at, waiting) in buckets.buckets.iter().enumerate() { (bucket(at + 1, waiting)) } }
        (blind())
        (agreed(&agreement))
    };
    Ok(frame(&setting, Sheet { title: "Review", screen: Screen::Review, styles: &["review.css"], modules: &["review.mjs"], main }))
}

/// How much waits, in words: "41", "100 or more", "some".
fn waits(waiting: &Waiting) -> String {
    match (waiting.count, waiting.at_least) {
        (Some(number), false) => number.to_string(),
        (Some(number), true) => format!("{number} or more"),
        (None, _) => "some".to_owned(),
    }
}

fn bucket(number: usize, waiting: &Waiting) -> Markup {
    let address = format!("/review/{}", waiting.bucket.as_str());
    html! {
        li data-number=(number) {
            h2 { a href=(address) { (waiting.title) } " " span.count { (waits(waiting)) } }
            p { (waiting.about) }
            @if waiting.bucket == Bucket::Sample {
                form.sample action=(address) method="get" {
                    label { "Seed " input type="number" name="seed" value="1" min="0"; }
                    label { "Statements " input type="number" name="size" value="100" min="1" max="1000"; }
                    button { "Draw" }
                }
            }
        }
    }
}

fn blind() -> Markup {
    html! {
        section aria-labelledby="blind-heading" {
            h2 #blind-heading { "Two reviewers" }
            p {
                "Several people give a verdict on the same statements, and nobody sees another's before giving one. Nothing is changed by it; "
                "where verdicts differ, a curator decides."
            }
            ul.plain {
                li { a href="/review/sample?mode=vote" { "Give verdicts on a sample" } }
                li { a href="/review/new?mode=vote" { "Give verdicts on new statements" } }
                li { a href="/review/disagreements" { "Settle where verdicts differ" } }
            }
        }
    }
}

fn agreed(agreement: &AgreementAnswer) -> Markup {
    let figure = |value: Option<f64>| value.map_or_else(|| "not defined".to_owned(), |value| format!("{value:.3}"));
    html! {
        section aria-labelledby="agreement-heading" {
            h2 #agreement-heading { "Agreement" }
            @if agreement.units == 0 {
                p.empty { (agreement.judged) " statements have a verdict, none of them from two people. Give verdicts on the same sample as somebody else." }
            } @else {
                dl.facts {
                    div { dt { "Statements that two or more judged" } dd { (agreement.units) } }
                    div { dt { "Verdicts that agree" } dd { (format!("{:.1} %", 100.0 * agreement.percent.unwrap_or_default())) } }
                    div { dt { "Krippendorff’s alpha" } dd {
                        (figure(agreement.alpha))
                        @if let Some([low, high]) = agreement.interval { small { " 95 % of samples: " (format!("{low:.3} to {high:.3}")) } }
                    } }
                }
                table {
                    caption { "Cohen’s kappa of every two" }
                    thead { tr { th scope="col" { "Reviewers" } th scope="col" { "Statements" } th scope="col" { "Kappa" } } }
                    tbody { @for of in &agreement.kappas { tr { th scope="row" { (of.one) " and " (of.other) } td { (of.units) } td { (figure(of.kappa)) } } } }
                }
            }
        }
    }
}

/// The page of one question.
pub(super) async fn question(
    desk: Desk,
    setting: Setting,
    Segment(bucket): Segment,
    Asked(queue): Asked<Queue>,
) -> Result<Html<String>, Fault> {
    let bucket = Bucket::named(&bucket)?;
    let (who, asked) = (setting.person.name.clone(), queue.clone());
    let (answer, waiting) =
        desk.ask(None, move |reader| Ok((ReviewAnswer::of(reader, &who, bucket, &asked)?, Buckets::waiting(reader, bucket)?))).await?;
    let title = format!("{} · Review", bucket.title());
    let main = question::main(&setting, &answer, &queue, &waiting);
    let modules = &["statement.mjs", "review.mjs"];
    Ok(frame(&setting, Sheet { title: &title, screen: Screen::Review, styles: &["event.css", "review.css"], modules, main }))
}
