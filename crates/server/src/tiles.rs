//! The user's own tiles for the map: stretches of the PMTiles file that `sayso serve --tiles` names.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use axum::extract::State;
use axum::http::header::{ACCEPT_RANGES, CONTENT_RANGE, CONTENT_TYPE, HeaderMap, HeaderValue, RANGE};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::desk::Desk;
use crate::fault::Fault;

/// So many bytes are handed out at once.
const MOST: u64 = 16 << 20;

/// A stretch of the file.
pub(crate) async fn tiles(State(desk): State<Desk>, headers: HeaderMap) -> Result<Response, Fault> {
    let Some(path) = desk.tiles().map(Path::to_owned) else {
        return Err(Fault::unknown("no tiles of your own are given", "Start `sayso serve` with --tiles FILE.pmtiles."));
    };
    let range = headers.get(RANGE).and_then(|range| range.to_str().ok()).and_then(asked);
    let Some((first, last)) = range else {
        return Err(Fault::invalid("tiles are handed out in stretches only", "Ask for a range: `Range: bytes=0-16383`."));
    };
    let read = tokio::task::spawn_blocking(move || stretch(&path, first, last)).await.map_err(|_| Fault::ended())?;
    let (bytes, whole) = read?;
    if bytes.is_empty() {
        let none = HeaderValue::from_str(&format!("bytes */{whole}")).unwrap_or(HeaderValue::from_static("bytes */0"));
        return Ok((StatusCode::RANGE_NOT_SATISFIABLE, [(CONTENT_RANGE, none)]).into_response());
    }
    let told = format!("bytes {first}-{}/{whole}", first + bytes.len() as u64 - 1);
    let headers: [(HeaderName, HeaderValue); 3] = [
        (CONTENT_TYPE, HeaderValue::from_static("application/vnd.pmtiles")),
        (ACCEPT_RANGES, HeaderValue::from_static("bytes")),
        (CONTENT_RANGE, HeaderValue::from_str(&told).unwrap_or(HeaderValue::from_static("bytes */0"))),
    ];
    Ok((StatusCode::PARTIAL_CONTENT, headers, bytes).into_response())
}

/// First and last byte of a range as `bytes=0-16383` writes it.
fn asked(range: &str) -> Option<(u64, u64)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let first: u64 = first.trim().parse().ok()?;
    let last: u64 = if last.trim().is_empty() { u64::MAX } else { last.trim().parse().ok()? };
    (first <= last).then_some((first, last))
}

/// The bytes of a stretch, as far as the file has them, and how many the whole file has.
fn stretch(path: &PathBuf, first: u64, last: u64) -> Result<(Vec<u8>, u64), Fault> {
    let trouble = |error: std::io::Error| Fault {
        what: format!("{}: {error}", path.display()),
        advice: "Start `sayso serve` again with the right file after --tiles.".to_owned(),
        ..Fault::ended()
    };
    let mut file = File::open(path).map_err(trouble)?;
    let whole = file.metadata().map_err(trouble)?.len();
    let wanted = last.saturating_sub(first).saturating_add(1).min(MOST).min(whole.saturating_sub(first));
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(first)).map_err(trouble)?;
    file.take(wanted).read_to_end(&mut bytes).map_err(trouble)?;
    Ok((bytes, whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_read_as_it_is_asked_for() {
        assert_eq!(asked("bytes=2-5"), Some((2, 5)));
        assert_eq!(asked("bytes=2-"), Some((2, u64::MAX)));
        for wrong in ["2-5", "bytes=5-2", "bytes=-5", "bytes=a-b", "bytes=0-1,4-5"] {
            assert_eq!(asked(wrong), None, "{wrong}");
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tiles.pmtiles");
        std::fs::write(&path, b"0123456789").unwrap();
        assert_eq!(stretch(&path, 2, 5).unwrap(), (b"2345".to_vec(), 10));
        assert_eq!(stretch(&path, 8, 100).unwrap(), (b"89".to_vec(), 10));
        assert_eq!(stretch(&path, 10, 12).unwrap(), (Vec::new(), 10));
    }
}
