//! What do the words that a person selected mean? What they say, else what the coder reads there.

use sayso_coding::mention::quantity::QuantityMention;
use sayso_coding::resolve::gazetteer::{How, PlaceContext};
use sayso_types::{Attribution, Edtf, Level, Outcome, Place, PlaceValue, Quantity, QuantityRule, Responsibility, Role, Span, TimeValue};

use super::reading::Reading;
use super::{Unfit, WrittenPlace, WrittenQuantity, WrittenRole, WrittenSource, WrittenStance, WrittenTime};

/// So many places of one name are listed to choose from.
const LISTED: usize = 6;

impl Reading<'_> {
    pub(super) fn roles(&self, written: &[WrittenRole]) -> Result<Vec<Role>, Unfit> {
        let role = |(at, one): (usize, &WrittenRole)| {
            let field = format!("roles/{at}");
            let span = self.span(&format!("{field}/words"), &one.words)?;
            let (actor_id, name) = self.identity(&field, one.actor_id.as_deref(), one.name.as_deref())?;
            Ok(Role { role: one.role, span, actor_id, name })
        };
        written.iter().enumerate().map(role).collect()
    }

    pub(super) fn attribution(&self, written: &[WrittenSource]) -> Result<Vec<Attribution>, Unfit> {
        let link = |(at, one): (usize, &WrittenSource)| {
            let field = format!("attribution/{at}");
            let source = self.span(&format!("{field}/words"), &one.words)?;
            let cue = self.span(&format!("{field}/cue"), &one.cue)?;
            let (actor_id, name) = self.identity(&field, one.actor_id.as_deref(), one.name.as_deref())?;
            Ok(Attribution { source, actor_id, name, kind: one.kind, cue })
        };
        written.iter().enumerate().map(link).collect()
    }

    pub(super) fn responsibility(&self, written: &[WrittenStance]) -> Result<Vec<Responsibility>, Unfit> {
        let stance = |(at, one): (usize, &WrittenStance)| {
            let field = format!("responsibility/{at}");
            let by = self.span(&format!("{field}/words"), &one.words)?;
            let (actor_id, name) = self.identity(&field, one.actor_id.as_deref(), one.name.as_deref())?;
            Ok(Responsibility { stance: one.stance, by, actor_id, name })
        };
        written.iter().enumerate().map(stance).collect()
    }

    /// The registry's id with its name; else the name that was given.
    fn identity(&self, field: &str, id: Option<&str>, name: Option<&str>) -> Result<(Option<String>, Option<String>), Unfit> {
        let name = name.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        let Some(id) = id else { return Ok((None, name)) };
        let registry = &self.knowledge().registry;
        let actor = registry.by_id(id).map(|actor| registry.actor(actor)).ok_or_else(|| {
            let reason = format!("the registry has no actor `{id}`; leave it out, and give a name where the words only refer to one");
            Unfit::new(format!("{field}/actor_id"), reason)
        })?;
        Ok((Some(actor.id.clone()), Some(actor.name().to_owned())))
    }

    pub(super) fn place(&self, written: &WrittenPlace, evidence: Span) -> Result<PlaceValue, Unfit> {
        let span = self.span("place/words", &written.words)?;
        let mention = only(self.mentions.places.iter().map(|place| (place.span, place)), span);
        let place = match (written.geonames_id, &written.name) {
            (Some(id), _) => {
                let reason = || format!("the gazetteer has no place of the GeoNames id {id}; give another, or a name");
                Some(self.knowledge().gazetteer.of_geonames(id).ok_or_else(|| Unfit::new("place/geonames_id", reason()))?)
            }
            (None, Some(name)) => Some(self.named_place(name, written.country.as_deref())?),
            (None, None) => mention.and_then(|mention| mention.place.known().cloned()),
        };
        let precision = place.as_ref().map(|place| place.kind.precision(mention.is_some_and(|mention| mention.near)));
        let (geo_precision, where_prec) = (precision.map(|codes| codes.0), precision.map(|codes| codes.1));
        Ok(PlaceValue { span, place, geo_precision, where_prec, level: level(evidence, span) })
    }

    /// The place of a name, in a country where one is given.
    fn named_place(&self, name: &str, country: Option<&str>) -> Result<Place, Unfit> {
        let gazetteer = &self.knowledge().gazetteer;
        let mut places: Vec<Place> = gazetteer
            .candidates(name)
            .into_iter()
            .filter(|candidate| candidate.how != How::Fuzzy)
            .map(|candidate| candidate.place)
            .filter(|place| country.is_none_or(|country| place.country.eq_ignore_ascii_case(country)))
            .collect();
        if places.len() > 1 {
            let spoken_of = country.or(self.mentions.focus.as_deref()).map(|country| (country.to_uppercase(), 1.0));
            let context = PlaceContext { countries: spoken_of.into_iter().collect(), ..PlaceContext::default() };
            if let Outcome::Known(place) = gazetteer.resolve(name, &context)
                && places.contains(&place)
            {
                return Ok(place);
            }
            let listed = places.iter().take(LISTED).map(|place| {
                let id = place.geonames_id.map_or_else(|| "no GeoNames id".to_owned(), |id| id.to_string());
                format!("{} ({}, {}, {id})", place.name, place.admin1, place.country)
            });
            let reason = format!("several places have this name; give the geonames_id of one: {}", listed.collect::<Vec<_>>().join("; "));
            return Err(Unfit::new("place/name", reason));
        }
        let reason = "the gazetteer has no such place; leave it out, and the words are kept without one";
        places.pop().ok_or_else(|| Unfit::new("place/name", reason))
    }

    pub(super) fn time(&self, written: &WrittenTime, evidence: Span) -> Result<TimeValue, Unfit> {
        let span = self.span("time/words", &written.words)?;
        let edtf = match &written.edtf {
            Some(text) => {
                let reason = |_| format!("`{text}` is no date; write 2017, 2017-08, 2017-08-31 or 2017-08-21/2017-08-31");
                text.parse::<Edtf>().map_err(|error| Unfit::new("time/edtf", reason(error)))?
            }
            None => only(self.mentions.times.iter().map(|time| (time.span, time)), span)
                .and_then(|time| time.edtf.known().cloned())
                .ok_or_else(|| {
                    let dated = if self.document().published.known().is_some() { "" } else { " (the document has no date)" };
                    Unfit::new("time/edtf", format!("the words are not read as one time{dated}; write what they mean: 2017-08-31, 2017-08"))
                })?,
        };
        Ok(TimeValue { span, edtf, level: level(evidence, span) })
    }

    pub(super) fn quantities(&self, written: &[WrittenQuantity]) -> Result<Vec<Quantity>, Unfit> {
        written.iter().enumerate().map(|(at, one)| self.quantity(&format!("quantities/{at}"), one)).collect()
    }

    fn quantity(&self, field: &str, written: &WrittenQuantity) -> Result<Quantity, Unfit> {
        let span = self.span(&format!("{field}/words"), &written.words)?;
        let all = self.mentions.quantities.iter().flat_map(with_nested);
        let read = only(all.map(|quantity| (quantity.span, quantity)), span);
        let (low, best, high) = match (written.low, written.best, written.high) {
            (None, None, None) => {
                let reason = "the words are not read as one number; give low, best or high";
                let read = read.ok_or_else(|| Unfit::new(field, reason))?;
                (read.low, read.best, read.high)
            }
            given => given,
        };
        let ordered: Vec<u64> = [low, best, high].into_iter().flatten().collect();
        if !ordered.is_sorted() {
            return Err(Unfit::new(field, "low is above best or high; give them in this order"));
        }
        let as_read = read.filter(|read| (read.low, read.best, read.high) == (low, best, high)).map(|read| read.rule);
        Ok(Quantity { of: written.of, span, rule: as_read.unwrap_or_else(|| rule((low, best, high))), low, best, high })
    }
}

/// A quantity with those said to be among it.
pub(super) fn with_nested(quantity: &QuantityMention) -> impl Iterator<Item = &QuantityMention> {
    std::iter::once(quantity).chain(&quantity.nested)
}

/// The rule by which words would give three numbers.
fn rule(numbers: (Option<u64>, Option<u64>, Option<u64>)) -> QuantityRule {
    match numbers {
        (Some(0), _, Some(0)) => QuantityRule::None,
        (Some(low), _, Some(high)) if low == high => QuantityRule::Exact,
        (Some(_), _, Some(_)) => QuantityRule::Range,
        (Some(_), _, None) => QuantityRule::AtLeast,
        (None, _, Some(_)) => QuantityRule::UpTo,
        (None, _, None) => QuantityRule::Approximate,
    }
}

fn level(evidence: Span, words: Span) -> Level {
    if evidence.contains(words) { Level::Textual } else { Level::Context }
}

/// What was found at just this stretch, else the only thing that shares words with it.
fn only<T>(found: impl Iterator<Item = (Span, T)>, words: Span) -> Option<T> {
    let mut overlapping: Vec<(Span, T)> = found.filter(|(span, _)| span.overlaps(words)).collect();
    if let Some(same) = overlapping.iter().position(|(span, _)| *span == words) {
        return Some(overlapping.swap_remove(same).1);
    }
    if overlapping.len() == 1 { overlapping.pop().map(|(_, found)| found) } else { None }
}
