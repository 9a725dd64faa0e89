//! How are many documents coded at once? In chunks, on all cores, handed on in the order they came in.

use rayon::prelude::*;
use sayso_types::Document;
use sayso_types::record::StatementRecord;

use crate::{Coder, Error, Input};

/// One document with its statements.
#[derive(Clone, Debug)]
pub struct Coded {
    /// The document.
    pub document: Document,
    /// Its statements, in the order of its text.
    pub statements: Vec<StatementRecord>,
}

/// An input that gave no document, with the reason.
#[derive(Debug)]
pub struct Failure {
    /// What was wrong, and where.
    pub error: Error,
}

/// Documents that are coded together; a bound on memory, not on the result.
const CHUNK: usize = 128;

/// Codes all inputs and hands each chunk on in order; what `take` returns as an error ends the run, a bad input does not.
///
/// # Errors
/// Only what `take` gives.
pub fn code_all<E>(
    coder: &Coder,
    inputs: impl Iterator<Item = Result<Input, Error>>,
    mut take: impl FnMut(Vec<Result<Coded, Failure>>) -> Result<(), E>,
) -> Result<(), E> {
    let mut inputs = inputs.peekable();
    while inputs.peek().is_some() {
        let chunk: Vec<Result<Input, Error>> = inputs.by_ref().take(CHUNK).collect();
        let coded = chunk.into_par_iter().map(|input| code_one(coder, input)).collect();
        take(coded)?;
    }
    Ok(())
}

fn code_one(coder: &Coder, input: Result<Input, Error>) -> Result<Coded, Failure> {
    let failure = |error| Failure { error };
    let document = coder.document(&input.map_err(failure)?).map_err(failure)?;
    let statements = coder.records(&document);
    Ok(Coded { document, statements })
}
