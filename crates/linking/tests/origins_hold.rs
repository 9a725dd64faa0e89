//! What holds of any two texts: offsets, equal words on both sides, no loss, no order.

use proptest::prelude::*;
use sayso_linking::origin::{Imprint, Overlap, Piece, Sketch, Words, candidates, compare, difference, groups};
use sayso_types::Span;

/// A text of few different words, so that much repeats, with some of other scripts and marks in it.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-e]{1,2}",
        1 => prop::sample::select(vec!["Ünal", "叛军", "مدينة", "co\u{ad}op", "“", "”", "\n", ".", "É", "दिल्ली", "İ"]).prop_map(str::to_owned),
    ];
    prop::collection::vec(word, 0..120).prop_map(|words| words.join(" "))
}

/// Two texts with some stretches in common.
fn pair() -> impl Strategy<Value = (String, String)> {
    (text(), text(), text(), text()).prop_map(|(a, b, c, d)| (format!("{a} {b} {c}"), format!("{c} {d} {b}")))
}

fn folded(text: &str) -> Vec<String> {
    let visible = |c: &char| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}');
    let split = text.split(|c: char| !c.is_alphanumeric() && visible(&c)).map(|word| word.chars().filter(visible));
    split.map(|word| word.flat_map(char::to_lowercase).collect::<String>()).filter(|word| !word.is_empty()).collect()
}

proptest! {
    #[test]
    fn the_words_of_a_run_are_the_same_on_both_sides((one, other) in pair()) {
        let (here, there) = (Words::of_all(&one), Words::of_all(&other));
        let comparison = compare(&here, &there);
        for (a, b) in comparison.runs(&here, &there) {
            prop_assert_eq!(folded(a.text(&one)), folded(b.text(&other)));
        }
        for passage in comparison.passages() {
            prop_assert!(one.get(passage.one.range()).is_some() && other.get(passage.other.range()).is_some());
        }
        for share in [comparison.one, comparison.other] {
            prop_assert!(share.same <= share.words && share.same_unquoted <= share.unquoted && share.unquoted <= share.words);
        }
        prop_assert_eq!(comparison.one.same, comparison.other.same);
    }

    #[test]
    fn a_text_is_an_exact_copy_of_itself(text in text()) {
        let words = Words::of_all(&text);
        let comparison = compare(&words, &words);
        prop_assert_eq!(comparison.is_exact(), !words.is_empty());
        prop_assert_eq!(Sketch::of(&words).keys().is_empty(), words.is_empty());
    }

    #[test]
    fn a_difference_tells_every_word_of_both_once((one, other) in pair()) {
        let (copy, original) = (Words::of_all(&one), Words::of_all(&other));
        let comparison = compare(&copy, &original);
        let (mut of_copy, mut of_original): (Vec<Span>, Vec<Span>) = (Vec::new(), Vec::new());
        for piece in difference(&comparison, &copy, &original) {
            match piece {
                Piece::Kept { copy, original } | Piece::Moved { copy, original } => {
                    of_copy.push(copy);
                    of_original.push(original);
                }
                Piece::LeftOut { original } => of_original.push(original),
                Piece::PutIn { copy } => of_copy.push(copy),
            }
        }
        prop_assert!(of_copy.is_sorted(), "the pieces of the copy are in its order");
        of_original.sort();
        for (spans, text, words) in [(&of_copy, &one, &copy), (&of_original, &other, &original)] {
            prop_assert!(spans.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
            let told: usize = spans.iter().map(|span| Words::of_all(span.text(text)).len()).sum();
            prop_assert_eq!(told, words.len());
        }
    }

    #[test]
    fn the_order_of_overlaps_does_not_change_the_groups(texts in prop::collection::vec(text(), 2..7), turn in 0usize..7) {
        let words: Vec<Words> = texts.iter().map(|text| Words::of_all(text)).collect();
        let mut overlaps: Vec<Overlap> = (0..texts.len())
            .flat_map(|one| (0..one).map(move |other| (one, other)))
            .map(|(one, other)| Overlap::of(one as i64, other as i64, &compare(&words[one], &words[other])))
            .collect();
        let mut imprints: Vec<Imprint> = (0..texts.len()).map(|key| Imprint { key: key as i64, ..Imprint::default() }).collect();
        let before = groups(&imprints, &overlaps, &[]);
        let members: usize = before.iter().map(|group| 1 + group.members.len()).sum();
        prop_assert_eq!(members, texts.len(), "every text is in one group");
        let (by, of) = (turn % overlaps.len(), turn % texts.len());
        overlaps.rotate_left(by);
        imprints.rotate_left(of);
        prop_assert_eq!(before, groups(&imprints, &overlaps, &[]));
    }
}

#[test]
fn texts_without_words_share_nothing() {
    let none = Words::of_all("… — !");
    let one = Words::of_all("Ceasefire");
    for (here, there) in [(&none, &none), (&none, &one), (&one, &none)] {
        let comparison = compare(here, there);
        assert!(comparison.passages().is_empty() && !comparison.is_exact());
        assert!(difference(&comparison, here, there).len() <= 1);
    }
    assert!(compare(&one, &Words::of_all("CEASEFIRE!")).is_exact());
    assert!(candidates(&[Sketch::of(&none), Sketch::of(&none)]).is_empty());
    assert_eq!(candidates(&[Sketch::of(&one), Sketch::of(&Words::of_all("ceasefire"))]), [(0, 1)]);
}

#[test]
fn a_passage_does_not_run_on_over_what_is_left_out() {
    let story = "The column left the barracks at dawn and reached the ford by noon without having met a single checkpoint on its way north";
    let broken = story.replace("and reached", "SHARE THIS and reached");
    let share = broken.find("SHARE").unwrap();
    let parts = [Span::new(0, share).unwrap(), Span::new(share + 10, broken.len()).unwrap()];
    let (whole, parted) = (Words::of_all(story), Words::of(&broken, &parts));
    let comparison = compare(&parted, &whole);
    assert_eq!((comparison.one.all(), comparison.other.all()), (1.0, 1.0));
    assert!(comparison.passages().iter().all(|passage| !passage.one.text(&broken).contains("SHARE")));
}

#[test]
fn very_long_texts_are_compared_in_reason() {
    let mut number = 1u64;
    let mut word = || {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("w{} ", (number >> 33) % 5_000)
    };
    let long: String = (0..200_000).map(|_| word()).collect();
    assert!(long.len() > 1_000_000);
    let moved = format!("{} preface {}", &long[600_000..], &long[..600_000]);
    let (one, other) = (Words::of_all(&long), Words::of_all(&moved));
    let comparison = compare(&one, &other);
    assert!(comparison.one.all() > 0.99 && !comparison.is_exact());
    assert!(!difference(&comparison, &one, &other).is_empty());
    let same = Words::of_all(&"guns ".repeat(200_000));
    let other = Words::of_all(&format!("the {}", "guns ".repeat(150_000)));
    assert!(compare(&same, &other).one.all() > 0.7);
}
