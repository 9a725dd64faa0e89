//! What did an address answer? Its bytes, or that nothing has changed, and what the server says for asking again.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, ETAG, HeaderName, LAST_MODIFIED};
use reqwest::{Response, StatusCode};
use serde::{Deserialize, Serialize};
use url::Url;

use super::told;
use crate::fault::{Fault, FaultKind};

/// What a server said for asking whether an address has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// The address that they hold for, at the end of any redirects.
    pub address: Option<String>,
    /// `ETag`, as given.
    pub etag: Option<String>,
    /// `Last-Modified`, as given.
    pub modified: Option<String>,
}

/// What an address answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The address at the end of any redirects.
    pub address: Url,
    /// The address that it has moved to for good, where every redirect on the way said so.
    pub moved: Option<Url>,
    /// The status: 200, 304 and the like.
    pub status: u16,
    /// The media type, without parameters, in lower case; empty where the server names none.
    pub media: String,
    /// The encoding of its characters; empty where the server names none.
    pub charset: String,
    /// For asking again.
    pub validators: Validators,
    /// What it holds.
    pub body: Body,
}

/// What an address holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// The same as last time.
    Unchanged,
    /// These bytes, with transfer compression undone.
    Bytes(Vec<u8>),
}

/// How much of a body is read, and in what time.
#[derive(Clone, Copy)]
pub(super) struct Measure {
    /// The most bytes.
    pub most: usize,
    /// What becomes of a larger one.
    pub excess: Excess,
    /// As long the whole request may take.
    pub patience: Duration,
}

/// What becomes of a body that is larger than what is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Excess {
    /// It is refused.
    Refused,
    /// It is cut.
    Cut,
}

/// Reads a successful response to its end, or as far as it is measured.
pub(super) async fn read(address: Url, response: Response, passed: &[(Url, StatusCode)], measure: Measure) -> Result<Answer, Fault> {
    let status = response.status();
    let header = |name: HeaderName| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let said = header(CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase();
    let mut parts = said.split(';').map(str::trim);
    let media = parts.next().unwrap_or_default().to_owned();
    let charset = parts.find_map(|part| part.strip_prefix("charset=")).unwrap_or_default().trim_matches(['"', '\'']).to_owned();
    let validators = Validators { address: Some(address.to_string()), etag: header(ETAG), modified: header(LAST_MODIFIED) };
    let for_good = |status: &StatusCode| matches!(*status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
    let moved = (!passed.is_empty() && passed.iter().all(|(_, status)| for_good(status))).then(|| address.clone());
    let body = if status == StatusCode::NOT_MODIFIED { Body::Unchanged } else { Body::Bytes(bytes(response, measure).await?) };
    Ok(Answer { address, moved, status: status.as_u16(), media, charset, validators, body })
}

async fn bytes(mut response: Response, measure: Measure) -> Result<Vec<u8>, Fault> {
    let Measure { most, excess, patience } = measure;
    let too_large = || Fault::new(FaultKind::TooLarge, format!("it is larger than {}; raise `body` of [limits] to read it", size(most)));
    if excess == Excess::Refused && response.content_length().is_some_and(|length| length > most as u64) {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| told::fault(&error, patience))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > most {
            if excess == Excess::Refused {
                return Err(too_large());
            }
            bytes.truncate(most);
            break;
        }
    }
    Ok(bytes)
}

/// "20 MB", "500 kB".
fn size(bytes: usize) -> String {
    if bytes >= 1_000_000 { format!("{} MB", bytes / 1_000_000) } else { format!("{} kB", bytes.div_ceil(1000)) }
}
