//! Any bytes as a feed or sitemap: entries with links on the web, or a fault, and an end.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso_fetch::read;
use url::Url;

// A panic of the library that reads feeds is caught, and a fault of the feed.
fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| {
    let address = Url::parse("https://news.example/feed").expect("an address");
    if let Ok(list) = read(&address, None, bytes) {
        for entry in &list.entries {
            assert!(!entry.fingerprint().is_empty());
            assert!(entry.link.as_ref().is_none_or(|link| matches!(link.scheme(), "http" | "https")), "{:?}", entry.link);
        }
    }
});
