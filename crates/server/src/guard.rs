//! Which requests are answered, in whose name, and what may a page do? Names of this machine only; no frame, nothing from elsewhere.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::fault::Fault;
use crate::person::Person;

// The hash is of the one style that Cytoscape puts in a page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-pgvDUBa4IjFA2yuSJ2cqcyxmNYJMborsd0ORcRv9vw8='; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, HeaderValue); 6] = [
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
];

/// Answers requests for a name of this machine, and sets the headers of every answer.
///
/// A page elsewhere can point a name of its own at 127.0.0.1; asking for the name keeps it from reading the record.
pub(crate) async fn guard(mut request: Request, next: Next) -> Response {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let here = is_this_machine(host);
    request.extensions_mut().insert(Person { name: "you".to_owned() });
    let mut response = if here { next.run(request).await } else { elsewhere().into_response() };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, value);
    }
    response
}

fn elsewhere() -> Fault {
    Fault::forbidden(
        "this record is shown to its own machine only",
        "Open it as http://127.0.0.1 or http://localhost with the port that `sayso serve` names.",
    )
}

fn is_this_machine(host: &str) -> bool {
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(name, _)| name);
    let literal = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || literal.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for host in ["localhost:8787", "127.0.0.1:8787", "127.0.0.1", "[::1]:8787", "LocalHost"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["", "evil.example:8787", "127.0.0.1.evil.example", "10.0.0.1:8787", "localhost.evil.example"] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
