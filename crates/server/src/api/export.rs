//! What a question finds as a file, in the forms of other programs, streamed as it is read.

use std::io::{self, Write};

use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HOST, HeaderValue};
use axum::response::{IntoResponse, Response};
use sayso::question::Question;
use sayso_exchange::list::{ByteOrderMark, What};
use sayso_exchange::{Choice, Export, Format, Made};
use serde::Deserialize;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tokio_stream::{Stream, StreamExt};
use utoipa::{IntoParams, ToSchema};

use super::search::{Questioning, Searching};
use super::{Leaving, Looking};
use crate::answer::search::As;
use crate::desk::{Desk, PROGRAM, Reader, now};
use crate::extract::Asked;
use crate::fault::{Fault, Problem};

/// So many bytes are sent at a time, and so many such pieces wait for a slow reader before the record does.
const PIECE: usize = 64 << 10;
const WAITING: usize = 4;

/// As which file.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filing {
    /// In which form: csv, jsonl, xlsx, acled, ged, polecat, geojson, gpkg, kml, graphml, gexf, stix, ftm, jsonld, markdown or docx.
    #[serde(default)]
    #[param(inline)]
    format: Format,
    /// Of CSV, whether it begins with a byte order mark, by which Excel reads other than Latin letters: yes or no.
    #[serde(default)]
    #[param(inline)]
    bom: YesNo,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum YesNo {
    /// Yes.
    Yes,
    /// No.
    #[default]
    No,
}

/// What a question finds, as a file; `as` says of what a list is (CSV, JSON lines, XLSX), the other forms are of events and relations
#[utoipa::path(
    get,
    path = "/export",
    tag = "search",
    params(Questioning, Searching, Filing, Leaving, Looking),
    responses(
        (status = 200, description = "The file", content((String = "text/csv"), (String = "application/x-ndjson"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn export(
    desk: Desk,
    headers: HeaderMap,
    Asked(questioning): Asked<Questioning>,
    Asked(searching): Asked<Searching>,
    Asked(filing): Asked<Filing>,
    Asked(leaving): Asked<Leaving>,
    Asked(looking): Asked<Looking>,
) -> Result<Response, Fault> {
    let desk = leaving.of(&desk)?;
    let as_of = looking.as_of.filter(|as_of| !as_of.trim().is_empty());
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let (question, _) = Question::read(&questioning.text());
    let made = Made {
        program: PROGRAM.to_owned(),
        now: now(),
        as_of: as_of.clone(),
        site: if host.is_empty() { String::new() } else { format!("http://{host}") },
        licence: None,
    };
    let mark = if filing.bom == YesNo::Yes { ByteOrderMark::Written } else { ByteOrderMark::LeftOut };
    let choice = Choice { what: what(searching.as_), mark, ..Choice::default() };
    let format = filing.format;
    let body = streamed(desk, as_of, move |reader, out| {
        let export = Export { record: reader.record, linker: reader.linker, question: &question, made: &made };
        sayso_exchange::write(&export, format, choice, out).map(|_| ()).map_err(Fault::from)
    })
    .await?;
    Ok(filed(format, choice.what, body))
}

fn what(as_: As) -> What {
    match as_ {
        As::Events => What::Events,
        As::Relations => What::Relations,
        As::Estimates => What::Estimates,
        As::Actors => What::Actors,
        As::Documents => What::Documents,
        As::Statements => What::Statements,
    }
}

fn filed(format: Format, what: What, body: Body) -> Response {
    let mut response = body.into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"sayso-{}\"", format.file_name(what))) {
        response.headers_mut().insert(CONTENT_DISPOSITION, name);
    }
    response
}

/// A body that is written while it is sent; what goes wrong before anything was written is a fault, later the body breaks off.
async fn streamed(
    desk: Desk,
    as_of: Option<String>,
    write: impl FnOnce(Reader<'_>, &mut Pieces) -> Result<(), Fault> + Send + 'static,
) -> Result<Body, Fault> {
    let (sender, mut receiver) = mpsc::channel::<io::Result<Vec<u8>>>(WAITING);
    let broken = sender.clone();
    let writing = tokio::spawn(async move {
        let written = desk
            .ask(as_of, move |reader| {
                let mut pieces = Pieces { sender, piece: Vec::with_capacity(PIECE) };
                write(reader, &mut pieces)?;
                pieces.send().map_err(|_| Fault::ended())
            })
            .await;
        if written.is_err() {
            // A client that waits for more must not take what it has for the whole.
            let _ = broken.send(Err(io::Error::other("the list could not be read to its end"))).await;
        }
        written
    });
    match receiver.recv().await {
        Some(Ok(first)) => Ok(Body::from_stream(tokio_stream::once(Ok(first)).chain(rest(receiver)))),
        Some(Err(_)) | None => {
            drop(receiver);
            match writing.await.unwrap_or_else(|_| Err(Fault::ended())) {
                Ok(()) => Ok(Body::empty()),
                Err(fault) => Err(fault),
            }
        }
    }
}

fn rest(receiver: mpsc::Receiver<io::Result<Vec<u8>>>) -> impl Stream<Item = io::Result<Vec<u8>>> {
    ReceiverStream::new(receiver)
}

/// What is written, cut into pieces that are sent one after another.
struct Pieces {
    sender: mpsc::Sender<io::Result<Vec<u8>>>,
    piece: Vec<u8>,
}

impl Pieces {
    fn send(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        self.sender.blocking_send(Ok(piece)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.send()
    }
}
