//! A site on this machine: what it answers, and what was asked of it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A site of an invented publisher.
pub struct Site {
    at: SocketAddr,
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    /// Media type and body, by path.
    pages: Mutex<BTreeMap<String, (String, Vec<u8>)>>,
    asked: Mutex<Vec<String>>,
    delay: Mutex<Duration>,
}

impl Site {
    /// A site that has nothing yet.
    pub fn new() -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let site = Site { at: listener.local_addr().unwrap(), inner: Arc::default() };
        let inner = Arc::clone(&site.inner);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let inner = Arc::clone(&inner);
                std::thread::spawn(move || inner.answer(&stream));
            }
        });
        site
    }

    pub fn answers(&self, path: &str, media: &str, body: impl Into<Vec<u8>>) {
        self.inner.pages.lock().unwrap().insert(path.to_owned(), (media.to_owned(), body.into()));
    }

    /// Takes so long for each answer from now on.
    pub fn takes(&self, delay: Duration) {
        *self.inner.delay.lock().unwrap() = delay;
    }

    pub fn address(&self, path: &str) -> String {
        format!("http://{}{path}", self.at)
    }

    /// How often a path that begins so was asked for.
    pub fn asked_for(&self, path: &str) -> usize {
        self.inner.asked.lock().unwrap().iter().filter(|asked| asked.starts_with(path)).count()
    }
}

impl Inner {
    fn answer(&self, stream: &TcpStream) {
        let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
        let Some(request) = lines.next() else { return };
        let _headers: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        let target = request.split(' ').nth(1).unwrap_or_default();
        let path = target.split('?').next().unwrap_or_default().to_owned();
        self.asked.lock().unwrap().push(path.clone());
        std::thread::sleep(*self.delay.lock().unwrap());
        let page = self.pages.lock().unwrap().get(&path).cloned();
        let (status, (media, body)) =
            page.map_or_else(|| ("404 Not Found", ("text/plain".to_owned(), Vec::new())), |page| ("200 OK", page));
        let head = format!("HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        let mut stream = stream;
        // A client that was killed takes no answer.
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
    }
}
