//! What do maps tell of an event beside where it lies? The same attributes in GeoJSON, GeoPackage and KML, unknown ones empty.

use sayso_types::{QuantityOf, RoleName, Stance};
use serde_json::{Map, Value};

use crate::place::{Located, Shape};
use crate::told::{Export, ToldEvent};
use crate::view::one_line;

/// What an attribute is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Words or a code.
    Text,
    /// A whole number.
    Integer,
    /// Another number.
    Real,
    /// A day.
    Day,
}

/// The attributes, in order, with what each is.
pub(crate) const FIELDS: [(&str, Kind); 41] = {
    use Kind::{Day, Integer, Real, Text};
    [
        ("event_id", Text),
        ("type", Text),
        ("mode", Text),
        ("acled_event_type", Text),
        ("acled_sub_event_type", Text),
        ("time", Text),
        ("earliest", Day),
        ("latest", Day),
        ("place", Text),
        ("admin1", Text),
        ("country", Text),
        ("where_prec", Integer),
        ("precision", Text),
        ("uncertainty_km", Real),
        ("longitude", Real),
        ("latitude", Real),
        ("actors", Text),
        ("actor_ids", Text),
        ("recipients", Text),
        ("recipient_ids", Text),
        ("killed_low", Integer),
        ("killed_best", Integer),
        ("killed_high", Integer),
        ("killed_least", Integer),
        ("killed_most", Integer),
        ("injured_low", Integer),
        ("injured_best", Integer),
        ("injured_high", Integer),
        ("status", Text),
        ("credibility", Integer),
        ("independent_sources", Integer),
        ("informants", Text),
        ("claimed_by", Text),
        ("denied_by", Text),
        ("reports", Integer),
        ("statements", Integer),
        ("disputed", Text),
        ("words", Text),
        ("urls", Text),
        ("as_of", Text),
        ("link", Text),
    ]
};

/// An event as maps have it.
pub(crate) struct Mapped {
    /// The point or area that stands for its place.
    pub(crate) shape: Option<Shape>,
    /// Its attributes, in the order of [`FIELDS`]; unknown ones are null.
    pub(crate) values: Vec<Value>,
}

impl Mapped {
    /// An event as maps have it.
    pub(crate) fn of(export: &Export<'_>, event: &ToldEvent) -> Mapped {
        let located = Located::of(event.group.place.as_ref());
        Mapped { shape: located.shape(), values: values(export, event, located) }
    }

    /// The attributes by name.
    pub(crate) fn properties(&self) -> Map<String, Value> {
        FIELDS.iter().zip(&self.values).map(|((name, _), value)| ((*name).to_owned(), value.clone())).collect()
    }

    /// The attribute of a name as text; empty where it is unknown.
    pub(crate) fn text(&self, name: &str) -> String {
        let at = FIELDS.iter().position(|(field, _)| *field == name);
        at.map(|at| plain(&self.values[at])).unwrap_or_default()
    }
}

/// A value as text; null is empty.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn values(export: &Export<'_>, event: &ToldEvent, located: Located) -> Vec<Value> {
    let group = &event.group;
    let place = group.place.as_ref();
    let reach = if let Located::Within(_, reach) = located { Some(reach) } else { None };
    let acled = event.acled();
    let killed = event.count_told(QuantityOf::Killed);
    let injured = event.count_told(QuantityOf::Injured);
    let (least, most) = event.bounds(QuantityOf::Killed);
    let first = event.first_words().map(|cited| one_line(&cited.statement.evidence.words.text));
    vec![
        text(&group.id),
        text(&group.type_code),
        known(group.mode.as_ref()),
        known(acled.map(|types| &types.event_type)),
        known(acled.map(|types| &types.sub_event_type)),
        known(group.time.as_ref()),
        known(group.earliest.as_ref()),
        known(group.latest.as_ref()),
        known(place.map(|place| &place.name)),
        known(place.and_then(|place| place.admin1.as_ref())),
        known(place.and_then(|place| place.country.as_ref())),
        place.and_then(|place| place.where_prec).into(),
        known(located.precision().map(|precision| precision.as_str())),
        reach.map(|reach| reach.km.round()).into(),
        reach.map(|reach| reach.longitude).into(),
        reach.map(|reach| reach.latitude).into(),
        text(&event.named(RoleName::Actor)),
        text(&event.ids(RoleName::Actor)),
        text(&event.named(RoleName::Recipient)),
        text(&event.ids(RoleName::Recipient)),
        killed.low.into(),
        killed.best.into(),
        killed.high.into(),
        least.into(),
        most.into(),
        injured.low.into(),
        injured.best.into(),
        injured.high.into(),
        text(event.account.status.grade.as_str()),
        event.account.credibility.grade.0.into(),
        group.sources.into(),
        text(&event.informants()),
        text(&event.stance(Stance::Claimed)),
        text(&event.stance(Stance::Denied)),
        group.documents.into(),
        group.statements.into(),
        text(&group.disputed.join("; ")),
        known(first.as_ref()),
        text(&event.addresses()),
        text(export.made.as_of()),
        text(&export.link("event", &group.id)),
    ]
}

fn text(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { Value::from(text) }
}

fn known<T: AsRef<str> + ?Sized>(value: Option<&T>) -> Value {
    value.map_or(Value::Null, |value| text(value.as_ref()))
}
