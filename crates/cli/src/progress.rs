//! How far is a long reading or verification? A line on the terminal that leaves again; nothing where nobody watches.

use std::fmt;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use sayso_store::Verified;

use crate::terminal;

/// The running count of documents, on standard error.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Begins to count; hidden where standard error is no terminal.
    pub(crate) fn begin() -> Progress {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
        let style = ProgressStyle::with_template("{spinner} {human_pos} documents read  {rate} a second  {elapsed}{msg}");
        let rate = |state: &ProgressState, out: &mut dyn fmt::Write| {
            let _ = write!(out, "{:.0}", state.per_sec());
        };
        bar.set_style(style.expect("the template is valid").with_key("rate", rate));
        bar.enable_steady_tick(Duration::from_millis(250));
        Progress { bar }
    }

    /// Counts further documents and says how many statements there are by now.
    pub(crate) fn advance(&self, documents: u64, statements: u64) {
        self.bar.inc(documents);
        self.bar.set_message(format!("  {statements} statements"));
    }

    /// Tells of an input that could not be read, above the count.
    pub(crate) fn tell(&self, line: &str) {
        self.bar.suspend(|| terminal::tell(line));
    }

    /// The documents so far and the time that they took.
    pub(crate) fn elapsed(&self) -> Duration {
        self.bar.elapsed()
    }

    /// Takes the line away.
    pub(crate) fn end(self) {
        self.bar.finish_and_clear();
    }
}

/// How much of a record has been held against its log, on standard error.
pub(crate) struct VerifyProgress {
    bar: ProgressBar,
}

impl VerifyProgress {
    /// Begins to count; hidden where standard error is no terminal.
    pub(crate) fn begin() -> VerifyProgress {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
        let style = ProgressStyle::with_template("{spinner} {human_pos} of {human_len} steps verified  {elapsed}");
        bar.set_style(style.expect("the template is valid"));
        bar.enable_steady_tick(Duration::from_millis(250));
        VerifyProgress { bar }
    }

    /// Shows how far it is.
    pub(crate) fn show(&self, verified: Verified) {
        self.bar.set_length(verified.of);
        self.bar.set_position(verified.done);
    }

    /// Takes the line away.
    pub(crate) fn end(self) {
        self.bar.finish_and_clear();
    }
}
