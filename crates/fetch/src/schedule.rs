//! When is a feed or an article asked again, after it answered or failed? Pure: the time comes in.

use jiff::{SignedDuration, Timestamp};

use crate::fault::Fault;

/// After the first failure it is asked again so soon; each further one doubles the wait.
const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(5);

/// Nothing waits longer, whatever a server asks for.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(24);

/// So often an article is tried that might still come.
const TRIES: u32 = 8;

/// What becomes of an article that could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// It is asked again then.
    Again(Timestamp),
    /// It is asked no more, unless its feed says that it has changed.
    GivenUp,
}

/// When a feed that was read is due again: as often as the user says, but not more often than the feed itself asks for.
pub(crate) fn feed_read(now: Timestamp, every: SignedDuration, asked: Option<SignedDuration>) -> Timestamp {
    later(now, every.max(asked.unwrap_or_default().min(LONGEST_WAIT)))
}

/// When a feed that failed so often in a row is due again. A feed is never given up.
pub(crate) fn feed_failed(now: Timestamp, every: SignedDuration, failures: u32, fault: &Fault) -> Timestamp {
    later(now, backoff(failures, fault).max(every))
}

/// What becomes of an article that failed so often.
pub(crate) fn article_failed(now: Timestamp, attempts: u32, fault: &Fault) -> Next {
    if fault.lasts() || attempts >= TRIES { Next::GivenUp } else { Next::Again(later(now, backoff(attempts, fault))) }
}

/// Five minutes, ten, twenty … a day; longer where the server says so, a day at most.
fn backoff(failures: u32, fault: &Fault) -> SignedDuration {
    let doubled = FIRST_WAIT.checked_mul(1 << failures.saturating_sub(1).min(16)).unwrap_or(LONGEST_WAIT);
    let asked = fault.retry_after.and_then(|wait| SignedDuration::try_from(wait).ok()).unwrap_or_default();
    doubled.max(asked).min(LONGEST_WAIT)
}

fn later(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.saturating_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::fault::FaultKind;

    fn now() -> Timestamp {
        "2017-09-01T08:00:00Z".parse().unwrap()
    }

    fn minutes(until: Timestamp) -> i64 {
        until.duration_since(now()).as_mins()
    }

    #[test]
    fn a_feed_is_read_as_often_as_user_and_feed_agree() {
        let quarter = SignedDuration::from_mins(15);
        assert_eq!(minutes(feed_read(now(), quarter, None)), 15);
        assert_eq!(minutes(feed_read(now(), quarter, Some(SignedDuration::from_mins(60)))), 60);
        assert_eq!(minutes(feed_read(now(), quarter, Some(SignedDuration::from_hours(9000)))), 24 * 60);
    }

    #[test]
    fn a_failing_feed_is_asked_ever_less_often_but_never_given_up() {
        let busy = Fault::new(FaultKind::Busy, "503");
        let waits: Vec<i64> = [1, 2, 3, 4, 9, 40].map(|n| minutes(feed_failed(now(), SignedDuration::from_mins(15), n, &busy))).to_vec();
        assert_eq!(waits, [15, 15, 20, 40, 1280, 1440]);
    }

    #[test]
    fn a_server_that_names_a_time_is_left_alone_until_then() {
        let later = Fault::new(FaultKind::Busy, "429").after(Some(Duration::from_secs(7200)));
        assert_eq!(article_failed(now(), 1, &later), Next::Again("2017-09-01T10:00:00Z".parse().unwrap()));
        let absurd = Fault::new(FaultKind::Busy, "429").after(Some(Duration::from_secs(u64::MAX)));
        assert!(matches!(article_failed(now(), 1, &absurd), Next::Again(at) if minutes(at) <= 1440));
    }

    #[test]
    fn an_article_that_is_gone_is_asked_no_more() {
        assert_eq!(article_failed(now(), 1, &Fault::new(FaultKind::Gone, "404")), Next::GivenUp);
        let silent = Fault::new(FaultKind::Unreachable, "no answer");
        assert_eq!(article_failed(now(), 1, &silent), Next::Again("2017-09-01T08:05:00Z".parse().unwrap()));
        assert_eq!(article_failed(now(), 8, &silent), Next::GivenUp);
    }
}
