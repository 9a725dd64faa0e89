//! How is a file read that may take any time and memory to read? In a process of its own, which the system keeps to its limits.
//!
//! The process is this program again ([`serve`]), so that none else need be there. It gives itself a limit of memory and of processor
//! time before it looks at a byte, and is ended where it does not answer in time; whatever becomes of it, the run goes on. Where the
//! program is a library in another one, such as Python, a thread takes its place: it holds the time, not the memory, and a crash of
//! it is a crash of the whole.

mod limits;

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{FaultKind, LARGEST, pdf};

/// Where files are read that may take any time and memory.
#[derive(Clone, Debug, Default)]
pub enum Cage {
    /// In a process of this program, which calls [`serve`] when it is started with these arguments.
    Process(PathBuf, Vec<OsString>),
    /// In a thread of this process.
    #[default]
    Thread,
}

/// How much reading one file may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Seconds.
    pub seconds: u64,
    /// Bytes of memory, all that the process has together.
    pub memory: u64,
    /// Pages.
    pub pages: usize,
}

impl Default for Limits {
    /// A minute, 1.5 GB, 1000 pages.
    fn default() -> Limits {
        Limits { seconds: 60, memory: 1536 << 20, pages: 1000 }
    }
}

/// What the process answers.
#[derive(Serialize, Deserialize)]
enum Answer {
    Text(String),
    Fault(Kind, String),
}

/// The kinds of faults that the process can find.
#[derive(Serialize, Deserialize)]
enum Kind {
    Damaged,
    TooLarge,
    Locked,
    NoText,
}

impl Cage {
    /// The text of a PDF.
    pub(crate) fn pdf(&self, bytes: Vec<u8>, limits: Limits) -> Result<String, (FaultKind, String)> {
        match self {
            Cage::Process(program, arguments) => in_process(program, arguments, bytes, limits),
            Cage::Thread => in_thread(bytes, limits),
        }
    }
}

/// Reads a PDF from `input` and answers on `output`, within limits that it gives itself: what the process of a [`Cage`] does.
///
/// # Errors
/// If the limits cannot be set, the PDF cannot be read or the answer cannot be written.
pub fn serve(mut input: impl Read, mut output: impl Write, limits: Limits) -> io::Result<()> {
    limits::keep(limits)?;
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let answer = match caught(bytes, limits) {
        Ok(text) => Answer::Text(text),
        Err((FaultKind::TooLarge, reason)) => Answer::Fault(Kind::TooLarge, reason),
        Err((FaultKind::Locked, reason)) => Answer::Fault(Kind::Locked, reason),
        Err((FaultKind::NoText, reason)) => Answer::Fault(Kind::NoText, reason),
        Err((_, reason)) => Answer::Fault(Kind::Damaged, reason),
    };
    serde_json::to_writer(&mut output, &answer)?;
    output.flush()
}

fn caught(bytes: Vec<u8>, limits: Limits) -> Result<String, (FaultKind, String)> {
    let read = catch_unwind(AssertUnwindSafe(|| pdf::text(bytes, limits)));
    read.unwrap_or_else(|_| Err((FaultKind::Damaged, "the PDF is so damaged that reading it was given up".to_owned())))
}

fn too_slow(limits: Limits) -> (FaultKind, String) {
    (FaultKind::GaveUp, format!("reading the PDF took longer than {} s and was given up; print it to a PDF anew", limits.seconds))
}

fn in_thread(bytes: Vec<u8>, limits: Limits) -> Result<String, (FaultKind, String)> {
    let (sender, receiver) = channel();
    let read = move || {
        // Nobody waits any longer where the time was up.
        let _ = sender.send(caught(bytes, limits));
    };
    let refused = |error: io::Error| (FaultKind::GaveUp, format!("the system gives no thread to read it with ({error}); try again"));
    thread::Builder::new().name("pdf".to_owned()).stack_size(64 << 20).spawn(read).map_err(refused)?;
    match receiver.recv_timeout(Duration::from_secs(limits.seconds)) {
        Ok(read) => read,
        Err(_) => Err(too_slow(limits)),
    }
}

fn in_process(program: &PathBuf, arguments: &[OsString], bytes: Vec<u8>, limits: Limits) -> Result<String, (FaultKind, String)> {
    let refused = |error: io::Error| (FaultKind::GaveUp, format!("the process that reads PDF cannot be started ({error}); try again"));
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(refused)?;
    let answer = answer(&mut child, bytes, limits);
    // It has answered or is to be ended: either way nothing of it is left behind.
    let _ = child.kill();
    let _ = child.wait();
    match answer {
        Some(Ok(Answer::Text(text))) => Ok(text),
        Some(Ok(Answer::Fault(kind, reason))) => Err((kind.into(), reason)),
        Some(Err(())) => {
            let reason =
                format!("reading the PDF took more than {} MB of memory, or broke off; print it to a PDF anew", limits.memory >> 20);
            Err((FaultKind::GaveUp, reason))
        }
        None => Err(too_slow(limits)),
    }
}

/// What the process answers; `Err` where it broke off, `None` where it does not answer in time.
fn answer(child: &mut Child, bytes: Vec<u8>, limits: Limits) -> Option<Result<Answer, ()>> {
    let (mut input, output) = (child.stdin.take()?, child.stdout.take()?);
    let (sender, receiver) = channel();
    // A process that breaks off does not read all that it is given.
    let write = thread::Builder::new().spawn(move || input.write_all(&bytes));
    let read = thread::Builder::new().spawn(move || {
        let mut answer = Vec::new();
        let read = output.take(8 * LARGEST as u64).read_to_end(&mut answer);
        let _ = sender.send(read.map_err(drop).and_then(|_| serde_json::from_slice(&answer).map_err(drop)));
    });
    if write.is_err() || read.is_err() {
        return Some(Err(()));
    }
    match receiver.recv_timeout(Duration::from_secs(limits.seconds)) {
        Ok(answer) => Some(answer),
        Err(RecvTimeoutError::Disconnected) => Some(Err(())),
        Err(RecvTimeoutError::Timeout) => None,
    }
}

impl From<Kind> for FaultKind {
    fn from(kind: Kind) -> FaultKind {
        match kind {
            Kind::Damaged => FaultKind::Damaged,
            Kind::TooLarge => FaultKind::TooLarge,
            Kind::Locked => FaultKind::Locked,
            Kind::NoText => FaultKind::NoText,
        }
    }
}
