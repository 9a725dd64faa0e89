//! How are files unpacked while others are coded? In a thread of their own, a little ahead.

use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use super::Input;
use crate::{Error, ErrorKind};

type Item = Result<Input, Error>;

/// So many inputs, or bytes of them, are handed over together.
const TOGETHER: usize = 32;
const TOGETHER_BYTES: usize = 4 << 20;

/// So many of those wait at most.
const WAITING: usize = 4;

/// The same inputs in the same order, read by another thread while those before are worked on. That thread ends when whoever takes
/// them does, at the latest with its next input.
pub fn ahead(inputs: impl Iterator<Item = Item> + Send + 'static) -> impl Iterator<Item = Item> + Send {
    let (sender, receiver) = sync_channel(WAITING);
    let read = move || {
        let mut inputs = inputs;
        loop {
            let batch = batch(&mut inputs);
            if batch.is_empty() || sender.send(batch).is_err() {
                return;
            }
        }
    };
    match thread::Builder::new().name("reading".to_owned()).spawn(read) {
        Ok(_) => Ahead { receiver, batch: Vec::new().into_iter() },
        Err(error) => {
            let refused = Error::new(ErrorKind::Unreadable, format!("the system gives no thread to read with ({error}); try again"));
            Ahead { receiver, batch: vec![Err(refused)].into_iter() }
        }
    }
}

/// The next inputs that are handed over together; empty where there are no more.
fn batch(inputs: &mut impl Iterator<Item = Item>) -> Vec<Item> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while batch.len() < TOGETHER && bytes < TOGETHER_BYTES {
        let Some(input) = inputs.next() else { break };
        bytes += input.as_ref().map_or(0, Input::size);
        batch.push(input);
    }
    batch
}

struct Ahead {
    receiver: Receiver<Vec<Item>>,
    batch: std::vec::IntoIter<Item>,
}

impl Iterator for Ahead {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.batch.next() {
                return Some(item);
            }
            self.batch = self.receiver.recv().ok()?.into_iter();
        }
    }
}
