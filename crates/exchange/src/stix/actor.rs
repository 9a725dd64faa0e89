//! Who is somebody in a bundle? An identity, or by choice a threat actor.

use sayso_types::record::GroupParty;
use sayso_types::{Actor, ActorKind};
use serde_json::{Value, json};

use super::{ActorsAs, Bundle, Since};
use crate::Error;
use crate::view::one_line;

impl Bundle<'_> {
    /// The object of a party of a group. Whom the registry does not have is one in this group alone: "gunmen" here are not "gunmen" there.
    pub(super) fn party(&mut self, party: &GroupParty, group: &str) -> Result<String, Error> {
        match self.export.actor(party).cloned() {
            Some(actor) => self.actor(&actor),
            None => {
                let name = party.actor_id.clone().unwrap_or_else(|| format!("{group}|{}", party.name));
                self.unregistered(&name, &party.name)
            }
        }
    }

    fn unregistered(&mut self, key: &str, name: &str) -> Result<String, Error> {
        let properties = json!({"name": one_line(name), "identity_class": "unknown", "description": "As reports call it; the registry of actors does not have it."});
        self.object("identity", key, &Since::fixed(), properties)
    }

    /// The object of an actor of the registry.
    pub(super) fn actor(&mut self, actor: &Actor) -> Result<String, Error> {
        let others: Vec<&str> = actor.names.iter().skip(1).filter(|name| !name.common).map(|name| name.text.as_str()).collect();
        let description = format!(
            "{}{}",
            actor.kind.definition(),
            if others.is_empty() { String::new() } else { format!(" Also: {}.", others.join("; ")) }
        );
        let armed = matches!(actor.kind, ActorKind::ArmedGroup | ActorKind::Militia);
        if armed && self.actors == ActorsAs::ThreatActors {
            let aliases: Vec<&str> = others;
            let properties =
                json!({"name": actor.name(), "aliases": aliases, "threat_actor_types": ["unknown"], "description": description});
            return self.object("threat-actor", &actor.id, &Since::fixed(), properties);
        }
        let properties = json!({
            "name": actor.name(),
            "identity_class": class(actor.kind),
            "description": description,
            "external_references": [{"source_name": "sayso registry", "external_id": actor.id}],
        });
        self.object("identity", &actor.id, &Since::fixed(), properties)
    }
}

fn class(kind: ActorKind) -> Value {
    match kind {
        ActorKind::Person => "individual",
        ActorKind::People => "class",
        ActorKind::ArmedGroup | ActorKind::Militia | ActorKind::Coalition | ActorKind::Movement => "group",
        _ => "organization",
    }
    .into()
}
