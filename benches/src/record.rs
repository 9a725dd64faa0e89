//! What is a large record made of? Invented reports on invented happenings, by number alone: the same ones in every run.
//!
//! A third of the reports are copies of another; a happening is told by one to eight reports over some days; three in five statements have
//! a place and a time. Nothing is taken from any text.

use sayso_types::record::{
    AttributionRecord, BlockRecord, CoderRecord, DocumentRecord, EvidenceRecord, PlaceRecord, PropositionRecord, QuantityRecord,
    RoleRecord, StatementRecord, TimeRecord, Words,
};
use sayso_types::{
    BlockKind, Credit, EstimateType, EventType, GeoPrecision, Level, Modality, Phase, QuantityOf, QuantityRule, RelationType, RoleName,
    SourceKind, Tense, WherePrec,
};

/// Numbers that look drawn by lot and are the same in every run (SplitMix64).
#[derive(Clone, Copy, Debug)]
pub struct Lot(u64);

impl Lot {
    /// The lot of a number.
    pub fn of(number: u64) -> Lot {
        Lot(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x51A7_50A1)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }

    /// A number below `bound`, small ones more often.
    pub fn skewed(&mut self, bound: u64) -> u64 {
        let first = self.below(bound);
        first.min(self.below(bound)).min(self.below(bound))
    }
}

/// A word by its number.
pub fn word(number: u64) -> String {
    const BEGIN: [&str; 16] = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sh", "ch"];
    const VOWEL: [&str; 5] = ["a", "e", "i", "o", "u"];
    let mut rest = number + 80;
    let mut word = String::new();
    while rest > 0 {
        word.push_str(BEGIN[(rest % 16) as usize]);
        word.push_str(VOWEL[(rest / 16 % 5) as usize]);
        rest /= 80;
    }
    word
}

/// How many places there are.
pub const PLACES: u64 = 4000;
/// How many countries, to which they belong.
pub const COUNTRIES: u64 = 40;
/// How many actors there are, `group-0` and so on; the first ones act most.
pub const ACTORS: u64 = 400;
/// How many words there are; the first ones are said most.
pub const WORDS: u64 = 20_000;
/// What triggers events.
pub const TRIGGERS: [&str; 8] = ["attacked", "bombed", "shelled", "raided", "ambushed", "killed", "abducted", "stormed"];
/// Their targets.
pub const TARGETS: [&str; 10] =
    ["mosque", "market", "checkpoint", "convoy", "school", "hospital", "base", "village", "bus", "police station"];

/// A happening by its number.
#[derive(Clone, Copy, Debug)]
struct Happening {
    number: u64,
    place: u64,
    actor: u64,
    day: u64,
    trigger: usize,
    target: usize,
    killed: u64,
}

impl Happening {
    fn of(number: u64) -> Happening {
        let mut lot = Lot::of(number ^ 0xA11CE);
        Happening {
            number,
            place: lot.skewed(PLACES),
            actor: lot.skewed(ACTORS),
            day: lot.below(730),
            trigger: lot.below(8) as usize,
            target: lot.below(10) as usize,
            killed: 1 + lot.skewed(60),
        }
    }
}

/// A document with its statements.
pub type Report = (DocumentRecord, Vec<StatementRecord>);

/// The report of a number: of about ten statements, and a copy of the report before it every third time.
pub fn report(number: u64) -> Report {
    let told = if number % 3 == 2 { number - 1 } else { number };
    let mut lot = Lot::of(told);
    // Eight reports in a row tell of five happenings, so that each is told by one to eight.
    let main = Happening::of(told / 8 * 5 + lot.skewed(5));
    let mut text = String::new();
    let mut statements = Vec::new();
    let id = format!("report-{number}");
    for sentence in 0..10 {
        let happening = if sentence < 6 { main } else { Happening::of(lot.below(1 + told / 8 * 5 + 5)) };
        let kind = lot.below(20);
        let start = text.chars().count();
        let words = sentence_of(&happening, sentence, &mut lot);
        text.push_str(&words);
        text.push_str(if sentence % 3 == 2 { "\n\n" } else { " " });
        let place = Place { report: &id, sentence, start, words: &words };
        statements.push(match kind {
            0..16 => event(&place, &happening, &mut lot),
            16..19 => relation(&place, &mut lot),
            _ => estimate(&place, &mut lot),
        });
    }
    let text = text.trim_end().to_owned();
    let day = day(main.day + lot.below(3));
    let is_copy = told != number;
    let points = text.chars().count();
    let document = DocumentRecord {
        id: id.clone(),
        url: None,
        title: Some(format!("{} {}", word(lot.below(WORDS)), word(lot.below(WORDS)))),
        byline: None,
        publisher: Some(format!("Outlet {}", if is_copy { 40 + number % 60 } else { told % 40 })),
        credit: is_copy.then(|| Credit { name: format!("Outlet {}", told % 40), words: String::new() }),
        published: Some(day),
        published_found: None,
        retrieved: None,
        language: "en".to_owned(),
        coded: true,
        raw_sha256: format!("{number:064x}"),
        text_sha256: format!("{number:064x}"),
        text,
        blocks: vec![BlockRecord { start: 0, end: points, kind: BlockKind::Body }],
    };
    (document, statements)
}

/// Where a statement stands.
struct Place<'p> {
    report: &'p str,
    sentence: usize,
    start: usize,
    words: &'p str,
}

fn sentence_of(happening: &Happening, sentence: usize, lot: &mut Lot) -> String {
    let filler: Vec<String> = (0..22).map(|_| word(lot.skewed(WORDS))).collect();
    let own: Vec<String> = (0..3).map(|at| word(Lot::of(happening.number * 7 + at).below(WORDS))).collect();
    let place = if sentence == 0 { format!(" in Town{}", happening.place) } else { String::new() };
    format!(
        "Group{} {} a {}{place} {} {}.",
        happening.actor,
        TRIGGERS[happening.trigger],
        TARGETS[happening.target],
        own.join(" "),
        filler.join(" ")
    )
}

/// A day by its number.
pub fn day(number: u64) -> String {
    let first = jiff::civil::Date::constant(2015, 1, 1);
    let days = jiff::Span::new().days(i64::try_from(number).unwrap_or_default());
    first.checked_add(days).unwrap_or(first).to_string()
}

fn event(at: &Place<'_>, happening: &Happening, lot: &mut Lot) -> StatementRecord {
    let exact = at.sentence == 0 || lot.below(5) < 3;
    let trigger = TRIGGERS[happening.trigger];
    let types = if trigger == "abducted" { EventType::Coerce } else { EventType::Assault };
    StatementRecord {
        proposition: PropositionRecord::Event { event: types, mode: None, contexts: Vec::new(), outcome: None, acled: None },
        roles: vec![
            role(at, RoleName::Actor, &format!("Group{}", happening.actor), Some(happening.actor)),
            role(at, RoleName::Recipient, TARGETS[happening.target], None),
        ],
        place: exact.then(|| place(at, happening.place)),
        time: exact.then(|| time(at, &day(happening.day))),
        quantities: if lot.below(3) == 0 { vec![quantity(at, QuantityOf::Killed, happening.killed + lot.below(3))] } else { Vec::new() },
        attribution: if lot.below(2) == 0 { vec![source(at, lot.skewed(ACTORS))] } else { Vec::new() },
        ..statement(at, trigger, lot)
    }
}

fn relation(at: &Place<'_>, lot: &mut Lot) -> StatementRecord {
    let (one, other) = (lot.skewed(ACTORS), lot.skewed(ACTORS));
    let kinds = [RelationType::AlliedWith, RelationType::RivalOf, RelationType::Supports, RelationType::PartOf];
    StatementRecord {
        proposition: PropositionRecord::Relation { relation: kinds[lot.below(4) as usize], mode: None, phase: Phase::Holds },
        roles: vec![role(at, RoleName::Actor, "Group", Some(one)), role(at, RoleName::Recipient, "Group", Some(other))],
        ..statement(at, "a", lot)
    }
}

fn estimate(at: &Place<'_>, lot: &mut Lot) -> StatementRecord {
    StatementRecord {
        proposition: PropositionRecord::Estimate { estimate: EstimateType::Strength },
        roles: vec![role(at, RoleName::Actor, "Group", Some(lot.skewed(ACTORS)))],
        quantities: vec![quantity(at, QuantityOf::Strength, 100 * (1 + lot.below(90)))],
        attribution: vec![source(at, lot.skewed(ACTORS))],
        ..statement(at, "a", lot)
    }
}

fn statement(at: &Place<'_>, trigger: &str, lot: &mut Lot) -> StatementRecord {
    let begin = at.words.find(trigger).unwrap_or_default();
    let trigger = Words { text: trigger.to_owned(), start: at.start + begin, end: at.start + begin + trigger.len() };
    let words = Words { text: at.words.to_owned(), start: at.start, end: at.start + at.words.len() };
    StatementRecord {
        id: format!("{:016x}", Lot::of(at.sentence as u64).0 ^ Lot::of(at.report[7..].parse().unwrap_or_default()).0.rotate_left(17)),
        document_id: at.report.to_owned(),
        proposition: PropositionRecord::Estimate { estimate: EstimateType::Count },
        aggregate: false,
        roles: Vec::new(),
        place: None,
        time: None,
        quantities: Vec::new(),
        modality: if lot.below(10) == 0 { Modality::Possible } else { Modality::Asserted },
        hedge: None,
        negated: lot.below(40) == 0,
        tense: Tense::Past,
        attribution: Vec::new(),
        responsibility: Vec::new(),
        unclaimed: false,
        evidence: EvidenceRecord { words, sentence: at.sentence, trigger, also: Vec::new() },
        confidence: 0.5 + lot.below(50) as f32 / 100.0,
        coder: CoderRecord { version: "0.1.0".to_owned(), rule: "assault.attack".to_owned(), model: "none".to_owned() },
    }
}

fn words(at: &Place<'_>, text: &str) -> Words {
    Words { text: text.to_owned(), start: at.start, end: at.start + text.len() }
}

fn role(at: &Place<'_>, role: RoleName, text: &str, actor: Option<u64>) -> RoleRecord {
    let (actor_id, name) = actor.map(|actor| (format!("group-{actor}"), format!("Group{actor}"))).unzip();
    RoleRecord { role, words: words(at, text), actor_id, name }
}

fn source(at: &Place<'_>, actor: u64) -> AttributionRecord {
    AttributionRecord {
        source: format!("a spokesman for Group{actor}"),
        start: at.start,
        end: at.start + 5,
        actor_id: Some(format!("group-{actor}")),
        name: Some(format!("Group{actor}")),
        kind: SourceKind::ArmedGroup,
        cue: "said".to_owned(),
        cue_start: at.start,
        cue_end: at.start + 4,
    }
}

/// The code of a country by its number.
pub fn country(number: u64) -> String {
    format!("C{}{}", (b'A' + (number / 26) as u8) as char, (b'A' + (number % 26) as u8) as char)
}

/// Where a place lies by its number: degrees north and east.
pub fn point(number: u64) -> (f64, f64) {
    (-60.0 + (number * 7919 % 12_000) as f64 / 100.0, -180.0 + (number * 104_729 % 36_000) as f64 / 100.0)
}

fn place(at: &Place<'_>, number: u64) -> PlaceRecord {
    let (latitude, longitude) = point(number);
    PlaceRecord {
        words: words(at, &format!("Town{number}")),
        name: Some(format!("Town{number}")),
        country: Some(country(number % COUNTRIES)),
        admin1: Some(format!("Province{}", number % 400)),
        geonames_id: Some(1_000_000 + number as u32),
        latitude: Some(latitude),
        longitude: Some(longitude),
        geo_precision: Some(GeoPrecision(1)),
        where_prec: Some(WherePrec(if number.is_multiple_of(10) { 4 } else { 1 })),
        level: Level::Textual,
        from: None,
    }
}

fn time(at: &Place<'_>, day: &str) -> TimeRecord {
    TimeRecord {
        words: words(at, "then"),
        edtf: day.to_owned(),
        earliest: Some(day.to_owned()),
        latest: Some(day.to_owned()),
        time_precision: 1,
        date_prec: 1,
        level: Level::Textual,
        from: None,
    }
}

fn quantity(at: &Place<'_>, of: QuantityOf, number: u64) -> QuantityRecord {
    let number = Some(number);
    QuantityRecord { of, words: words(at, "some"), low: number, best: number, high: number, rule: QuantityRule::Exact }
}
