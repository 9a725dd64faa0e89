//! Which of a city's many names are kept? Those in Latin letters that a news report could print.

use sayso_coding::resolve::gazetteer::key;

use super::wheels::City;

/// The longest name kept, in characters.
const LONGEST: usize = 45;

/// The name shown: GeoNames', without its academic accents where a plain spelling is among the other names.
pub fn preferred(city: &City) -> String {
    if is_latin1(&city.name) {
        return city.name.clone();
    }
    let folded = key(&city.name);
    let plain = city.alternatenames.iter().find(|n| is_latin1(n) && key(n) == folded && starts_upper(n) && !is_code(n));
    plain.unwrap_or(&city.name).clone()
}

/// The other names kept: in Latin letters, written as names, no airport codes, each key once.
pub fn kept(city: &City) -> Vec<String> {
    let mut keys = vec![key(&city.name)];
    let mut names = vec![city.name.clone()];
    for name in &city.alternatenames {
        if !is_latin(name) || !starts_upper(name) || is_code(name) || name.chars().count() > LONGEST {
            continue;
        }
        let key = key(name);
        if key.len() >= 3 && !keys.contains(&key) {
            keys.push(key);
            names.push(name.clone());
        }
    }
    names
}

fn is_latin(name: &str) -> bool {
    name.chars().all(|c| {
        !c.is_numeric()
            && (!c.is_alphabetic() || c < '\u{250}' || ('\u{2b0}'..'\u{300}').contains(&c) || ('\u{1e00}'..'\u{1f00}').contains(&c))
    })
}

fn is_latin1(name: &str) -> bool {
    name.chars().all(|c| c < '\u{100}' || c == '’')
}

/// Whether a word of the name has a capital: romanizations from other scripts come in lower case.
fn starts_upper(name: &str) -> bool {
    name.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().next().is_some_and(char::is_uppercase))
}

/// Whether the name is a code: "KBL", "OAKB".
fn is_code(name: &str) -> bool {
    name.len() <= 5 && name.chars().all(|c| c.is_ascii_uppercase())
}
