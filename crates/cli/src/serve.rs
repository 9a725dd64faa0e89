//! `sayso serve`: the record as web pages on this machine.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use crate::arguments::RecordFile;
use crate::ended::Ended;
use crate::terminal;

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    record: RecordFile,
    /// Address and port of this machine; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8787")]
    address: SocketAddr,
    /// Tiles of your own for the map, beneath the events: a PMTiles file of vector or image tiles.
    #[arg(long, value_name = "FILE")]
    tiles: Option<PathBuf>,
}

/// Serves until interrupted.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    sayso_server::serve(&arguments.record.record, arguments.tiles.as_deref(), arguments.address, |address| {
        let record = arguments.record.record.display();
        terminal::tell(&format!("{record} is at http://{address}/ (for this machine only; Ctrl-C ends it)"));
    })?;
    Ok(Ended::Well)
}
