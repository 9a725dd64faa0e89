//! Which requests are answered, and in whose name? Asked for by a name of the workbench, by somebody who came in, no oftener than
//! the limits say, and only what the table of permissions allows.

use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::{ConnectInfo, DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::header::{ACCEPT, AUTHORIZATION, CACHE_CONTROL, HOST, HeaderMap, HeaderValue, LOCATION, VARY, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sayso_people::Secret;

use crate::fault::Fault;
use crate::people::access::{Access, Door, Proxy};
use crate::people::cookie::{self, Transport};
use crate::people::permission::{Permission, Ruled, ruled};
use crate::person::{Entry, Person};

/// How long a body may be, and that of documents, in bytes.
const BODY: usize = 1 << 20;
const DOCUMENTS: usize = 20 << 20;

/// How long an answer may take to begin, and that to a change, after which the record is linked anew.
const READING: Duration = Duration::from_secs(60);
const CHANGING: Duration = Duration::from_secs(600);

/// How long an address may be, in bytes; hyper itself takes longer ones.
const ADDRESS: usize = 16 << 10;

/// Answers a request if it may be answered, in the name of the person who asks.
pub(crate) async fn guard(State(access): State<Access>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let from = From::of(&access, &parts);
    let person = match admitted(&access, &from, &parts).await {
        Ok(person) => person,
        Err(Refusal::Fault(fault)) => return (*fault).into_response(),
        Err(Refusal::SignIn) => return to_sign_in(&parts),
        Err(Refusal::NameAndToken) => return asked_for_token(),
        Err(Refusal::Forbidden(person, fault)) => return signed((*fault).into_response(), *person),
    };
    let limit = if parts.method.is_safe() { READING } else { CHANGING };
    let is_asset = parts.uri.path().starts_with("/ui/");
    parts.extensions.insert(access);
    parts.extensions.insert(from);
    if let Some(person) = &person {
        parts.extensions.insert(person.clone());
    }
    let mut request = Request::from_parts(parts, body);
    limit_body(&mut request);
    let mut response = tokio::time::timeout(limit, next.run(request)).await.unwrap_or_else(|_| Fault::too_slow().into_response());
    if !is_asset {
        private(response.headers_mut());
    }
    match person {
        Some(person) => signed(response, person),
        None => response,
    }
}

/// Where a request comes from.
#[derive(Clone, Debug)]
pub(crate) struct From {
    /// The address, as the log of the people keeps it.
    pub(crate) place: String,
    /// Whether the browser's connection is encrypted.
    pub(crate) transport: Transport,
}

impl From {
    fn of(access: &Access, parts: &Parts) -> From {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_string());
        let told = |name: &'static str| {
            let last = parts.headers.get_all(name).iter().next_back().filter(|_| access.proxy() == Proxy::Trusted);
            // Each proxy adds what it saw at the end; what stands before is the word of whoever asked.
            last.and_then(|value| value.to_str().ok()).and_then(|text| text.rsplit(',').next()).map(|text| text.trim().to_owned())
        };
        let place = told("x-forwarded-for").filter(|text| text.parse::<std::net::IpAddr>().is_ok()).or(peer);
        let transport = if told("x-forwarded-proto").as_deref() == Some("https") { Transport::Encrypted } else { Transport::Plain };
        From { place: place.unwrap_or_else(|| "unknown".to_owned()), transport }
    }
}

/// Why a request is not answered.
enum Refusal {
    /// For this reason, whoever asks.
    Fault(Box<Fault>),
    /// Nobody is signed in, and a page was asked for.
    SignIn,
    /// Nobody is signed in, and a feed was asked for: its readers know a name and a password, which is a token here.
    NameAndToken,
    /// This person may not.
    Forbidden(Box<Person>, Box<Fault>),
}

impl std::convert::From<Fault> for Refusal {
    fn from(fault: Fault) -> Refusal {
        Refusal::Fault(Box::new(fault))
    }
}

/// Who asks; nobody only where whoever may.
async fn admitted(access: &Access, from: &From, parts: &Parts) -> Result<Option<Person>, Refusal> {
    named(access, parts)?;
    if parts.uri.path_and_query().is_some_and(|address| address.as_str().len() > ADDRESS) {
        return Err(Fault::too_long_an_address().into());
    }
    let matched = parts.extensions.get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let needed = match matched.as_deref().map(|path| ruled(&parts.method, path)) {
        Some(Ruled::Needs(needed)) => needed,
        Some(Ruled::OtherMethod) => return Err(Fault::other_method().into()),
        Some(Ruled::Unlisted) => return Err(Fault::forbidden("no permission is known for this address", "Please report this.").into()),
        // There is no such page, and only who may read is told so.
        None => Permission::Read,
    };
    let person = identified(access, from, parts).await?;
    access.limits().request(person.as_ref().map_or(from.place.as_str(), |person| person.name.as_str()))?;
    match person {
        None if needed == Permission::Enter => Ok(None),
        None if is_feed(parts) && !wants_page(parts) && matches!(access.door(), Door::SignIn) => Err(Refusal::NameAndToken),
        None if is_of_pages(parts) && matches!(access.door(), Door::SignIn) => Err(Refusal::SignIn),
        None if matches!(access.door(), Door::Link { .. }) => Err(Fault::no_link().into()),
        None => Err(Fault::nobody().into()),
        Some(person) => match suits(&person, needed, parts) {
            Ok(()) => Ok(Some(person)),
            Err(fault) => Err(Refusal::Forbidden(Box::new(person), Box::new(fault))),
        },
    }
}

/// Whether the workbench is asked for by a name of its own: a page elsewhere can point a name of its own at 127.0.0.1, and
/// would read the record.
fn named(access: &Access, parts: &Parts) -> Result<(), Fault> {
    let mut hosts = parts.headers.get_all(HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok()).unwrap_or_default();
    let authority = parts.uri.authority().map(axum::http::uri::Authority::as_str);
    let is_named = hosts.next().is_none() && access.is_named(host) && authority.is_none_or(|authority| access.is_named(authority));
    if is_named { Ok(()) } else { Err(Fault::elsewhere()) }
}

/// Who asks, by what they carry: a token in the header, else the cookie of a session.
async fn identified(access: &Access, from: &From, parts: &Parts) -> Result<Option<Person>, Fault> {
    if let Door::Assumed(person) = access.door() {
        return Ok(Some(Person { place: from.place.clone(), ..person.clone() }));
    }
    let place = from.place.clone();
    if let Some(given) = parts.headers.get(AUTHORIZATION) {
        let token = token(given, is_feed(parts)).ok_or_else(Fault::no_token)?;
        let found = access.people(move |people, now| people.of_token(&token, now)).await?;
        let (person, number) = found.ok_or_else(Fault::no_token)?;
        return Ok(Some(Person { name: person.name, role: person.role, entry: Entry::Token(number), place }));
    }
    let Some(session) = cookie::carried(access.cookie(), &parts.headers) else { return Ok(None) };
    let found = access.people(move |people, now| people.of_session(&session, now)).await?;
    Ok(found.map(|(person, number)| Person { name: person.name, role: person.role, entry: Entry::Session(number), place }))
}

/// The token that a request brings: as itself, or as the password of a name, which is all that readers of feeds can send. Browsers keep
/// such a password and send it with every request, so that no other address takes one.
fn token(given: &HeaderValue, is_feed: bool) -> Option<Secret> {
    let (scheme, value) = given.to_str().ok()?.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(Secret::shown(value.trim()));
    }
    let pair = STANDARD.decode(value.trim()).ok().filter(|_| is_feed && scheme.eq_ignore_ascii_case("basic"))?;
    let (_name, token) = std::str::from_utf8(&pair).ok()?.split_once(':')?;
    Some(Secret::shown(token))
}

/// Whether the person may, in the way that they came in.
fn suits(person: &Person, needed: Permission, parts: &Parts) -> Result<(), Fault> {
    person.must(needed)?;
    let about_who_comes_in = matches!(needed, Permission::Own | Permission::ManagePeople) && !parts.method.is_safe();
    if about_who_comes_in && matches!(person.entry, Entry::Token(_)) {
        let advice = "Sign in with name and password, or use `sayso people` where the record lies.";
        return Err(Fault::forbidden("a token cannot change who comes in", advice));
    }
    Ok(())
}

fn is_of_pages(parts: &Parts) -> bool {
    !parts.uri.path().starts_with("/api/") && matches!(parts.method, Method::GET | Method::HEAD)
}

fn is_feed(parts: &Parts) -> bool {
    parts.uri.path() == "/feed.atom" && parts.method.is_safe()
}

/// Whether a browser asks, which is to come to the page where people sign in: told of a name and a password, it would send them with every
/// request from then on.
fn wants_page(parts: &Parts) -> bool {
    parts.headers.get(ACCEPT).and_then(|accepted| accepted.to_str().ok()).is_some_and(|accepted| accepted.contains("text/html"))
}

/// Says that a name and a token are wanted.
fn asked_for_token() -> Response {
    let mut response = Fault::nobody().into_response();
    response
        .headers_mut()
        .insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"sayso: your name and a token\", charset=\"UTF-8\""));
    private(response.headers_mut());
    response
}

/// To the page where people sign in, and back again.
fn to_sign_in(parts: &Parts) -> Response {
    let then = parts.uri.path_and_query().map_or("/", |address| address.as_str());
    let then: String = form_urlencoded::byte_serialize(then.as_bytes()).collect();
    let address = HeaderValue::from_str(&format!("/sign-in?then={then}")).unwrap_or(HeaderValue::from_static("/sign-in"));
    let mut response = (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response();
    private(response.headers_mut());
    response
}

fn limit_body(request: &mut Request) {
    let most = if request.uri().path() == "/api/v1/documents" { DOCUMENTS } else { BODY };
    DefaultBodyLimit::max(most).apply(request);
}

/// The response, with the person whom it is for: for those who write faults as pages.
fn signed(mut response: Response, person: Person) -> Response {
    response.extensions_mut().insert(person);
    response
}

/// Kept by nobody on the way, and asked for anew each time.
fn private(headers: &mut HeaderMap) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.append(VARY, HeaderValue::from_static("cookie, authorization"));
}
