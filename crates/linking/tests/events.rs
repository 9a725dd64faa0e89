//! Which tellings speak of one happening? Cases that a reader can judge: each line is one statement of one report.

use std::sync::Arc;

use proptest::prelude::*;
use sayso_linking::event::{
    Account, Count, Days, Edge, Group, Happening, Joined, Kinship, Knowledge, Number, Outlook, Participant, Table, Tables, When, Where,
    groups, keys, likeness, link, lower, stories,
};
use sayso_types::{EventType, Level, QuantityOf, RoleName};

fn knowledge() -> Knowledge {
    let table = |file, text| Table { file, text };
    Knowledge::load(&Tables {
        weights: table("linking/weights.tsv", include_str!("../../../data/linking/weights.tsv")),
        mentions: table("linking/mentions.tsv", include_str!("../../../data/linking/mentions.tsv")),
        compatible: table("linking/compatible.tsv", include_str!("../../../data/linking/compatible.tsv")),
        words: table("lexicons/en/happenings.tsv", include_str!("../../../data/lexicons/en/happenings.tsv")),
        commonness: table("linking/commonness.tsv", include_str!("../../../data/linking/commonness.tsv")),
        triggers: table("linking/triggers.tsv", include_str!("../../../data/linking/triggers.tsv")),
        stories: table("linking/stories.tsv", include_str!("../../../data/linking/stories.tsv")),
    })
    .expect("the program's tables")
}

fn kinship() -> Kinship {
    let links = [("haqqani-network", "taliban"), ("afghan-police", "afghanistan")];
    Kinship::of_links(links.map(|(part, whole)| (part.to_owned(), whole.to_owned())))
}

/// Places by their names: GeoNames id, country, division, coordinates, precision.
fn place(name: &str) -> Where {
    let (id, country, admin1, at, precision) = match name {
        "Kabul" => (1, "AFG", "Kabul", Some((34.53, 69.17)), 1),
        "Herat" => (2, "AFG", "Herat", Some((34.35, 62.20)), 1),
        "Lashkar Gah" => (3, "AFG", "Helmand", Some((31.59, 64.37)), 1),
        "Helmand" => (4, "AFG", "Helmand", Some((31.0, 64.0)), 4),
        "Afghanistan" => (5, "AFG", "", Some((33.0, 66.0)), 6),
        "Quetta" => (6, "PAK", "Balochistan", Some((30.18, 67.0)), 1),
        other => panic!("no place {other}"),
    };
    Where {
        geonames_id: Some(id),
        name: name.into(),
        country: country.into(),
        admin1: admin1.into(),
        coordinates: at,
        precision: Some(precision),
        level: Level::Textual,
    }
}

/// A statement from a line: `document type trigger key=value …: sentence`. `by` and `on` name actors, `in` a place, `at` a day or an
/// interval, `killed` a count, `told` the day of the report.
fn told(knowledge: &Knowledge, number: i64, line: &str) -> Happening {
    let (coding, sentence) = line.split_once(": ").expect("a sentence");
    let mut parts = coding.split_whitespace();
    let document: i64 = parts.next().and_then(|d| d.parse().ok()).expect("a document");
    let event = parts.next().and_then(EventType::of_str).expect("a type");
    let trigger = parts.next().expect("a trigger");
    let mut account = Account { document, origin: document, ..Account::default() };
    let words = lower(sentence);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut happening = Happening::of_account(number, Arc::default());
    let days = |value: &str| {
        let (first, last) = value.split_once('/').unwrap_or((value, value));
        Days::between(first.parse().expect("a day"), last.parse().expect("a day"))
    };
    let (mut participants, mut counts) = (Vec::new(), Vec::new());
    happening.outlook = Outlook::Behind;
    for part in parts {
        match part.split_once('=').unwrap_or((part, "")) {
            ("by", id) => participants.push((RoleName::Actor, id)),
            ("on", id) => participants.push((RoleName::Recipient, id)),
            ("in", name) => happening.place = Some(place(&name.replace('_', " "))),
            ("at", value) => happening.time = Some(When { days: days(value), level: Level::Textual }),
            ("killed", n) => counts.push(Count { of: QuantityOf::Killed, low: n.parse().ok(), best: n.parse().ok(), high: n.parse().ok() }),
            ("told", value) => account.published = Some(days(value)),
            ("several", _) => happening.number = Number::Several,
            ("ahead", _) => happening.outlook = Outlook::Ahead,
            ("mode", mode) => happening.mode = mode.into(),
            (other, _) => panic!("no {other}"),
        }
    }
    let participant =
        |(role, id): (RoleName, &str)| Participant { role, actor_id: Some(id.into()), name: id.into(), words: knowledge.words([id]) };
    let named: Vec<String> =
        participants.iter().map(|(_, id)| id.to_string()).chain(happening.place.iter().map(|p| p.name.to_lowercase())).collect();
    let wording = words.iter().copied().filter(|word| !word.starts_with(trigger) && !named.iter().any(|name| name.contains(word)));
    let trigger_at = words.iter().position(|word| word.starts_with(trigger)).unwrap_or(0);
    Happening {
        account: Arc::new(account),
        sentence: u32::try_from(number).expect("small"),
        event: Some(event),
        trigger: knowledge.trigger(trigger),
        participants: participants.into_iter().map(participant).collect(),
        counts: counts.into(),
        sites: knowledge.sites(words.iter().copied()),
        struck: knowledge.sites(words.iter().copied()),
        apart: knowledge.apart(&words, trigger_at).unwrap_or_default().into(),
        words: knowledge.words(wording),
        ..happening
    }
}

/// The groups of some lines, as numbers of lines counted from 1.
fn grouped(lines: &[&str], together: &[(i64, i64)], apart: &[(i64, i64)]) -> Vec<Vec<i64>> {
    let knowledge = knowledge();
    let happenings: Vec<Happening> = (1..).zip(lines).map(|(number, line)| told(&knowledge, number, line)).collect();
    let (_, groups) = link(&happenings, &kinship(), &knowledge, together, apart);
    members(&groups)
}

fn members(groups: &[Group]) -> Vec<Vec<i64>> {
    groups.iter().map(|group| group.members.iter().map(|member| member.key).collect()).collect()
}

#[track_caller]
fn check(lines: &[&str], expected: &[&[i64]]) {
    assert_eq!(grouped(lines, &[], &[]), expected);
}

#[test]
fn differing_counts_of_one_attack_are_joined() {
    check(
        &[
            "1 assault attack in=Herat at=2017-08-01 killed=24 told=2017-08-01: Gunmen attacked a mosque in Herat, killing 24 worshippers",
            "2 assault attack in=Herat at=2017-08-01 killed=35 told=2017-08-02: The attack on the mosque in Herat killed 35 worshippers",
            "3 assault kill in=Herat at=2017-08-01 killed=36 told=2017-10-02: Gunmen killed 36 people in the mosque in Herat",
        ],
        &[&[1, 2, 3]],
    );
}

#[test]
fn a_factions_attack_is_its_parents() {
    check(
        &[
            "1 assault attack by=haqqani-network on=afghan-police in=Kabul at=2017-07-31: Haqqani fighters attacked a police station in Kabul",
            "2 assault attack by=taliban on=afghan-police in=Kabul at=2017-07-31: Taliban attacked a police station in Kabul",
        ],
        &[&[1, 2]],
    );
}

#[test]
fn a_town_lies_in_its_country() {
    check(
        &[
            "1 assault bomb in=Kabul at=2017-07-31 killed=12: A bomber killed 12 at the bank in Kabul",
            "2 assault bomb in=Afghanistan at=2017-07-31 killed=12: A bomber killed 12 at a bank in Afghanistan",
            "3 assault attack by=taliban in=Helmand at=2017-07-31 killed=9: Taliban attacked a checkpoint in Helmand and killed 9 officers",
            "4 assault attack by=taliban in=Lashkar_Gah at=2017-07-31 killed=9: Taliban attacked a checkpoint in Lashkar Gah, 9 officers died",
        ],
        &[&[1, 2], &[3, 4]],
    );
}

#[test]
fn a_day_lies_in_the_end_of_its_month() {
    check(
        &[
            "1 assault attack by=islamic-state in=Kabul at=2017-07-31: Islamic State attacked the embassy in Kabul",
            "2 assault attack by=islamic-state in=Kabul at=2017-07-21/2017-07-31: Islamic State attacked the embassy in Kabul at the end of July",
            "3 assault attack by=islamic-state in=Kabul at=2017-08-04: Islamic State attacked the embassy in Kabul",
        ],
        &[&[1, 2], &[3]],
    );
}

#[test]
fn a_round_up_is_no_attack() {
    check(
        &[
            "1 assault attack by=taliban in=Kabul at=2017-07-31 killed=24: Taliban attack in Kabul killed 24 people",
            "2 assault attack several by=taliban in=Kabul at=2017-07-01/2017-07-31 killed=24: Taliban attacks in Kabul killed 24 people",
        ],
        &[&[1], &[2]],
    );
}

#[test]
fn two_attacks_of_one_day_stay_two_where_words_say_so() {
    check(
        &[
            "1 assault attack by=taliban on=afghan-police in=Kabul at=2017-07-31 killed=3: Taliban attacked a police station in Kabul, killing 3",
            "1 assault attack by=taliban on=afghan-police in=Kabul at=2017-07-31 killed=3: A second attack in Kabul the same day killed 3 police",
            "2 assault attack by=taliban on=afghan-police in=Kabul at=2017-07-31 killed=3: Taliban attacked a police station in Kabul and killed 3",
        ],
        &[&[1, 3], &[2]],
    );
}

#[test]
fn different_targets_of_one_day_stay_two() {
    check(
        &[
            "1 assault attack by=taliban on=mosque in=Kabul at=2017-07-31: Taliban attacked a mosque in Kabul",
            "2 assault attack by=taliban on=hotel in=Kabul at=2017-07-31: Taliban attacked a hotel in Kabul",
        ],
        &[&[1], &[2]],
    );
}

#[test]
fn other_towns_and_countries_are_other_happenings() {
    check(
        &[
            "1 assault bomb in=Kabul at=2017-07-31 killed=12: A bomber killed 12 at a market",
            "2 assault bomb in=Herat at=2017-07-31 killed=12: A bomber killed 12 at a market",
            "3 assault bomb in=Quetta at=2017-07-31 killed=12: A bomber killed 12 at a market",
        ],
        &[&[1], &[2], &[3]],
    );
}

#[test]
fn a_threat_is_not_the_attack() {
    check(
        &[
            "1 assault attack by=taliban in=Kabul at=2017-07-31: Taliban attacked the embassy in Kabul",
            "2 assault attack ahead by=taliban in=Kabul at=2017-07-31: Taliban will attack the embassy in Kabul",
            "3 assault attack ahead by=taliban in=Kabul at=2017-07-31: Taliban threatens to attack the embassy in Kabul",
        ],
        &[&[1], &[2, 3]],
    );
}

#[test]
fn types_that_are_never_one_stay_apart() {
    check(
        &[
            "1 assault attack by=taliban in=Kabul at=2017-07-31: Taliban attacked officials in Kabul",
            "2 consult meet by=taliban in=Kabul at=2017-07-31: Taliban met officials in Kabul",
        ],
        &[&[1], &[2]],
    );
}

#[test]
fn an_untimed_report_is_taken_for_the_news_of_its_week() {
    let lines = [
        "1 assault attack in=Herat at=2017-08-01 killed=24 told=2017-08-01: Gunmen attacked a mosque in Herat, killing 24 worshippers",
        "2 assault attack in=Herat killed=24 told=2017-08-03: Gunmen attacked a mosque in Herat and killed 24 worshippers",
        "3 assault attack in=Herat killed=21 told=2019-03-03: Gunmen attacked a mosque in Herat and killed 21 worshippers",
    ];
    check(&lines, &[&[1, 2], &[3]]);
}

const SAME: [&str; 2] = [
    "1 assault attack by=taliban in=Herat at=2017-08-01 killed=24: Gunmen attacked a mosque in Herat, killing 24 worshippers",
    "2 assault attack by=taliban in=Herat at=2017-08-01 killed=24: Gunmen attacked a mosque in Herat, killing 24 worshippers",
];
const OTHER: [&str; 2] = [
    "1 assault bomb in=Kabul at=2017-07-31 killed=12: A bomber killed 12 at a market",
    "2 assault bomb in=Herat at=2018-07-31 killed=2: A grenade hurt shoppers",
];

#[test]
fn what_a_person_parts_or_joins_stays_so() {
    assert_eq!(grouped(&SAME, &[], &[]), [[1, 2]]);
    assert_eq!(grouped(&SAME, &[], &[(2, 1)]), [[1], [2]], "a split outweighs any likeness");
    assert_eq!(grouped(&OTHER, &[], &[]), [[1], [2]]);
    assert_eq!(grouped(&OTHER, &[(2, 1)], &[]), [[1, 2]], "a join outweighs any difference");
}

#[test]
fn a_split_holds_against_joins_by_others() {
    let edges = [(1, 2, 0.99), (2, 3, 0.99), (1, 3, 0.99)];
    let split = members(&groups(&[1, 2, 3], &edges, &[], &[(1, 3)]));
    assert!(!split.iter().any(|group| group.contains(&1) && group.contains(&3)), "{split:?}");
    let torn = members(&groups(&[1, 2, 3], &edges, &[(1, 2), (2, 3)], &[(1, 3)]));
    assert!(!torn.iter().any(|group| group.contains(&1) && group.contains(&3)), "{torn:?}");
    assert_eq!(members(&groups(&[1, 2, 3], &[], &[(3, 2), (2, 1)], &[])), [[1, 2, 3]], "joins go through several steps");
}

#[test]
fn each_member_says_by_whom_it_came() {
    let groups = groups(&[1, 2, 3], &[(1, 2, 0.9), (2, 3, 0.8), (1, 3, 0.6)], &[], &[]);
    let joined: Vec<Joined> = groups[0].members.iter().map(|m| m.joined).collect();
    assert_eq!(joined, [Joined::First, Joined::Likeness { to: 1, score: 0.9 }, Joined::Likeness { to: 2, score: 0.8 }]);
}

#[test]
fn one_weak_bridge_joins_no_two_groups() {
    let edges = [(1, 2, 0.9), (3, 4, 0.9), (2, 3, 0.6)];
    assert_eq!(members(&groups(&[1, 2, 3, 4], &edges, &[], &[])), [[1, 2], [3, 4]]);
}

#[test]
fn grounds_are_said_in_words() {
    let knowledge = knowledge();
    let one =
        told(&knowledge, 1, "1 assault attack by=haqqani-network in=Kabul at=2017-07-31 killed=24: Haqqani fighters attacked a mosque");
    let other = told(&knowledge, 2, "2 assault attack by=taliban in=Afghanistan at=2017-07-31 killed=36: Taliban attacked a mosque");
    let likeness = likeness(&one, &other, &kinship(), &knowledge);
    let said: Vec<&str> = likeness.grounds.iter().map(|ground| ground.sentence.as_str()).collect();
    for expected in ["both on 2017-07-31", "haqqani-network and taliban are parts of one", "Kabul lies in Afghanistan", "both at a mosque"]
    {
        assert!(said.contains(&expected), "{expected}: {said:?}");
    }
    assert!(likeness.against.iter().any(|ground| ground.sentence == "24 and 36 killed differ"), "{:?}", likeness.against);
}

#[test]
fn what_can_be_one_has_a_key_in_common() {
    let (knowledge, kinship) = (knowledge(), kinship());
    let keys = |line| keys(&told(&knowledge, 1, line), &kinship, &knowledge);
    let meet = |one, other| keys(one).iter().any(|key| keys(other).contains(key));
    let attack = "1 assault attack by=haqqani-network in=Kabul at=2017-07-31 killed=24: Fighters attacked a mosque";
    assert!(
        meet(attack, "2 assault raid by=taliban in=Afghanistan at=2017-07-20/2017-08-02: Taliban raid"),
        "parent, wider place and time"
    );
    assert!(meet(attack, "2 coerce seize in=Kabul told=2017-08-01: They seized a mosque"), "another type, no time");
    assert!(!meet(attack, "2 assault attack by=haqqani-network in=Kabul at=2017-09-30 killed=24: They attacked a mosque"), "another month");
    assert!(keys("1 assault attack: They attacked").len() <= 1, "nowhere, never");
}

/// Some tellings, and the same in another order.
fn shuffled() -> impl Strategy<Value = (Vec<Edge>, Vec<Edge>)> {
    let edge = (0i64..30, 0i64..30, 0u8..=20).prop_map(|(a, b, score)| (a, b, f32::from(score) / 20.0));
    proptest::collection::btree_map((0i64..30, 0i64..30), edge, 0..120).prop_flat_map(|edges| {
        let edges: Vec<_> = edges.into_iter().filter(|((a, b), _)| a < b).map(|((a, b), edge)| (a, b, edge.2)).collect();
        (Just(edges.clone()), Just(edges).prop_shuffle())
    })
}

proptest! {
    #[test]
    fn the_order_of_pairs_changes_nothing((edges, other) in shuffled()) {
        let numbers: Vec<i64> = (0..30).collect();
        let turned: Vec<i64> = (0..30).rev().collect();
        let swapped: Vec<_> = other.iter().map(|(a, b, score)| (*b, *a, *score)).collect();
        let decided = ([(1, 2), (2, 5)], [(3, 1), (7, 8)]);
        let first = groups(&numbers, &edges, &decided.0, &decided.1);
        prop_assert_eq!(&first, &groups(&turned, &swapped, &[(5, 2), (2, 1)], &[(8, 7), (1, 3)]));
        let all: Vec<i64> = { let mut all: Vec<i64> = members(&first).concat(); all.sort_unstable(); all };
        prop_assert_eq!(all, numbers);
    }
}

/// The stories of one report's lines, as numbers of lines counted from 1, each with the place that it is looked for at.
fn told_in_one(lines: &[&str]) -> Vec<(Vec<i64>, Option<String>)> {
    let knowledge = knowledge();
    let happenings: Vec<Happening> = (1..).zip(lines).map(|(number, line)| told(&knowledge, number, line)).collect();
    let stories = stories(&happenings, &kinship(), &knowledge, &std::collections::BTreeSet::new());
    let place = |whole: &Happening| whole.place.as_ref().map(|place| place.name.to_string());
    stories.iter().map(|story| (story.members.iter().map(|(key, _)| *key).collect(), place(&story.whole))).collect()
}

#[test]
fn what_is_told_after_later_that_day_goes_on_with_it() {
    let stories = told_in_one(&[
        "1 assault attack in=Herat at=2017-08-01: Gunmen attacked a mosque in Herat on Tuesday",
        "1 assault explode: Later that day a bomb exploded outside a school",
        "1 assault kill: The blast at the school killed four pupils",
    ]);
    let herat = || Some("Herat".to_owned());
    assert_eq!(stories, [(vec![1], herat()), (vec![2, 3], herat())], "and it is looked for where the report is");
}

#[test]
fn another_site_of_the_same_kind_is_set_apart() {
    let stories = told_in_one(&[
        "1 assault storm in=Kabul at=2017-07-31: Gunmen stormed a checkpoint in Kabul on Monday",
        "1 assault lose: A week ago eight officers lost their lives at another post",
    ]);
    assert_eq!(stories.len(), 2);
}
