//! At which addresses is a host? Those of the public network alone: what is checked here is what is connected to, so that a name
//! that means one address when it is checked and another when it is used gains nothing.

use std::net::{IpAddr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::address::{Allowances, private, special};

/// The system's resolver, less addresses that are not asked.
#[derive(Debug)]
pub(crate) struct PublicResolver {
    pub(crate) allowances: Allowances,
}

/// A host that lies only at addresses that are not asked.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct NoPublicAddress(String);

impl Resolve for PublicResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        let all = self.allowances.allows_private(&host);
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            let usable = if all { found } else { public(&host, found)? };
            Ok(Box::new(usable.into_iter()) as Addrs)
        })
    }
}

/// The public ones of a host's addresses.
fn public(host: &str, found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, NoPublicAddress> {
    let refused: Option<(IpAddr, &str)> = found.iter().find_map(|at| special(at.ip()).map(|purpose| (at.ip(), purpose)));
    let usable: Vec<SocketAddr> = found.into_iter().filter(|at| special(at.ip()).is_none()).collect();
    match refused {
        Some((address, purpose)) if usable.is_empty() => Err(NoPublicAddress(private(host, address, purpose))),
        _ => Ok(usable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(of: &[&str]) -> Vec<SocketAddr> {
        of.iter().map(|address| SocketAddr::new(address.parse().unwrap(), 0)).collect()
    }

    #[test]
    fn a_name_is_no_way_into_a_private_network() {
        assert!(public("rebound.example", addresses(&["127.0.0.1", "::1"])).is_err());
        assert_eq!(public("mixed.example", addresses(&["10.0.0.1", "1.1.1.1"])).unwrap(), addresses(&["1.1.1.1"]));
        assert_eq!(public("news.example", addresses(&["1.1.1.1"])).unwrap(), addresses(&["1.1.1.1"]));
    }
}
