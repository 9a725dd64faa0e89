//! Why is there no answer, and what can the person do? One fault, written as problem details (RFC 9457) for programs and as a page
//! for people.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use sayso_store::ErrorKind;
use serde::Serialize;
use utoipa::ToSchema;

/// Why there is no answer.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    /// Of which kind, as the status of the answer.
    pub(crate) status: StatusCode,
    /// In a few words.
    pub(crate) title: &'static str,
    /// What exactly.
    pub(crate) what: String,
    /// What to do.
    pub(crate) advice: String,
}

impl Fault {
    /// There is no such thing.
    pub(crate) fn unknown(what: impl Into<String>, advice: impl Into<String>) -> Fault {
        Fault { status: StatusCode::NOT_FOUND, title: "Not in this record", what: what.into(), advice: advice.into() }
    }

    /// What is asked makes no sense.
    pub(crate) fn invalid(what: impl Into<String>, advice: impl Into<String>) -> Fault {
        Fault { status: StatusCode::BAD_REQUEST, title: "This cannot be asked so", what: what.into(), advice: advice.into() }
    }

    /// What is asked does not fit how things stand.
    pub(crate) fn conflict(what: impl Into<String>, advice: impl Into<String>) -> Fault {
        Fault { status: StatusCode::CONFLICT, title: "This does not fit how things stand", what: what.into(), advice: advice.into() }
    }

    /// The person may not.
    pub(crate) fn forbidden(what: impl Into<String>, advice: impl Into<String>) -> Fault {
        Fault { status: StatusCode::FORBIDDEN, title: "Not allowed", what: what.into(), advice: advice.into() }
    }

    /// The address is of nothing.
    pub(crate) fn no_page() -> Fault {
        Fault {
            status: StatusCode::NOT_FOUND,
            title: "No such page",
            what: String::new(),
            advice: "Search is where all pages are linked from.".to_owned(),
        }
    }

    /// The program broke off.
    pub(crate) fn ended() -> Fault {
        Fault {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            title: "The program failed",
            what: "this answer could not be made; please report this".to_owned(),
            advice: "Load the page again; if it stays, end `sayso serve` and start it anew.".to_owned(),
        }
    }
}

impl From<sayso_store::Error> for Fault {
    fn from(error: sayso_store::Error) -> Fault {
        match error.kind() {
            ErrorKind::Unknown | ErrorKind::Ambiguous => Fault::unknown(
                error.to_string(),
                "It may have been read into another record, or the id may be cut short. Search shows what is in this one.",
            ),
            ErrorKind::Invalid => Fault::invalid(error.to_string(), "Change what is asked; nothing was kept."),
            ErrorKind::ReadOnly => {
                Fault::forbidden(error.to_string(), "Allow `sayso serve` to write the file and its directory; nothing was kept.")
            }
            ErrorKind::Locked => Fault {
                status: StatusCode::SERVICE_UNAVAILABLE,
                title: "Another program is writing",
                what: error.to_string(),
                advice: "Try again in a moment; nothing was kept.".to_owned(),
            },
            ErrorKind::Full => Fault {
                status: StatusCode::INSUFFICIENT_STORAGE,
                title: "The disk is full",
                what: error.to_string(),
                advice: "Free some space and try again; nothing was kept.".to_owned(),
            },
            _ => Fault {
                status: StatusCode::INTERNAL_SERVER_ERROR,
                title: "The record cannot be read",
                what: error.to_string(),
                advice: "Mend that and load this page again; if it stays, end `sayso serve` and start it anew.".to_owned(),
            },
        }
    }
}

/// A fault as programs read it: problem details after RFC 9457.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// The status of the answer.
    pub(crate) status: u16,
    /// In a few words.
    pub(crate) title: String,
    /// What exactly, and what to do.
    pub(crate) detail: String,
}

impl From<&Fault> for Problem {
    fn from(fault: &Fault) -> Problem {
        let detail =
            if fault.what.is_empty() { fault.advice.clone() } else { format!("{}. {}", fault.what.trim_end_matches('.'), fault.advice) };
        Problem { status: fault.status.as_u16(), title: fault.title.to_owned(), detail }
    }
}

impl IntoResponse for Fault {
    /// Problem details; the fault goes with them, so that pages can write it for people ([`crate::pages::fault`]).
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(Problem::from(&self))).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response.extensions_mut().insert(self);
        response
    }
}
