//! Rounds over feeds of an invented site: what comes, what is asked again, and what is remembered.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use sayso_fetch::{State, Verdict};
use support::{DAY, Seen, Site, Watch, feed, list, list_with, page, rss, text, words};
use wiremock::ResponseTemplate;

fn three(site: &Site) -> String {
    rss(&[
        (site.address("/a?utm_source=rss"), "Two held in Aralis", DAY),
        (site.address("/b"), "Bridge shelled", DAY),
        (site.address("/sport/c"), "Cup final", DAY),
    ])
}

fn with_three() -> Site {
    let site = Site::new();
    site.answers("/rss", text(&three(&site), "application/rss+xml").insert_header("etag", "\"1\""));
    for path in ["/a", "/b", "/sport/c"] {
        site.answers(path, page(path));
    }
    site
}

#[test]
fn what_is_new_comes_once() {
    let site = with_three();
    let mut watch = Watch::of(list(&feed(&site.address("/rss"), "publisher = \"Invented Courier\"\nexclude = [\"/sport/*\"]")));
    let first = watch.round();
    assert_eq!(first.ids(), [site.address("/a"), site.address("/b")]);
    assert_eq!((first.round.found, first.round.kept, first.round.waiting), (2, 2, 0));
    let arrival = &first.arrivals[0];
    assert_eq!((arrival.published.as_deref(), arrival.publisher.as_deref()), (Some("2017-09-01"), Some("Invented Courier")));
    assert_eq!(arrival.retrieved, "2017-09-01T08:00:00Z");
    assert_eq!(first.round.next, Some("2017-09-01T08:15:00Z".parse().unwrap()));
    watch.later(5);
    assert_eq!(watch.round().round.read, 0, "it is not due");
    watch.later(10);
    let second = watch.round();
    assert_eq!((second.round.read, second.round.found, second.arrivals.len()), (1, 0, 0));
    assert_eq!(site.asked_for("/a") + site.asked_for("/b"), 2);
    assert_eq!(site.asked_for("/sport/c"), 0);
    let says = |name: &str| site.requests()[1].headers.get(name).unwrap().to_str().unwrap().to_owned();
    assert!(says("user-agent").starts_with("sayso/") && says("user-agent").ends_with("(+mailto:desk@example.org)"));
}

#[test]
fn an_unchanged_feed_is_not_sent_again() {
    let site = with_three();
    site.forgets();
    site.answers_tagged("/rss", "\"7\"", &three(&site), "application/rss+xml");
    let mut watch = Watch::of(list(&feed(&site.address("/rss"), "follow = false")));
    assert_eq!(watch.round().round.read, 1);
    watch.later(15);
    let second = watch.round();
    assert_eq!((second.round.read, second.round.unchanged), (0, 1));
}

#[test]
fn an_article_that_changed_comes_again_and_one_that_did_not_does_not() {
    let site = with_three();
    let mut watch = Watch::of(list(&feed(&site.address("/rss"), "exclude = [\"/sport/*\"]")));
    assert_eq!(watch.round().arrivals.len(), 2);
    let former = |path: &str| rss(&[(site.address(path), "Updated", DAY), (site.address("/b"), "Updated too", DAY)]);
    let feed = former("/a");
    site.forgets();
    site.answers("/rss", text(&feed, "application/rss+xml"));
    site.answers("/a", page("/a, with more known"));
    site.answers("/b", page("/b"));
    watch.later(15);
    let second = watch.round();
    assert_eq!((second.round.found, second.round.same), (2, 1));
    assert_eq!(second.ids(), [site.address("/a")], "the same document, so that it becomes its next version");
    assert!(words(&second.arrivals[0]).contains("with more known"));
}

#[test]
fn two_feeds_that_list_an_article_do_not_take_turns_in_it() {
    let site = with_three();
    site.answers("/other", text(&rss(&[(site.address("/a"), "Told otherwise", DAY)]), "application/rss+xml"));
    let mut watch = Watch::of(list(&(feed(&site.address("/rss"), "") + &feed(&site.address("/other"), ""))));
    assert_eq!(watch.round().arrivals.len(), 3);
    for _ in 0..2 {
        watch.later(15);
        assert_eq!(watch.round().round.found, 0);
    }
    assert_eq!(site.asked_for("/a"), 1);
}

#[test]
fn the_text_of_a_feed_can_be_all_that_is_read() {
    let site = with_three();
    let mut watch = Watch::of(list(&feed(&site.address("/rss"), "follow = false\nlanguage = \"en\"")));
    let seen = watch.round();
    let arrival = &seen.arrivals[0];
    assert_eq!((arrival.title.as_deref(), arrival.publisher.as_deref()), (Some("Two held in Aralis"), Some("Invented Courier")));
    assert_eq!((words(arrival).as_str(), arrival.language.as_deref()), ("Two held in Aralis, it is said.", Some("en")));
    assert_eq!(site.asked(), ["/robots.txt", "/rss"]);
}

#[test]
fn what_was_not_kept_comes_again_after_a_kill() {
    let site = with_three();
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("r.watch");
    let of = || list(&feed(&site.address("/rss"), ""));
    {
        let mut watch = Watch::at(of(), &path);
        let clock = || watch.now.get();
        let outside = sayso_fetch::Outside { clock: &clock, stop: &watch.stop };
        let ended = watch.watcher.round(sayso_fetch::Asked::Due, outside, |_| Err::<Vec<Verdict>, _>("the record's disk is full"));
        assert!(matches!(ended, Err(sayso_fetch::Stopped::ByTaker("the record's disk is full"))));
    }
    let mut watch = Watch::at(of(), &path);
    watch.later(1);
    let seen = watch.round();
    assert_eq!((seen.round.read, seen.arrivals.len()), (0, 3), "the feed is not asked again, its articles are");
    drop(watch);
    let mut watch = Watch::at(of(), &path);
    watch.later(1);
    assert_eq!(watch.round().arrivals.len(), 0);
}

#[test]
fn one_record_is_watched_by_one_program() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("r.watch");
    let first = State::open(&path).unwrap();
    let message = State::open(&path).unwrap_err().to_string();
    assert!(message.contains("another `sayso watch` is at work"), "{message}");
    drop(first);
    State::open(&path).unwrap();
    std::fs::write(directory.path().join("other"), "this is a letter and no state of anything at all").unwrap();
    assert!(State::open(&directory.path().join("other")).unwrap_err().to_string().contains("not the state of a watch"));
}

#[test]
fn a_round_fetches_no_more_than_its_limit_and_the_next_goes_on() {
    let site = Site::new();
    let items: Vec<_> = (0..10_000).map(|number| (site.address(&format!("/{number}")), "Report", DAY)).collect();
    site.answers("/rss", text(&rss(&items), "application/rss+xml"));
    (0..40).for_each(|number| site.answers(&format!("/{number}"), page("report")));
    let mut watch = Watch::of(list_with("pause = \"0s\"\ndocuments = 20", &feed(&site.address("/rss"), "every = \"24h\"")));
    let first = watch.round();
    assert_eq!((first.round.found, first.round.kept, first.round.waiting), (10_000, 20, 9_980));
    let second = watch.round();
    assert_eq!((second.round.kept, second.round.waiting), (20, 9_960));
    assert!(first.ids().iter().all(|id| !second.ids().contains(id)));
}

#[test]
fn a_round_that_is_to_stop_loses_nothing() {
    let site = with_three();
    let mut watch = Watch::of(list(&feed(&site.address("/rss"), "")));
    watch.stop.store(true, std::sync::atomic::Ordering::Relaxed);
    let seen = watch.round();
    assert!(seen.round.stopped && seen.arrivals.is_empty());
    watch.stop.store(false, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(watch.round().arrivals.len(), 3);
}

#[test]
fn a_page_that_gives_no_document_is_reported_and_left() {
    let site = with_three();
    let mut watch = Watch::of(list(&feed(&site.address("/rss"), "include = [\"/a*\", \"/b\"]")));
    let seen = watch.round_with(|arrival| {
        if arrival.id.ends_with("/a") { Verdict::Refused("no text of a report was found in it".to_owned()) } else { Verdict::Kept }
    });
    assert_eq!(seen.failure(), "no text of a report was found in it");
    assert_eq!((seen.round.kept, seen.round.waiting), (1, 0));
    watch.later(15);
    assert_eq!(watch.round().arrivals.len(), 0);
}

#[test]
fn old_articles_are_left_where_the_user_says_so() {
    let site = Site::new();
    let items = [(site.address("/new"), "New", DAY), (site.address("/old"), "Old", "Tue, 01 Aug 2017 06:00:00 GMT")];
    site.answers("/rss", text(&rss(&items), "application/rss+xml"));
    let mut watch = Watch::of(list(&feed(&site.address("/rss"), "follow = false\nmax_age = \"7d\"")));
    assert_eq!(watch.round().ids(), [site.address("/new")]);
}

#[test]
fn an_index_leads_to_its_sitemaps_and_asks_again_for_those_that_changed() {
    let site = Site::new();
    let index = |march: &str| {
        format!(
            "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\
             <sitemap><loc>{}</loc><lastmod>2017-08-31</lastmod></sitemap>\
             <sitemap><loc>{}</loc><lastmod>{march}</lastmod></sitemap></sitemapindex>",
            site.address("/one.xml"),
            site.address("/two.xml")
        )
    };
    let sitemap = |path: &str| format!("<urlset><url><loc>{}</loc><lastmod>2017-08-31</lastmod></url></urlset>", site.address(path));
    let answer = |march: &str| {
        site.answers("/index.xml", text(&index(march), "application/xml"));
        site.answers("/one.xml", text(&sitemap("/1"), "application/xml"));
        site.answers("/two.xml", text(&sitemap("/2"), "application/xml"));
        ["/1", "/2"].iter().for_each(|path| site.answers(path, page(path)));
    };
    answer("2017-08-30");
    let mut watch = Watch::of(list(&feed(&site.address("/index.xml"), "")));
    let first = watch.round();
    assert_eq!((first.round.read, first.arrivals.len()), (3, 2));
    site.forgets();
    answer("2017-09-01");
    watch.later(15);
    watch.round();
    assert_eq!((site.asked_for("/index.xml"), site.asked_for("/one.xml"), site.asked_for("/two.xml")), (1, 0, 1));
}

#[test]
fn a_feed_that_fails_is_a_row_of_the_report_and_the_others_go_on() {
    let site = with_three();
    let busy = Site::new();
    busy.answers("/down", ResponseTemplate::new(503));
    site.answers(
        "/html",
        text("<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss\"></head></html>", "text/html"),
    );
    let feeds = ["/html", "/nothing", "/rss"].map(|path| feed(&site.address(path), "")).concat();
    let mut watch = Watch::of(list(&(feed(&busy.address("/down"), "") + &feeds)));
    let seen = watch.round();
    assert_eq!(seen.arrivals.len(), 3);
    let reasons = |seen: &Seen| seen.round.failures.iter().map(|failure| failure.reason.clone()).collect::<Vec<_>>().join("\n");
    for reason in [
        "the server cannot answer now (503); asked again 2017-09-01 08:15 UTC",
        "the page names as its feed: /rss; asked again 2017-09-01 08:15 UTC",
        "there is nothing at this address (404); check it; asked again 2017-09-01 08:15 UTC",
    ] {
        assert!(reasons(&seen).contains(reason), "{}", reasons(&seen));
    }
}

#[test]
fn a_host_is_left_alone_for_as_long_as_it_asks() {
    let site = with_three();
    site.answers("/down", ResponseTemplate::new(429).insert_header("retry-after", "3600"));
    let mut watch = Watch::of(list(&(feed(&site.address("/down"), "") + &feed(&site.address("/rss"), ""))));
    let seen = watch.round();
    let reasons: Vec<&str> = seen.round.failures.iter().map(|failure| failure.reason.as_str()).collect();
    assert!(reasons[0].ends_with("asked less often (429); asked again 2017-09-01 09:00 UTC"), "{reasons:?}");
    assert!(reasons[1].starts_with("its server wants to be left alone for 3"), "{reasons:?}");
    watch.later(15);
    watch.round();
    assert_eq!(site.asked(), ["/robots.txt", "/down"]);
}

#[test]
fn a_feed_that_has_moved_is_told() {
    let site = with_three();
    let moved = ResponseTemplate::new(301).insert_header("location", "/rss");
    site.answers("/old", moved);
    let mut watch = Watch::of(list(&feed(&site.address("/old"), "")));
    let seen = watch.round();
    assert_eq!(seen.arrivals.len(), 3);
    assert_eq!(
        seen.round.notices,
        [format!("{} has moved for good to {}; change it in the list of feeds", site.address("/old"), site.address("/rss"))]
    );
}
