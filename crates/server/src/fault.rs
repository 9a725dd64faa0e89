//! Why is there no answer, and what can the person do? One fault, written as problem details (RFC 9457) for programs and as a page
//! for people.

use std::time::Duration;

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
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

    /// Nobody is signed in.
    pub(crate) fn nobody() -> Fault {
        let advice = "Sign in at /sign-in, or send a token: `Authorization: Bearer TOKEN`.";
        Fault {
            status: StatusCode::UNAUTHORIZED,
            title: "Not signed in",
            what: "nobody is signed in".to_owned(),
            advice: advice.to_owned(),
        }
    }

    /// The token lets nobody in.
    pub(crate) fn no_token() -> Fault {
        Fault {
            status: StatusCode::UNAUTHORIZED,
            title: "Not signed in",
            what: "this token does not hold, or no more".to_owned(),
            advice: "Make another on the page /you, or by `sayso people token`, and send `Authorization: Bearer TOKEN`.".to_owned(),
        }
    }

    /// Nobody came in by the link that the server printed.
    pub(crate) fn no_link() -> Fault {
        Fault {
            status: StatusCode::UNAUTHORIZED,
            title: "Not signed in",
            what: String::new(),
            advice:
                "Open the link that `sayso serve` printed when it began. It lets one browser in, once: if it was used, or printed long \
                     ago, end `sayso serve` and start it anew for another."
                    .to_owned(),
        }
    }

    /// The workbench is asked for by another name than its own.
    pub(crate) fn elsewhere() -> Fault {
        Fault::forbidden(
            "this record is not shown under this name",
            "Open it by the address that `sayso serve` names, or let it be started with `--host NAME` for this name.",
        )
    }

    /// The request comes from a page of another site.
    pub(crate) fn other_site() -> Fault {
        Fault::forbidden("a page of another site asked for this change", "Nothing was changed. Make the change in the workbench itself.")
    }

    /// The address is longer than any that the workbench makes.
    pub(crate) fn too_long_an_address() -> Fault {
        Fault {
            status: StatusCode::URI_TOO_LONG,
            title: "This cannot be asked so",
            what: "the address is too long".to_owned(),
            advice: "Ask for less at once.".to_owned(),
        }
    }

    /// The address is of something that is not asked so.
    pub(crate) fn other_method() -> Fault {
        Fault {
            status: StatusCode::METHOD_NOT_ALLOWED,
            title: "This cannot be asked so",
            what: "the address is known, but not by this method".to_owned(),
            advice: "GET /api/v1/openapi.json lists what can be asked how.".to_owned(),
        }
    }

    /// Somebody asks more often than they may.
    pub(crate) fn too_often(wait: Duration) -> Fault {
        let seconds = wait.as_secs().max(1);
        Fault {
            status: StatusCode::TOO_MANY_REQUESTS,
            title: "Too many requests",
            what: "this was tried too often".to_owned(),
            advice: format!("Wait {seconds} seconds and try again."),
        }
    }

    /// The answer takes too long.
    pub(crate) fn too_slow() -> Fault {
        Fault {
            status: StatusCode::SERVICE_UNAVAILABLE,
            title: "No answer in time",
            what: "this answer took too long and was given up".to_owned(),
            advice: "Ask for less at once, or try again when fewer people are at work.".to_owned(),
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
        // Where the record lies is nobody's business but the machine's own.
        let told = error.to_string();
        let path = format!("{}: ", error.path().display());
        let told = told.strip_prefix(&path).unwrap_or(&told).to_owned();
        match error.kind() {
            ErrorKind::Unknown | ErrorKind::Ambiguous => Fault::unknown(
                told,
                "It may have been read into another record, or the id may be cut short. Search shows what is in this one.",
            ),
            ErrorKind::Invalid => Fault::invalid(told, "Change what is asked; nothing was kept."),
            ErrorKind::ReadOnly => Fault::forbidden(told, "Allow `sayso serve` to write the file and its directory; nothing was kept."),
            ErrorKind::Locked => Fault {
                status: StatusCode::SERVICE_UNAVAILABLE,
                title: "Another program is writing",
                what: told,
                advice: "Try again in a moment; nothing was kept.".to_owned(),
            },
            ErrorKind::Full => Fault {
                status: StatusCode::INSUFFICIENT_STORAGE,
                title: "The disk is full",
                what: told,
                advice: "Free some space and try again; nothing was kept.".to_owned(),
            },
            _ => Fault {
                status: StatusCode::INTERNAL_SERVER_ERROR,
                title: "The record cannot be read",
                what: told,
                advice: "Mend that and load this page again; if it stays, end `sayso serve` and start it anew.".to_owned(),
            },
        }
    }
}

impl From<sayso_people::Error> for Fault {
    fn from(error: sayso_people::Error) -> Fault {
        use sayso_people::ErrorKind;
        let (status, title, advice) = match error.kind() {
            ErrorKind::Unknown => (StatusCode::NOT_FOUND, "Not known here", "The page /book/people shows who is."),
            ErrorKind::Conflict => (StatusCode::CONFLICT, "This does not fit how things stand", "Nothing was changed."),
            ErrorKind::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, "This cannot be kept so", "Nothing was changed."),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "The people cannot be read", "Mend that and try again."),
        };
        Fault { status, title, what: error.to_string(), advice: advice.to_owned() }
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
        if let Some((name, value)) = said_besides(self.status) {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// What the status of an answer must come with.
fn said_besides(status: StatusCode) -> Option<(HeaderName, &'static str)> {
    match status {
        StatusCode::UNAUTHORIZED => Some((WWW_AUTHENTICATE, "Bearer")),
        // At most a minute, and the words say how long exactly.
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => Some((RETRY_AFTER, "60")),
        _ => None,
    }
}

impl From<sayso_exchange::Error> for Fault {
    fn from(error: sayso_exchange::Error) -> Fault {
        match error {
            sayso_exchange::Error::Store(error) => error.into(),
            sayso_exchange::Error::Refused(what) => Fault::invalid(what, "Narrow the question, or take another form."),
            _ => Fault::ended(),
        }
    }
}
