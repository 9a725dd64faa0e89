//! Was this request answered already? A program that does not know whether its request arrived sends it again under the same key,
//! and gets the answer of the first time.

use std::collections::{BTreeMap, VecDeque};

use crate::fault::Fault;

/// So many answers are remembered.
const REMEMBERED: usize = 1024;

/// Keys longer than this are refused.
const LONGEST: usize = 200;

/// Whose request, by its key.
type Key = (String, String);

/// Answers by person and key, the last ones.
pub(crate) struct Repeated<T> {
    answers: BTreeMap<Key, (String, T)>,
    order: VecDeque<Key>,
}

impl<T> Default for Repeated<T> {
    fn default() -> Repeated<T> {
        Repeated { answers: BTreeMap::new(), order: VecDeque::new() }
    }
}

impl<T: Clone> Repeated<T> {
    /// The answer that a person's request under a key was given; `None` where there was none.
    ///
    /// # Errors
    /// Another request was sent under the key.
    pub(crate) fn answer(&self, who: &str, key: &str, request: &str) -> Result<Option<T>, Fault> {
        if key.len() > LONGEST {
            return Err(Fault::invalid("the Idempotency-Key is too long", format!("Make it {LONGEST} characters at most.")));
        }
        match self.answers.get(&(who.to_owned(), key.to_owned())) {
            Some((known, _)) if known != request => {
                Err(Fault::conflict("another request was sent under this Idempotency-Key", "Send each request under a key of its own."))
            }
            known => Ok(known.map(|(_, answer)| answer.clone())),
        }
    }

    /// Remembers the answer to a request.
    pub(crate) fn remember(&mut self, who: &str, key: &str, request: String, answer: T) {
        let key = (who.to_owned(), key.to_owned());
        if self.answers.insert(key.clone(), (request, answer)).is_none() {
            self.order.push_back(key);
        }
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.answers.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_known_again_by_person_and_key() {
        let mut repeated = Repeated::default();
        repeated.remember("ana", "k", "accept".to_owned(), 1);
        assert_eq!(repeated.answer("ana", "k", "accept").ok(), Some(Some(1)));
        assert_eq!(repeated.answer("ben", "k", "accept").ok(), Some(None), "another person's");
        assert_eq!(repeated.answer("ana", "l", "accept").ok(), Some(None));
        assert_eq!(repeated.answer("ana", "k", "reject").unwrap_err().status, 409);
    }

    #[test]
    fn the_oldest_answers_are_forgotten() {
        let mut repeated = Repeated::default();
        (0..=REMEMBERED).for_each(|number| repeated.remember("ana", &number.to_string(), String::new(), number));
        assert_eq!(repeated.answer("ana", "0", "").ok(), Some(None));
        assert_eq!(repeated.answer("ana", "1", "").ok(), Some(Some(1)));
    }
}
