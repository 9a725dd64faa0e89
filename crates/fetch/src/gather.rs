//! Which requests are under way? One for each host, all hosts in their turn, handed back as they end.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use tokio::task::{Id, JoinSet};

use crate::fault::{Fault, FaultKind};
use crate::network::{Answer, Ask, Network};

/// Requests that wait, are under way and have ended, each with what it is for.
pub(crate) struct Gather<T> {
    network: Arc<Network>,
    /// By host; a host that is there has a request under way.
    waiting: BTreeMap<String, VecDeque<(Ask, T)>>,
    under_way: BTreeMap<Id, (String, T)>,
    tasks: JoinSet<Result<Answer, Fault>>,
}

impl<T> Gather<T> {
    /// Nothing to ask for as yet. Must be used inside a runtime.
    pub(crate) fn begin(network: &Arc<Network>) -> Gather<T> {
        Gather { network: Arc::clone(network), waiting: BTreeMap::new(), under_way: BTreeMap::new(), tasks: JoinSet::new() }
    }

    /// Asks for an address, at once or when those of its host that came before have ended.
    pub(crate) fn ask(&mut self, ask: Ask, of: T) {
        let host = ask.url.host_str().unwrap_or_default().to_owned();
        if let Some(queue) = self.waiting.get_mut(&host) {
            queue.push_back((ask, of));
        } else {
            self.waiting.insert(host.clone(), VecDeque::new());
            self.send(host, ask, of);
        }
    }

    fn send(&mut self, host: String, ask: Ask, of: T) {
        let network = Arc::clone(&self.network);
        let task = self.tasks.spawn(async move { network.get(&ask).await });
        self.under_way.insert(task.id(), (host, of));
    }

    /// The next request that has ended; `None` when none is left. May be dropped and called again.
    pub(crate) async fn next(&mut self) -> Option<(T, Result<Answer, Fault>)> {
        loop {
            let (id, answer) = match self.tasks.join_next_with_id().await? {
                Ok(ended) => ended,
                Err(error) => (error.id(), Err(Fault::new(FaultKind::Unreadable, "reading it failed; please report this address"))),
            };
            let Some((host, of)) = self.under_way.remove(&id) else { continue };
            match self.waiting.get_mut(&host).and_then(VecDeque::pop_front) {
                Some((ask, of)) => self.send(host, ask, of),
                None => drop(self.waiting.remove(&host)),
            }
            return Some((of, answer));
        }
    }

    /// Asks for nothing more; what is under way may end.
    pub(crate) fn let_go(&mut self) {
        self.waiting.values_mut().for_each(VecDeque::clear);
    }

    /// Breaks off what is under way.
    pub(crate) fn break_off(&mut self) {
        self.let_go();
        self.under_way.clear();
        self.tasks.abort_all();
    }
}
