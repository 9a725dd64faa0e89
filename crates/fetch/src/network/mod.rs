//! How is one address fetched? As its site's robots.txt allows, at its host's pace, from a public address, each redirect held to the
//! same rules, and never more than so many bytes.

mod answer;
mod told;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{ACCEPT, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use reqwest::{Client, Response, StatusCode};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep_until};
use url::Url;

use crate::address::{self, Allowances};
use crate::error::{Error, ErrorKind};
use crate::fault::{Fault, FaultKind};
use crate::pace::Pace;
use crate::resolver::PublicResolver;
use crate::robots::{self, Robots};
pub use answer::{Answer, Body, Validators};
use answer::{Excess, Measure};

/// As many redirects are followed.
const HOPS: usize = 8;

/// A robots.txt holds for a day (RFC 9309, 2.4); one that could not be had is asked for again sooner.
const ROBOTS_HOLD: Duration = Duration::from_secs(24 * 3600);
const ROBOTS_AGAIN: Duration = Duration::from_secs(600);

/// What is asked for, with what is liked best first.
const LIKED: &str = "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, application/xhtml+xml;q=0.9, \
                     application/xml;q=0.8, text/xml;q=0.8, text/plain;q=0.7, */*;q=0.5";

/// Who asks, as sites see it and as robots.txt files address it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserAgent {
    /// The product's name alone: letters, `-` and `_`.
    pub product: String,
    /// A mail or web address at which whoever runs it can be reached; empty where nobody gave one.
    pub contact: String,
}

impl fmt::Display for UserAgent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.product, env!("CARGO_PKG_VERSION"))?;
        if self.contact.is_empty() { Ok(()) } else { write!(f, " (+{})", self.contact) }
    }
}

/// A mail or web address in the form that it is sent in, or why it is none.
pub(crate) fn contact(text: &str) -> Result<String, String> {
    let text = text.trim();
    let is_sent = text.is_ascii() && !text.contains(|c: char| c.is_control() || c.is_whitespace() || matches!(c, '(' | ')'));
    let is_mail = text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')) && !text.contains('/');
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    match (is_sent, is_mail, is_web) {
        (true, true, _) => Ok(format!("mailto:{text}")),
        (true, _, true) => Ok(text.to_owned()),
        _ => Err(format!("`{text}` is neither a mail nor a web address; write you@example.org or https://example.org/about")),
    }
}

impl UserAgent {
    /// This program, asking for whoever can be reached at `contact`.
    ///
    /// # Errors
    /// Says that it is neither a mail nor a web address.
    pub fn of_contact(contact: &str) -> Result<UserAgent, String> {
        Ok(UserAgent { product: "sayso".to_owned(), contact: self::contact(contact)? })
    }

    /// This program, asking for somebody who does not say who they are: for a page or two that a person names.
    pub fn without_contact() -> UserAgent {
        UserAgent { product: "sayso".to_owned(), contact: String::new() }
    }
}

/// How sites are asked.
#[derive(Clone, Debug)]
pub struct Manners {
    /// Who asks.
    pub user_agent: UserAgent,
    /// The pause between two requests to one host, at least.
    pub pause: Duration,
    /// As long a whole request may take.
    pub timeout: Duration,
    /// The most bytes of one body, after decompression.
    pub body: usize,
    /// Requests that are under way at the same time.
    pub at_once: usize,
    /// Where the rules on addresses are loosened.
    pub allowances: Allowances,
}

/// One address to ask for, with what is known of it from the last time.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The address.
    pub url: Url,
    /// What its server said for asking whether it has changed.
    pub validators: Validators,
}

/// The network, asked politely.
pub struct Network {
    client: Client,
    manners: Manners,
    begun: Instant,
    permits: Semaphore,
    paces: Mutex<BTreeMap<String, Pace>>,
    sites: Mutex<BTreeMap<String, Arc<Site>>>,
}

/// What is known of a site: scheme, host and port.
#[derive(Default)]
struct Site {
    robots: tokio::sync::Mutex<Option<(Arc<Robots>, Instant)>>,
}

/// Whether robots.txt is heeded: for all but itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Heed {
    Robots,
    Nothing,
}

impl Network {
    /// A way to the network that keeps to these manners.
    ///
    /// # Errors
    /// Says why the system does not let this program use the network.
    pub fn open(manners: Manners) -> Result<Network, Error> {
        // A second call finds the first one's, which is the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(manners.user_agent.to_string())
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .dns_resolver(PublicResolver { allowances: manners.allowances.clone() })
            .connect_timeout(manners.timeout)
            .timeout(manners.timeout)
            .pool_max_idle_per_host(1)
            .build()
            .map_err(|error| Error::new(ErrorKind::Network, format!("the network cannot be used: {}", told::causes(&error))))?;
        Ok(Network {
            client,
            begun: Instant::now(),
            permits: Semaphore::new(manners.at_once.max(1)),
            manners,
            paces: Mutex::default(),
            sites: Mutex::default(),
        })
    }

    /// What an address answers.
    pub(crate) async fn get(&self, ask: &Ask) -> Result<Answer, Fault> {
        let measure = Measure { most: self.manners.body, excess: Excess::Refused, patience: self.manners.timeout };
        self.follow(ask, Heed::Robots, measure).await
    }

    async fn follow(&self, ask: &Ask, heed: Heed, measure: Measure) -> Result<Answer, Fault> {
        let mut url = ask.url.clone();
        let mut passed: Vec<(Url, StatusCode)> = Vec::new();
        loop {
            address::check(&url, &self.manners.allowances)?;
            let pause = match heed {
                Heed::Robots => self.heed_robots(&url).await?,
                Heed::Nothing => self.manners.pause,
            };
            self.turn(&url, pause).await?;
            let response = self.send(&url, &ask.validators).await?;
            let status = response.status();
            let Some(next) = told::redirect(&url, &response)? else {
                return self.answer(url, response, &passed, measure).await;
            };
            passed.push((url, status));
            if passed.iter().any(|(former, _)| *former == next) {
                return Err(Fault::new(FaultKind::Redirect, format!("it leads in a circle, back to {next}")));
            }
            if passed.len() > HOPS {
                return Err(Fault::new(FaultKind::Redirect, format!("it leads on more than {HOPS} times, at last to {next}")));
            }
            url = next;
        }
    }

    /// Whether a site lets an address be read, and with what pause.
    async fn heed_robots(&self, url: &Url) -> Result<Duration, Fault> {
        let robots = self.robots(url).await?;
        match &*robots {
            Robots::Closed(fault) if fault.kind == FaultKind::Unreachable => Err(fault.clone()),
            Robots::Closed(why) => {
                let message = format!("nothing is read of its site until robots.txt can be: {why}");
                Err(Fault::new(FaultKind::Busy, message).after(why.retry_after))
            }
            allowing if allowing.allows(url) => Ok(allowing.pause(self.manners.pause)),
            _ => {
                let product = &self.manners.user_agent.product;
                Err(Fault::new(FaultKind::Robots, format!("robots.txt of {} asks {product} not to read {url}", told::site(url))))
            }
        }
    }

    async fn robots(&self, url: &Url) -> Result<Arc<Robots>, Fault> {
        let site = Arc::clone(self.sites.lock().unwrap_or_else(PoisonError::into_inner).entry(told::site(url)).or_default());
        let mut known = site.robots.lock().await;
        let now = Instant::now();
        if let Some((robots, _)) = known.as_ref().filter(|(_, until)| *until > now) {
            return Ok(Arc::clone(robots));
        }
        let robots = Arc::new(self.fetch_robots(url).await?);
        let hold = if matches!(*robots, Robots::Closed(_)) { ROBOTS_AGAIN } else { ROBOTS_HOLD };
        *known = Some((Arc::clone(&robots), now + hold));
        Ok(robots)
    }

    /// 2xx is read, 4xx is none, everything else closes the site for the time being (RFC 9309, 2.3.1).
    async fn fetch_robots(&self, url: &Url) -> Result<Robots, Fault> {
        let Ok(address) = url.join("/robots.txt") else { return Ok(Robots::Open) };
        let ask = Ask { url: address, validators: Validators::default() };
        let product = &self.manners.user_agent.product;
        let measure = Measure { most: robots::LARGEST, excess: Excess::Cut, patience: self.manners.timeout };
        match Box::pin(self.follow(&ask, Heed::Nothing, measure)).await {
            Ok(answer) => Ok(match answer.body {
                Body::Bytes(bytes) => Robots::of_text(product, &bytes),
                Body::Unchanged => Robots::Open,
            }),
            Err(fault) => match fault.kind {
                FaultKind::Gone | FaultKind::Refused | FaultKind::Redirect | FaultKind::TooLarge => Ok(Robots::Open),
                FaultKind::Busy | FaultKind::Unreachable => Ok(Robots::Closed(fault)),
                FaultKind::Address | FaultKind::Untrusted | FaultKind::Robots | FaultKind::Unreadable => Err(fault),
            },
        }
    }

    /// Waits until it is the host's turn, unless it wants to be left alone for longer.
    async fn turn(&self, url: &Url, pause: Duration) -> Result<(), Fault> {
        let now = self.begun.elapsed();
        let turn = self.pace(url, |pace| pace.turn(now, pause)).map_err(|left_alone| {
            let message = format!("its server wants to be left alone for {} s", left_alone.as_secs());
            Fault::new(FaultKind::Busy, message).after(Some(left_alone))
        })?;
        sleep_until(self.begun + turn).await;
        Ok(())
    }

    fn pace<T>(&self, url: &Url, of: impl FnOnce(&mut Pace) -> T) -> T {
        let mut paces = self.paces.lock().unwrap_or_else(PoisonError::into_inner);
        of(paces.entry(url.host_str().unwrap_or_default().to_owned()).or_default())
    }

    async fn send(&self, url: &Url, validators: &Validators) -> Result<Response, Fault> {
        // The permits are never closed, so there always comes one.
        let _permit = self.permits.acquire().await;
        let mut request = self.client.get(url.clone()).header(ACCEPT, LIKED);
        // What one server said is not told to another.
        if validators.address.as_deref() == Some(url.as_str()) {
            if let Some(tag) = &validators.etag {
                request = request.header(IF_NONE_MATCH, tag);
            }
            if let Some(modified) = &validators.modified {
                request = request.header(IF_MODIFIED_SINCE, modified);
            }
        }
        request.send().await.map_err(|error| told::fault(&error, self.manners.timeout))
    }

    async fn answer(&self, url: Url, response: Response, passed: &[(Url, StatusCode)], measure: Measure) -> Result<Answer, Fault> {
        if let Err(fault) = told::status(&response) {
            if let Some(wait) = fault.retry_after {
                let until = self.begun.elapsed().saturating_add(wait.min(ROBOTS_HOLD));
                self.pace(&url, |pace| pace.hold(until));
            }
            return Err(fault);
        }
        answer::read(url, response, passed, measure).await
    }
}
