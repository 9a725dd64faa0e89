//! Which reports do JSON lines hold? One a line; a line that does not read is a fault in its place, and the next one is read.

use std::io::{BufRead, Read};

use serde::Deserialize;

use crate::{Content, Fault, FaultKind, Known, LARGEST, Place, Reached, Report};

/// The fields of a line. What else it has is not looked at.
#[derive(Deserialize)]
struct Line {
    id: Option<String>,
    text: Option<String>,
    html: Option<String>,
    title: Option<String>,
    url: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    credit: Option<String>,
    byline: Option<String>,
    language: Option<String>,
    retrieved: Option<String>,
}

/// The reports of JSON lines.
pub(crate) struct Lines {
    reader: Box<dyn BufRead + Send>,
    reached: Reached,
    ended: bool,
}

impl Lines {
    /// The lines that `reader` gives, behind what was reached before.
    pub(crate) fn new(reader: Box<dyn BufRead + Send>, reached: Reached) -> Lines {
        Lines { reader, reached, ended: false }
    }

    fn place(&self) -> Place {
        Place { label: self.reached.number.to_string(), reached: self.reached }
    }

    /// Reads on to the end of a line that is too long.
    fn pass_over(&mut self) -> std::io::Result<()> {
        loop {
            let waiting = self.reader.fill_buf()?;
            let newline = waiting.iter().position(|byte| *byte == b'\n');
            let length = newline.map_or(waiting.len(), |newline| newline + 1);
            let ended = waiting.is_empty() || newline.is_some();
            self.reader.consume(length);
            self.reached.offset += length as u64;
            if ended {
                return Ok(());
            }
        }
    }

    /// The next line that is not empty.
    fn line(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            let read = (&mut self.reader).take(LARGEST as u64 + 1).read_until(b'\n', &mut bytes)?;
            self.reached.offset += read as u64;
            if read == 0 {
                return Ok(None);
            }
            self.reached.number += 1;
            if !bytes.trim_ascii().is_empty() {
                return Ok(Some(bytes));
            }
        }
    }
}

impl Iterator for Lines {
    type Item = Result<Report, Fault>;

    fn next(&mut self) -> Option<Result<Report, Fault>> {
        if self.ended {
            return None;
        }
        let line = self.line().and_then(|line| {
            let too_long = line.as_ref().is_some_and(|line| line.len() > LARGEST && !line.ends_with(b"\n"));
            if too_long { self.pass_over().map(|()| line) } else { Ok(line) }
        });
        match line {
            Ok(None) => {
                self.ended = true;
                None
            }
            Ok(Some(line)) => Some(parse(&line, self.place())),
            Err(error) => {
                self.ended = true;
                self.reached.number += 1;
                Some(Err(Fault::of_reading(&self.place(), &error)))
            }
        }
    }
}

fn parse(line: &[u8], place: Place) -> Result<Report, Fault> {
    let fault = |reason: String| Fault::new(FaultKind::Json, &place, reason);
    if line.len() > LARGEST {
        let reason = format!("the line has more than {} MB; give one report a line", LARGEST >> 20);
        return Err(Fault::new(FaultKind::TooLarge, &place, reason));
    }
    let text = std::str::from_utf8(line).map_err(|error| {
        fault(format!("byte {} of the line is not UTF-8, which JSON must be; convert the file to UTF-8", error.valid_up_to() + 1))
    })?;
    let line: Line = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        fault(format!("not a JSON document ({}); write {{\"id\": …, \"text\" or \"html\": …}} on one line", position(&error)))
    })?;
    let content = match (line.html, line.text) {
        (Some(html), _) => Content::Html(html),
        (None, Some(text)) => Content::Text(text),
        (None, None) => return Err(fault("neither `text` nor `html` is given; give one of them".to_owned())),
    };
    let known = Known {
        id: line.id,
        title: line.title,
        url: line.url,
        publisher: line.publisher,
        published: line.published,
        credit: line.credit,
        byline: line.byline,
        language: line.language,
        retrieved: line.retrieved,
    };
    Ok(Report { content, known, place })
}

/// What serde says, with the column alone: the line is always the first of its own.
fn position(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ").replace(" at line 1, column ", " at column ")
}
