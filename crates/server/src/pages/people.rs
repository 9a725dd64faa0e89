//! The pages of people: you, and who else has a part in the record.

use axum::extract::Extension;
use axum::response::Html;
use maud::{Markup, html};
use sayso_people::{LEAST_CHARACTERS, Person as Known, Role, Session, Token};

use super::frame::{Screen, Sheet, frame};
use super::link::segment;
use super::setting::Setting;
use crate::answer::people::{Me, PeopleAnswer, PeopleLog, Sessions, Tokens};
use crate::api::LogPage;
use crate::extract::Asked;
use crate::fault::Fault;
use crate::people::access::Access;
use crate::people::permission::Permission;
use crate::person::Entry;

const STYLES: &[&str] = &["people.css"];
const MODULES: &[&str] = &["people.mjs"];

/// The page of who asks.
pub(super) async fn you(Extension(access): Extension<Access>, setting: Setting) -> Result<Html<String>, Fault> {
    let me = Me::of(&setting.person);
    let sessions = Sessions::of(&access, &setting.person).await?;
    let tokens = Tokens::of(&access, &setting.person).await?;
    let has_password = access.must_have_people().is_ok();
    let main = html! {
        h1 dir="auto" { (me.name) }
        p { strong { (me.role.as_str()) } ": " (me.told) "." }
        @if setting.person.entry != Entry::Assumed {
            form action="/sign-out" method="post" { button { "Sign out" } }
        }
        (your_sessions(&sessions))
        (your_tokens(&tokens))
        @if has_password { (your_password()) }
        noscript { p.notice { "Signing out works without script; to change anything else here, switch script on." } }
    };
    Ok(frame(&setting, Sheet { title: &me.name, screen: Screen::Other, styles: STYLES, modules: MODULES, main }))
}

fn your_sessions(sessions: &Sessions) -> Markup {
    let end = |session: &Session| {
        html! {
            @if sessions.this == Some(session.number) { span.badge { "this one" } }
            @else { (act("DELETE", &format!("/sessions/{}", session.number), "Session ended", &html! { button { "End" } })) }
        }
    };
    html! {
        section aria-labelledby="sessions-heading" {
            h2 #sessions-heading { "Where you are signed in" }
            @if sessions.sessions.is_empty() { p.empty { "By no session." } }
            @else {
                table.list {
                    thead { tr { th { "Since" } th { "Last seen" } th { "From" } th { "End it" } } }
                    tbody {
                        @for session in &sessions.sessions {
                            tr {
                                td data-label="Since" { (time(&session.begun)) }
                                td data-label="Last seen" { (time(&session.seen)) }
                                td data-label="From" { (session.place) }
                                td data-label="End it" { (end(session)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn your_tokens(tokens: &Tokens) -> Markup {
    let revoke = |token: &Token| act("DELETE", &format!("/tokens/{}", token.number), "Token revoked", &html! { button { "Revoke" } });
    html! {
        section aria-labelledby="tokens-heading" {
            h2 #tokens-heading { "Tokens of your programs" }
            p { "A program that sends " code { "Authorization: Bearer TOKEN" } " asks in your name and may what you may. A reader of feeds takes your name and, as the password, a token." }
            @if tokens.tokens.is_empty() { p.empty { "You have none." } }
            @else {
                table.list {
                    thead { tr { th { "For" } th { "Made" } th { "Holds until" } th { "Last used" } th { "Revoke it" } } }
                    tbody {
                        @for token in &tokens.tokens {
                            tr {
                                td data-label="For" dir="auto" { (token.label) }
                                td data-label="Made" { (time(&token.made)) }
                                td data-label="Holds until" { (time(&token.expires)) }
                                td data-label="Last used" { @if let Some(used) = &token.used { (time(used)) } @else { "never" } }
                                td data-label="Revoke it" { (revoke(token)) }
                            }
                        }
                    }
                }
            }
            (act("POST", "/tokens", "Token made: copy it now, it is shown this once", &html! {
                label { "What it is for" input name="label" maxlength="80" required autocomplete="off"; }
                label { "For how many days" input type="number" name="days" min="1" max="366" value="90" required; }
                button { "Make a token" }
            }))
            p.secret hidden { "Your new token, shown this once: " output {} }
        }
    }
}

fn your_password() -> Markup {
    html! {
        section aria-labelledby="password-heading" {
            h2 #password-heading { "Your password" }
            (act("PUT", "/me/password", "Password changed; your other sessions have ended", &html! {
                label { "The one that holds now" input type="password" name="current" autocomplete="current-password" required; }
                label {
                    "The new one, of at least " (LEAST_CHARACTERS) " characters"
                    input type="password" name="password" autocomplete="new-password" minlength=(LEAST_CHARACTERS) required;
                }
                button { "Change it" }
            }))
        }
    }
}

/// The page of everybody who has a part in the record, and of what happened at the door.
pub(super) async fn people(
    Extension(access): Extension<Access>,
    setting: Setting,
    Asked(page): Asked<LogPage>,
) -> Result<Html<String>, Fault> {
    let answer = PeopleAnswer::of(&access).await?;
    let log = PeopleLog::of(&access, page.before).await?;
    let alone = access.must_have_people().err();
    let manages = Permission::ManagePeople.is_of(setting.person.role) && alone.is_none();
    let main = html! {
        h1 { "People" }
        @if let Some(fault) = &alone { p.empty { "You are alone with this record. " (fault.advice) } }
        (everybody(&answer, manages))
        @if manages { (another()) }
        (roles())
        (door(&log))
    };
    Ok(frame(&setting, Sheet { title: "People", screen: Screen::Book, styles: STYLES, modules: MODULES, main }))
}

fn everybody(answer: &PeopleAnswer, manages: bool) -> Markup {
    html! {
        table.list {
            caption { (answer.people.len()) " people" }
            thead {
                tr { th { "Name" } th { "Role" } th { "Since" } th { "Last seen" } th { "State" } @if manages { th { "Change" } } }
            }
            tbody {
                @for person in &answer.people {
                    tr {
                        td data-label="Name" dir="auto" { (person.name) }
                        td data-label="Role" { (person.role.as_str()) }
                        td data-label="Since" { (time(&person.since)) }
                        td data-label="Last seen" { @if let Some(seen) = &person.seen { (time(seen)) } @else { "not now" } }
                        td data-label="State" {
                            @if let Some(since) = &person.disabled { span.badge.unsure { "disabled since " (time(since)) } } @else { "may come in" }
                        }
                        @if manages { td data-label="Change" { (changes(person)) } }
                    }
                }
            }
        }
    }
}

fn changes(person: &Known) -> Markup {
    let path = format!("/people/{}", segment(&person.name));
    let (state, word) = if person.disabled.is_some() { ("enabled", "Let in again") } else { ("disabled", "Let in no more") };
    html! {
        details {
            summary { "Change" span.unseen { " " (person.name) } }
            (act("PUT", &format!("{path}/role"), "Role changed", &html! {
                label { "Role" select name="role" { (choices(person.role)) } }
                button { "Give this role" }
            }))
            (act("PUT", &format!("{path}/password"), "Password set; their sessions have ended", &html! {
                label { "New password" input type="password" name="password" minlength=(LEAST_CHARACTERS) autocomplete="new-password" required; }
                button { "Set it" }
            }))
            (act("PUT", &format!("{path}/state"), "Done", &html! {
                input type="hidden" name="state" value=(state);
                button { (word) }
            }))
        }
    }
}

fn another() -> Markup {
    html! {
        section aria-labelledby="another-heading" {
            h2 #another-heading { "Add a person" }
            (act("POST", "/people", "Person added", &html! {
                label { "Name, as decisions will be signed" input name="name" maxlength="64" autocomplete="off" required; }
                label { "Role" select name="role" { (choices(Role::Reader)) } }
                label {
                    "First password, of at least " (LEAST_CHARACTERS) " characters"
                    input type="password" name="password" minlength=(LEAST_CHARACTERS) autocomplete="new-password" required;
                }
                button { "Add" }
            }))
        }
    }
}

fn choices(chosen: Role) -> Markup {
    html! { @for role in Role::ALL { option value=(role.as_str()) selected[role == chosen] { (role.as_str()) } } }
}

fn roles() -> Markup {
    html! {
        section aria-labelledby="roles-heading" {
            h2 #roles-heading { "What each role may" }
            dl.roles { @for role in Role::ALL { div { dt { (role.as_str()) } dd { (role.told()) } } } }
        }
    }
}

fn door(log: &PeopleLog) -> Markup {
    html! {
        section aria-labelledby="door-heading" {
            h2 #door-heading { "What happened at the door" }
            @if log.entries.is_empty() { p.empty { "Nothing yet." } }
            @else {
                table.list {
                    thead { tr { th { "When" } th { "Who" } th { "What" } th { "About" } th { "From" } } }
                    tbody {
                        @for entry in &log.entries {
                            tr {
                                td data-label="When" { (time(&entry.at)) }
                                td data-label="Who" dir="auto" { (entry.who) }
                                td data-label="What" { (entry.what) }
                                td data-label="About" dir="auto" { (entry.about) }
                                td data-label="From" { (entry.place) }
                            }
                        }
                    }
                }
            }
            @if let Some(before) = log.before { nav.turning { a href=(format!("/book/people?before={before}")) rel="next" { "Earlier" } } }
        }
    }
}

/// A form whose fields `people.mjs` sends to the API; without script it does nothing.
fn act(method: &str, path: &str, told: &str, fields: &Markup) -> Markup {
    html! { form.act action="/you" method="post" data-method=(method) data-path=(path) data-told=(told) { (fields) } }
}

fn time(text: &str) -> Markup {
    html! { time datetime=(text) { (text.replace('T', " ").trim_end_matches('Z')) } }
}
