//! Small events and relations, as linking would keep them.

use sayso_types::RoleName;
use sayso_types::record::{GroupKind, GroupParty, GroupPlace, GroupRecord};

/// An assault of which one source tells, whoever was in it, wherever and whenever.
pub fn event(id: &str) -> GroupRecord {
    GroupRecord {
        id: id.to_owned(),
        kind: GroupKind::Event,
        type_code: "assault".to_owned(),
        mode: None,
        aggregate: false,
        status: Some("weak".to_owned()),
        credibility: None,
        sources: 1,
        statements: 1,
        documents: 1,
        time: None,
        earliest: None,
        latest: None,
        ended: false,
        place: None,
        parties: Vec::new(),
        counts: Vec::new(),
        disputed: Vec::new(),
        first_told: None,
        last_told: None,
    }
}

/// A relation between two actors that goes by their ids, told from one day to another.
pub fn relation(id: &str, type_code: &str, actor: &str, recipient: &str, cited: (&str, &str)) -> GroupRecord {
    let record = GroupRecord { kind: GroupKind::Relation, type_code: type_code.to_owned(), status: None, ..event(id) };
    during(between(record, actor, recipient), cited.0, cited.1)
}

pub fn between(record: GroupRecord, actor: &str, recipient: &str) -> GroupRecord {
    let party = |role, id: &str| GroupParty { role, actor_id: Some(id.to_owned()), name: id.to_uppercase() };
    GroupRecord { parties: vec![party(RoleName::Actor, actor), party(RoleName::Recipient, recipient)], ..record }
}

pub fn during(record: GroupRecord, earliest: &str, latest: &str) -> GroupRecord {
    let day = |day: &str| (!day.is_empty()).then(|| day.to_owned());
    GroupRecord { earliest: day(earliest), latest: day(latest), ..record }
}

/// At a point, known as exactly as UCDP's code says.
pub fn at(record: GroupRecord, (latitude, longitude): (f64, f64), where_prec: u8) -> GroupRecord {
    let place = GroupPlace {
        name: "somewhere".to_owned(),
        geonames_id: None,
        country: Some("AFG".to_owned()),
        admin1: None,
        latitude: Some(latitude),
        longitude: Some(longitude),
        where_prec: Some(where_prec),
    };
    GroupRecord { place: Some(place), ..record }
}
