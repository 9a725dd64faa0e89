//! `sayso serve`: the record as a web application on this machine, or for others who sign in.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use sayso_server::{Listening, Proxy, REQUESTS, Reach};

use crate::arguments::RecordFile;
use crate::ended::Ended;
use crate::terminal;

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    record: RecordFile,
    /// Address and port to listen at; port 0 takes a free one. Any but this machine's own needs people: see `sayso people add`.
    #[arg(long, default_value = "127.0.0.1:8787")]
    address: SocketAddr,
    /// A name under which it may be reached, besides this machine's own; may be given several times.
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// A proxy stands before it: believe what its X-Forwarded-For and X-Forwarded-Proto say. It must pass Host and Origin on unchanged.
    #[arg(long)]
    behind_proxy: bool,
    /// How often each person may ask in a minute; 0 is as often as they like.
    #[arg(long, value_name = "NUMBER", default_value_t = REQUESTS.get())]
    requests_per_minute: u32,
    /// In whose name you decide where the record has no people [default: SAYSO_USER, else the name you are logged in by].
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Tiles of your own for the map, beneath the events: a PMTiles file of vector or image tiles.
    #[arg(long, value_name = "FILE")]
    tiles: Option<PathBuf>,
}

/// Serves until interrupted.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let reach = Reach {
        address: arguments.address,
        hosts: arguments.hosts.clone(),
        proxy: if arguments.behind_proxy { Proxy::Trusted } else { Proxy::None },
        requests_per_minute: NonZeroU32::new(arguments.requests_per_minute),
    };
    let alone =
        arguments.by.clone().or_else(terminal::user).context("nobody says in whose name you decide; add --by NAME, or set SAYSO_USER")?;
    sayso_server::serve(&arguments.record.record, arguments.tiles.as_deref(), &reach, &alone, |listening| {
        let record = arguments.record.record.display();
        match listening {
            Listening::ByLink { link, name } => {
                terminal::tell(&format!("{record} is at {link}"));
                terminal::tell(&format!("The link lets one browser in, once; decisions are signed {name}. Ctrl-C ends it."));
            }
            Listening::BySignIn { address } => {
                terminal::tell(&format!("{record} is at http://{address}/ for the people of the record, who sign in. Ctrl-C ends it."));
            }
        }
    })?;
    Ok(Ended::Well)
}
