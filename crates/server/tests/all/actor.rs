//! What the screen of an actor tells: who it is, how strong as told, with whom it stands, what it did and said, and the brief on it.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support;
use crate::support::Bench;

/// Reports on ISWAP and Boko Haram: a split, two estimates of strength, an attack that two papers tell, and a claim.
fn reports() -> Vec<Value> {
    let report = |id: &str, published: &str, publisher: &str, text: &str| {
        json!({"id": id, "publisher": publisher, "published": published, "title": format!("Report {id} <b>now</b>"), "language": "en",
               "url": format!("https://press.example/{id}"), "text": text})
    };
    vec![
        report("split", "2019-03-02", "Lake Post", "ISWAP split from Boko Haram in 2016, analysts said."),
        report("many", "2019-03-05", "Lake Post", "Boko Haram has as many as 7,000 fighters, a diplomat said."),
        report("few", "2020-06-10", "Sahel Wire", "Boko Haram may have about 2,000 fighters, the army said."),
        report("raid", "2020-07-01", "Sahel Wire", "Boko Haram killed at least six farmers near Jos on Monday, police said."),
        report("claim", "2020-07-03", "Lake Post", "Boko Haram said on Thursday that it had attacked a barracks in Maiduguri."),
        report("sule", "2020-07-04", "Lake Post", "Hafiz Bilal killed three farmers near Jos on Friday, police said."),
    ]
}

fn bench() -> Bench {
    Bench::of(&reports())
}

#[tokio::test]
async fn an_actor_is_told_by_registry_and_record() {
    let bench = bench();
    let (status, actor) = bench.gets_json("/api/v1/actors/boko-haram").await;
    assert_eq!(status, StatusCode::OK, "{actor}");
    assert_eq!((actor["known"].as_str(), actor["registry"]["kind"].as_str()), (Some("registry"), Some("armed-group")));
    assert!(actor["registry"]["names"].as_array().unwrap().iter().any(|name| name["text"] == "Boko Haram"), "{actor}");
    let splinter = actor["ties"].as_array().unwrap().iter().find(|tie| tie["relation"]["type"] == "splinter_of");
    let splinter = splinter.unwrap_or_else(|| panic!("no split: {actor}"));
    assert_eq!(splinter["direction"], "inward");
    assert!(splinter["sentences"][0]["text"].as_str().unwrap().contains("split from Boko Haram"), "{splinter}");
}

#[tokio::test]
async fn strength_stays_as_told() {
    let bench = bench();
    let (_, actor) = bench.gets_json("/api/v1/actors/boko-haram").await;
    let strength = &actor["series"][0];
    assert_eq!(strength["summary"]["type"], "strength", "{actor}");
    let points = strength["points"].as_array().unwrap();
    let high = points.iter().find(|point| point["document"] == "many").unwrap();
    assert_eq!((&high["low"], &high["best"], &high["high"]), (&json!(null), &json!(null), &json!(7000)), "{high}");
    assert!(high["words"].as_str().unwrap().contains("as many as 7,000"), "{high}");
    let (_, page) = bench.gets("/actor/boko-haram").await;
    let shown = &page[page.find("id=\"strength\"").unwrap()..];
    for expected in
        ["<svg class=\"plot\"", "as many as 7,000", "up to 7000", &format!("href=\"/statement/{}\"", high["statement"].as_str().unwrap())]
    {
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
    assert!(shown.contains("class=\"point hedged\""), "what may be is drawn otherwise than what is");
}

#[tokio::test]
async fn events_relations_and_statements_are_listed_and_lead_to_their_sentences() {
    let bench = bench();
    let (_, actor) = bench.gets_json("/api/v1/actors/boko-haram").await;
    assert!(actor["events"]["all"]["number"].as_u64().unwrap() >= 1, "{actor}");
    assert!(actor["events"]["years"].as_array().unwrap().iter().any(|year| year["year"] == "2020"), "{actor}");
    assert!(actor["told"]["statements"]["number"].as_u64().unwrap() >= 3, "{actor}");
    assert!(actor["said"]["items"].as_array().unwrap().iter().any(|said| said["document_id"] == "claim"), "{}", actor["said"]);
    for list in ["relations", "events", "said", "told"] {
        let (status, page) = bench.gets(&format!("/actor/boko-haram/{list}")).await;
        assert!(status == StatusCode::OK && page.contains("<article class=\"actor\""), "{list}: {page}");
        let (status, _) = bench.gets_json(&format!("/api/v1/actors/boko-haram/{list}?limit=1")).await;
        assert_eq!(status, StatusCode::OK, "{list}");
    }
}

#[tokio::test]
async fn lists_go_on_where_they_ended() {
    let bench = bench();
    let (mut ids, mut after) = (Vec::new(), String::new());
    loop {
        let (_, page) = bench.gets_json(&format!("/api/v1/actors/boko-haram/told?limit=1{after}")).await;
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 1);
        ids.extend(items.iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    let (_, all) = bench.gets_json("/api/v1/actors/boko-haram/told").await;
    let all: Vec<&str> = all["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids, all);
    let (status, _) = bench.gets_json("/api/v1/actors/boko-haram/told?after=nowhere").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn relations_of_a_day_say_how_that_is_known() {
    let bench = bench();
    let standing = |page: Value| page["items"].as_array().unwrap().iter().map(|item| item["standing"].clone()).collect::<Vec<_>>();
    let (_, page) = bench.gets_json("/api/v1/actors/boko-haram/relations?on=2010").await;
    assert!(standing(page).is_empty(), "what is told of 2016 is not known of 2010");
    let (_, page) = bench.gets_json("/api/v1/actors/boko-haram/relations?on=2016-06-01").await;
    assert_eq!(standing(page), ["cited"]);
    let (status, _) = bench.gets_json("/api/v1/actors/boko-haram/relations?on=yesterday").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn whoever_the_registry_has_not_is_found_by_name_and_as_candidate() {
    let bench = bench();
    let (status, by_name) = bench.gets_json("/api/v1/actors/Hafiz%20Bilal").await;
    assert_eq!(status, StatusCode::OK, "{by_name}");
    assert_eq!((by_name["id"].as_str(), by_name["known"].as_str()), (Some("c:hafiz bilal"), Some("candidate")));
    let (status, by_id) = bench.gets_json("/api/v1/actors/c:hafiz%20bilal").await;
    assert_eq!((status, &by_id["name"]), (StatusCode::OK, &json!("Hafiz Bilal")));
    let (status, unknown) = bench.gets_json("/api/v1/actors/nobody-at-all").await;
    assert_eq!(status, StatusCode::NOT_FOUND, "{unknown}");
    let (_, page) = bench.gets("/actor/nobody-at-all").await;
    assert!(page.contains("Search lists actors"), "{page}");
}

#[tokio::test]
async fn a_judgement_of_two_actors_shows_and_can_be_undone() {
    let bench = bench();
    let judge = json!({"action": "actors", "judgement": "different", "a": "boko-haram", "b": "iswap-like", "why": "two <i>leaders</i>"});
    let (status, done) = bench.posts("/api/v1/decisions", &judge).await;
    assert_eq!(status, StatusCode::OK, "{done}");
    let (_, page) = bench.gets("/actor/boko-haram").await;
    let identity = &page[page.find("id=\"identity\"").unwrap()..];
    assert!(identity.contains("Not the same as") && identity.contains("two &lt;i&gt;leaders"), "{identity}");
    bench.posts("/api/v1/decisions/undo", &json!({"decision": done["decision"]})).await;
    let (_, actor) = bench.gets_json("/api/v1/actors/boko-haram").await;
    assert_eq!(actor["judged"][0]["holds"], false);
    let (_, page) = bench.gets("/actor/boko-haram").await;
    assert!(!page.contains("Not the same as"), "what was undone is no more said to be so");
}

#[tokio::test]
async fn an_actor_is_told_as_of_an_earlier_moment() {
    let bench = bench();
    let (_, then) = bench.gets_json("/api/v1/actors/boko-haram?as-of=2031-04-01").await;
    assert_eq!(then["told"]["statements"]["number"], 0, "nothing was read by then: {then}");
    assert_eq!(then["series"], json!([]));
}

#[tokio::test]
async fn a_brief_numbers_its_sources_in_each_form() {
    let bench = bench();
    let (status, text) = bench.gets("/api/v1/actors/boko-haram/dossier?format=md").await;
    assert_eq!(status, StatusCode::OK);
    for expected in [
        "# Boko Haram",
        "as many as 7,000",
        "[^1]: ",
        "Lake Post",
        "2019-03-05",
        "<https://press.example/many>",
        "entry ",
        "How this was made",
        "a diplomat",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(!text.contains("<b>now"), "titles stay text: {text}");
    let (status, page) = bench.gets("/api/v1/actors/boko-haram/dossier?format=html").await;
    assert!(status == StatusCode::OK && page.contains("href=\"#n1\"") && page.contains("<li id=\"n1\">"), "{page}");
    assert!(page.contains("&lt;b&gt;now") && !page.contains("<b>now"));
    let (status, _) = bench.gets("/api/v1/actors/boko-haram/dossier?format=exe").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let (status, _) = bench.gets("/api/v1/actors/nobody-at-all/dossier?format=md").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_brief_on_an_event_lays_values_side_by_side() {
    let bench = Bench::of(&support::reports());
    let event = bench.groups().into_iter().find(|group| group.id.starts_with("e-") && !group.disputed.is_empty()).unwrap();
    let (status, text) = bench.gets(&format!("/api/v1/events/{}/brief?format=md", event.id)).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    for expected in ["**24**[^", "**at least 29**[^", "Status: ", "North Wire", "[^1]: "] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let (status, _) = bench.gets("/api/v1/events/nothing/brief").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn stored_text_is_never_markup() {
    let hostile = json!({"id": "x", "publisher": "<script>alert(1)</script>", "published": "2020-07-01", "title": "<img src=x onerror=alert(1)>",
        "language": "en", "url": "javascript:alert(1)", "text": "Boko Haram has as many as 500 fighters <script>alert(2)</script>, a diplomat said."});
    let bench = Bench::of(&[hostile]);
    for address in ["/actor/boko-haram", "/actor/boko-haram/told", "/actor/%3Cscript%3E", "/api/v1/actors/boko-haram/dossier?format=html"] {
        let (_, page) = bench.gets(address).await;
        assert!(!page.contains("<script>") && !page.contains("<img src=x") && !page.contains("href=\"javascript:"), "{address}: {page}");
        assert!(!page.contains(" style=") && !page.contains(" onclick="), "{address}");
    }
}
