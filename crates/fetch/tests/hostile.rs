//! Servers that are slow, large, broken, hostile or wish to be left alone.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use sayso_fetch::{Limits, UserAgent, Watchlist};
use support::{DAY, Seen, Site, Watch, feed, list, list_with, page, rss, text};
use wiremock::ResponseTemplate;

/// What becomes of one article that is answered so.
fn article(response: ResponseTemplate) -> (Site, Seen) {
    let site = Site::new();
    let seen = article_at(&site, response);
    (site, seen)
}

fn article_at(site: &Site, response: ResponseTemplate) -> Seen {
    site.answers("/rss", text(&rss(&[(site.address("/a"), "Report", DAY)]), "application/rss+xml"));
    site.answers("/a", response);
    let limits = "pause = \"0s\"\ntimeout = \"1s\"\nbody = \"100 kB\"";
    Watch::of(list_with(limits, &feed(&site.address("/rss"), ""))).round()
}

fn fails(response: ResponseTemplate, reason: &str) {
    let (_site, seen) = article(response);
    assert!(seen.failure().contains(reason), "{}", seen.failure());
    assert!(seen.arrivals.is_empty());
}

fn gzipped(bytes: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..bytes / 1000 {
        encoder.write_all(&[b' '; 1000]).unwrap();
    }
    encoder.finish().unwrap()
}

#[test]
fn a_slow_server_is_waited_for_so_long_and_asked_again_later() {
    fails(page("late").set_delay(Duration::from_secs(20)), "no whole answer came within 1 s; asked again 2017-09-01 08:05 UTC");
}

#[test]
fn a_body_that_is_too_large_is_not_read() {
    fails(text(&"x".repeat(200_000), "text/html"), "it is larger than 100 kB; raise `body` of [limits] to read it; not asked again");
}

#[test]
fn a_small_body_that_becomes_huge_is_not_read() {
    let bomb = ResponseTemplate::new(200).set_body_raw(gzipped(50_000_000), "text/html").insert_header("content-encoding", "gzip");
    fails(bomb, "it is larger than 100 kB");
}

#[test]
fn compressed_bodies_are_read() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(b"<html><body>Six held</body></html>").unwrap();
    let response =
        ResponseTemplate::new(200).set_body_raw(encoder.finish().unwrap(), "text/html").insert_header("content-encoding", "gzip");
    let (_site, seen) = article(response);
    assert!(support::words(&seen.arrivals[0]).contains("Six held"));
}

#[test]
fn a_body_that_does_not_decompress_is_a_fault() {
    fails(text("not gzip at all", "text/html").insert_header("content-encoding", "gzip"), "does not decompress");
}

#[test]
fn no_redirect_leads_to_a_private_address() {
    for (location, reason) in [
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254 is no public address (link-local, where clouds keep"),
        ("http://[::ffff:10.0.0.1]/", "no public address (private)"),
        ("http://localhost/", "localhost is at "),
        ("https://127.0.0.2:9/", "port 9 is not asked"),
        ("file:///etc/passwd", "only http and https are fetched, not file"),
        ("http://user:secret@127.0.0.1/", "user name or password"),
    ] {
        fails(ResponseTemplate::new(302).insert_header("location", location), reason);
    }
}

#[test]
fn a_name_that_means_this_machine_is_refused_after_it_was_resolved() {
    let site = Site::new();
    let url = format!("http://localhost:{}/rss", site.port());
    let text = format!("contact = \"desk@example.org\"\n[limits]\nports = [{}]\n{}", site.port(), feed(&url, ""));
    let list = Watchlist::parse("feeds.toml", &text, &[]).unwrap();
    let seen = Watch::of(list).round();
    let reason = seen.failure();
    assert!(reason.contains("localhost is at ") && reason.contains("add --allow-private localhost"), "{reason}");
    assert!(site.asked().is_empty(), "nothing was sent");
}

#[test]
fn redirects_in_a_circle_or_without_end_are_left() {
    fails(ResponseTemplate::new(302).insert_header("location", "/a"), "it leads in a circle");
    let site = Site::new();
    for number in 0..20 {
        site.answers(&format!("/hop{number}"), ResponseTemplate::new(307).insert_header("location", format!("/hop{}", number + 1)));
    }
    let seen = article_at(&site, ResponseTemplate::new(302).insert_header("location", "/hop0"));
    assert!(seen.failure().contains("it leads on more than 8 times"), "{}", seen.failure());
    fails(ResponseTemplate::new(302), "without saying where");
}

#[test]
fn a_server_that_wants_to_be_asked_less_often_is() {
    fails(ResponseTemplate::new(429).insert_header("retry-after", "7200"), "asked less often (429); asked again 2017-09-01 10:00 UTC");
    fails(ResponseTemplate::new(429), "asked less often (429); asked again 2017-09-01 08:05 UTC");
    fails(ResponseTemplate::new(500), "cannot answer now (500); asked again 2017-09-01 08:05 UTC");
    fails(ResponseTemplate::new(401), "wants a password (401)");
    fails(ResponseTemplate::new(451), "refuses (451); not asked again");
}

#[test]
fn an_article_that_failed_for_now_comes_when_it_is_there() {
    let site = Site::new();
    site.answers("/rss", text(&rss(&[(site.address("/a"), "Report", DAY)]), "application/rss+xml"));
    site.answers("/a", ResponseTemplate::new(503));
    let mut watch = Watch::of(list(&feed(&site.address("/rss"), "every = \"2h\"")));
    assert_eq!(watch.round().round.waiting, 1);
    site.forgets();
    site.answers("/a", page("there again"));
    watch.later(4);
    assert_eq!(watch.round().arrivals.len(), 0);
    watch.later(1);
    assert_eq!(watch.round().arrivals.len(), 1);
}

#[test]
fn robots_txt_is_heeded_at_every_step() {
    let robots = |rules: &str| {
        let site = Site::new();
        site.answers("/robots.txt", text(rules, "text/plain"));
        site.answers("/moved", page("moved"));
        let seen = article_at(&site, ResponseTemplate::new(302).insert_header("location", "/moved"));
        (site, seen)
    };
    let (site, seen) = robots("User-agent: *\nDisallow: /rss");
    assert!(seen.failure().contains("asks sayso not to read"), "{}", seen.failure());
    assert_eq!(site.asked(), ["/robots.txt"]);
    let (site, seen) = robots("User-agent: sayso\nDisallow: /moved");
    assert!(seen.failure().contains("/moved"), "{}", seen.failure());
    assert_eq!(site.asked(), ["/robots.txt", "/rss", "/a"], "robots.txt is asked for once");
    let (_site, seen) = robots("User-agent: other\nDisallow: /");
    assert_eq!(seen.arrivals.len(), 1);
}

#[test]
fn a_site_whose_robots_txt_cannot_be_had_is_not_read_for_now() {
    let site = Site::new();
    site.answers("/robots.txt", ResponseTemplate::new(503));
    let seen = article_at(&site, page("a"));
    assert!(seen.failure().contains("nothing is read of its site until robots.txt can be"), "{}", seen.failure());
    let refused = Site::new();
    refused.answers("/robots.txt", ResponseTemplate::new(403));
    assert_eq!(article_at(&refused, page("a")).arrivals.len(), 1, "4xx: there is none (RFC 9309)");
}

#[test]
fn a_robots_txt_larger_than_what_is_read_is_cut() {
    let site = Site::new();
    site.answers("/robots.txt", text(&format!("User-agent: *\nDisallow: /a\n{}", "# filler\n".repeat(100_000)), "text/plain"));
    let seen = article_at(&site, page("a"));
    assert!(seen.failure().contains("asks sayso not to read"), "{}", seen.failure());
}

#[test]
fn broken_and_hostile_feeds_are_reported() {
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;\">]>\
                  <rss version=\"2.0\"><channel><title>&c;</title><item><title>&c;</title><link>/a</link></item></channel></rss>";
    let external =
        "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss version=\"2.0\"><channel><title>&x;</title></channel></rss>";
    let deep = format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content type=\"xhtml\">{}", "<div>".repeat(200_000));
    for body in [laughs, external, &deep, "<rss version=\"2.0\"><channel><item>", "{\"version\": ", "", "\u{0}\u{0}", "plain words"] {
        let site = Site::new();
        site.answers("/rss", text(body, "application/rss+xml"));
        let mut watch = Watch::of(list(&feed(&site.address("/rss"), "follow = false")));
        let seen = watch.round();
        assert!(seen.round.failures.len() <= 1 && seen.arrivals.is_empty(), "{body:.40} {:?}", seen.round);
        assert!(seen.round.failures.iter().all(|failure| failure.reason.len() < 400), "{:?}", seen.round.failures);
    }
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused_in_clear_words() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let port = runtime.block_on(untrusted_server());
    let url = format!("https://127.0.0.1:{port}/rss");
    let list = Watchlist::parse("f", &format!("contact = \"desk@example.org\"\n{}", feed(&url, "")), &["127.0.0.1".to_owned()]).unwrap();
    let seen = Watch::of(list).round();
    assert!(seen.failure().starts_with("its certificate is not trusted"), "{}", seen.failure());
}

/// A server with a certificate that it signed itself: `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes`.
async fn untrusted_server() -> u16 {
    use tokio_rustls::rustls::pki_types::pem::PemObject as _;
    use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use tokio_rustls::rustls::{ServerConfig, crypto::ring};

    let certificate = CertificateDer::from_pem_slice(include_bytes!("tls/certificate.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/key.pem")).unwrap();
    let config = ServerConfig::builder_with_provider(ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(std::sync::Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = acceptor.accept(stream).await;
        }
    });
    port
}

#[test]
fn single_pages_are_fetched_by_the_same_rules() {
    let site = Site::new();
    site.answers("/robots.txt", text("User-agent: *\nDisallow: /private", "text/plain"));
    site.answers("/a", page("a"));
    let limits = Limits { pause: Duration::ZERO, ..Limits::default() };
    let manners = limits.manners(&UserAgent::of_contact("desk@example.org").unwrap(), &["127.0.0.1".to_owned()]);
    let addresses = ["/a", "/private/b"].map(|path| site.address(path).parse().unwrap()).to_vec();
    let answers: Vec<(String, bool)> = sayso_fetch::pages(addresses, manners, || "2017-09-01T08:00:00Z".parse().unwrap())
        .unwrap()
        .iter()
        .map(|(url, answer)| (url.path().to_owned(), answer.is_ok()))
        .collect();
    assert_eq!(answers, [("/a".to_owned(), true), ("/private/b".to_owned(), false)]);
}

#[test]
fn nothing_is_asked_of_a_port_that_no_web_server_has() {
    let list = Watchlist::parse("f", "contact = \"desk@example.org\"\n[[feed]]\nurl = \"https://news.example:6379/\"", &[]);
    assert!(list.unwrap_err().to_string().contains("port 6379 is not asked"));
}
