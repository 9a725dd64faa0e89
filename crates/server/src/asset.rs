//! What do pages load? Styles and modules from `ui/`, embedded in the program.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::fault::Fault;

#[derive(RustEmbed)]
#[folder = "ui/"]
#[exclude = "*.md"]
struct Ui;

/// What kind of file each ending is.
const KINDS: [(&str, &str); 6] = [
    ("css", "text/css; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain; charset=utf-8"),
];

/// A file of `ui/`.
pub(crate) async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let kind = path.rsplit_once('.').and_then(|(_, ending)| KINDS.iter().find(|(known, _)| *known == ending));
    let (Some((_, kind)), Some(file)) = (kind, Ui::get(&path)) else { return Fault::no_page().into_response() };
    let hash: String = file.metadata.sha256_hash().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let tag = HeaderValue::from_str(&format!("\"{hash}\"")).unwrap_or(HeaderValue::from_static("\"\""));
    let mut response = if headers.get(IF_NONE_MATCH) == Some(&tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(CONTENT_TYPE, HeaderValue::from_static(kind))], file.data.into_owned()).into_response()
    };
    response.headers_mut().insert(ETAG, tag);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response.headers_mut().remove(header::SET_COOKIE);
    response
}

/// The contents of a file of `ui/`, for what the server itself draws.
pub(crate) fn bytes(path: &str) -> Option<std::borrow::Cow<'static, [u8]>> {
    Ui::get(path).map(|file| file.data)
}
