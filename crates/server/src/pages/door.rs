//! The pages at the door: where people sign in, by name and password or by the link that the server printed, and where they go out.
//! They work without script.

use axum::Form;
use axum::extract::Extension;
use axum::extract::rejection::FormRejection;
use axum::http::header::{HeaderMap, HeaderValue, LOCATION, SET_COOKIE};
use axum::http::{Method, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};
use sayso_people::{By, Happening, Secret};
use serde::Deserialize;

use super::frame::bare;
use crate::extract::Asked;
use crate::fault::Fault;
use crate::guard::From;
use crate::people::access::{Access, Door};
use crate::people::cookie;
use crate::person::{Entry, Person};

/// Where people want to go once they are in.
#[derive(Deserialize)]
pub(super) struct Onward {
    then: Option<String>,
}

/// The page where people sign in.
pub(super) async fn sign_in(Extension(access): Extension<Access>, Asked(onward): Asked<Onward>) -> Result<Response, Fault> {
    match access.door() {
        Door::Assumed(_) => Ok(to("/")),
        Door::Link { .. } => Err(Fault::no_link()),
        Door::SignIn => Ok(form(onward.then.as_deref().unwrap_or("/"), "", None).into_response()),
    }
}

/// What the form says.
#[derive(Deserialize)]
pub(super) struct Given {
    name: String,
    password: String,
    #[serde(default)]
    then: String,
}

/// Lets in who shows the password of a name.
pub(super) async fn signed_in(
    Extension(access): Extension<Access>,
    Extension(from): Extension<From>,
    given: Result<Form<Given>, FormRejection>,
) -> Result<Response, Fault> {
    let Form(given) = given.map_err(|why| Fault { status: why.status(), ..Fault::invalid(why.body_text(), "Sign in at /sign-in.") })?;
    access.must_have_people()?;
    let by = By { name: given.name.trim().to_owned(), place: from.place.clone() };
    if let Err(fault) = access.limits().sign_in(&from.place, &given.name) {
        access.people(move |people, now| people.keep(Happening::TriedTooOften, "", &by, now)).await?;
        return Err(fault);
    }
    if !access.fits(&given.name, given.password).await? {
        access.people(move |people, now| people.keep(Happening::Refused, "", &by, now)).await?;
        let page = form(&given.then, &given.name, Some("This name and this password do not belong together."));
        return Ok((StatusCode::UNAUTHORIZED, page).into_response());
    }
    let secret = access.people(move |people, now| people.begin_session(&by.name.clone(), &by, now)).await?;
    let mut response = to(within(&given.then));
    response.headers_mut().append(SET_COOKIE, cookie::begun(access.cookie(), &secret, from.transport));
    Ok(response)
}

/// Lets out who is in.
pub(super) async fn sign_out(
    Extension(access): Extension<Access>,
    Extension(from): Extension<From>,
    person: Person,
) -> Result<Response, Fault> {
    if let Entry::Session(number) = person.entry {
        access.people(move |people, now| people.end_session(&person.name, number, Happening::SignedOut, &person.by(), now)).await?;
    }
    let again = matches!(access.door(), Door::SignIn);
    let main = html! {
        h1 { "You are out" }
        @if again { p { a href="/sign-in" { "Sign in again" } } }
        @else { p { "To come in again, end " code { "sayso serve" } " and start it anew: it prints another link." } }
    };
    let mut response = bare("Signed out", None, &main).into_response();
    response.headers_mut().append(SET_COOKIE, cookie::ended(access.cookie(), from.transport));
    Ok(response)
}

/// The key of the link.
#[derive(Deserialize)]
pub(super) struct Key {
    #[serde(default)]
    key: String,
}

/// Lets in whose browser shows the key of the link that the server printed; nobody else after that.
pub(super) async fn enter(
    Extension(access): Extension<Access>,
    Extension(from): Extension<From>,
    method: Method,
    headers: HeaderMap,
    Asked(asked): Asked<Key>,
    person: Option<Extension<Person>>,
) -> Result<Response, Fault> {
    let Door::Link { name, .. } = access.door() else { return Ok(to("/")) };
    // A browser or a message program that looks at the link before anybody opens it must not use it up.
    if method != Method::GET || headers.contains_key("sec-purpose") {
        return Err(Fault::forbidden("this link holds once, and is not for looking at beforehand", "Open it."));
    }
    if !access.uses(&Secret::shown(&asked.key)) {
        return if person.is_some() { Ok(to("/")) } else { Err(Fault::no_link()) };
    }
    let by = By { name: name.clone(), place: from.place.clone() };
    let secret = access.people(move |people, now| people.begin_session(&by.name.clone(), &by, now)).await?;
    // A redirection would be of the site that the link was opened from, and browsers would not send the cookie with it.
    let main = html! { h1 { "Welcome" } p { a href="/" { "To the search" } } };
    let mut response = bare("Welcome", Some("/"), &main).into_response();
    response.headers_mut().append(SET_COOKIE, cookie::begun(access.cookie(), &secret, from.transport));
    Ok(response)
}

fn form(then: &str, name: &str, trouble: Option<&str>) -> Html<String> {
    let main: Markup = html! {
        h1 { "Sign in" }
        @if let Some(trouble) = trouble { p.notice role="alert" { (trouble) } }
        form.sign-in action="/sign-in" method="post" {
            input type="hidden" name="then" value=(within(then));
            label { "Name" input name="name" value=(name) autocomplete="username" autocapitalize="none" spellcheck="false" required; }
            label { "Password" input type="password" name="password" autocomplete="current-password" required; }
            button { "Sign in" }
        }
        p.quiet { "Forgotten? An admin can set another password for you." }
    };
    bare("Sign in", None, &main)
}

/// An address within the workbench; anything else is its first page.
fn within(then: &str) -> &str {
    let is_path = then.starts_with('/') && !then.starts_with("//") && then.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_path { then } else { "/" }
}

fn to(address: &str) -> Response {
    let address = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for (then, address) in [
            ("/event/e-1?as-of=2017", "/event/e-1?as-of=2017"),
            ("", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("/a\r\nset-cookie: x", "/"),
            ("/\tevil", "/"),
            ("javascript:alert(1)", "/"),
        ] {
            assert_eq!(within(then), address, "{then:?}");
        }
    }
}
