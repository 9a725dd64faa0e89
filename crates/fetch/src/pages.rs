//! What do single addresses hold that a user names? Each fetched once, as politely as a watched one.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};

use jiff::Timestamp;
use url::Url;

use crate::address::document_address;
use crate::error::Error;
use crate::fault::{Fault, FaultKind};
use crate::feed;
use crate::gather::Gather;
use crate::network::{Answer, Ask, Body, Manners, Network, Validators};
use crate::round::{Arrival, Matter, runtime, to_the_second};

/// So many pages that have come may wait to be taken.
const AHEAD: usize = 16;

/// An address, and what it holds or why nothing that can be read.
pub type Fetched = (Url, Result<Arrival, Fault>);

/// What `addresses` hold, each with its address, as it comes. They are fetched while others are taken, and no more of them once nobody
/// takes them. `clock` tells when each was had.
///
/// # Errors
/// Says why the network cannot be used.
pub fn pages(addresses: Vec<Url>, manners: Manners, clock: fn() -> Timestamp) -> Result<Receiver<Fetched>, Error> {
    let network = Arc::new(Network::open(manners)?);
    let runtime = runtime()?;
    let (sender, receiver) = sync_channel(AHEAD);
    std::thread::spawn(move || {
        runtime.block_on(async {
            let mut gather = Gather::begin(&network);
            for url in addresses {
                gather.ask(Ask { url: url.clone(), validators: Validators::default() }, url);
            }
            while let Some((url, answer)) = gather.next().await {
                let arrival = answer.and_then(|answer| arrival(&url, answer, clock()));
                if sender.send((url, arrival)).is_err() {
                    gather.break_off();
                    break;
                }
            }
        });
    });
    Ok(receiver)
}

fn arrival(url: &Url, answer: Answer, now: Timestamp) -> Result<Arrival, Fault> {
    let Body::Bytes(bytes) = answer.body else {
        return Err(Fault::new(FaultKind::Unreadable, "the server says that nothing has changed, though nobody asked that"));
    };
    if !answer.media.contains("html") && feed::is_list(&bytes) {
        return Err(Fault::new(FaultKind::Unreadable, "this is a feed or sitemap; `sayso watch` reads those: see `sayso watch --help`"));
    }
    Ok(Arrival {
        id: document_address(url).to_string(),
        url: document_address(&answer.address).to_string(),
        matter: Matter::Page { bytes, media: answer.media, charset: answer.charset },
        retrieved: to_the_second(now),
        published: None,
        title: None,
        byline: None,
        publisher: None,
        language: None,
    })
}
