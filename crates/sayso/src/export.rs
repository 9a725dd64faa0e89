//! How do documents and statements leave the program? In their serialized form, with offsets in code points, or as text to read.

use std::fmt::Write as _;

use sayso_types::record::{
    AttributionRecord, BlockRecord, CoderRecord, DocumentRecord, EvidenceRecord, PlaceRecord, PropositionRecord, QuantityRecord,
    ResponsibilityRecord, RoleRecord, StatementRecord, TimeRecord, Words,
};
use sayso_types::{
    Block, CodePoints, DateFound, Document, Edtf, Evidence, Language, Level, Outcome, PlaceValue, Proposition, Published, Span, Statement,
    TimeValue, Unknown,
};
use sha2::{Digest, Sha256};

/// The serialized form of a document's statements, each with an id that stays the same as long as document, evidence and coding do.
pub fn statement_records(document: &Document, statements: &[Statement], model: &str) -> Vec<StatementRecord> {
    let edge = Edge { document, points: CodePoints::new(&document.text) };
    let mut records: Vec<StatementRecord> = statements.iter().map(|s| edge.statement(s, model)).collect();
    for record in &mut records {
        record.id = identity(record);
    }
    records
}

/// The serialized form of a statement that a person makes of a document.
pub(crate) fn by_person(document: &Document, statement: &Statement) -> StatementRecord {
    let edge = Edge { document, points: CodePoints::new(&document.text) };
    let mut record = StatementRecord { coder: CoderRecord::person(), ..edge.statement(statement, "") };
    record.id = identity(&record);
    record
}

/// The document whose serialized form this is.
pub(crate) fn document_of(record: &DocumentRecord) -> Document {
    let points = CodePoints::new(&record.text);
    let block = |b: &BlockRecord| Some(Block { span: Span::new(points.to_byte(b.start), points.to_byte(b.end))?, kind: b.kind });
    let date = record.published.as_deref().and_then(|date| date.parse::<Edtf>().ok());
    let published = date.map(|date| Published { date, found: record.published_found.unwrap_or(DateFound::Given) });
    Document {
        id: record.id.clone(),
        url: record.url.clone(),
        title: record.title.clone(),
        byline: record.byline.clone(),
        publisher: record.publisher.clone(),
        credit: record.credit.clone(),
        published: published.map_or(Outcome::Unknown(Unknown::NotStated), Outcome::Known),
        retrieved: record.retrieved.clone(),
        language: if record.coded { Language::of_code(&record.language) } else { Language::Other(record.language.clone()) },
        raw_sha256: record.raw_sha256.clone(),
        text_sha256: record.text_sha256.clone(),
        text: record.text.clone(),
        blocks: record.blocks.iter().filter_map(block).collect(),
    }
}

/// The serialized form of a document.
pub fn document_record(document: &Document) -> DocumentRecord {
    let points = CodePoints::new(&document.text);
    let block = |b: &Block| BlockRecord { start: points.of_byte(b.span.start()), end: points.of_byte(b.span.end()), kind: b.kind };
    let published = document.published.known();
    DocumentRecord {
        id: document.id.clone(),
        url: document.url.clone(),
        title: document.title.clone(),
        byline: document.byline.clone(),
        publisher: document.publisher.clone(),
        credit: document.credit.clone(),
        published: published.map(|p| p.date.to_string()),
        published_found: published.map(|p| p.found),
        retrieved: document.retrieved.clone(),
        language: document.language.code().to_owned(),
        coded: !matches!(document.language, Language::Other(_)),
        raw_sha256: document.raw_sha256.clone(),
        text_sha256: document.text_sha256.clone(),
        text: document.text.clone(),
        blocks: document.blocks.iter().map(block).collect(),
    }
}

/// The first 16 hexadecimal digits of the SHA-256 of the statement without its id, confidence and program version.
fn identity(record: &StatementRecord) -> String {
    let mut plain = record.clone();
    plain.id.clear();
    plain.confidence = 0.0;
    plain.coder.version.clear();
    plain.coder.model.clear();
    let bytes = serde_json::to_vec(&plain).unwrap_or_default();
    Sha256::digest(&bytes).iter().take(8).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

struct Edge<'d> {
    document: &'d Document,
    points: CodePoints<'d>,
}

impl Edge<'_> {
    fn words(&self, span: Span) -> Words {
        Words {
            text: span.text(&self.document.text).to_owned(),
            start: self.points.of_byte(span.start()),
            end: self.points.of_byte(span.end()),
        }
    }

    fn statement(&self, statement: &Statement, model: &str) -> StatementRecord {
        StatementRecord {
            id: String::new(),
            document_id: self.document.id.clone(),
            proposition: proposition(&statement.proposition),
            aggregate: statement.aggregate,
            roles: statement.roles.iter().map(|r| self.role(r)).collect(),
            place: statement.place.as_ref().map(|p| self.place(p)),
            time: statement.time.as_ref().map(|t| self.time(t)),
            quantities: statement.quantities.iter().map(|q| self.quantity(q)).collect(),
            modality: statement.modality,
            hedge: statement.hedge.map(|h| self.words(h)),
            negated: statement.negated,
            tense: statement.tense,
            attribution: statement.attribution.iter().map(|a| self.attribution(a)).collect(),
            responsibility: statement.responsibility.iter().map(|r| self.responsibility(r)).collect(),
            unclaimed: statement.unclaimed,
            evidence: EvidenceRecord {
                also: statement.also.iter().map(|e| self.evidence(e)).collect(),
                ..self.evidence(&statement.evidence)
            },
            confidence: (statement.confidence * 100.0).round() / 100.0,
            coder: CoderRecord { version: crate::VERSION.to_owned(), rule: statement.rule.clone(), model: model.to_owned() },
        }
    }

    fn evidence(&self, evidence: &Evidence) -> EvidenceRecord {
        EvidenceRecord {
            words: self.words(evidence.span),
            sentence: evidence.sentence,
            trigger: self.words(evidence.trigger),
            also: Vec::new(),
        }
    }

    fn role(&self, role: &sayso_types::Role) -> RoleRecord {
        RoleRecord { role: role.role, words: self.words(role.span), actor_id: role.actor_id.clone(), name: role.name.clone() }
    }

    fn place(&self, value: &PlaceValue) -> PlaceRecord {
        let place = value.place.as_ref();
        let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let words = self.words(value.span);
        PlaceRecord {
            name: place.map(|p| p.name.clone()),
            country: place.and_then(|p| filled(&p.country)),
            admin1: place.and_then(|p| filled(&p.admin1)),
            geonames_id: place.and_then(|p| p.geonames_id),
            latitude: place.and_then(|p| p.coordinates).map(|(latitude, _)| latitude),
            longitude: place.and_then(|p| p.coordinates).map(|(_, longitude)| longitude),
            geo_precision: value.geo_precision,
            where_prec: value.where_prec,
            level: value.level,
            from: (value.level == Level::Context).then(|| words.clone()),
            words,
        }
    }

    fn time(&self, value: &TimeValue) -> TimeRecord {
        let words = self.words(value.span);
        TimeRecord {
            edtf: value.edtf.to_string(),
            earliest: value.edtf.earliest().map(|d| d.to_string()),
            latest: value.edtf.latest().map(|d| d.to_string()),
            time_precision: value.edtf.time_precision(),
            date_prec: value.edtf.date_prec(),
            level: value.level,
            from: (value.level == Level::Context).then(|| words.clone()),
            words,
        }
    }

    fn quantity(&self, q: &sayso_types::Quantity) -> QuantityRecord {
        QuantityRecord { of: q.of, words: self.words(q.span), low: q.low, best: q.best, high: q.high, rule: q.rule }
    }

    fn attribution(&self, link: &sayso_types::Attribution) -> AttributionRecord {
        let (source, cue) = (self.words(link.source), self.words(link.cue));
        AttributionRecord {
            source: source.text,
            start: source.start,
            end: source.end,
            actor_id: link.actor_id.clone(),
            name: link.name.clone(),
            kind: link.kind,
            cue: cue.text,
            cue_start: cue.start,
            cue_end: cue.end,
        }
    }

    fn responsibility(&self, r: &sayso_types::Responsibility) -> ResponsibilityRecord {
        let by = self.words(r.by);
        ResponsibilityRecord {
            stance: r.stance,
            by: by.text,
            start: by.start,
            end: by.end,
            actor_id: r.actor_id.clone(),
            name: r.name.clone(),
        }
    }
}

fn proposition(proposition: &Proposition) -> PropositionRecord {
    match proposition {
        Proposition::Event { event, mode, contexts, outcome, acled } => PropositionRecord::Event {
            event: *event,
            mode: mode.clone(),
            contexts: contexts.clone(),
            outcome: outcome.clone(),
            acled: acled.clone(),
        },
        Proposition::Relation { relation, mode, phase } => {
            PropositionRecord::Relation { relation: *relation, mode: mode.clone(), phase: *phase }
        }
        Proposition::Estimate { estimate } => PropositionRecord::Estimate { estimate: *estimate },
    }
}

/// Statements as text, one a line with its values beneath: the stage print.
pub fn print(document: &Document, statements: &[Statement]) -> String {
    let mut out = String::new();
    for record in statement_records(document, statements, "") {
        let _ = writeln!(out, "{}", line(&record));
        for evidence in std::iter::once(&record.evidence).chain(&record.evidence.also) {
            let _ = writeln!(out, "    “{}”", evidence.words.text.replace('\n', " "));
        }
    }
    out
}

/// A statement in one line: type, who, whom, where, when, how many, how surely, on whose say-so.
pub fn line(record: &StatementRecord) -> String {
    let mut out = format!("{} {}", record.proposition.kind(), record.proposition.type_code());
    if let Some(mode) = record.proposition.mode() {
        let _ = write!(out, "/{mode}");
    }
    for role in &record.roles {
        let name = role.name.as_deref().filter(|n| *n != role.words.text).map(|n| format!(" = {n}")).unwrap_or_default();
        let _ = write!(out, "; {}: {}{name}", role.role.as_str(), role.words.text.replace('\n', " "));
    }
    if let Some(place) = &record.place {
        let name = place.name.as_deref().unwrap_or("?");
        let _ = write!(
            out,
            "; where: {} = {name}{}",
            place.words.text.replace('\n', " "),
            if place.level == Level::Context { " (context)" } else { "" }
        );
    }
    if let Some(time) = &record.time {
        let _ = write!(out, "; when: {} = {}{}", time.words.text, time.edtf, if time.level == Level::Context { " (context)" } else { "" });
    }
    for q in &record.quantities {
        let number = |n: Option<u64>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
        let _ = write!(out, "; {}: {} = {}..{}", q.of.as_str(), q.words.text, number(q.low), number(q.high));
    }
    out.push_str(&certainty(record));
    for link in &record.attribution {
        let _ = write!(out, "; says: {}", link.source.replace('\n', " "));
    }
    for r in &record.responsibility {
        let _ = write!(out, "; {}: {}", r.stance.as_str(), r.by);
    }
    let _ = write!(out, " [{}]", record.coder.rule);
    out
}

fn certainty(record: &StatementRecord) -> String {
    let mut out = format!("; {}{}", if record.negated { "not " } else { "" }, record.modality.as_str());
    if record.aggregate {
        out.push_str("; several");
    }
    if record.unclaimed {
        out.push_str("; nobody claimed it");
    }
    out
}
