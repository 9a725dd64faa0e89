//! How does a browser carry its session? In a cookie that no script reads and no other site sends.

use axum::http::header::{COOKIE, HeaderMap, HeaderValue};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use sayso_people::Secret;

/// Whether the connection to the browser is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    /// http.
    Plain,
    /// https, as the proxy before the server says.
    Encrypted,
}

/// The cookie that begins a session.
pub(crate) fn begun(name: &str, secret: &Secret, transport: Transport) -> HeaderValue {
    written(Cookie::build((name.to_owned(), secret.text().to_owned())), transport)
}

/// The cookie that ends it.
pub(crate) fn ended(name: &str, transport: Transport) -> HeaderValue {
    written(Cookie::build((name.to_owned(), "")).max_age(Duration::ZERO), transport)
}

fn written(cookie: cookie::CookieBuilder<'_>, transport: Transport) -> HeaderValue {
    let cookie = cookie.http_only(true).same_site(SameSite::Strict).path("/").secure(transport == Transport::Encrypted).build();
    // Names and secrets are ours, and made of letters and digits.
    HeaderValue::from_str(&cookie.to_string()).unwrap_or(HeaderValue::from_static(""))
}

/// The secret that a browser carries under this name.
pub(crate) fn carried(name: &str, headers: &HeaderMap) -> Option<Secret> {
    let texts = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = texts.flat_map(|text| Cookie::split_parse(text.to_owned()).flatten().collect::<Vec<_>>());
    pairs.find(|cookie| cookie.name() == name).map(|cookie| Secret::shown(cookie.value()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_for_this_site_only() {
        let secret = Secret::shown("s3cret");
        assert_eq!(begun("sayso-8787", &secret, Transport::Plain), "sayso-8787=s3cret; HttpOnly; SameSite=Strict; Path=/");
        assert_eq!(begun("sayso", &secret, Transport::Encrypted), "sayso=s3cret; HttpOnly; SameSite=Strict; Secure; Path=/");
        assert_eq!(ended("sayso", Transport::Plain), "sayso=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
    }

    #[test]
    fn the_secret_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=1; sayso=mine; b=2"));
        assert_eq!(carried("sayso", &headers), Some(Secret::shown("mine")));
        assert_eq!(carried("sayso-1", &headers), None);
        assert_eq!(carried("sayso", &HeaderMap::new()), None);
    }
}
