//! Where does each mail of a mailbox begin? At a line that begins `From ` behind an empty one, as mail programs have written them
//! since the seventies.

use std::io::{self, BufRead, Read};

use super::report;
use crate::{Fault, FaultKind, LARGEST, Place, Reached, Report};

/// The mails of a mailbox, one after another.
pub(crate) struct Mailbox {
    reader: Box<dyn BufRead + Send>,
    reached: Reached,
    /// The length of the line that begins the next mail, where it is read already: it lies before us still.
    beginning: u64,
    ended: bool,
}

impl Mailbox {
    /// The mails that `reader` gives, behind what was reached before.
    pub(crate) fn new(reader: Box<dyn BufRead + Send>, reached: Reached) -> Mailbox {
        Mailbox { reader, reached, beginning: 0, ended: false }
    }

    /// The bytes of the next mail without the line that begins it, as many as are kept, and how many there are.
    fn mail(&mut self) -> io::Result<Option<(Vec<u8>, usize)>> {
        let (mut mail, mut size, mut line, mut blank) = (Vec::new(), 0, Vec::new(), true);
        let mut begun = self.beginning > 0;
        self.reached.offset += std::mem::take(&mut self.beginning);
        loop {
            line.clear();
            let read = (&mut self.reader).take(LARGEST as u64).read_until(b'\n', &mut line)?;
            if read == 0 {
                self.ended = true;
                return Ok(begun.then_some((mail, size)));
            }
            let begins = blank && line.starts_with(b"From ");
            if begins && begun {
                self.beginning = read as u64;
                return Ok(Some((mail, size)));
            }
            self.reached.offset += read as u64;
            begun |= begins;
            if begun && !begins {
                size += read;
                if size <= LARGEST {
                    mail.extend_from_slice(if is_marked(&line) { &line[1..] } else { &line });
                }
            }
            blank = line.trim_ascii().is_empty();
        }
    }
}

/// Whether a line would begin a mail if a writer had not put a mark before it.
fn is_marked(line: &[u8]) -> bool {
    let bare = line.iter().position(|byte| *byte != b'>').map_or(&[][..], |at| &line[at..]);
    line.starts_with(b">") && bare.starts_with(b"From ")
}

impl Iterator for Mailbox {
    type Item = Result<Report, Fault>;

    fn next(&mut self) -> Option<Result<Report, Fault>> {
        if self.ended {
            return None;
        }
        let mail = self.mail();
        self.reached.number += 1;
        let place = Place { label: format!("message {}", self.reached.number), reached: self.reached };
        match mail {
            Ok(None) => None,
            Ok(Some((_, size))) if size > LARGEST => {
                let reason = format!("the mail has more than the {} MB that a report can have", LARGEST >> 20);
                Some(Err(Fault::new(FaultKind::TooLarge, &place, reason)))
            }
            Ok(Some((mail, _))) => Some(report(&mail, place)),
            Err(error) => {
                self.ended = true;
                Some(Err(Fault::of_reading(&place, &error)))
            }
        }
    }
}
