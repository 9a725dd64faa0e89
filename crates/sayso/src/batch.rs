//! How many documents are coded at once? In chunks, on all cores, handed on in the order they came in.

use rayon::prelude::*;
use sayso_types::Document;
use sayso_types::record::StatementRecord;

use crate::input::Position;
use crate::{Coder, Error, Input};

/// One document with its statements.
#[derive(Clone, Debug)]
pub struct Coded {
    /// The document.
    pub document: Document,
    /// Its statements, in the order of its text.
    pub statements: Vec<StatementRecord>,
    /// The input that it came from: a path, with the line, record or row where the file has several.
    pub origin: String,
    /// Where it stands in the file that it came from; `None` where it came from none.
    pub position: Option<Position>,
}

/// An input that gave no document, with the reason.
#[derive(Debug)]
pub struct Failure {
    /// What was wrong, and where.
    pub error: Error,
}

/// Documents that are coded together, at most.
const CHUNK: usize = 256;

/// Bytes of input after which a chunk is closed; with [`CHUNK`] a bound on memory, not on the result.
const CHUNK_BYTES: usize = 16 << 20;

/// Codes all inputs and hands each chunk on in order; what `take` returns as an error ends the run, a bad input does not.
///
/// # Errors
/// Only what `take` gives.
pub fn code_all<E>(
    coder: &Coder,
    inputs: impl Iterator<Item = Result<Input, Error>>,
    take: impl FnMut(Vec<Result<Coded, Failure>>) -> Result<(), E>,
) -> Result<(), E> {
    code_all_as(coder, inputs, |coded| coded, take)
}

/// The same, with each document turned into what leaves the program by `form`, which runs on all cores too.
///
/// # Errors
/// Only what `take` gives.
pub fn code_all_as<T: Send, E>(
    coder: &Coder,
    mut inputs: impl Iterator<Item = Result<Input, Error>>,
    form: impl Fn(Coded) -> T + Sync,
    mut take: impl FnMut(Vec<Result<T, Failure>>) -> Result<(), E>,
) -> Result<(), E> {
    loop {
        let chunk = chunk(&mut inputs);
        if chunk.is_empty() {
            return Ok(());
        }
        let coded = chunk.into_par_iter().with_max_len(1).map(|input| code_one(coder, input).map(&form)).collect();
        take(coded)?;
    }
}

/// The next inputs that are coded together; empty where there are no more.
fn chunk(inputs: &mut impl Iterator<Item = Result<Input, Error>>) -> Vec<Result<Input, Error>> {
    let mut chunk = Vec::new();
    let mut bytes = 0;
    while chunk.len() < CHUNK && bytes < CHUNK_BYTES {
        let Some(input) = inputs.next() else { break };
        bytes += input.as_ref().map_or(0, Input::size);
        chunk.push(input);
    }
    chunk
}

fn code_one(coder: &Coder, input: Result<Input, Error>) -> Result<Coded, Failure> {
    let failure = |error| Failure { error };
    let input = input.map_err(failure)?;
    let document = coder.document(&input).map_err(failure)?;
    let statements = coder.records(&document);
    Ok(Coded { document, statements, origin: input.origin, position: input.position })
}
