//! What does a site ask of programs that read it? RFC 9309: its robots.txt, as the group for this program's name says.

use std::fmt;
use std::time::Duration;

use texting_robots::Robot;
use url::Url;

use crate::fault::Fault;

/// So much of a robots.txt is read, as RFC 9309 (2.5) has it.
pub(crate) const LARGEST: usize = 500 << 10;

/// A pause that a site asks for is kept up to this; beyond it a site would be read once a day and less.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// What a site's robots.txt asks for.
pub(crate) enum Robots {
    /// There is none: everything may be read.
    Open,
    /// It cannot be had, so nothing is read until it can.
    Closed(Fault),
    /// Its rules.
    Rules(Box<Robot>),
}

impl Robots {
    /// The rules of a robots.txt for the program named `product`.
    pub(crate) fn of_text(product: &str, bytes: &[u8]) -> Robots {
        // A rule that the limit cuts in two could mean anything.
        let whole_lines = match bytes.get(..LARGEST) {
            Some(head) => &head[..head.iter().rposition(|byte| *byte == b'\n').unwrap_or(head.len())],
            None => bytes,
        };
        Robot::new(product, whole_lines).map_or(Robots::Open, |robot| Robots::Rules(Box::new(robot)))
    }

    /// Whether an address may be read.
    pub(crate) fn allows(&self, url: &Url) -> bool {
        match self {
            Robots::Open => true,
            Robots::Closed(_) => false,
            Robots::Rules(robot) => robot.allowed(url.as_str()),
        }
    }

    /// The pause between requests that it asks for, where it is more than `pause`, within reason.
    pub(crate) fn pause(&self, pause: Duration) -> Duration {
        match self {
            Robots::Rules(robot) => {
                let asked = robot.delay.and_then(|seconds| Duration::try_from_secs_f32(seconds).ok()).unwrap_or_default();
                pause.max(asked.min(LONGEST_PAUSE))
            }
            Robots::Open | Robots::Closed(_) => pause,
        }
    }
}

impl fmt::Debug for Robots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Robots::Open => f.write_str("Open"),
            Robots::Closed(why) => f.debug_tuple("Closed").field(why).finish(),
            Robots::Rules(_) => f.write_str("Rules"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, path: &str, allowed: bool) {
        let url = Url::parse("https://news.example").unwrap().join(path).unwrap();
        assert_eq!(Robots::of_text("sayso", text.as_bytes()).allows(&url), allowed, "{text:?} {path}");
    }

    #[test]
    fn a_site_is_read_as_its_robots_txt_asks() {
        check("", "/a", true);
        check("User-agent: *\nDisallow: /", "/a", false);
        check("User-agent: *\nDisallow: /\n\nUser-agent: sayso\nDisallow: /private", "/a", true);
        check("User-agent: *\nAllow: /\n\nUser-agent: Sayso\nDisallow: /", "/a", false);
        check("User-agent: *\nDisallow: /world\nAllow: /world/africa", "/world/africa/1", true);
        check("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", false);
        check("\u{feff}User-agent: *\nDisallow: /a", "/a", false);
        check("<html>not a robots.txt</html>", "/a", true);
    }

    #[test]
    fn what_stands_beyond_the_limit_is_not_read() {
        let filler = "# filler\n".repeat(LARGEST / 9 + 1);
        check(&format!("User-agent: *\n{filler}Disallow: /a"), "/a", true);
        check(&format!("User-agent: *\nDisallow: /a\n{filler}"), "/a", false);
    }

    #[test]
    fn a_pause_that_is_asked_for_is_kept_within_reason() {
        let pause = |text: &str| Robots::of_text("sayso", text.as_bytes()).pause(Duration::from_secs(2)).as_secs();
        assert_eq!(pause("User-agent: *\nCrawl-delay: 10"), 10);
        assert_eq!(pause("User-agent: *\nCrawl-delay: 0.1"), 2);
        assert_eq!(pause("User-agent: *\nCrawl-delay: 86400"), 60);
        assert_eq!(pause("User-agent: *\nCrawl-delay: -5"), 2);
        assert_eq!(pause("User-agent: *\nCrawl-delay: soon"), 2);
    }
}
