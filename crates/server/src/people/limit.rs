//! How often may who ask? So that nobody guesses passwords or keeps the others waiting.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::fault::Fault;

/// So many names and addresses are remembered before those that were quiet are forgotten.
const REMEMBERED: usize = 10_000;

/// How often may who try to sign in, in a minute: by address, and by name.
const SIGN_INS: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");

/// How often may a person or address ask, in a minute, where nobody says otherwise.
pub const REQUESTS: NonZeroU32 = NonZeroU32::new(12_000).expect("it is not zero");

/// The limits of one workbench.
pub(crate) struct Limits {
    sign_ins: DefaultKeyedRateLimiter<String>,
    requests: Option<DefaultKeyedRateLimiter<String>>,
}

impl Limits {
    /// With so many requests a minute for each person; `None` is as many as they like.
    pub(crate) fn new(requests: Option<NonZeroU32>) -> Limits {
        Limits {
            sign_ins: RateLimiter::keyed(Quota::per_minute(SIGN_INS)),
            requests: requests.map(|requests| RateLimiter::keyed(Quota::per_minute(requests))),
        }
    }

    /// Counts an attempt to sign in.
    pub(crate) fn sign_in(&self, place: &str, name: &str) -> Result<(), Fault> {
        counted(&self.sign_ins, &format!("from {place}"))?;
        counted(&self.sign_ins, &format!("as {}", name.trim().to_lowercase().chars().take(64).collect::<String>()))
    }

    /// Counts a request of a person, or of an address where nobody is signed in.
    pub(crate) fn request(&self, who: &str) -> Result<(), Fault> {
        self.requests.as_ref().map_or(Ok(()), |requests| counted(requests, who))
    }
}

fn counted(limiter: &DefaultKeyedRateLimiter<String>, key: &str) -> Result<(), Fault> {
    if limiter.len() > REMEMBERED {
        limiter.retain_recent();
    }
    limiter.check_key(&key.to_owned()).map_err(|until| {
        let wait = until.wait_time_from(DefaultClock::default().now()).max(Duration::from_secs(1));
        Fault::too_often(wait)
    })
}
