//! How are the weights loaded and asked? [`Models`] reads one file and is the [`Scorer`] of the program.

use sayso_types::{Reading, Scorer};

use crate::error::Error;
use crate::names::{self, Names};
use crate::parser::{self, Actions, Labels};
use crate::table::{Reader, SparseTable, Table};
use crate::tagger::{self, Tagger};
use crate::verb_forms::{self, VerbForms};
use crate::words::words;

/// The make of the model file: it changes when a feature or the layout does, since weights fit only the features they were learned with.
pub const MODEL_VERSION: u32 = 2;

const MAGIC: &[u8; 8] = b"sayso-ln";

/// The linear models: parts of speech, verb forms, syntax and names.
#[derive(Clone)]
pub struct Models {
    tables: Tables,
}

/// The weights of each task.
#[derive(Clone)]
pub struct Tables {
    /// Parts of speech.
    pub tagger: Tagger,
    /// Forms of verbs.
    pub verb_forms: VerbForms,
    /// The parser's actions.
    pub actions: Actions,
    /// The names of arcs.
    pub labels: Labels,
    /// Names.
    pub names: Names,
}

impl From<Tables> for Models {
    fn from(tables: Tables) -> Models {
        Models { tables }
    }
}

impl Models {
    /// The models of a file's bytes, as [`Models::to_bytes`] wrote them: 8 bytes that name the make, its version, a checksum of the
    /// rest, then for each task the length and the bytes of its table.
    pub fn load(bytes: &[u8]) -> Result<Models, Error> {
        let mut reader = Reader { bytes };
        if reader.take(MAGIC.len())? != MAGIC {
            return Err(Error::version("expected a file that begins with `sayso-ln`"));
        }
        let version = reader.u32()?;
        if version != MODEL_VERSION {
            return Err(Error::version(format!("expected version {MODEL_VERSION}, found {version}; train it anew (training/README.md)")));
        }
        if reader.u32()? != checksum(reader.bytes) {
            return Err(Error::bytes("the checksum does not match: the file was cut or changed"));
        }
        let tables = Tables {
            tagger: Table::of_bytes(section(&mut reader)?)?,
            verb_forms: Table::of_bytes(section(&mut reader)?)?,
            actions: Table::of_bytes(section(&mut reader)?)?,
            labels: SparseTable::of_bytes(section(&mut reader)?)?,
            names: Table::of_bytes(section(&mut reader)?)?,
        };
        Ok(Models { tables })
    }

    /// The models as a file's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let tables = &self.tables;
        let sections = [
            tables.tagger.to_bytes(),
            tables.verb_forms.to_bytes(),
            tables.actions.to_bytes(),
            tables.labels.to_bytes(),
            tables.names.to_bytes(),
        ];
        let mut rest = Vec::new();
        for section in sections {
            rest.extend((section.len() as u32).to_le_bytes());
            rest.extend(section);
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(MODEL_VERSION.to_le_bytes());
        bytes.extend(checksum(&rest).to_le_bytes());
        bytes.extend(rest);
        bytes
    }
}

fn section<'b>(reader: &mut Reader<'b>) -> Result<&'b [u8], Error> {
    let length = reader.u32()? as usize;
    reader.take(length)
}

/// A 32-bit checksum (Adler's two sums over 64-bit words, folded): it finds damage, not malice.
fn checksum(bytes: &[u8]) -> u32 {
    let (mut low, mut high) = (1u64, bytes.len() as u64);
    for chunk in bytes.chunks(8) {
        let word = chunk.iter().rev().fold(0u64, |word, byte| word << 8 | u64::from(*byte));
        low = low.wrapping_add(word).rotate_left(5);
        high = high.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(low);
    }
    (high ^ (high >> 32)) as u32
}

impl Scorer for Models {
    fn tags(&self, sentences: &[&[&str]]) -> Vec<Reading> {
        let reading = |sentence: &&[&str]| {
            let words = words(sentence);
            let pos = tagger::tag(&self.tables.tagger, &words);
            let names = names::names(&self.tables.names, &words, &pos);
            Reading { pos, names, ..Reading::default() }
        };
        sentences.iter().map(reading).collect()
    }

    fn arcs(&self, sentences: &[&[&str]], readings: &mut [Reading]) {
        for (sentence, reading) in sentences.iter().zip(readings) {
            let words = words(sentence);
            let tags = verb_forms::fine_tags(&self.tables.verb_forms, &words, &reading.pos);
            let sentence = parser::Sentence { words: &words, tags: &tags };
            reading.arcs = parser::parse(&self.tables.actions, &self.tables.labels, sentence);
        }
    }
}
