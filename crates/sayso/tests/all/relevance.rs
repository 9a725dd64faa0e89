//! Which documents are looked at closely.

use sayso::{Coder, Input, Profile};
use sayso_coding::{Worth, worth};

/// What a local paper tells of, with words that can speak of conflict.
const AT_HOME: [&str; 10] = [
    "The home side beat the visitors by two goals.",
    "A judge sentenced the former treasurer to a year for fraud.",
    "Teachers ended their strike after a long night of talks.",
    "The new film was shot in a quiet valley.",
    "The mayor met shopkeepers about the price of stalls.",
    "Prices of bread rose for the third month.",
    "The library opens again in May.",
    "The council approved a plan for two bridges.",
    "Visitors may see the old mill on Sundays.",
    "The minister promised money for the road.",
];

fn is_read_closely(coder: &Coder, sentences: &[&str]) -> bool {
    let document = coder.document(&Input::text(&sentences.join(" "))).expect("a text");
    let analysis = coder.analysis(&document);
    worth(&document.text, &analysis, coder.knowledge()).contains(&Worth::Close)
}

#[test]
fn news_of_courts_and_games_is_not_read_closely() {
    let coder = Coder::of_profile(Profile::Fast).expect("embedded data loads");
    assert!(!is_read_closely(&coder, &AT_HOME));
    let raid = ["Gunmen attacked the mill at night.", "They killed the guard and burned a truck."];
    assert!(is_read_closely(&coder, &[&AT_HOME[..], &raid].concat()));
}
