//! How does a network leave the workbench? As the network that other programs are written for.

use sayso_exchange::network::{Network, Node, Tie};

use super::{NetworkAnswer, Tied};

impl NetworkAnswer {
    /// The network as it is written for other programs.
    pub(crate) fn leaving(&self) -> Network {
        let actors = self.nodes.iter().map(|node| Node { id: node.id.clone(), name: node.name.clone(), kind: String::new() });
        let ties = self.edges.iter().flat_map(|edge| &edge.relations).map(tie);
        let mut network =
            Network { actors: actors.collect(), ties: ties.collect(), about: "Relations that news reports tell of, by sayso".to_owned() };
        network.settle();
        network
    }
}

fn tie(tied: &Tied) -> Tie {
    Tie {
        id: tied.id.clone(),
        type_code: tied.type_code.clone(),
        mode: tied.mode.clone(),
        from: tied.from.clone(),
        to: tied.to.clone(),
        periods: tied.periods.clone(),
        earliest: tied.earliest.clone(),
        latest: tied.latest.clone(),
        ended: tied.ended,
        sources: tied.sources,
        denied: tied.denied,
        words: String::new(),
        urls: String::new(),
    }
}
