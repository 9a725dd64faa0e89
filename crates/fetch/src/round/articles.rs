//! How do articles that wait come in? Fetched host by host, handed on in batches, and marked as kept only when the taker says so.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{Instant, timeout};

use super::lists::at;
use super::{Arrival, Failure, GRACE, Matter, Outside, Round, Stopped, TICK, Verdict, to_the_second};
use crate::address::document_address;
use crate::error::Error;
use crate::fault::Fault;
use crate::feed::{Writing, hex};
use crate::gather::Gather;
use crate::network::{Answer, Ask, Body, Network, Validators};
use crate::schedule::{self, Next};
use crate::state::{Kept, State, Waiting};
use crate::watchlist::Watchlist;

/// So many articles are handed on together, or after this time so many as there are.
const BATCH: usize = 32;
const BATCH_BYTES: usize = 16 << 20;
const BATCH_WAIT: Duration = Duration::from_secs(3);

/// An article that has come, and what is remembered of it once it is kept.
struct Come {
    waiting: Waiting,
    arrival: Arrival,
    kept: Kept,
}

/// Articles that have come and are not handed on yet.
struct Batch {
    come: Vec<Come>,
    bytes: usize,
    since: Instant,
}

impl Batch {
    fn empty() -> Batch {
        Batch { come: Vec::new(), bytes: 0, since: Instant::now() }
    }

    fn push(&mut self, come: Come) {
        if self.come.is_empty() {
            self.since = Instant::now();
        }
        self.bytes += match &come.arrival.matter {
            Matter::Page { bytes, .. } => bytes.len(),
            Matter::Feed(Writing::Html(text) | Writing::Text(text)) => text.len(),
        };
        self.come.push(come);
    }

    fn is_due(&self) -> bool {
        let is_full = self.come.len() >= BATCH || self.bytes >= BATCH_BYTES;
        is_full || (!self.come.is_empty() && self.since.elapsed() >= BATCH_WAIT)
    }
}

/// Fetches what waits, up to the limit of one round.
pub(super) async fn fetch<E>(
    network: &Arc<Network>,
    state: &mut State,
    list: &Watchlist,
    outside: Outside<'_>,
    round: &mut Round,
    take: &mut impl FnMut(Vec<Arrival>) -> Result<Vec<Verdict>, E>,
) -> Result<(), Stopped<E>> {
    let mut gather: Gather<Waiting> = Gather::begin(network);
    let mut batch = Batch::empty();
    for waiting in in_turn(state, list, outside.now())? {
        match waiting.told.link.clone() {
            Some(url) => gather.ask(Ask { url, validators: waiting.validators.clone() }, waiting),
            None => of_feed(state, waiting, outside.now(), round)?.into_iter().for_each(|come| batch.push(come)),
        }
        if batch.is_due() && !outside.is_to_stop() {
            hand_on(state, &mut batch, round, take)?;
        }
    }
    let mut deadline = None;
    loop {
        if outside.is_to_stop() {
            gather.let_go();
            if *deadline.get_or_insert_with(|| Instant::now() + GRACE) <= Instant::now() {
                gather.break_off();
            }
        }
        match timeout(TICK, gather.next()).await {
            Ok(None) => break,
            Ok(Some((waiting, answer))) => {
                of_page(state, waiting, answer, outside.now(), round)?.into_iter().for_each(|come| batch.push(come));
            }
            Err(_) => {}
        }
        if batch.is_due() {
            hand_on(state, &mut batch, round, take)?;
        }
    }
    hand_on(state, &mut batch, round, take)
}

/// The articles that are due, of all feeds in their turn, up to the limit of one round.
fn in_turn(state: &State, list: &Watchlist, now: Timestamp) -> Result<Vec<Waiting>, Error> {
    let most = list.limits.documents;
    let mut of_feeds = Vec::new();
    for feed in &list.feeds {
        of_feeds.push(VecDeque::from(state.waiting(&feed.url, now, most)?));
    }
    let mut turn = Vec::new();
    while turn.len() < most && of_feeds.iter().any(|waiting| !waiting.is_empty()) {
        turn.extend(of_feeds.iter_mut().filter_map(VecDeque::pop_front));
    }
    turn.truncate(most);
    Ok(turn)
}

/// An article whose text the feed gives; nothing where that has not changed.
fn of_feed<E>(state: &mut State, waiting: Waiting, now: Timestamp, round: &mut Round) -> Result<Option<Come>, Stopped<E>> {
    let Some(writing) = waiting.told.writing.clone() else {
        state.failed(&waiting, "the feed gives neither a link nor a text of it", Next::GivenUp)?;
        return Ok(None);
    };
    let words = match &writing {
        Writing::Html(text) | Writing::Text(text) => text,
    };
    let sha256 = hex(format!("{}\u{0}{words}", waiting.told.title.as_deref().unwrap_or_default()));
    let had = Had { url: waiting.url.clone(), validators: Validators::default(), status: 200, media: String::new(), sha256 };
    come(state, waiting, Matter::Feed(writing), had, now, round)
}

/// An article whose page has answered; nothing where it failed or has not changed.
fn of_page<E>(
    state: &mut State,
    waiting: Waiting,
    answer: Result<Answer, Fault>,
    now: Timestamp,
    round: &mut Round,
) -> Result<Option<Come>, Stopped<E>> {
    match answer {
        Err(fault) => {
            let next = schedule::article_failed(now, waiting.attempts + 1, &fault);
            let then = match next {
                Next::Again(time) => format!("asked again {}", at(time)),
                Next::GivenUp => "not asked again unless its feed says that it has changed".to_owned(),
            };
            state.failed(&waiting, &fault.to_string(), next)?;
            round.failures.push(Failure { input: waiting.url, reason: format!("{fault}; {then}") });
            Ok(None)
        }
        Ok(Answer { body: Body::Unchanged, .. }) => {
            round.same += 1;
            state.unchanged(waiting.number)?;
            Ok(None)
        }
        Ok(Answer { body: Body::Bytes(bytes), address, status, media, charset, validators, .. }) => {
            let had = Had { url: document_address(&address).to_string(), validators, status, media: media.clone(), sha256: hex(&bytes) };
            come(state, waiting, Matter::Page { bytes, media, charset }, had, now, round)
        }
    }
}

/// How an article was had.
struct Had {
    url: String,
    validators: Validators,
    status: u16,
    media: String,
    sha256: String,
}

fn come<E>(
    state: &mut State,
    waiting: Waiting,
    matter: Matter,
    had: Had,
    now: Timestamp,
    round: &mut Round,
) -> Result<Option<Come>, Stopped<E>> {
    if waiting.sha256.as_deref() == Some(&had.sha256) {
        round.same += 1;
        state.unchanged(waiting.number)?;
        return Ok(None);
    }
    let retrieved = to_the_second(now);
    let told = &waiting.told;
    let arrival = Arrival {
        id: waiting.url.clone(),
        url: had.url,
        matter,
        retrieved: retrieved.clone(),
        published: told.published.clone(),
        title: told.title.clone(),
        byline: told.byline.clone(),
        publisher: told.publisher.clone(),
        language: told.language.clone(),
    };
    let Had { validators, status, media, sha256, .. } = had;
    let kept = Kept { number: waiting.number, validators, status, media, sha256, retrieved };
    Ok(Some(Come { waiting, arrival, kept }))
}

/// Hands a batch on, and remembers what became of each article.
fn hand_on<E>(
    state: &mut State,
    batch: &mut Batch,
    round: &mut Round,
    take: &mut impl FnMut(Vec<Arrival>) -> Result<Vec<Verdict>, E>,
) -> Result<(), Stopped<E>> {
    let come = std::mem::replace(batch, Batch::empty()).come;
    if come.is_empty() {
        return Ok(());
    }
    let (mut remembered, mut arrivals) = (Vec::new(), Vec::new());
    for Come { waiting, arrival, kept } in come {
        remembered.push((waiting, kept));
        arrivals.push(arrival);
    }
    let verdicts = take(arrivals).map_err(Stopped::ByTaker)?;
    let mut all_kept = Vec::new();
    for ((waiting, kept), verdict) in remembered.into_iter().zip(verdicts) {
        match verdict {
            Verdict::Kept => all_kept.push(kept),
            Verdict::Refused(reason) => {
                state.failed(&waiting, &reason, Next::GivenUp)?;
                round.failures.push(Failure { input: waiting.url, reason });
            }
        }
    }
    round.kept += all_kept.len() as u64;
    state.kept(&all_kept)?;
    Ok(())
}
