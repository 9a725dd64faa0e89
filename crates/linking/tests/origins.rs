//! Which reports are copies of which, which came first, and what makes no copy.

use jiff::civil::{Date, date};
use sayso_linking::origin::{
    Edge, Group, Imprint, Judgement, Kind, Overlap, Piece, Precedence, Ruling, Sketch, Tie, Words, candidates, compare, difference, edge,
    groups,
};

/// The sentences of an agency's story.
const STORY: [&str; 8] = [
    "Gunmen on motorcycles opened fire on a market in the town of Dar Alem on Tuesday and killed at least nine traders, the provincial governor said.",
    "The attackers arrived shortly before noon, when the stalls were crowded with families who had come in from the villages for the weekly fair.",
    "A fire broke out in the cloth sellers' row and burned until the evening, because the only engine in the district had no fuel.",
    "Two of the wounded were taken by lorry to the hospital at Marrow Ford, forty kilometres to the east, where one of them died.",
    "No group has claimed the shooting, but officials in the capital blamed fighters loyal to the deposed commander Issa Teremun.",
    "The army sent a column of armoured cars along the river road and put the town under a curfew that begins at dusk.",
    "Traders said that they had warned the prefect three times in the past month that strangers were counting the guards at the gate.",
    "The market, one of the oldest in the valley, will stay closed until the council has decided who is to pay for new watchmen.",
];

/// The sentences of another one.
const OTHER: [&str; 8] = [
    "Engineers reopened the bridge over the Sool gorge on Wednesday, eleven weeks after shells had broken two of its five arches.",
    "The first lorries to cross carried flour and diesel for the northern garrison, which had been supplied by mule since the spring.",
    "A colonel who led the works said that mines were still being dug out of the southern bank and that drivers should keep to the lane.",
    "The ceasefire commission counted fourteen breaches in the gorge last week, fewer than in any week since the talks began.",
    "Shepherds have begun to bring their flocks back to the upper pastures, although the ministry has not declared them safe.",
    "Half of the cost was borne by a fund that three neighbouring states set up when the fighting stopped the trade in timber.",
    "The rebels, who hold the heights above the road, did not interfere with the work and sent an observer to the opening.",
    "A second crossing further down the river is to be repaired before the snow, if the money that was promised arrives in time.",
];

/// The same background, in the same words, at the end of two reports.
const BACKGROUND: &str = "The conflict in the valley began six years ago, when the council dissolved the militias and the commander refused to \
     hand over his guns. More than four thousand people have been killed since, by the count of the monitors.";

/// What was said in public and everyone reports.
const SPEECH: &str = "“We did not come to this valley to rule it, and we shall not leave it to those who would burn it down. Whoever lays down \
     his weapon before the first of the month may go home to his family unharmed, and whoever keeps it will be met with the full force of the republic.”";

fn report(key: i64, sentences: &[&str]) -> (Imprint, String) {
    (Imprint { key, id: format!("report-{key}"), ..Imprint::default() }, sentences.join(" "))
}

fn overlap(one: &(Imprint, String), other: &(Imprint, String)) -> Overlap {
    Overlap::of(one.0.key, other.0.key, &compare(&Words::of_all(&one.1), &Words::of_all(&other.1)))
}

/// The edge between two reports, which must not depend on which is named first.
fn tied(one: &(Imprint, String), other: &(Imprint, String)) -> Edge {
    let found = edge(&overlap(one, other), &one.0, &other.0);
    assert_eq!(found, edge(&overlap(other, one), &other.0, &one.0));
    found
}

#[track_caller]
fn check(original: &[&str], copy: &[&str], expected: Kind) {
    let (original, copy) = (report(1, original), report(2, copy));
    let dated = |(imprint, text): (Imprint, String), day| (Imprint { published: Some(on(day)), ..imprint }, text);
    let found = tied(&dated(original, date(2031, 4, 2)), &dated(copy, date(2031, 4, 3)));
    assert_eq!((found.copy, found.original, found.kind), (2, 1, expected), "{}", found.why);
}

fn on(day: Date) -> (Date, Date) {
    (day, day)
}

/// The groups of reports, found as a caller does; the same whatever order they come in.
fn grouped(reports: &[(Imprint, String)], judgements: &[Judgement]) -> Vec<Group> {
    let words: Vec<Words> = reports.iter().map(|(_, text)| Words::of_all(text)).collect();
    let sketches: Vec<Sketch> = words.iter().map(Sketch::of).collect();
    let pairs = candidates(&sketches);
    let mut overlaps: Vec<Overlap> = pairs.iter().map(|(one, other)| overlap(&reports[*one], &reports[*other])).collect();
    let mut imprints: Vec<Imprint> = reports.iter().map(|(imprint, _)| imprint.clone()).collect();
    let found = groups(&imprints, &overlaps, judgements);
    overlaps = overlaps.into_iter().rev().map(Overlap::turned).collect();
    imprints.reverse();
    let backwards: Vec<Judgement> = judgements.iter().rev().copied().collect();
    assert_eq!(found, groups(&imprints, &overlaps, &backwards), "the order of the input matters");
    found
}

/// The numbers of each group, its origin first.
fn numbers(groups: &[Group]) -> Vec<Vec<i64>> {
    groups.iter().map(|group| std::iter::once(group.origin).chain(group.members.iter().map(|member| member.key)).collect()).collect()
}

#[test]
fn copies_are_told_by_what_was_done_to_the_text() {
    check(&STORY, &STORY, Kind::Exact);
    check(&STORY, &[&["MARROW FORD:"], &STORY[..], &["Edited by the night desk."]].concat(), Kind::Edited);
    check(&STORY, &[STORY[3], STORY[1], STORY[0], STORY[2], STORY[7], STORY[6], STORY[5], STORY[4]], Kind::Edited);
    check(&STORY, &STORY[..3], Kind::Abridged);
    check(&STORY[..4], &[&STORY[..4], &OTHER[..]].concat(), Kind::Extended);
    check(&STORY, &[STORY[0], OTHER[0], STORY[2], OTHER[3], OTHER[4], STORY[5], OTHER[6], STORY[1]], Kind::Merged);
}

#[test]
fn small_edits_leave_a_passage_one() {
    let edited = STORY[0].replace("nine traders", "nine of the traders").replace("on Tuesday", "yesterday");
    let (one, other) = (Words::of_all(STORY[0]), Words::of_all(&edited));
    let comparison = compare(&one, &other);
    let [passage] = comparison.passages() else { panic!("{:?}", comparison.passages()) };
    assert_eq!(passage.one.text(STORY[0]), STORY[0].trim_end_matches('.'));
    assert_eq!(passage.other.text(&edited), edited.trim_end_matches('.'));
    assert_eq!((passage.same, passage.edited), (one.len() - 2, 3));
}

#[test]
fn a_difference_says_what_was_kept_left_out_moved_and_put_in() {
    let original = STORY[..4].join(" ");
    let copy = [STORY[0], STORY[3], STORY[1], OTHER[5]].join(" ");
    let (here, there) = (Words::of_all(&copy), Words::of_all(&original));
    let told = difference(&compare(&here, &there), &here, &there).into_iter().map(|piece| match piece {
        Piece::Kept { copy: span, original: other } => {
            assert_eq!(span.text(&copy), other.text(&original));
            format!("kept {}", &span.text(&copy)[..9])
        }
        Piece::Moved { copy: span, .. } => format!("moved {}", &span.text(&copy)[..9]),
        Piece::LeftOut { original: span } => format!("left out {}", &span.text(&original)[..9]),
        Piece::PutIn { copy: span } => format!("put in {}", &span.text(&copy)[..9]),
    });
    let expected = ["kept Gunmen on", "left out A fire br", "kept Two of th", "moved The attac", "put in Half of t"];
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn unlike_reports_are_no_copies() {
    check(&STORY, &OTHER, Kind::Overlapping);
    assert!(candidates(&[Sketch::of(&Words::of_all(&STORY.join(" "))), Sketch::of(&Words::of_all(&OTHER.join(" ")))]).is_empty());
}

#[test]
fn background_that_two_reports_end_with_makes_no_copy() {
    check(&[STORY[0], STORY[1], BACKGROUND], &[OTHER[0], OTHER[1], BACKGROUND], Kind::Overlapping);
}

#[test]
fn a_quoted_speech_makes_no_copy() {
    let one = [SPEECH, "said the president at the opening of parliament, while the deputies of the valley stayed away in protest."];
    let other = ["In a broadcast that all stations carried he announced:", SPEECH, "Nobody answered from the hills that night."];
    check(&one, &other, Kind::Overlapping);
    check(&one, &one, Kind::Exact);
}

#[test]
fn texts_in_scripts_without_spaces_are_compared_too() {
    let original =
        "星期二上午武装人员骑摩托车冲进集市向摊贩开枪，至少九人死亡，数十人受伤，当地政府宣布实行宵禁。军队随后封锁了通往河谷的道路。";
    let copy = "星期二上午武装人员骑摩托车冲进集市向摊贩开枪，至少九人死亡。";
    check(&[original], &[copy], Kind::Abridged);
}

#[test]
fn the_edge_says_why_in_one_sentence() {
    let mut original = report(7, &STORY);
    original.0.title = Some("Nine die in market shooting".into());
    original.0.publisher = Some("North Wire".into());
    original.0.published = Some(on(date(2031, 4, 2)));
    let mut copy = report(3, &[&STORY[..], &["Additional reporting by our correspondent."]].concat());
    copy.0.publisher = Some("Valley Lamp".into());
    copy.0.credit = Some("North Wire".into());
    let found = tied(&copy, &original);
    assert_eq!((found.copy, found.original, found.first), (3, 7, Precedence::Credited));
    assert_eq!(found.why, "97 % of its words stand in «Nine die in market shooting» (North Wire, 2 April 2031), which it credits");
}

#[test]
fn what_came_first_is_told_by_credit_then_address_then_date_then_length_then_order() {
    let first = |change: fn(&mut Imprint, &mut Imprint)| {
        let (mut one, mut other) = (report(1, &STORY), report(2, &STORY));
        change(&mut one.0, &mut other.0);
        let found = tied(&one, &other);
        (found.original, found.first)
    };
    let day = |d| Some(on(date(2031, 4, d)));
    assert_eq!(first(|_, _| ()), (1, Precedence::Order));
    assert_eq!(first(|one, _| one.credit = Some("North Wire".into())), (2, Precedence::Uncredited));
    let dated = |one: &mut Imprint, other: &mut Imprint| {
        (one.published, other.published) = (Some(on(date(2031, 4, 3))), Some(on(date(2031, 4, 2))))
    };
    assert_eq!(first(dated), (2, Precedence::Date));
    let vague = |one: &mut Imprint, other: &mut Imprint| {
        (one.published, other.published) = (Some((date(2031, 4, 1), date(2031, 4, 30))), Some(on(date(2031, 4, 2))));
    };
    assert_eq!(first(vague), (1, Precedence::Order));
    let address = |one: &mut Imprint, other: &mut Imprint| {
        (one.url, other.url) = (Some("https://lamp.example/a?ref=1".into()), Some("http://www.lamp.example/a/".into()));
        (one.publisher, other.publisher) = (Some("North Wire".into()), Some("Lamp".into()));
    };
    assert_eq!(first(address), (2, Precedence::Address));
    let (part, mut whole) = (report(1, &STORY[..3]), report(2, &STORY));
    assert_eq!(tied(&part, &whole).first, Precedence::Longer);
    whole.0.published = day(5);
    assert_eq!(tied(&part, &whole).original, 2);
}

#[test]
fn a_text_that_credits_another_needs_less_in_common_with_it() {
    let mixed = [&OTHER[..6], &STORY[..3]].concat();
    let (mut original, mut copy) = (report(1, &STORY), report(2, &mixed));
    assert_eq!(tied(&original, &copy).kind, Kind::Merged);
    original.1 = [&STORY[..], &[BACKGROUND]].concat().join(" ");
    copy.1 = [&mixed[..], &[SPEECH]].concat().join(" ");
    assert_eq!(tied(&original, &copy).kind, Kind::Overlapping);
    original.0.publisher = Some("North Wire".into());
    copy.0.credit = Some("North Wire".into());
    assert_eq!(tied(&original, &copy).kind, Kind::Merged);
}

#[test]
fn parts_shared_by_texts_of_different_seasons_are_background() {
    let (mut old, mut late) = (report(1, &STORY), report(2, &[&OTHER[..4], &STORY[..4]].concat()));
    assert_eq!(tied(&old, &late).kind, Kind::Merged);
    old.0.published = Some(on(date(2031, 4, 2)));
    late.0.published = Some(on(date(2031, 4, 5)));
    assert_eq!(tied(&old, &late).kind, Kind::Merged);
    late.0.published = Some(on(date(2032, 4, 2)));
    assert_eq!(tied(&old, &late).kind, Kind::Overlapping);
}

#[test]
fn a_round_up_belongs_to_one_group_and_joins_none() {
    let round_up = [&STORY[..5], &OTHER[..4]].concat();
    let reports = [report(1, &STORY), report(2, &OTHER), report(3, &STORY[..6]), report(4, &round_up)];
    assert_eq!(numbers(&grouped(&reports, &[])), [vec![1, 3, 4], vec![2]]);
    let two_round_ups = [&reports[..], &[report(5, &[&OTHER[..5], &STORY[4..7]].concat())]].concat();
    let mut found = numbers(&grouped(&two_round_ups, &[]));
    found.iter_mut().for_each(|group| group.sort_unstable());
    assert_eq!(found, [vec![1, 3, 4], vec![2, 5]]);
}

#[test]
fn a_round_up_of_two_whole_reports_does_not_join_them() {
    let round_up = [&STORY[..], &OTHER[..]].concat();
    let alone = grouped(&[report(1, &STORY), report(2, &OTHER), report(3, &round_up)], &[]);
    assert!(alone.iter().all(|group| group.members.len() < 2), "{alone:?}");
}

#[test]
fn parts_of_a_text_that_was_published_before_them_are_its_copies() {
    let dated = |(imprint, text): (Imprint, String), d| (Imprint { published: Some(on(date(2031, 4, d))), ..imprint }, text);
    let reports = [dated(report(1, &STORY[..4]), 3), dated(report(2, &STORY[4..]), 4), dated(report(3, &STORY), 2)];
    assert_eq!(numbers(&grouped(&reports, &[])), [vec![3, 1, 2]]);
}

#[test]
fn an_agency_that_is_credited_and_not_at_hand_is_cited_not_held() {
    let mut reports = [report(1, &STORY), report(2, &STORY), report(3, &OTHER)];
    reports[0].0.credit = Some("North Wire".into());
    reports[1].0.credit = Some("North Wire".into());
    let found = grouped(&reports, &[]);
    assert_eq!(found[0].cited, ["North Wire"]);
    assert!(found[1].cited.is_empty());
    reports[2] = report(3, &STORY);
    reports[2].0.publisher = Some("North Wire".into());
    let held = grouped(&reports, &[]);
    assert_eq!(numbers(&held), [vec![3, 1, 2]]);
    assert!(held[0].cited.is_empty());
}

#[test]
fn what_a_person_decided_wins() {
    let reports = [report(1, &STORY), report(2, &STORY), report(3, &OTHER), report(4, &OTHER)];
    let judged = |one, other, ruling| Judgement { one, other, ruling };
    assert_eq!(numbers(&grouped(&reports, &[])), [vec![1, 2], vec![3, 4]]);
    assert_eq!(numbers(&grouped(&reports, &[judged(2, 1, Ruling::Apart)])), [vec![1], vec![2], vec![3, 4]]);
    let joined = grouped(&reports, &[judged(4, 2, Ruling::Together)]);
    assert_eq!(numbers(&joined), [vec![1, 2, 3, 4]]);
    let ties: Vec<(i64, i64, bool)> = joined[0].members.iter().map(|m| (m.key, m.of, m.tie == Tie::Judged)).collect();
    assert_eq!(ties, [(2, 1, false), (3, 4, false), (4, 2, true)]);
    let both = [judged(4, 2, Ruling::Together), judged(2, 4, Ruling::Apart)];
    assert_eq!(numbers(&grouped(&reports, &both)), [vec![1, 2], vec![3, 4]]);
}

#[test]
fn a_story_that_very_many_print_is_one_group() {
    let reports: Vec<(Imprint, String)> =
        (0..300).map(|key| report(key, &[&STORY[..], &["Printed in", &key.to_string()]].concat())).collect();
    let found = grouped(&reports, &[]);
    assert_eq!((found.len(), found[0].origin, found[0].members.len()), (1, 0, 299));
}
