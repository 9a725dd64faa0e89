//! Which addresses may be asked? Public ones over HTTP at the usual ports: never this machine, its network or a cloud's store of
//! credentials, whatever a feed, a redirect or a name server says.

mod block;
mod document;

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::fault::{Fault, FaultKind};
use block::blocks;
pub(crate) use document::document_address;

/// Where the rules are loosened, by the user's own word.
#[derive(Clone, Debug, Default)]
pub struct Allowances {
    /// Hosts that may be at a private address, at any port.
    pub private_hosts: BTreeSet<String>,
    /// Ports beside 80 and 443.
    pub ports: BTreeSet<u16>,
}

impl Allowances {
    /// Whether a host may be at a private address.
    pub(crate) fn allows_private(&self, host: &str) -> bool {
        self.private_hosts.contains(host.trim_matches(['[', ']']))
    }
}

/// What a special-purpose block that an IP address lies in is for; `None` for an address of the public network. An IPv4 address
/// inside an IPv6 one (mapped, translated, 6to4) counts as itself.
pub fn special(address: IpAddr) -> Option<&'static str> {
    let address = match address {
        IpAddr::V6(six) => inner_four(six).map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    };
    blocks().iter().find(|block| block.holds(address)).map(|block| block.purpose)
}

/// The IPv4 address that traffic to an IPv6 address ends at.
fn inner_four(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let four = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => Some(four(high, low)),
        _ => None,
    }
}

/// Says why an address may not be asked, as far as it can be told before its name is resolved.
pub(crate) fn check(url: &Url, allowances: &Allowances) -> Result<(), Fault> {
    let refuse = |message: String| Err(Fault::new(FaultKind::Address, message));
    if !matches!(url.scheme(), "http" | "https") {
        return refuse(format!("only http and https are fetched, not {}", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("an address with a user name or password in it is not fetched; name it without".to_owned());
    }
    let (Some(host), Some(name)) = (url.host(), url.host_str()) else {
        return refuse("the address names no host".to_owned());
    };
    if allowances.allows_private(name) {
        return Ok(());
    }
    let port = url.port_or_known_default().unwrap_or_default();
    if !matches!(port, 80 | 443) && !allowances.ports.contains(&port) {
        return refuse(format!(
            "port {port} is not asked; add --allow-private {name} if it is a server of your own, or the port to `ports` of [limits] in the \
             list of feeds if it is a public one"
        ));
    }
    let literal = match host {
        Host::Ipv4(four) => Some(IpAddr::V4(four)),
        Host::Ipv6(six) => Some(IpAddr::V6(six)),
        Host::Domain(_) => None,
    };
    match literal.and_then(|address| special(address).map(|purpose| (address, purpose))) {
        Some((address, purpose)) => refuse(private(name, address, purpose)),
        None => Ok(()),
    }
}

/// That a host lies at an address that is not asked.
pub(crate) fn private(host: &str, address: IpAddr, purpose: &str) -> String {
    let literal = address.to_string();
    let at = if host.trim_matches(['[', ']']) == literal { literal } else { format!("{host} is at {literal}, which") };
    format!("{at} is no public address ({purpose}); add --allow-private {host} if it is a server of your own")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_network_are_asked() {
        for inside in [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.100.100.200",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2001:0:1::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
        ] {
            assert!(special(inside.parse().unwrap()).is_some(), "{inside}");
        }
        for outside in ["1.1.1.1", "100.63.255.255", "100.128.0.0", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"] {
            assert_eq!(special(outside.parse().unwrap()), None, "{outside}");
        }
    }

    #[test]
    fn an_address_is_refused_in_whatever_form_it_is_written() {
        let allowances = Allowances { private_hosts: ["intranet.example".to_owned(), "::1".to_owned()].into(), ports: [8443].into() };
        for (address, refused) in [
            ("https://news.example/a", false),
            ("http://news.example:80/a", false),
            ("https://news.example:8443/a", false),
            ("https://news.example:22/", true),
            ("ftp://news.example/a", true),
            ("file:///etc/passwd", true),
            ("https://user@news.example/", true),
            ("https://:secret@news.example/", true),
            ("http://2130706433/", true),
            ("http://0x7f.1/", true),
            ("http://017700000001/", true),
            ("http://[::ffff:7f00:1]/", true),
            ("http://169.254.169.254/latest/meta-data", true),
            ("http://intranet.example:8080/", false),
            ("http://[::1]:8080/", false),
        ] {
            assert_eq!(check(&Url::parse(address).unwrap(), &allowances).is_err(), refused, "{address}");
        }
    }
}
