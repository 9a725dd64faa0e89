//! What do the names of markup mean? The lists of `data/lexicons/markup.toml`.

use serde::Deserialize;

/// Names of markup and labels of pages, by what they mean.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Markup {
    pub title_meta: Vec<String>,
    pub author_meta: Vec<String>,
    pub publisher_meta: Vec<String>,
    pub published_meta: Vec<String>,
    pub modified_meta: Vec<String>,
    pub date_classes: Vec<String>,
    pub other_classes: Vec<String>,
    pub beside_classes: Vec<String>,
    pub apart_classes: Vec<String>,
    pub whole_classes: Vec<String>,
    pub hidden_classes: Vec<String>,
    pub see_also: Vec<String>,
    pub caption_classes: Vec<String>,
    pub author_classes: Vec<String>,
    pub published_words: Vec<String>,
    pub updated_words: Vec<String>,
    pub other_words: Vec<String>,
    pub author_words: Vec<String>,
    pub not_authors: Vec<String>,
}
