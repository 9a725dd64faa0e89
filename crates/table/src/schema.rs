//! Which columns has each table? The names and the nesting are those of the JSON form; offsets count Unicode code points.
//!
//! A column that is said to be never null holds `false` or an empty list where JSON leaves it out. Days are `date32`; times as the text
//! gives them are EDTF. New columns come at the end of their struct; [`VERSION`] rises with every other change.

use std::sync::{Arc, LazyLock};

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};

/// The version of the schemas, which every table carries in its metadata under `sayso.schema`.
pub const VERSION: &str = "1";

/// The documents: text, what the page says of itself, and which parts of the text are the report.
pub static DOCUMENTS: LazyLock<SchemaRef> = LazyLock::new(|| table("documents", document()));
/// The statements: who did what to whom, where, when, how many, and on whose say-so, each with its words.
pub static STATEMENTS: LazyLock<SchemaRef> = LazyLock::new(|| table("statements", statement()));
/// The inputs that gave no document, and why.
pub static ERRORS: LazyLock<SchemaRef> = LazyLock::new(|| table("errors", refusal()));
/// The events that statements tell of together.
pub static EVENTS: LazyLock<SchemaRef> = LazyLock::new(|| table("events", group()));
/// The relations of two actors.
pub static RELATIONS: LazyLock<SchemaRef> = LazyLock::new(|| table("relations", group()));
/// The series of estimates.
pub static ESTIMATES: LazyLock<SchemaRef> = LazyLock::new(|| table("estimates", group()));
/// Which statement belongs to which event, relation or series.
pub static MEMBERS: LazyLock<SchemaRef> = LazyLock::new(|| table("members", member()));
/// One row for each input, with its document and statements nested in it, or its error: what an engine passes around.
pub static CODED: LazyLock<SchemaRef> = LazyLock::new(|| {
    let nested = vec![
        never_null("row", DataType::Int64),
        text("id"),
        optional("document", DataType::Struct(document())),
        list("statements", statement()),
        optional("error", DataType::Struct(Fields::from(vec![known_text("kind"), known_text("reason")]))),
    ];
    table("coded", Fields::from(nested))
});

/// Every table with its name.
pub fn all() -> [(&'static str, &'static SchemaRef); 8] {
    [
        ("documents", &DOCUMENTS),
        ("statements", &STATEMENTS),
        ("errors", &ERRORS),
        ("events", &EVENTS),
        ("relations", &RELATIONS),
        ("estimates", &ESTIMATES),
        ("members", &MEMBERS),
        ("coded", &CODED),
    ]
}

/// The keys of documents' sketches, and how many each document has.
pub static SKETCHES: LazyLock<SchemaRef> = LazyLock::new(|| step("sketches", vec![key("key"), key("number"), key("size")]));
/// Pairs of documents that have keys in common.
pub static PAIRS: LazyLock<SchemaRef> =
    LazyLock::new(|| step("pairs", ["one", "other", "size_one", "size_other", "shared"].map(key).to_vec()));
/// How much two documents share.
pub static OVERLAPS: LazyLock<SchemaRef> =
    LazyLock::new(|| step("overlaps", vec![key("one"), key("other"), flag("copy"), known_text("overlap")]));
/// The component of each number.
pub static COMPONENTS: LazyLock<SchemaRef> = LazyLock::new(|| step("components", vec![key("number"), key("component")]));
/// The texts that each copy repeats, the one of which it holds most first.
pub static ORIGINS: LazyLock<SchemaRef> = LazyLock::new(|| {
    let passage = Fields::from(vec![offset("start"), offset("end")]);
    let repeat = vec![key("of"), known_text("title"), text("outlet"), flag("held"), known_text("why"), list("passages", passage)];
    step("origins", vec![key("number"), list("repeats", Fields::from(repeat))])
});
/// What each document tells of one happening.
pub static STORIES: LazyLock<SchemaRef> = LazyLock::new(|| {
    let member = Fields::from(vec![key("key"), never_null("score", DataType::Float32)]);
    let keys = never_null("keys", DataType::List(Arc::new(key("item"))));
    step("stories", vec![key("story"), list("members", member), keys, known_text("account"), known_text("happening")])
});
/// Statements with their reports, and what makes their relations and series one with others'.
pub static TELLINGS: LazyLock<SchemaRef> = LazyLock::new(|| {
    step("tellings", vec![key("key"), known_text("statement"), known_text("report"), texts("relations"), text("estimate")])
});
/// Pairs of stories that may be one event.
pub static EDGES: LazyLock<SchemaRef> =
    LazyLock::new(|| step("edges", vec![key("one"), key("other"), never_null("score", DataType::Float32)]));
/// Which statement belongs to what.
pub static BELONGINGS: LazyLock<SchemaRef> =
    LazyLock::new(|| step("belongings", vec![known_text("of"), key("key"), number("joined_to"), optional("score", DataType::Float32)]));
/// Events, relations and series, each with its statements.
pub static LINKED: LazyLock<SchemaRef> = LazyLock::new(|| {
    let member = vec![known_text("statement_id"), text("joined_to"), optional("score", DataType::Float32)];
    let members = list("members", Fields::from(member));
    table("linked", group().iter().cloned().chain([Arc::new(members)]).collect())
});

fn step(name: &str, fields: Vec<Field>) -> SchemaRef {
    table(name, Fields::from(fields))
}

fn key(name: &str) -> Field {
    never_null(name, DataType::Int64)
}

fn table(name: &str, fields: Fields) -> SchemaRef {
    let metadata = [("sayso.schema", VERSION), ("sayso.table", name)];
    let metadata = metadata.map(|(key, value)| (key.to_owned(), value.to_owned()));
    Arc::new(Schema::new(fields).with_metadata(metadata.into()))
}

fn optional(name: &str, of: DataType) -> Field {
    Field::new(name, of, true)
}

fn never_null(name: &str, of: DataType) -> Field {
    Field::new(name, of, false)
}

fn text(name: &str) -> Field {
    optional(name, DataType::Utf8)
}

fn known_text(name: &str) -> Field {
    never_null(name, DataType::Utf8)
}

fn flag(name: &str) -> Field {
    never_null(name, DataType::Boolean)
}

fn number(name: &str) -> Field {
    optional(name, DataType::Int64)
}

fn offset(name: &str) -> Field {
    never_null(name, DataType::Int32)
}

fn code(name: &str) -> Field {
    optional(name, DataType::Int8)
}

fn degrees(name: &str) -> Field {
    optional(name, DataType::Float64)
}

fn day(name: &str) -> Field {
    optional(name, DataType::Date32)
}

fn list(name: &str, of: Fields) -> Field {
    never_null(name, DataType::List(Arc::new(never_null("item", DataType::Struct(of)))))
}

fn texts(name: &str) -> Field {
    never_null(name, DataType::List(Arc::new(known_text("item"))))
}

/// Words of the document, before `rest`.
fn words(rest: impl IntoIterator<Item = Field>) -> Fields {
    [known_text("text"), offset("start"), offset("end")].into_iter().chain(rest).collect()
}

fn document() -> Fields {
    let credit = Fields::from(vec![known_text("name"), known_text("words")]);
    let block = Fields::from(vec![offset("start"), offset("end"), known_text("kind")]);
    Fields::from(vec![
        known_text("id"),
        text("url"),
        text("title"),
        text("byline"),
        text("publisher"),
        optional("credit", DataType::Struct(credit)),
        text("published"),
        text("published_found"),
        text("retrieved"),
        known_text("language"),
        flag("coded"),
        known_text("raw_sha256"),
        known_text("text_sha256"),
        known_text("text"),
        list("blocks", block),
    ])
}

fn statement() -> Fields {
    let acled = Fields::from(vec![known_text("event_type"), known_text("sub_event_type")]);
    let role = words([text("actor_id"), text("name")]);
    let role: Fields = std::iter::once(Arc::new(known_text("role"))).chain(role.iter().cloned()).collect();
    let coder = Fields::from(vec![known_text("version"), known_text("rule"), known_text("model")]);
    Fields::from(vec![
        known_text("id"),
        known_text("document_id"),
        known_text("kind"),
        known_text("type"),
        text("mode"),
        texts("contexts"),
        text("outcome"),
        optional("acled", DataType::Struct(acled)),
        text("phase"),
        flag("aggregate"),
        list("roles", role),
        optional("place", DataType::Struct(place())),
        optional("time", DataType::Struct(time())),
        list("quantities", quantity()),
        known_text("modality"),
        optional("hedge", DataType::Struct(words([]))),
        flag("negated"),
        known_text("tense"),
        list("attribution", attribution()),
        list("responsibility", responsibility()),
        flag("unclaimed"),
        never_null("evidence", DataType::Struct(evidence([list("also", evidence([]))]))),
        never_null("confidence", DataType::Float32),
        never_null("coder", DataType::Struct(coder)),
    ])
}

fn place() -> Fields {
    words([
        text("name"),
        text("country"),
        text("admin1"),
        number("geonames_id"),
        degrees("latitude"),
        degrees("longitude"),
        code("geo_precision"),
        code("where_prec"),
        known_text("level"),
        optional("from", DataType::Struct(words([]))),
    ])
}

fn time() -> Fields {
    words([
        known_text("edtf"),
        day("earliest"),
        day("latest"),
        never_null("time_precision", DataType::Int8),
        never_null("date_prec", DataType::Int8),
        known_text("level"),
        optional("from", DataType::Struct(words([]))),
    ])
}

fn quantity() -> Fields {
    let counted = words([number("low"), number("best"), number("high"), known_text("rule")]);
    std::iter::once(Arc::new(known_text("of"))).chain(counted.iter().cloned()).collect()
}

fn attribution() -> Fields {
    Fields::from(vec![
        known_text("source"),
        offset("start"),
        offset("end"),
        text("actor_id"),
        text("name"),
        known_text("kind"),
        known_text("cue"),
        offset("cue_start"),
        offset("cue_end"),
    ])
}

fn responsibility() -> Fields {
    Fields::from(vec![known_text("stance"), known_text("by"), offset("start"), offset("end"), text("actor_id"), text("name")])
}

fn evidence(rest: impl IntoIterator<Item = Field>) -> Fields {
    let own = [offset("sentence"), never_null("trigger", DataType::Struct(words([])))];
    words(own.into_iter().chain(rest))
}

fn refusal() -> Fields {
    Fields::from(vec![never_null("row", DataType::Int64), text("id"), known_text("kind"), known_text("reason")])
}

fn group() -> Fields {
    let place = Fields::from(vec![
        known_text("name"),
        number("geonames_id"),
        text("country"),
        text("admin1"),
        degrees("latitude"),
        degrees("longitude"),
        code("where_prec"),
    ]);
    let party = Fields::from(vec![known_text("role"), text("actor_id"), known_text("name")]);
    let count = Fields::from(vec![known_text("of"), number("low"), number("best"), number("high"), number("least"), number("most")]);
    Fields::from(vec![
        known_text("id"),
        known_text("kind"),
        known_text("type"),
        text("mode"),
        flag("aggregate"),
        text("status"),
        code("credibility"),
        never_null("sources", DataType::Int64),
        never_null("statements", DataType::Int64),
        never_null("documents", DataType::Int64),
        text("time"),
        day("earliest"),
        day("latest"),
        flag("ended"),
        optional("place", DataType::Struct(place)),
        list("parties", party),
        list("counts", count),
        texts("disputed"),
        day("first_told"),
        day("last_told"),
    ])
}

fn member() -> Fields {
    Fields::from(vec![known_text("group_id"), known_text("statement_id"), text("joined_to"), degrees("score")])
}
