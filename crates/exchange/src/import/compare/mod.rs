//! Where do another data set and the record tell of the same event, where do they differ, and what has either alone?
//!
//! Two are one only within stated windows of days and kilometres, beyond what either leaves open itself, and where the types can be the
//! same. Each is matched with at most one: of all ways to pair them the one whose likeness is greatest in all.

mod assignment;
mod likeness;
mod table;

use std::collections::BTreeMap;

use jiff::civil::Date;
use sayso::question::{Question, Span, Term};
use sayso_types::record::{GroupKind, GroupRecord};
use sayso_types::{Edtf, QuantityOf};
use serde::Serialize;

use super::TheirEvent;
use crate::Error;
use crate::place::Located;
use crate::told::Export;

pub use table::{COLUMNS, row};

/// How far apart two may lie and yet be one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Windows {
    /// Days between what the two leave open: reports tell of the day before, and time zones differ.
    pub days: i64,
    /// Kilometres between what the two leave open: towns are named for the villages around them.
    pub km: f64,
    /// How alike they must be in all, from 0 to 1.
    pub least: f64,
}

impl Default for Windows {
    fn default() -> Windows {
        Windows { days: 2, km: 50.0, least: 0.5 }
    }
}

/// An event that may last so many days at the most is compared; of one that is told less surely nothing can be said.
const LONGEST: i64 = 92;

/// An event of the record, as it is compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OurEvent {
    /// In short.
    pub group: GroupRecord,
    #[serde(skip)]
    days: (Date, Date),
    #[serde(skip)]
    located: Located,
}

impl OurEvent {
    fn of(group: GroupRecord) -> Option<OurEvent> {
        let day = |text: &Option<String>| text.as_deref().and_then(|day| day.parse::<Date>().ok());
        let days = day(&group.earliest).zip(day(&group.latest))?;
        let located = Located::of(group.place.as_ref());
        (days.0.until(days.1).ok()?.get_days() <= LONGEST as i32).then_some(OurEvent { group, days, located })
    }

    /// Low, best and high of the dead, over all accounts.
    pub(super) fn killed(&self) -> Option<(Option<u64>, Option<u64>, Option<u64>)> {
        let count = self.group.counts.iter().find(|count| count.of == QuantityOf::Killed)?;
        Some((count.least.or(count.low), count.best.or(count.low), count.most.or(count.high)))
    }
}

/// What one value of the two says of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Both can be so.
    Agrees,
    /// They cannot both be so.
    Differs,
    /// Only theirs tells it.
    OnlyTheirs,
    /// Only ours tells it.
    OnlyOurs,
    /// Neither tells it.
    Untold,
}

impl Verdict {
    /// Its code.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Agrees => "agrees",
            Verdict::Differs => "differs",
            Verdict::OnlyTheirs => "only-theirs",
            Verdict::OnlyOurs => "only-ours",
            Verdict::Untold => "untold",
        }
    }
}

/// One field of a matched pair, side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Which: date, place, actors, killed, type.
    pub name: &'static str,
    /// As theirs has it.
    pub theirs: String,
    /// As ours has it.
    pub ours: String,
    /// What the one says of the other.
    pub verdict: Verdict,
}

/// Two that are taken for one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Matched {
    /// Theirs.
    pub theirs: TheirEvent,
    /// Ours.
    pub ours: OurEvent,
    /// How alike they are, from 0 to 1.
    pub likeness: f64,
    /// Days between what the two leave open.
    pub days: i64,
    /// Kilometres between what the two leave open; `None` where one has no point.
    pub km: Option<f64>,
    /// Field by field.
    pub fields: Vec<Field>,
}

/// What the comparison comes to.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Comparison {
    /// Pairs, by time.
    pub matched: Vec<Matched>,
    /// What theirs has alone.
    pub only_theirs: Vec<TheirEvent>,
    /// What ours has alone, of the countries and the time that theirs covers.
    pub only_ours: Vec<OurEvent>,
    /// Ours of that time that could not be compared: they are told less surely than within three months.
    pub untimed: u64,
}

/// Compares events of another data set with those that a question finds.
///
/// # Errors
/// What the store says.
pub fn compare(export: &Export<'_>, theirs: Vec<TheirEvent>, windows: Windows) -> Result<Comparison, Error> {
    let mut comparison = Comparison::default();
    let mut ours: Vec<OurEvent> = Vec::new();
    let question = within(export, &theirs, windows);
    let export = &Export { question: &question, ..*export };
    export.each_group(GroupKind::Event, |group| {
        if group.aggregate || matches!(group.status.as_deref(), Some("unrealized" | "discounted")) {
            return Ok(());
        }
        match OurEvent::of(group) {
            Some(event) => ours.push(event),
            None => comparison.untimed += 1,
        }
        Ok(())
    })?;
    let candidates = candidates(export, &theirs, &ours, windows);
    let chosen = assignment::best(theirs.len(), ours.len(), &candidates);
    let covered = Covered::of(&theirs);
    let mut ours: Vec<Option<OurEvent>> = ours.into_iter().map(Some).collect();
    let likeness: BTreeMap<(usize, usize), f64> = candidates.iter().map(|(one, other, score)| ((*one, *other), *score)).collect();
    for (at, theirs) in theirs.into_iter().enumerate() {
        match chosen[at].and_then(|other| Some((other, ours[other].take()?))) {
            Some((other, ours)) => {
                let gap = likeness::gap(&theirs, &ours);
                let fields = likeness::fields(export, &theirs, &ours, windows);
                let (days, km) = gap.unwrap_or((0, None));
                let likeness = likeness.get(&(at, other)).copied().unwrap_or_default();
                comparison.matched.push(Matched { theirs, ours, likeness, days, km, fields });
            }
            None => comparison.only_theirs.push(theirs),
        }
    }
    comparison.only_ours = ours.into_iter().flatten().filter(|event| covered.has(event)).collect();
    comparison.only_ours.sort_by(|one, other| (one.days, &one.group.id).cmp(&(other.days, &other.group.id)));
    Ok(comparison)
}

/// What is asked, of the time that theirs covers with the window around it: nothing else can be matched.
fn within(export: &Export<'_>, theirs: &[TheirEvent], windows: Windows) -> Question {
    let day = |text: Option<&String>, days: i64| -> Option<Edtf> {
        let day: Date = text?.parse().ok()?;
        day.saturating_add(jiff::Span::new().days(days)).to_string().parse().ok()
    };
    let first = day(theirs.iter().filter_map(|event| event.earliest.as_ref()).min(), -windows.days);
    let last = day(theirs.iter().filter_map(|event| event.latest.as_ref()).max(), windows.days);
    match first.zip(last) {
        Some((first, last)) => export.question.with(Term::Date(Span::Between(first, last))),
        None => export.question.clone(),
    }
}

/// Pairs that may be one, with how alike they are.
fn candidates(export: &Export<'_>, theirs: &[TheirEvent], ours: &[OurEvent], windows: Windows) -> Vec<(usize, usize, f64)> {
    let mut by_time: Vec<usize> = (0..ours.len()).collect();
    by_time.sort_by_key(|at| ours[*at].days.0);
    let mut found = Vec::new();
    for (at, event) in theirs.iter().enumerate() {
        let day = |text: &Option<String>| text.as_deref().and_then(|day| day.parse::<Date>().ok());
        let Some((first, last)) = day(&event.earliest).zip(day(&event.latest)) else { continue };
        let reach = |day: Date, days: i64| day.saturating_add(jiff::Span::new().days(days));
        // Whatever overlaps begins no earlier than this.
        let from = by_time.partition_point(|other| ours[*other].days.0 < reach(first, -windows.days - LONGEST));
        for other in &by_time[from..] {
            if ours[*other].days.0 > reach(last, windows.days) {
                break;
            }
            let score = likeness::likeness(export, event, &ours[*other], windows);
            found.extend(score.filter(|score| *score >= windows.least).map(|score| (at, *other, score)));
        }
    }
    found
}

/// The countries and the time that a data set covers.
struct Covered {
    countries: std::collections::BTreeSet<String>,
    first: Option<String>,
    last: Option<String>,
}

impl Covered {
    fn of(theirs: &[TheirEvent]) -> Covered {
        Covered {
            countries: theirs.iter().filter_map(|event| event.country.clone()).collect(),
            first: theirs.iter().filter_map(|event| event.earliest.clone()).min(),
            last: theirs.iter().filter_map(|event| event.latest.clone()).max(),
        }
    }

    fn has(&self, event: &OurEvent) -> bool {
        let (first, last) = (event.days.0.to_string(), event.days.1.to_string());
        let in_time = self.first.as_ref().is_some_and(|from| last >= *from) && self.last.as_ref().is_some_and(|until| first <= *until);
        let country = event.group.place.as_ref().and_then(|place| place.country.as_ref());
        in_time && country.is_none_or(|country| self.countries.contains(country))
    }
}
