//! Which blocks of addresses are of no public server? Those of `data/network/special-addresses.tsv`.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::LazyLock;

/// A block of IP addresses and what it is for.
pub(super) struct Block {
    network: IpAddr,
    bits: u32,
    pub(super) purpose: &'static str,
}

impl Block {
    /// Whether an address lies in it.
    pub(super) fn holds(&self, address: IpAddr) -> bool {
        let (network, address, width) = match (self.network, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => (u128::from(u32::from(network)), u128::from(u32::from(address)), 32),
            (IpAddr::V6(network), IpAddr::V6(address)) => (network.into(), address.into(), Ipv6Addr::BITS),
            _ => return false,
        };
        (network ^ address).checked_shr(width - self.bits).unwrap_or_default() == 0
    }
}

/// All blocks of the table.
pub(super) fn blocks() -> &'static [Block] {
    static BLOCKS: LazyLock<Vec<Block>> = LazyLock::new(|| {
        let table = include_str!("../../../../data/network/special-addresses.tsv");
        table.lines().skip(2).map(|line| block(line).expect("the table is whole, which a test checks")).collect()
    });
    &BLOCKS
}

fn block(line: &'static str) -> Option<Block> {
    let (block, purpose) = line.split_once('\t')?;
    let (network, bits) = block.split_once('/')?;
    let (network, bits): (IpAddr, u32) = (network.parse().ok()?, bits.parse().ok()?);
    let width = if network.is_ipv4() { 32 } else { Ipv6Addr::BITS };
    (1..=width).contains(&bits).then_some(Block { network, bits, purpose })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        assert!(blocks().len() > 20);
        assert!(blocks().iter().all(|block| block.holds(block.network)), "each block holds its first address");
    }
}
