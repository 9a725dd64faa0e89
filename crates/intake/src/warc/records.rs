//! Where does each record of an archive begin and end, also where one of them is damaged or lies about its length?
//!
//! `fastwarc` reads the headers; the framing is done here, since whoever reads on behind a broken record must know what lies around it.

use std::io::{self, BufRead, Cursor, Read};

use fastwarc::warc::record::WarcRecord;

use crate::rewinding::Rewinding;
use crate::unpacking::{HELD, Member, Packing, Raw, dictionary};
use crate::{Fault, FaultKind, LARGEST, Place, Reached};

/// The most bytes of a record's header, and of one line of it.
const HEADER: usize = 64 << 10;

/// How much is shown of a record that is too large to be read: enough to tell what it holds.
const BEGINNING: usize = 16 << 10;

/// One record: its header, and its payload as it stands in the archive.
pub(super) struct Record {
    pub(super) header: WarcRecord,
    pub(super) payload: Payload,
    pub(super) place: Place,
}

pub(super) enum Payload {
    Whole(Vec<u8>),
    /// The beginning of one that is too large, and how large it is.
    Beginning(Vec<u8>, u64),
}

/// The records of an archive in order.
pub(super) struct Records {
    packing: Packing,
    dictionary: Vec<u8>,
    /// The member that is read; before the first and behind the last one the bare reader.
    member: At,
    /// The offset of that member.
    offset: u64,
    /// How many records lie behind, in all and in that member.
    number: u64,
    within: u64,
    /// How many records of the first member were read before.
    skip: u64,
}

enum At {
    /// Nothing is known of the bytes yet.
    Beginning(Raw),
    Between(Raw),
    In(Rewinding<Member>),
    End,
}

/// What went wrong in a record, before it is known where reading goes on.
enum Broken {
    /// The record is wrong, and reading can go on where the member's reader stands.
    Record(FaultKind, String),
    /// The member cannot be read on.
    Member(io::Error),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Broken {
        Broken::Member(error)
    }
}

fn damaged(reason: impl Into<String>) -> Broken {
    Broken::Record(FaultKind::Damaged, reason.into())
}

impl Records {
    pub(super) fn new(reader: Box<dyn Read + Send>, reached: Reached) -> Records {
        Records {
            packing: Packing::None,
            dictionary: Vec::new(),
            member: At::Beginning(Rewinding::new(reader, reached.offset, HELD)),
            offset: reached.offset,
            number: reached.number - reached.within.min(reached.number),
            within: 0,
            skip: reached.within,
        }
    }

    pub(super) fn next(&mut self) -> Option<Result<Record, Fault>> {
        loop {
            let found = match std::mem::replace(&mut self.member, At::End) {
                At::End => return None,
                At::Beginning(raw) => self.begin(raw).err(),
                At::Between(raw) => self.enter(raw).err(),
                At::In(member) => match self.record(member) {
                    Some(_) if self.skip > 0 => {
                        self.skip -= 1;
                        None
                    }
                    Some(Ok(record)) => return Some(Ok(record)),
                    Some(Err(fault)) => Some(fault),
                    None => None,
                },
            };
            if let Some(fault) = found {
                return Some(Err(fault));
            }
        }
    }

    /// Looks how the archive is packed.
    fn begin(&mut self, mut raw: Raw) -> Result<(), Fault> {
        let mut ready = || {
            self.packing = Packing::of(raw.peek(4)?);
            if self.packing == Packing::Zstd {
                self.dictionary = dictionary(&mut raw)?;
            }
            Ok(())
        };
        ready().map_err(|error: io::Error| Fault::of_reading(&self.next_place(), &error))?;
        self.member = At::Between(raw);
        Ok(())
    }

    /// Opens the member that begins here.
    fn enter(&mut self, mut raw: Raw) -> Result<(), Fault> {
        self.within = 0;
        let mut begins = || -> io::Result<bool> {
            // Writers that fill blocks leave zeros between members.
            while self.packing != Packing::None && raw.peek(1)?.first() == Some(&0) {
                raw.consume(1);
            }
            raw.mark();
            self.offset = raw.position();
            let head = raw.peek(4)?;
            if head.is_empty() {
                return Ok(false);
            }
            Ok(self.packing == Packing::None || self.packing == Packing::of(head))
        };
        match begins() {
            Ok(true) => {}
            Ok(false) if raw.peek(1).is_ok_and(<[u8]>::is_empty) => return Ok(()),
            Ok(false) => {
                let reason = "what stands here is no part of the archive; it was passed over";
                let place = self.next_place();
                return self.search(raw).and_then(|()| Err(Fault::new(FaultKind::Damaged, &place, reason)));
            }
            Err(error) => return Err(Fault::of_reading(&self.next_place(), &error)),
        }
        match Member::open(self.packing, raw, &self.dictionary) {
            Ok(member) => self.member = At::In(framed(member, self.offset, self.packing)),
            Err(error) => return Err(Fault::of_reading(&self.next_place(), &error)),
        }
        Ok(())
    }

    /// Looks for the next place where a member with a record begins.
    fn search(&mut self, mut raw: Raw) -> Result<(), Fault> {
        loop {
            match self.packing.seek(&mut raw) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(error) => return Err(Fault::of_reading(&self.place(), &error)),
            }
            raw.mark();
            let offset = raw.position();
            let member = Member::open(self.packing, raw, &self.dictionary).map_err(|error| Fault::of_reading(&self.place(), &error))?;
            let mut member = framed(member, offset, self.packing);
            let begins = member.peek(5).is_ok_and(|head| head.starts_with(b"WARC/"));
            if begins {
                (self.offset, self.within) = (offset, 0);
                self.member = At::In(member);
                return Ok(());
            }
            raw = member.into_inner().into_raw();
            if !raw.return_to(offset + 1) && raw.fill_buf().is_ok_and(<[u8]>::is_empty) {
                return Ok(());
            }
        }
    }

    /// The next record of a member; `None` where that has ended.
    fn record(&mut self, mut member: Rewinding<Member>) -> Option<Result<Record, Fault>> {
        let begun = blank(&mut member).and_then(|()| Ok(!member.peek(1)?.is_empty()));
        match begun {
            Ok(false) => {
                self.leave(member);
                return None;
            }
            Ok(true) => {
                member.mark();
                if self.packing == Packing::None {
                    self.offset = member.position();
                    self.within = 0;
                }
            }
            Err(error) => {
                (self.number, self.within) = (self.number + 1, self.within + 1);
                return Some(Err(self.broken(member, &error)));
            }
        }
        (self.number, self.within) = (self.number + 1, self.within + 1);
        let label = self.place().label;
        match read(&mut member) {
            Ok((header, payload)) => {
                self.go_on(member);
                Some(Ok(Record { header, payload, place: Place { label, reached: self.reached() } }))
            }
            Err(Broken::Record(kind, reason)) => {
                self.go_on(member);
                Some(Err(Fault { kind, place: Place { label, reached: self.reached() }, reason }))
            }
            Err(Broken::Member(error)) => Some(Err(self.broken(member, &error))),
        }
    }

    /// Stays in a member that has more, leaves one that has not.
    fn go_on(&mut self, mut member: Rewinding<Member>) {
        match member.peek(1) {
            Ok([]) => self.leave(member),
            // What cannot be read is met again, and told, as the next record.
            Ok(_) | Err(_) => {
                if self.packing == Packing::None {
                    (self.offset, self.within) = (member.position(), 0);
                }
                self.member = At::In(member);
            }
        }
    }

    fn leave(&mut self, member: Rewinding<Member>) {
        let raw = member.into_inner().into_raw();
        (self.offset, self.within) = (raw.position(), 0);
        self.member = if self.packing == Packing::None { At::End } else { At::Between(raw) };
    }

    /// Goes on behind a member that cannot be unpacked.
    fn broken(&mut self, member: Rewinding<Member>, error: &io::Error) -> Fault {
        let mut fault = Fault::of_reading(&self.place(), error);
        if fault.kind == FaultKind::Unreadable || self.packing == Packing::None {
            return fault;
        }
        let mut raw = member.into_inner().into_raw();
        raw.return_to(self.offset + 1);
        match self.search(raw) {
            Ok(()) => fault.place.reached = self.reached(),
            Err(worse) => fault = worse,
        }
        fault
    }

    fn reached(&self) -> Reached {
        Reached { number: self.number, offset: self.offset, within: self.within }
    }

    fn place(&self) -> Place {
        Place { label: format!("record {} (offset {})", self.number, self.offset), reached: self.reached() }
    }

    /// The place of what stands where a record should.
    fn next_place(&mut self) -> Place {
        self.number += 1;
        self.place()
    }
}

/// A member in which a record of any length that is read can be gone back in. What is not packed counts its bytes as the file does.
fn framed(member: Member, offset: u64, packing: Packing) -> Rewinding<Member> {
    Rewinding::new(member, if packing == Packing::None { offset } else { 0 }, LARGEST + HEADER)
}

/// Passes over the empty lines between records.
fn blank(member: &mut Rewinding<Member>) -> io::Result<()> {
    while let Some(b'\r' | b'\n') = member.peek(1)?.first() {
        member.consume(1);
    }
    Ok(())
}

/// Reads one record, to where the next one begins or the member ends.
fn read(member: &mut Rewinding<Member>) -> Result<(WarcRecord, Payload), Broken> {
    let begins = member.position();
    if !member.peek(5)?.starts_with(b"WARC/") {
        let passed = pass_over(member, begins)?;
        return Err(damaged(format!("{passed} bytes that belong to no record were passed over")));
    }
    let block = header_block(member)?;
    let header = WarcRecord::from_reader_with_opts(Cursor::new(block), true, 2 * HEADER);
    let length = header.as_ref().ok().and_then(|header| header.headers().get("Content-Length")?.trim().parse::<u64>().ok());
    let (Ok(header), Some(length)) = (header, length) else {
        pass_over(member, member.position())?;
        return Err(damaged("its header does not say how long it is (Content-Length); the record was passed over"));
    };
    if length > LARGEST as u64 {
        let beginning = member.peek(BEGINNING)?.to_vec();
        pass_over(member, member.position())?;
        return Ok((header, Payload::Beginning(beginning, length)));
    }
    Ok((header, Payload::Whole(payload(member, length as usize)?)))
}

/// The lines of a record's header with the empty one that ends them.
fn header_block(member: &mut Rewinding<Member>) -> Result<Vec<u8>, Broken> {
    let mut block = Vec::new();
    loop {
        let length = block.len();
        if member.take((HEADER - length) as u64).read_until(b'\n', &mut block)? == 0 {
            if length < HEADER {
                return Err(damaged("it is cut off within its header"));
            }
            pass_over(member, member.position())?;
            return Err(Broken::Record(FaultKind::TooLarge, format!("its header has more than {} KB; it was passed over", HEADER >> 10)));
        }
        if block[length..].trim_ascii().is_empty() {
            return Ok(block);
        }
    }
}

/// The payload of a record that says how long it is. Where that is not true, reading goes on at the next header.
fn payload(member: &mut Rewinding<Member>, length: usize) -> Result<Vec<u8>, Broken> {
    let begins = member.position();
    let mut bytes = Vec::new();
    member.take(length as u64).read_to_end(&mut bytes)?;
    let ended = bytes.len() < length;
    if !ended {
        blank(member)?;
        let next = member.peek(5)?;
        if next.is_empty() || next.starts_with(b"WARC/") {
            return Ok(bytes);
        }
    }
    // It says too much, and took the beginning of the next record with it; or it says too little, or was cut off.
    if let Some(header) = header_within(&bytes) {
        member.return_to(begins + header as u64);
    } else if ended {
        return Err(damaged(format!("it is cut off: its header promises {length} bytes, and {} follow", bytes.len())));
    } else {
        pass_over(member, member.position())?;
    }
    Err(damaged(format!("its header says that it has {length} bytes, and it does not end there; the record was passed over")))
}

/// Where in a payload a line begins as a record's header does.
fn header_within(bytes: &[u8]) -> Option<usize> {
    bytes.windows(8).position(|window| window.starts_with(b"\nWARC/") && is_version(&window[1..])).map(|newline| newline + 1)
}

fn is_version(line: &[u8]) -> bool {
    line.starts_with(b"WARC/1.") || line.starts_with(b"WARC/0.")
}

/// Passes over all until a line that begins as a record's header does; how many bytes lie between that and `from`.
fn pass_over(member: &mut Rewinding<Member>, from: u64) -> io::Result<u64> {
    let mut at_line_start = true;
    loop {
        let position = member.position();
        if at_line_start && is_version(member.peek(8)?) && position > from {
            return Ok(position - from);
        }
        let waiting = member.fill_buf()?;
        if waiting.is_empty() {
            return Ok(position - from);
        }
        let newline = waiting.iter().position(|byte| *byte == b'\n');
        let length = newline.map_or(waiting.len(), |newline| newline + 1);
        member.consume(length);
        at_line_start = newline.is_some();
    }
}
