//! What does the workbench answer? Its API, asked within this process, as a person whose part is to read.

use std::path::Path;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{HOST, LOCATION};
use axum::http::{Request, StatusCode};
use sayso_people::Role;
use sayso_server::{Access, Desk, router_for};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::error::Error;

/// So many bytes an answer may have before it is cut to size.
const LARGEST: usize = 64 << 20;

/// So often it is followed where something has gone to.
const HOPS: usize = 4;

/// The API of a record's workbench.
#[derive(Clone)]
pub(crate) struct Workbench {
    router: Router,
}

/// What keeps the workbench from answering: what exactly, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    /// Whether there is no such thing.
    pub(crate) unknown: bool,
    pub(crate) why: String,
}

impl Workbench {
    /// The workbench of the record at a path.
    pub(crate) fn open(record: &Path) -> Result<Workbench, Error> {
        let access = Access::assumed("assistant", Role::Reader)?;
        Ok(Workbench { router: router_for(Desk::open(record)?, access) })
    }

    /// What the API answers at a path below `/api/v1`, with its query.
    pub(crate) async fn ask(&self, path: &str) -> Result<Value, Refused> {
        let mut address = format!("/api/v1{path}");
        for _ in 0..HOPS {
            let request = Request::get(&address).header(HOST, "127.0.0.1").body(Body::empty());
            let request = request.map_err(|_| Refused::broken("what is asked for makes no address"))?;
            let response = match self.router.clone().oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            };
            let (parts, body) = response.into_parts();
            if parts.status.is_redirection() {
                let to = parts.headers.get(LOCATION).and_then(|to| to.to_str().ok());
                to.ok_or_else(|| Refused::broken("it leads nowhere"))?.clone_into(&mut address);
                continue;
            }
            let bytes = to_bytes(body, LARGEST).await.map_err(|_| Refused::broken("the answer is too large; ask for less"))?;
            let answer: Value = serde_json::from_slice(&bytes).map_err(|_| Refused::broken("the answer is no JSON"))?;
            return if parts.status.is_success() { Ok(answer) } else { Err(Refused::of(parts.status, &answer)) };
        }
        Err(Refused::broken("it leads on and on"))
    }
}

impl Refused {
    fn broken(why: &str) -> Refused {
        Refused { unknown: false, why: why.to_owned() }
    }

    /// A problem as the API tells it.
    fn of(status: StatusCode, problem: &Value) -> Refused {
        let field = |name: &str| problem[name].as_str().unwrap_or_default();
        let unknown = matches!(status, StatusCode::NOT_FOUND | StatusCode::GONE);
        Refused { unknown, why: format!("{}: {}", field("title"), field("detail")) }
    }
}

/// A segment of a path, escaped.
pub(crate) fn segment(text: &str) -> String {
    // Form encoding differs from what a path needs in the space alone.
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}
