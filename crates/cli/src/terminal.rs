//! Who is reading: a person at a terminal, with colours or not, or a program? And what may be written to them?

use std::io::{self, IsTerminal, Write};

/// Writes one line to standard error; if nobody can be told, nothing is.
pub(crate) fn tell(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", plain(line));
}

/// Whether standard output is a terminal.
pub(crate) fn is_seen() -> bool {
    io::stdout().is_terminal()
}

/// Whether standard output may be coloured: a terminal, and nobody set `NO_COLOR` (<https://no-color.org>).
pub(crate) fn has_colour() -> bool {
    let set = |name: &str| setting(name).is_some_and(|value| !value.is_empty());
    let dumb = setting("TERM").is_some_and(|term| term == "dumb");
    is_seen() && !set("NO_COLOR") && !dumb
}

/// The columns to fill where standard output is no terminal: `COLUMNS`, else 120.
pub(crate) fn width() -> u16 {
    setting("COLUMNS").and_then(|columns| columns.parse().ok()).unwrap_or(120)
}

/// The text without what would steer a terminal: control characters other than line feeds and tabs become U+FFFD, and so do
/// characters that turn the direction of writing.
pub(crate) fn plain(text: &str) -> String {
    let steers = |c: char| (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.contains(steers) { text.replace(steers, "\u{fffd}") } else { text.to_owned() }
}

/// The text on one line.
pub(crate) fn one_line(text: &str) -> String {
    plain(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the environment comes in")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Who is at the terminal: `SAYSO_USER`, else the name that the system knows them by.
pub(crate) fn user() -> Option<String> {
    ["SAYSO_USER", "USER", "LOGNAME", "USERNAME"].into_iter().find_map(|name| setting(name).filter(|value| !value.trim().is_empty()))
}

/// The present time, RFC 3339 to the second.
#[expect(clippy::disallowed_methods, reason = "the command line is where the clock comes in")]
pub(crate) fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_cannot_steer_the_terminal() {
        assert_eq!(plain("six\u{1b}[2Jfarmers\u{202e}"), "six\u{fffd}[2Jfarmers\u{fffd}");
        assert_eq!(one_line(" two\n lines "), "two lines");
    }
}
