//! In what does a page stand? Who reads it, at which address, and as of when.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::api::Looking;
use crate::extract::Asked;
use crate::fault::Fault;
use crate::person::Person;

/// What all pages of a request have in common.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    /// Who reads.
    pub(crate) person: Person,
    /// Path and query of the page.
    pub(crate) address: String,
    /// As of when the record is looked at, as the person wrote it; `None` is now.
    pub(crate) as_of: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Setting {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Setting, Fault> {
        let person = Person::from_request_parts(parts, state).await?;
        let Asked(looking) = Asked::<Looking>::from_request_parts(parts, state).await?;
        let address = parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
        Ok(Setting { person, address, as_of: looking.as_of.filter(|text| !text.trim().is_empty()) })
    }
}

impl Setting {
    /// A parameter of the page's query.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let query = self.address.split_once('?')?.1;
        form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }
}
