//! How far is a long reading or verification, and how long will it take yet? A line on the terminal that leaves again, or JSON lines
//! for a program that drives this one; nothing where nobody watches.

use std::cell::Cell;
use std::fmt;
use std::time::Duration;

use clap::ValueEnum;
use indicatif::{HumanBytes, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use sayso::input::Watch;
use sayso_store::Verified;
use serde_json::json;

use crate::terminal;

/// How progress is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shown {
    /// A line on the terminal, where standard error is one
    #[default]
    Auto,
    /// A JSON object a line on standard error, at most one a second
    Json,
    /// Not at all
    None,
}

/// What a reading has done by now.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Done {
    /// Documents read.
    pub(crate) documents: u64,
    /// Inputs that could not be read.
    pub(crate) failed: u64,
    /// Statements written.
    pub(crate) statements: u64,
}

/// The running count of documents, on standard error.
pub(crate) struct Progress {
    bar: ProgressBar,
    shown: Shown,
    watch: Watch,
    /// The bytes of all files that are read; `None` where nobody knows.
    of_bytes: Option<u64>,
    /// When the last JSON line was written.
    told: Cell<Duration>,
}

impl Progress {
    /// Begins to count the reading that `watch` watches.
    pub(crate) fn begin(shown: Shown, watch: Watch, of_bytes: Option<u64>) -> Progress {
        let target = if shown == Shown::Auto { ProgressDrawTarget::stderr_with_hz(8) } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        let style = ProgressStyle::with_template("{spinner} {human_pos} documents read  {rate} a second  {elapsed}{msg}");
        let rate = |state: &ProgressState, out: &mut dyn fmt::Write| {
            let _ = write!(out, "{:.0}", state.per_sec());
        };
        bar.set_style(style.expect("the template is valid").with_key("rate", rate));
        bar.enable_steady_tick(Duration::from_millis(250));
        Progress { bar, shown, watch, of_bytes, told: Cell::new(Duration::ZERO) }
    }

    /// Shows what is done by now, above it what the user should know.
    pub(crate) fn show(&self, done: Done) {
        self.watch.notes().iter().for_each(|note| self.tell(&format!("sayso: {note}")));
        self.bar.set_position(done.documents);
        let behind =
            self.of_bytes.map_or_else(String::new, |of| format!("  {} of {}", HumanBytes(self.watch.bytes().min(of)), HumanBytes(of)));
        let left = self.left().map_or_else(String::new, |left| format!(", about {} left", HumanDuration(left)));
        self.bar.set_message(format!("  {} statements{behind}{left}", done.statements));
        let since = self.bar.elapsed().saturating_sub(self.told.get());
        if self.shown == Shown::Json && (since >= Duration::from_secs(1) || self.told.get().is_zero()) {
            self.tell_json(done, false);
        }
    }

    /// How long it will take yet, going on as until now; `None` before that can be told.
    fn left(&self) -> Option<Duration> {
        let (of, read) = (self.of_bytes?, self.watch.bytes().saturating_sub(self.watch.bytes_skipped()));
        let left = of.saturating_sub(self.watch.bytes());
        let elapsed = self.bar.elapsed();
        (read > 0 && elapsed > Duration::from_secs(2)).then(|| elapsed.mul_f64(left as f64 / read as f64))
    }

    fn tell_json(&self, done: Done, ended: bool) {
        let elapsed = self.bar.elapsed();
        self.told.set(elapsed.max(Duration::from_millis(1)));
        let seconds = elapsed.as_secs_f64();
        let line = json!({
            "progress": if ended { "ended" } else { "reading" }, "documents": done.documents, "failed": done.failed,
            "done_before": self.watch.skipped(), "passed_over": self.watch.passed_over(), "statements": done.statements,
            "bytes": self.watch.bytes(), "of_bytes": self.of_bytes, "seconds": (seconds * 1e3).round() / 1e3,
            "documents_a_second": ((done.documents as f64 / seconds.max(1e-3)) * 10.0).round() / 10.0,
            "seconds_left": if ended { Some(0) } else { self.left().map(|left| left.as_secs()) },
        });
        terminal::tell(&line.to_string());
    }

    /// Tells of an input that could not be read, above the count.
    pub(crate) fn tell(&self, line: &str) {
        self.bar.suspend(|| terminal::tell(line));
    }

    /// The time that it took so far.
    pub(crate) fn elapsed(&self) -> Duration {
        self.bar.elapsed()
    }

    /// Takes the line away.
    pub(crate) fn end(self, done: Done) {
        self.watch.notes().iter().for_each(|note| self.tell(&format!("sayso: {note}")));
        if self.shown == Shown::Json {
            self.tell_json(done, true);
        }
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
