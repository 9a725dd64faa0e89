//! Which column of a table is the text, which the headline? What the user said, and for the rest what the names say.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// What a column can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Plain text.
    Text,
    /// An HTML page.
    Html,
    /// The document's id.
    Id,
    /// Headline.
    Title,
    /// Address.
    Url,
    /// Publisher.
    Publisher,
    /// Publication date.
    Published,
    /// Credited outlet.
    Credit,
    /// Author.
    Byline,
    /// ISO 639 code.
    Language,
    /// When it was fetched.
    Retrieved,
}

impl Field {
    /// All of them.
    pub const ALL: [Field; 11] = {
        use Field::{Byline, Credit, Html, Id, Language, Published, Publisher, Retrieved, Text, Title, Url};
        [Text, Html, Id, Title, Url, Publisher, Published, Credit, Byline, Language, Retrieved]
    };

    /// The name as JSON lines and the command line write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Text => "text",
            Field::Html => "html",
            Field::Id => "id",
            Field::Title => "title",
            Field::Url => "url",
            Field::Publisher => "publisher",
            Field::Published => "published",
            Field::Credit => "credit",
            Field::Byline => "byline",
            Field::Language => "language",
            Field::Retrieved => "retrieved",
        }
    }

    fn of_str(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.as_str() == name)
    }
}

fn listed(names: impl IntoIterator<Item = impl fmt::Display>) -> String {
    names.into_iter().map(|name| name.to_string()).collect::<Vec<_>>().join(", ")
}

/// What a user said of a table's columns: `text=body,title=headline`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnMap(BTreeMap<Field, String>);

impl FromStr for ColumnMap {
    type Err = String;

    fn from_str(text: &str) -> Result<ColumnMap, String> {
        let mut map = BTreeMap::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (field, column) =
                part.split_once('=').ok_or_else(|| format!("`{part}` is not FIELD=COLUMN; write text=body,title=headline"))?;
            let known = Field::of_str(field.trim());
            let field =
                known.ok_or_else(|| format!("`{}` is no field; there are {}", field.trim(), listed(Field::ALL.map(Field::as_str))))?;
            map.insert(field, column.trim().to_owned());
        }
        Ok(ColumnMap(map))
    }
}

impl fmt::Display for ColumnMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(|(field, column)| format!("{}={column}", field.as_str())).collect::<Vec<_>>().join(","))
    }
}

/// The names that columns of articles usually have, best first.
#[derive(Clone, Debug, Default)]
pub struct ColumnNames(BTreeMap<Field, Vec<String>>);

impl ColumnNames {
    /// The names of each field, from whoever holds the table of them. Case and all but letters and digits make no difference.
    ///
    /// # Errors
    /// Names a field that there is not.
    pub fn new<'a>(names: impl IntoIterator<Item = (&'a str, Vec<&'a str>)>) -> Result<ColumnNames, String> {
        let of = |(field, names): (&str, Vec<&str>)| {
            let known = Field::of_str(field).ok_or_else(|| format!("`{field}` is no field of a report"))?;
            Ok((known, names.into_iter().map(bare).collect()))
        };
        names.into_iter().map(of).collect::<Result<_, String>>().map(ColumnNames)
    }
}

/// A name without case, spaces and marks.
fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Which column each field is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    columns: BTreeMap<Field, usize>,
    /// In words: which columns were taken by their names alone.
    guessed: String,
}

impl Layout {
    /// The layout of a table with this header.
    ///
    /// # Errors
    /// Names a column that there is not, or says that none can be the text; either way with those that there are.
    pub(crate) fn new(header: &[String], said: &ColumnMap, names: &ColumnNames) -> Result<Layout, String> {
        let there_are = || format!("there are {}", listed(header.iter().map(|name| format!("`{name}`"))));
        let mut columns = BTreeMap::new();
        for (field, name) in &said.0 {
            let column =
                header.iter().position(|column| column == name).or_else(|| header.iter().position(|column| bare(column) == bare(name)));
            let column = column.ok_or_else(|| format!("there is no column `{name}` for {}; {}", field.as_str(), there_are()))?;
            columns.insert(*field, column);
        }
        let mut guessed = Vec::new();
        for field in Field::ALL.into_iter().filter(|field| !said.0.contains_key(field)) {
            // Who names the text means that one and not the page, and the other way round.
            let other = if field == Field::Html { Field::Text } else { Field::Html };
            if matches!(field, Field::Text | Field::Html) && said.0.contains_key(&other) {
                continue;
            }
            let named = names.0.get(&field).into_iter().flatten();
            let free = |column: &usize| !columns.values().any(|taken| taken == column);
            let column = named.filter_map(|name| header.iter().position(|column| bare(column) == *name)).find(free);
            if let Some(column) = column {
                columns.insert(field, column);
                guessed.push(format!("{} from `{}`", field.as_str(), header[column]));
            }
        }
        if !columns.contains_key(&Field::Text) && !columns.contains_key(&Field::Html) {
            return Err(format!("no column is known to hold the text; name it with --columns text=COLUMN: {}", there_are()));
        }
        Ok(Layout { columns, guessed: guessed.join(", ") })
    }

    /// The column of a field; `None` where the table has none.
    pub(crate) fn column(&self, field: Field) -> Option<usize> {
        self.columns.get(&field).copied()
    }

    /// All columns that are read, in their order.
    pub(crate) fn all(&self) -> Vec<usize> {
        let mut all: Vec<usize> = self.columns.values().copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The same where only some columns are there, in their order.
    pub(crate) fn of_some(&self, some: &[usize]) -> Layout {
        let place = |column: &usize| some.iter().position(|one| one == column);
        let columns = self.columns.iter().filter_map(|(field, column)| Some((*field, place(column)?))).collect();
        Layout { columns, guessed: self.guessed.clone() }
    }

    /// Which columns were taken by their names, for the user to see; empty where the user named all.
    pub(crate) fn guessed(&self) -> &str {
        &self.guessed
    }
}
