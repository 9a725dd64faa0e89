//! Which country does a code or name mean?

use std::collections::BTreeMap;

use crate::{Error, data};

/// The countries by code and name.
#[derive(Clone, Debug, Default)]
pub struct Countries {
    names: BTreeMap<String, String>,
    codes: BTreeMap<String, String>,
}

impl Countries {
    /// Those of the program's own table.
    ///
    /// # Errors
    /// The table is not in this build.
    pub fn embedded() -> Result<Countries, Error> {
        let mut countries = Countries::default();
        for line in data::countries()?.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let columns: Vec<&str> = line.split('\t').collect();
            let (Some(code), Some(name)) = (columns.get(1), columns.get(3)) else { continue };
            countries.names.insert((*code).to_owned(), (*name).to_owned());
            let others = columns.get(8).copied().unwrap_or_default();
            for each in std::iter::once(*name).chain(others.split('|')).chain([*code]).filter(|each| !each.is_empty()) {
                countries.codes.entry(each.to_lowercase()).or_insert_with(|| (*code).to_owned());
            }
        }
        Ok(countries)
    }

    /// The name of a country by its ISO 3166-1 alpha-3 code.
    pub fn name(&self, code: &str) -> Option<&str> {
        self.names.get(code).map(String::as_str)
    }

    /// The code of a country by its name or code, in whichever case.
    pub fn code(&self, text: &str) -> Option<&str> {
        self.codes.get(&text.to_lowercase()).map(String::as_str)
    }
}
