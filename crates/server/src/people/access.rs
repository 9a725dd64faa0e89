//! Who is let in, under which names, and how often? What the guard goes by.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use sayso_people::{By, PasswordHash, People, Role, Secret};
use tokio::sync::Semaphore;

use super::limit::{Limits, REQUESTS};
use crate::error::Error;
use crate::fault::Fault;
use crate::person::Person;

/// So many passwords are hashed at once: each takes its 19 MiB.
const HASHED_AT_ONCE: usize = 4;

/// Who is let in, under which names the workbench may be reached, and how often each may ask. Cloned, it is the same one.
#[derive(Clone)]
pub struct Access(Arc<Inner>);

struct Inner {
    people: Mutex<People>,
    door: Door,
    names: Names,
    proxy: Proxy,
    cookie: String,
    limits: Limits,
    hashing: Semaphore,
}

/// How people come in.
pub(crate) enum Door {
    /// Whoever asks is this person.
    Assumed(Person),
    /// One person, by a link that holds once.
    Link {
        /// Who.
        name: String,
        /// The SHA-256 of the link's key; `None` once it was used.
        key: Mutex<Option<String>>,
    },
    /// Several, each by name and password, or by token.
    SignIn,
}

/// Whether requests come from the network or by a proxy that says whose they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Proxy {
    /// They come from the network; what they say of themselves in `X-Forwarded-` headers is nobody's word.
    #[default]
    None,
    /// A proxy of the same people stands before the workbench: `X-Forwarded-For` and `X-Forwarded-Proto` are its word.
    Trusted,
}

/// By which names the workbench may be asked for: any other is a page elsewhere that points a name of its own here.
#[derive(Clone, Debug, Default)]
struct Names {
    given: Vec<String>,
    addresses: Addresses,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Addresses {
    #[default]
    Loopback,
    Any,
}

/// How the workbench is reached.
#[derive(Clone, Debug)]
pub struct Reach {
    /// The address that is listened at.
    pub address: SocketAddr,
    /// The names that it may be asked for by, besides those of this machine.
    pub hosts: Vec<String>,
    /// Whether a proxy stands before it.
    pub proxy: Proxy,
    /// How often each person may ask in a minute; `None` is as often as they like.
    pub requests_per_minute: Option<NonZeroU32>,
}

impl Reach {
    /// At an address, by no other names, without a proxy, with the usual limits.
    pub fn at(address: SocketAddr) -> Reach {
        Reach { address, hosts: Vec::new(), proxy: Proxy::None, requests_per_minute: Some(REQUESTS) }
    }
}

impl Access {
    /// Whoever asks, on this machine, is this person: for tests, and for programs that guard the router themselves.
    ///
    /// # Errors
    /// The name cannot be a person's.
    pub fn assumed(name: &str, role: Role) -> Result<Access, Error> {
        let people = alone(name, role)?;
        let reach = Reach { requests_per_minute: None, ..Reach::at(SocketAddr::from(([127, 0, 0, 1], 0))) };
        Ok(Access::new(people, Door::Assumed(Person::assumed(name, role)), &reach))
    }

    /// One person, who comes in by a link that holds once; the link's path comes with it.
    ///
    /// # Errors
    /// The name cannot be a person's, or the system gives no random numbers.
    pub fn by_link(name: &str, reach: &Reach) -> Result<(Access, String), Error> {
        let people = alone(name, Role::Admin)?;
        let key = Secret::random("").map_err(Error::people)?;
        let path = format!("/enter?key={}", key.text());
        let door = Door::Link { name: name.trim().to_owned(), key: Mutex::new(Some(key.sha256())) };
        Ok((Access::new(people, door, reach), path))
    }

    /// The people of a record, by name and password or token.
    pub fn by_sign_in(people: People, reach: &Reach) -> Access {
        Access::new(people, Door::SignIn, reach)
    }

    fn new(people: People, door: Door, reach: &Reach) -> Access {
        let addresses = if reach.address.ip().is_loopback() { Addresses::Loopback } else { Addresses::Any };
        Access(Arc::new(Inner {
            people: Mutex::new(people),
            door,
            names: Names { given: reach.hosts.clone(), addresses },
            proxy: reach.proxy,
            // Browsers do not tell the ports of a machine apart; two workbenches on it would sign each other out.
            cookie: format!("sayso-{}", reach.address.port()),
            limits: Limits::new(reach.requests_per_minute),
            hashing: Semaphore::new(HASHED_AT_ONCE),
        }))
    }

    pub(crate) fn door(&self) -> &Door {
        &self.0.door
    }

    pub(crate) fn cookie(&self) -> &str {
        &self.0.cookie
    }

    pub(crate) fn proxy(&self) -> Proxy {
        self.0.proxy
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Whether the workbench may be asked for by this name: what stands in `Host`, with or without a port.
    pub(crate) fn is_named(&self, host: &str) -> bool {
        self.0.names.hold(host)
    }

    /// Whether this is the key of the link, which holds no more from here on.
    pub(crate) fn uses(&self, given: &Secret) -> bool {
        let Door::Link { key, .. } = &self.0.door else { return false };
        let mut key = key.lock().unwrap_or_else(PoisonError::into_inner);
        key.take_if(|key| *key == given.sha256()).is_some()
    }

    /// Refuses what makes no sense where one person is alone with the record.
    pub(crate) fn must_have_people(&self) -> Result<(), Fault> {
        if matches!(self.0.door, Door::SignIn) {
            return Ok(());
        }
        let advice =
            "Add the first person with `sayso people add NAME --role admin` and start `sayso serve` anew: from then on people sign in.";
        Err(Fault::conflict("you are alone with this record, and come in without a password", advice))
    }

    /// Asks or changes the people, away from the threads that wait on the network.
    pub(crate) async fn people<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut People, Timestamp) -> Result<T, sayso_people::Error> + Send + 'static,
    ) -> Result<T, Fault> {
        let access = self.clone();
        let asked = tokio::task::spawn_blocking(move || {
            let mut people = access.0.people.lock().unwrap_or_else(PoisonError::into_inner);
            ask(&mut people, time())
        });
        Ok(asked.await.map_err(|_| Fault::ended())??)
    }

    /// The hash of a new password.
    pub(crate) async fn hashed(&self, password: String) -> Result<PasswordHash, Fault> {
        let _turn = self.0.hashing.acquire().await.map_err(|_| Fault::ended())?;
        let hashed = tokio::task::spawn_blocking(move || PasswordHash::of(&password));
        Ok(hashed.await.map_err(|_| Fault::ended())??)
    }

    /// Whether the password is that of who may come in by this name. Takes as long where there is nobody of that name.
    pub(crate) async fn fits(&self, name: &str, password: String) -> Result<bool, Fault> {
        let named = name.to_owned();
        let hash = self.people(move |people, _| people.password_of(&named)).await?;
        let _turn = self.0.hashing.acquire().await.map_err(|_| Fault::ended())?;
        let checked = tokio::task::spawn_blocking(move || PasswordHash::fits(hash.as_ref(), &password));
        checked.await.map_err(|_| Fault::ended())
    }
}

/// People of whom there is one, kept nowhere.
fn alone(name: &str, role: Role) -> Result<People, Error> {
    let mut people = People::in_memory().map_err(Error::people)?;
    people.add(name, role, None, &By::command_line(name), time()).map_err(Error::people)?;
    Ok(people)
}

/// The time.
#[expect(clippy::disallowed_methods, reason = "here the time comes in")]
fn time() -> Timestamp {
    Timestamp::now()
}

impl Names {
    fn hold(&self, host: &str) -> bool {
        let Some(name) = without_port(host) else { return false };
        let literal = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
        match literal.parse::<IpAddr>() {
            // A page elsewhere cannot make a number its own.
            Ok(ip) => ip.is_loopback() || self.addresses == Addresses::Any || self.is_given(name),
            Err(_) => name.eq_ignore_ascii_case("localhost") || self.is_given(name),
        }
    }

    fn is_given(&self, name: &str) -> bool {
        self.given.iter().any(|given| given.eq_ignore_ascii_case(name))
    }
}

/// The name of a host, without its port.
fn without_port(host: &str) -> Option<&str> {
    let after = host.rfind(']').map_or(0, |at| at + 1);
    match host[after..].rfind(':') {
        None => Some(host),
        Some(at) => {
            let port = &host[after + at + 1..];
            port.bytes().all(|byte| byte.is_ascii_digit()).then(|| &host[..after + at])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_names_are_answered() {
        let here = Names::default();
        let wide = Names { given: vec!["desk.example".to_owned()], addresses: Addresses::Any };
        for (host, on_loopback, on_the_network) in [
            ("localhost:8787", true, true),
            ("127.0.0.1:8787", true, true),
            ("127.0.0.1", true, true),
            ("[::1]:8787", true, true),
            ("LocalHost", true, true),
            ("10.0.0.1:8787", false, true),
            ("Desk.example:443", false, true),
            ("", false, false),
            ("evil.example:8787", false, false),
            ("127.0.0.1.evil.example", false, false),
            ("localhost.evil.example", false, false),
            ("localhost:evil", false, false),
            ("desk.example@evil.example", false, false),
            ("evil.example/desk.example", false, false),
            ("[::1", false, false),
        ] {
            assert_eq!((here.hold(host), wide.hold(host)), (on_loopback, on_the_network), "{host}");
        }
    }
}
