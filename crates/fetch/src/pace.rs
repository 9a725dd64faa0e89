//! When is it a host's turn? One request after another with a pause between, and none while it wants to be left alone.

use std::time::Duration;

/// A host's next free moment, told as time since some beginning.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pace {
    free: Duration,
    /// It wants to be left alone until then.
    held: Duration,
}

/// Nobody waits longer for a host that wants to be left alone; what is asked of it meanwhile fails, and is asked again later.
const PATIENCE: Duration = Duration::from_secs(10);

impl Pace {
    /// When a request that is ready `now` may be sent; the one after it waits `pause` longer.
    ///
    /// # Errors
    /// How long the host is to be left alone, where that is too long to wait for.
    pub(crate) fn turn(&mut self, now: Duration, pause: Duration) -> Result<Duration, Duration> {
        let left_alone = self.held.saturating_sub(now);
        if left_alone > PATIENCE {
            return Err(left_alone);
        }
        let turn = self.free.max(self.held).max(now);
        self.free = turn.saturating_add(pause);
        Ok(turn)
    }

    /// Leaves the host alone until then.
    pub(crate) fn hold(&mut self, until: Duration) {
        self.held = self.held.max(until);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn requests_keep_their_distance() {
        let mut pace = Pace::default();
        assert_eq!(pace.turn(SECOND, 2 * SECOND), Ok(SECOND));
        assert_eq!(pace.turn(SECOND, 2 * SECOND), Ok(3 * SECOND));
        assert_eq!(pace.turn(SECOND, 2 * SECOND), Ok(5 * SECOND));
        assert_eq!(pace.turn(60 * SECOND, 2 * SECOND), Ok(60 * SECOND), "no turns are saved up");
    }

    #[test]
    fn a_host_that_wants_to_be_left_alone_is() {
        let mut pace = Pace::default();
        pace.hold(90 * SECOND);
        pace.hold(70 * SECOND);
        assert_eq!(pace.turn(30 * SECOND, SECOND), Err(60 * SECOND));
        assert_eq!(pace.turn(85 * SECOND, SECOND), Ok(90 * SECOND), "the rest is waited for");
        assert_eq!(pace.turn(100 * SECOND, SECOND), Ok(100 * SECOND));
    }
}
