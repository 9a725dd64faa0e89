//! Quantities of readable sentences, from many regions.

use proptest::prelude::*;
use sayso_types::Span;

use super::sample::analysis;
use super::*;

fn lexicon() -> QuantityLexicon {
    macro_rules! table {
        ($name:literal) => {
            Table { file: $name, text: include_str!(concat!("../../../../../data/lexicons/en/", $name)) }
        };
    }
    QuantityLexicon::load(QuantityTables {
        numbers: table!("numbers.tsv"),
        counting: table!("counting.tsv"),
        quantifiers: table!("quantifiers.tsv"),
        counted: table!("counted.tsv"),
        currencies: table!("currencies.tsv"),
    })
    .expect("the lexicons of the repository read")
}

/// "at least 35 people: at-least 35 - - person".
fn shown(text: &str, mention: &QuantityMention) -> String {
    let number = |n: Option<u64>| n.map_or("-".to_owned(), |n| n.to_string());
    let form = match mention.form {
        QuantityForm::Number => "",
        QuantityForm::One => " one",
        QuantityForm::Article => " article",
        QuantityForm::Bare => " bare",
    };
    let scope = if mention.scope == QuantityScope::Additional { " additional" } else { "" };
    let class = mention.currency.as_deref().map_or_else(|| format!("{:?}", mention.class).to_lowercase(), str::to_owned);
    let numbers = [mention.low, mention.best, mention.high].map(number).join(" ");
    let nested: Vec<String> = mention.nested.iter().map(|part| shown(text, part)).collect();
    let nested = if nested.is_empty() { String::new() } else { format!(" ({})", nested.join("; ")) };
    format!("{}: {} {numbers} {class}{form}{scope}{nested}", mention.span.text(text), mention.rule.as_str())
}

/// The quantities of each sentence, by "; " where there are several; bare plurals and articles only where `forms` has them.
fn check(forms: &[QuantityForm], cases: &[(&str, &str)]) {
    let lexicon = lexicon();
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let mut found = quantities(text, &analysis(text), &[], &lexicon);
        found.retain(|mention| forms.contains(&mention.form));
        let found = found.iter().map(|mention| shown(text, mention)).collect::<Vec<_>>().join("; ");
        if found != *expected {
            wrong.push(format!("{text}\n    expected {expected}\n    found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

const NUMBERS: &[QuantityForm] = &[QuantityForm::Number, QuantityForm::One];

#[test]
fn rules_give_three_numbers() {
    check(
        NUMBERS,
        &[
            ("A blast in Quetta left 35 people dead.", "35 people: exact 35 35 35 person"),
            ("At least 46 people were killed in Maiduguri.", "At least 46 people: at-least 46 - - person"),
            ("More than 35 villagers fled Plateau state.", "More than 35 villagers: more-than 35 - - civilian"),
            ("The toll could exceed 35, doctors in Idlib said.", "exceed 35: more-than 35 - - unknown"),
            ("As many as 35 rebels surrendered in Caquetá.", "As many as 35 rebels: up-to - - 35 fighter"),
            ("Up to 35 soldiers are missing.", "Up to 35 soldiers: up-to - - 35 fighter"),
            ("About 35 militants attacked the post.", "About 35 militants: approximate 35 35 35 fighter"),
            ("Nearly 35 civilians were hurt in Taiz.", "Nearly 35 civilians: approximate 35 35 35 civilian"),
            ("Some 35 gunmen stormed Palma.", "Some 35 gunmen: approximate 35 35 35 fighter"),
            ("Between 30 and 35 fighters crossed the border.", "Between 30 and 35 fighters: range 30 - 35 fighter"),
            ("The army killed 30 to 35 insurgents in Sinai.", "30 to 35 insurgents: range 30 - 35 fighter"),
            ("They hold 30-35 hostages.", "30-35 hostages: range 30 - 35 person"),
            ("Several policemen were wounded in Jolo.", "Several policemen: several 2 - - fighter"),
            ("A few protesters threw stones.", "A few protesters: several 2 - - person"),
            ("Some villagers returned to Rakhine.", "Some villagers: several 2 - - civilian"),
            ("Dozens of civilians were killed.", "Dozens of civilians: order 24 - - civilian"),
            ("Scores of students were seized in Kankara.", "Scores of students: order 40 - - civilian"),
            ("Hundreds of families left Marawi.", "Hundreds of families: order 200 - - civilian"),
            ("Thousands of refugees entered Chad.", "Thousands of refugees: order 2000 - - civilian"),
            ("No one was hurt.", "No one: none 0 0 0 unknown"),
            ("Nobody was injured in the shelling.", "Nobody: none 0 0 0 unknown"),
            ("None were killed.", "None: none 0 0 0 unknown"),
            ("No civilians were harmed.", "No civilians: none 0 0 0 civilian"),
            ("There were no casualties.", "no casualties: none 0 0 0 person"),
            ("Fewer than 20 guards remain.", "Fewer than 20 guards: fewer-than - - 20 fighter"),
            ("Less than 50 houses stood.", "Less than 50 houses: fewer-than - - 50 thing"),
            ("No fewer than 60 pupils were taken.", "No fewer than 60 pupils: at-least 60 - - civilian"),
            ("No more than 12 attackers took part.", "No more than 12 attackers: up-to - - 12 fighter"),
            ("An estimated 400 mercenaries are in Libya.", "An estimated 400 mercenaries: approximate 400 400 400 fighter"),
            ("A total of 17 bodies were found.", "A total of 17 bodies: exact 17 17 17 person"),
            ("Over 90 vehicles burned.", "Over 90 vehicles: more-than 90 - - thing"),
            ("Almost 200 detainees escaped.", "Almost 200 detainees: approximate 200 200 200 person"),
            ("20 or more officers resigned.", "20 or more officers: at-least 20 - - fighter"),
            ("Fifteen or so men arrived.", "Fifteen or so men: approximate 15 15 15 person"),
            ("100+ fighters defected.", "100+ fighters: at-least 100 - - fighter"),
        ],
    );
}

#[test]
fn numbers_are_written_in_many_ways() {
    check(
        NUMBERS,
        &[
            ("The group lost 1,500 fighters.", "1,500 fighters: exact 1500 1500 1500 fighter"),
            ("Some 2.5 million people fled Ukraine.", "Some 2.5 million people: approximate 2500000 2500000 2500000 person"),
            ("Twenty-three soldiers died.", "Twenty-three soldiers: exact 23 23 23 fighter"),
            ("One hundred and fifty rebels laid down arms.", "One hundred and fifty rebels: exact 150 150 150 fighter"),
            ("Half a million people are displaced.", "Half a million people: exact 500000 500000 500000 person"),
            ("Hundreds of thousands of Rohingya fled.", "Hundreds of thousands: order 200000 - - unknown"),
            ("Tens of thousands of people marched in Khartoum.", "Tens of thousands of people: order 20000 - - person"),
            ("A dozen gunmen opened fire.", "A dozen gunmen: exact 12 12 12 fighter"),
            ("Two dozen houses were torched.", "Two dozen houses: exact 24 24 24 thing"),
            ("More than a dozen policemen died.", "More than a dozen policemen: more-than 12 - - fighter"),
            ("Several hundred families left.", "Several hundred families: order 200 - - civilian"),
            ("A few dozen protesters gathered.", "A few dozen protesters: order 24 - - person"),
            ("Three thousand troops were sent to Mali.", "Three thousand troops: exact 3000 3000 3000 fighter"),
            ("It has 12 thousand members.", "12 thousand members: exact 12000 12000 12000 person"),
            ("Two or three rockets landed near Sderot.", "Two or three rockets: range 2 - 3 thing"),
            ("As many as 9,000 ISWAP and JAS fighters are there.", "As many as 9,000 ISWAP and JAS fighters: up-to - - 9000 fighter"),
            ("Two and a half million people need aid.", "Two and a half million people: exact 2500000 2500000 2500000 person"),
            ("A hundred prisoners were freed.", "A hundred prisoners: exact 100 100 100 person"),
            ("One soldier was shot in Kashmir.", "One soldier: exact 1 1 1 fighter one"),
            ("1.2 million refugees crossed into Poland.", "1.2 million refugees: exact 1200000 1200000 1200000 civilian"),
            ("A handful of militants fled.", "A handful of militants: several 2 - - fighter"),
            ("A number of houses were damaged.", "A number of houses: several 2 - - thing"),
        ],
    );
}

#[test]
fn the_noun_is_counted_past_its_modifiers() {
    check(
        NUMBERS,
        &[
            ("Police killed 12 armed cattle raiders.", "12 armed cattle raiders: exact 12 12 12 fighter"),
            ("Six Kenyan police officers died near Mandera.", "Six Kenyan police officers: exact 6 6 6 fighter"),
            ("The blast killed 35, the ministry said.", "35: exact 35 35 35 unknown"),
            ("The raid killed 14 and wounded 20.", "14: exact 14 14 14 unknown; 20: exact 20 20 20 unknown"),
            ("Three of his associates were held.", "Three of his associates: exact 3 3 3 person"),
            ("Two of the attackers blew themselves up.", "Two of the attackers: exact 2 2 2 fighter"),
            ("Four car bombs went off in Mogadishu.", "Four car bombs: exact 4 4 4 thing"),
            ("The group carried out 11 attacks.", "11 attacks: exact 11 11 11 event"),
            ("Nine U.N. peacekeepers were hurt in Bentiu.", "Nine U.N. peacekeepers: exact 9 9 9 fighter"),
            ("It shot down 3 drones and 2 missiles.", "3 drones: exact 3 3 3 thing; 2 missiles: exact 2 2 2 thing"),
            ("Troops seized 40 AK-47 rifles.", "40 AK-47 rifles: exact 40 40 40 thing"),
            ("Two men and a woman were arrested.", "Two men: exact 2 2 2 person"),
            ("Thirteen pro-government militiamen died.", "Thirteen pro-government militiamen: exact 13 13 13 fighter"),
            (
                "Shelling killed 5 people and injured 12 others.",
                "5 people: exact 5 5 5 person; 12 others: exact 12 12 12 unknown additional",
            ),
            ("Another 12 were wounded.", "Another 12: exact 12 12 12 unknown additional"),
            ("A further 30 hostages were freed.", "A further 30 hostages: exact 30 30 30 person additional"),
            ("Two more soldiers died in hospital.", "Two more soldiers: exact 2 2 2 fighter additional"),
        ],
    );
}

#[test]
fn parts_are_nested_in_their_whole() {
    check(
        NUMBERS,
        &[
            ("The battle killed 35, including 3 attackers.", "35: exact 35 35 35 unknown (3 attackers: exact 3 3 3 fighter)"),
            (
                "At least 12 people, including three children, died.",
                "At least 12 people: at-least 12 - - person (three children: exact 3 3 3 civilian)",
            ),
            (
                "The strike killed 20 people, including five women and four children.",
                "20 people: exact 20 20 20 person (five women: exact 5 5 5 civilian; four children: exact 4 4 4 civilian)",
            ),
            ("Gunmen shot 8 villagers, two of them women.", "8 villagers: exact 8 8 8 civilian (two of them women: exact 2 2 2 civilian)"),
            ("Ten were held, among them two officers.", "Ten: exact 10 10 10 unknown; two officers: exact 2 2 2 fighter"),
        ],
    );
}

#[test]
fn money_shares_and_measures_are_told_apart() {
    check(
        NUMBERS,
        &[
            ("Kidnappers demanded $2.5 million.", "$2.5 million: exact 2500000 2500000 2500000 USD"),
            ("They paid about 300 dollars.", "about 300 dollars: approximate 300 300 300 USD"),
            ("The ransom was €40,000.", "€40,000: exact 40000 40000 40000 EUR"),
            ("It cost Rs 500.", "Rs 500: exact 500 500 500 INR"),
            ("They raised more than 3 million U.S. dollars.", "more than 3 million: more-than 3000000 - - unknown"),
            ("Turnout was 35 percent.", "35 percent: exact 35 35 35 percent"),
            ("It controls 40% of Idlib.", "40%: exact 40 40 40 percent"),
            ("The village is 30 kilometers from Goma.", "30 kilometers: exact 30 30 30 measure"),
            ("It lies 12 miles north of Mosul.", "12 miles: exact 12 12 12 measure"),
        ],
    );
}

#[test]
fn other_numbers_count_nothing() {
    check(
        NUMBERS,
        &[
            ("A 40-year-old man was held in Bogotá.", ""),
            ("Ali Hassan, 40, was shot.", ""),
            ("She is 23 years old.", ""),
            ("A man aged 23 was hurt.", ""),
            ("The 187th Infantry left.", ""),
            ("He fired an AK-47.", ""),
            ("F-16 jets took off.", ""),
            ("M23 took Goma.", ""),
            ("The Council adopted Resolution 2253.", ""),
            ("Flight 370 vanished.", ""),
            ("Call 202-555-0100 now.", ""),
            ("They met at 10:30 in Doha.", ""),
            ("He was the second commander.", ""),
            ("They fought one another.", ""),
            ("Police said some of it was true.", ""),
            ("The shell was of 9mm calibre.", ""),
            ("He no longer leads it.", ""),
        ],
    );
}

#[test]
fn articles_and_bare_plurals_are_marked() {
    let all = [QuantityForm::Number, QuantityForm::One, QuantityForm::Article, QuantityForm::Bare];
    check(
        &all,
        &[
            ("A soldier was killed in Diffa.", "A soldier: exact 1 1 1 fighter article"),
            ("Troops shot one insurgent and his bodyguard.", "one insurgent: exact 1 1 1 fighter one"),
            ("An Afghan police officer died.", "An Afghan police officer: exact 1 1 1 fighter article"),
            (
                "They held a leader and three of his associates.",
                "a leader: exact 1 1 1 person article; three of his associates: exact 3 3 3 person",
            ),
            ("They caught an additional insurgent.", "an additional insurgent: exact 1 1 1 fighter article additional"),
            ("Shelling hurt civilians in Stepanakert.", "civilians: several 2 - - civilian bare"),
            ("Taliban fighters joined them.", "fighters: several 2 - - fighter bare"),
            ("The fighters left.", ""),
            ("A Taliban attack was reported.", ""),
            ("Police said so.", ""),
            ("Militants killed two soldiers.", "Militants: several 2 - - fighter bare; two soldiers: exact 2 2 2 fighter"),
        ],
    );
}

#[test]
fn stretches_apart_count_nothing() {
    let text = "On 12 June 35 people died.";
    let date = Span::new(3, 10).expect("not empty");
    let found = quantities(text, &analysis(text), &[date], &lexicon());
    assert_eq!(found.iter().map(|mention| mention.span.text(text)).collect::<Vec<_>>(), ["35 people"]);
}

proptest! {
    #[test]
    fn any_text_has_quantities_in_order(text in "([a-z0-9$€,.:/’'é-]{1,7}|at least|two|dozen|of|hundreds|people| |and|no|a|1,500|soldiers|\\PC){0,60}") {
        let lexicon = lexicon();
        let found = quantities(&text, &analysis(&text), &[], &lexicon);
        let mut end = 0;
        for mention in found {
            prop_assert!(mention.span.start() >= end);
            end = mention.span.end();
            prop_assert!(text.is_char_boundary(mention.span.start()) && text.is_char_boundary(end));
            prop_assert!(mention.tokens.start <= mention.number_tokens.start && mention.number_tokens.end <= mention.tokens.end);
            prop_assert!(mention.low.is_none() || mention.high.is_none() || mention.low <= mention.high);
        }
    }
}
