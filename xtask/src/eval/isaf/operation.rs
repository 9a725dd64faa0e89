//! What does a release say of its operation? What it opens with is the operation; what it tells of the target's past is not.

use jiff::civil::Date;
use sayso::Coder;
use sayso::types::{
    ActorKind, Analysis, Document, Edtf, EventType, Modality, Place, PlaceKind, Proposition, Quantity, QuantityOf, QuantityRule, Relation,
    Role, RoleName, Statement, Upos,
};
use sayso_coding::code;
use sayso_coding::lexicon::NounClass;
use sayso_coding::mention::entity::{Entity, EntityClass};
use sayso_coding::mention::quantity::{QuantityClass, QuantityForm, QuantityMention, QuantityScope};
use sayso_coding::mention::time::{TimeKind, TimeMention};
use sayso_coding::mention::{Mentions, PlaceMention};

use super::{Operation, Spellings};

/// What the adapter reads.
pub struct Release<'r> {
    coder: &'r Coder,
    document: &'r Document,
    analysis: &'r Analysis,
    mentions: &'r Mentions,
    /// What was done, asserted to have been, in the order of the text.
    pub incidents: Vec<&'r Statement>,
    /// How the gold writes.
    pub spellings: &'r Spellings,
}

/// The operation that a document tells of.
pub fn operation(coder: &Coder, document: &Document, spellings: &Spellings) -> Operation {
    let analysis = coder.analysis(document);
    let mentions = coder.mentions(document, &analysis);
    let statements = code::statements(document, &analysis, &mentions, coder.knowledge());
    let release = Release::new(coder, document, (&analysis, &mentions), &statements, spellings);
    Operation {
        date: release.date(),
        provinces: release.province().into_iter().collect(),
        groups: release.group().into_iter().collect(),
        killed: release.people(QuantityOf::Killed),
        captured: release.people(QuantityOf::Captured),
    }
}

/// The first day of a time that is a day or the night between two.
fn first_day(time: &Edtf) -> Option<Date> {
    time.earliest().filter(|_| time.days().is_some_and(|days| days <= 2))
}

/// The longest time that one operation takes, in days.
const LONGEST: i32 = 14;

fn is_incident(document: &Document, statement: &Statement) -> bool {
    let of_operation = matches!(&statement.proposition, Proposition::Event { event: EventType::Assault | EventType::Coerce, .. });
    // What has been done "since May" or "this month" is no one operation's.
    let dated = document.published.known().is_some_and(|p| p.date.exact_day().is_some());
    let lasting = statement.time.as_ref().is_some_and(|t| t.edtf.days().is_none_or(|days| dated && days > LONGEST));
    of_operation && !statement.negated && statement.modality == Modality::Asserted && !lasting
}

/// The people of one statement: each spoken of as one person, and those counted.
#[derive(Clone, Copy, Default)]
pub struct People {
    /// Spoken of as one person each.
    pub singles: u64,
    /// Those counted.
    pub counted: u64,
    /// Several, of whom nobody says how many.
    pub many: bool,
    /// Whether those spoken of as one person each are only referred to, and may be among those counted: "the individual", "him".
    again: bool,
    /// Whether those spoken of as one person each are said to be among those counted: "several, including the leader".
    among: bool,
}

impl People {
    fn any(&self) -> bool {
        self.singles > 0 || self.counted > 0 || self.many
    }
}

impl<'r> Release<'r> {
    /// Of a document that was read, with its statements.
    pub fn new(
        coder: &'r Coder,
        document: &'r Document,
        (analysis, mentions): (&'r Analysis, &'r Mentions),
        statements: &'r [Statement],
        spellings: &'r Spellings,
    ) -> Release<'r> {
        let incidents = statements.iter().filter(|s| is_incident(document, s)).collect();
        Release { coder, document, analysis, mentions, incidents, spellings }
    }
}

fn tells_of_people(release: &Release<'_>, statement: &Statement) -> bool {
    [QuantityOf::Killed, QuantityOf::Captured].into_iter().any(|of| release.people_of(statement, of).any())
}

impl Release<'_> {
    /// The first day of who was killed or captured, else of what else was done, else the first day that the report names. Of each, a
    /// day before the release's own goes first, since "confirmed today" dates the confirmation.
    fn date(&self) -> Option<Date> {
        let published = self.document.published.known().and_then(|p| p.date.exact_day());
        let chosen = |days: Vec<Date>| {
            let told: Vec<Date> = days.into_iter().filter(|day| published.is_none_or(|published| *day <= published)).collect();
            told.iter().copied().find(|day| Some(*day) != published).or_else(|| told.first().copied())
        };
        let of_people = || self.told().filter(|s| tells_of_people(self, s)).filter_map(|s| self.day(s)).collect();
        let of_incidents = || self.incidents.iter().filter_map(|s| self.day(s)).collect();
        let day = |t: &TimeMention| t.edtf.known().and_then(first_day).filter(|_| t.kind == TimeKind::Date);
        let named = || self.mentions.times.iter().filter_map(day).collect();
        chosen(of_people()).or_else(|| chosen(of_incidents())).or_else(|| chosen(named())).or(published)
    }

    /// The first day of a statement's time; what happened "over the past 24 hours" is the release's.
    fn day(&self, statement: &Statement) -> Option<Date> {
        let time = statement.time.as_ref()?;
        let first = first_day(&time.edtf)?;
        let words = time.span.text(&self.document.text);
        let up_to_now = self.spellings.up_to_now.iter().any(|word| words.contains(word.as_str()));
        if up_to_now { time.edtf.latest() } else { Some(first) }
    }

    /// The division that the report names first as one, in a sentence that names no other, since a headline may list those of several
    /// operations; else the first of several, that of the first incident with a place, and that of any place.
    fn province(&self) -> Option<String> {
        let of_country = |p: &&Place| p.country == self.spellings.country;
        let places = || self.mentions.places.iter().filter_map(|m| m.place.known()).filter(of_country);
        let named = places().filter(|p| p.kind == PlaceKind::Admin1);
        let of_incidents = self.incidents.iter().filter_map(|s| s.place.as_ref()?.place.as_ref()).filter(of_country);
        let alone = self.named_alone();
        let division = &alone.into_iter().chain(named).chain(of_incidents).chain(places()).find(|p| !p.admin1.is_empty())?.admin1;
        Some(self.spellings.province(division))
    }

    /// The first division that a sentence names as one, with no place of another division.
    fn named_alone(&self) -> Option<&Place> {
        let placed = |m: &'_ PlaceMention| self.analysis.sentence_of(m.tokens.start);
        let of_country = |p: &&Place| p.country == self.spellings.country && !p.admin1.is_empty();
        let places = || self.mentions.places.iter().filter_map(|m| Some((placed(m), m.place.known().filter(of_country)?)));
        let alone = |(sentence, place): &(usize, &Place)| places().all(|(other, p)| other != *sentence || p.admin1 == place.admin1);
        places().filter(|(_, p)| p.kind == PlaceKind::Admin1).find(alone).map(|(_, place)| place)
    }

    /// The group that is named most, the first of several.
    fn group(&self) -> Option<String> {
        let registry = &self.coder.knowledge().registry;
        let mut counts: Vec<(&String, usize)> = Vec::new();
        for (_, actor) in &self.mentions.actors {
            let Some(group) = self.spellings.groups.get(&registry.actor(*actor).id) else { continue };
            match counts.iter_mut().find(|(g, _)| *g == group) {
                Some((_, count)) => *count += 1,
                None => counts.push((group, 1)),
            }
        }
        counts.iter().rev().max_by_key(|(_, count)| *count).map(|(group, _)| (*group).clone())
    }

    /// How many were killed or captured. A release repeats its first sentence in other words, so that the greatest number counts,
    /// and whoever is spoken of as one person (the leader who was sought) counts beside those who are counted.
    fn people(&self, of: QuantityOf) -> u64 {
        let of_statements: Vec<People> = self.told().map(|s| self.people_of(s, of)).collect();
        let counted = of_statements.iter().map(|p| p.counted).max().unwrap_or(0);
        let holds_the_singles = of_statements.iter().any(|p| p.among && p.counted == counted);
        let beside = |p: &&People| !(holds_the_singles || counted > 0 && p.again);
        let singles = of_statements.iter().filter(beside).map(|p| p.singles).max().unwrap_or(0);
        match singles + counted {
            0 if of_statements.iter().any(|p| p.many) => self.spellings.several,
            number => number,
        }
    }

    /// The incidents that tell of people; what sums up several operations gives way where one of them is told.
    fn told(&self) -> impl Iterator<Item = &Statement> {
        let one_is_told = self.incidents.iter().any(|s| !s.aggregate && tells_of_people(self, s));
        self.incidents.iter().copied().filter(move |s| !(one_is_told && s.aggregate))
    }

    /// The people of one statement.
    pub fn people_of(&self, statement: &Statement, of: QuantityOf) -> People {
        let quantities: Vec<&Quantity> = statement.quantities.iter().filter(|q| q.of == of).collect();
        let recipients = statement.roles.iter().filter(|r| r.role == RoleName::Recipient);
        let (foes, others): (Vec<&Role>, Vec<&Role>) = recipients.partition(|r| self.is_foe(r, of));
        let mut people = People::default();
        for quantity in quantities.iter().filter(|q| others.iter().all(|r| !r.span.overlaps(q.span))) {
            match self.counts_one(quantity) {
                true => people.singles += 1,
                false => people.counted += self.number(quantity),
            }
        }
        let named_twice = |r: &Role| foes.iter().any(|other| other.span != r.span && self.says_who_is(r, other));
        let uncounted = |r: &&&Role| statement.quantities.iter().all(|q| !r.span.overlaps(q.span)) && !named_twice(r);
        let mut again = true;
        for role in foes.iter().filter(uncounted).filter(|r| self.of_frame(statement, of) || self.suffers(r, of)) {
            match self.is_one_person(role) {
                true => (people.singles, again) = (people.singles + 1, again && self.refers_back(role)),
                false => people.many = true,
            }
        }
        people.again = people.singles > 0 && again && quantities.iter().all(|q| !self.counts_one(q));
        if people.counted > 0 && self.lists_some(statement, &quantities) {
            (people.singles, people.among) = (0, true);
        }
        people
    }

    /// "Taliban leader Saifur": whether one role says who another is.
    fn says_who_is(&self, role: &Role, other: &Role) -> bool {
        let (Some(role), Some(other)) = (self.entity(role), self.entity(other)) else { return false };
        let token = &self.analysis.tokens[role.head];
        token.head == other.head && matches!(token.relation, Relation::Appos | Relation::Flat | Relation::Compound)
    }

    /// Whether a verb of killing rules the role, whatever the frame of the whole: "returned fire, killing him", "was engaged and killed".
    fn suffers(&self, role: &Role, of: QuantityOf) -> bool {
        let Some(entity) = self.entity(role).filter(|_| of == QuantityOf::Killed) else { return false };
        let tokens = &self.analysis.tokens;
        let kills = |t: usize| self.spellings.killing_verbs.contains(tokens[t].lemma.as_str());
        let verb = tokens[entity.head].head;
        let sentence = self.analysis.sentences[self.analysis.sentence_of(verb)].tokens.clone();
        let of_its_own = |o: usize| matches!(tokens[o].relation, Relation::Obj | Relation::Nsubj | Relation::NsubjPass);
        let has_object = |t: usize| sentence.clone().any(|o| tokens[o].head == t && of_its_own(o));
        let joined = |t: usize| tokens[t].head == verb && tokens[t].relation == Relation::Conj && kills(t) && !has_object(t);
        kills(verb) || sentence.clone().any(joined)
    }

    /// "the individual", "him", but not "the leader", who is known from the search for him.
    fn refers_back(&self, role: &Role) -> bool {
        let Some(entity) = self.entity(role) else { return false };
        let first = &self.analysis.tokens[entity.tokens.start];
        let definite = first.lemma.as_str() == "the" && entity.class != EntityClass::Noun(NounClass::Leader);
        definite || self.analysis.tokens[entity.head].pos == Upos::Pron
    }

    fn of_frame(&self, statement: &Statement, of: QuantityOf) -> bool {
        let frames = if of == QuantityOf::Killed { &self.spellings.killing } else { &self.spellings.capture };
        frames.contains(&statement.rule)
    }

    /// Whether it is not a soldier, a policeman or, among the killed, a civilian: the gold counts insurgents.
    fn is_foe(&self, role: &Role, of: QuantityOf) -> bool {
        use ActorKind as K;
        let registry = &self.coder.knowledge().registry;
        let kind = role.actor_id.as_ref().and_then(|id| registry.by_id(id)).map(|actor| registry.actor(actor).kind);
        let of_state =
            kind.is_some_and(|k| matches!(k, K::State | K::Government | K::Military | K::Police | K::Coalition | K::Organization));
        let protected = match self.entity(role).map(|e| e.class) {
            Some(EntityClass::Noun(NounClass::Soldier | NounClass::Police | NounClass::Building)) => true,
            Some(EntityClass::Noun(NounClass::Civilian)) => of == QuantityOf::Killed && !self.counts_people(role),
            Some(EntityClass::Thing) => !self.counts_people(role),
            _ => false,
        };
        !of_state && !protected
    }

    /// Whether a role counts people who are not told to be civilians: "two men", "several others".
    fn counts_people(&self, role: &Role) -> bool {
        use QuantityClass as C;
        let of_people = |class: C| matches!(class, C::Person | C::Fighter | C::Unknown);
        self.mentions.quantities.iter().any(|m| m.span.overlaps(role.span) && of_people(m.class))
    }

    fn entity(&self, role: &Role) -> Option<&Entity> {
        let inside = || self.mentions.entities.all().iter().filter(|e| role.span.overlaps(self.analysis.tokens[e.head].span));
        inside().find(|e| e.span == role.span).or_else(|| inside().next())
    }

    /// Whether the words are singular: a name, "him", "the leader".
    fn is_one_person(&self, role: &Role) -> bool {
        let Some(entity) = self.entity(role) else { return false };
        let head = &self.analysis.tokens[entity.head];
        let word = head.span.text(&self.document.text).to_lowercase();
        match head.pos {
            Upos::Propn => true,
            Upos::Pron => !word.starts_with("th"),
            _ => word == head.lemma.as_str(),
        }
    }

    /// "a leader", but not "an additional insurgent", who counts beside the one who was sought.
    fn counts_one(&self, quantity: &Quantity) -> bool {
        let one = |m: &QuantityMention| m.form == QuantityForm::Article && m.scope == QuantityScope::Whole;
        self.mentions.quantities.iter().any(|m| m.span == quantity.span && one(m))
    }

    fn number(&self, quantity: &Quantity) -> u64 {
        match quantity.rule {
            QuantityRule::Several => self.uncounted(quantity.span.text(&self.document.text)),
            // "more than 10" is coded as 11.
            QuantityRule::MoreThan => quantity.low.map_or(0, |low| low + 1),
            _ => quantity.best.or(quantity.low).unwrap_or(0),
        }
    }

    /// What the gold writes for "several" or "numerous".
    fn uncounted(&self, words: &str) -> u64 {
        let words = words.to_lowercase();
        self.spellings
            .uncounted
            .iter()
            .find(|(word, _)| words.contains(word.as_str()))
            .map_or(self.spellings.several, |(_, number)| *number)
    }

    /// "several insurgents, including the leader".
    fn lists_some(&self, statement: &Statement, quantities: &[&Quantity]) -> bool {
        let end = statement.evidence.span.end();
        let after = quantities.iter().filter_map(|q| self.document.text.get(q.span.end()..end));
        after.into_iter().any(|words| self.spellings.among.iter().any(|among| words.contains(among.as_str())))
    }
}
