//! Who asks? The person of a request, as the guard found them.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::fault::Fault;

/// The person in whose name a request is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    /// As decisions are signed.
    pub(crate) name: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Person {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Person, Fault> {
        let person = parts.extensions.get::<Person>().cloned();
        person.ok_or_else(|| Fault::forbidden("nobody is signed in", "Sign in first."))
    }
}
