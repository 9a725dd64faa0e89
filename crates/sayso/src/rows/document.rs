//! A document in one row.

use sayso_store::StoredDocument;

/// The columns; new ones are added at the end.
pub const COLUMNS: [&str; 17] = [
    "id",
    "version",
    "title",
    "byline",
    "publisher",
    "credit",
    "published",
    "published_found",
    "retrieved",
    "url",
    "language",
    "coded",
    "characters",
    "statements",
    "added",
    "raw_sha256",
    "text_sha256",
];

/// The values of a document in the order of [`COLUMNS`]; unknown ones are empty.
pub fn values(document: &StoredDocument) -> Vec<String> {
    let record = &document.record;
    let found = record.published_found.and_then(|found| Some(serde_json::to_value(found).ok()?.as_str()?.to_owned()));
    vec![
        record.id.clone(),
        document.version.to_string(),
        record.title.clone().unwrap_or_default(),
        record.byline.clone().unwrap_or_default(),
        record.publisher.clone().unwrap_or_default(),
        record.credit.as_ref().map(|credit| credit.name.clone()).unwrap_or_default(),
        record.published.clone().unwrap_or_default(),
        found.unwrap_or_default(),
        record.retrieved.clone().unwrap_or_default(),
        record.url.clone().unwrap_or_default(),
        record.language.clone(),
        record.coded.to_string(),
        record.text.chars().count().to_string(),
        document.statements.to_string(),
        document.added.clone(),
        record.raw_sha256.clone(),
        record.text_sha256.clone(),
    ]
}
