//! What do other data sets call a country and its part of the world?

use std::collections::BTreeMap;
use std::sync::OnceLock;

use sayso::question::Countries;

const TABLE: &str = include_str!("../../../data/exchange/countries.tsv");

/// A country as other data sets write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Country {
    /// ISO 3166-1 alpha-2.
    pub(crate) iso2: &'static str,
    /// ISO 3166-1 numeric, without leading zeros; empty where it has none.
    pub(crate) numeric: &'static str,
    /// ACLED's region.
    pub(crate) acled_region: &'static str,
    /// UCDP's region.
    pub(crate) ucdp_region: &'static str,
}

/// The country of an ISO 3166-1 alpha-3 code.
pub(crate) fn country(iso3: &str) -> Option<Country> {
    countries().get(iso3).copied()
}

/// The ISO 3166-1 alpha-3 code of a numeric one.
pub(crate) fn of_numeric(numeric: &str) -> Option<String> {
    let numeric = numeric.trim_start_matches('0');
    countries().iter().find(|(_, country)| !numeric.is_empty() && country.numeric == numeric).map(|(iso3, _)| (*iso3).to_owned())
}

/// The ISO 3166-1 alpha-3 code of an alpha-2 one, in whichever case.
pub(crate) fn of_iso2(iso2: &str) -> Option<String> {
    countries().iter().find(|(_, country)| country.iso2.eq_ignore_ascii_case(iso2)).map(|(iso3, _)| (*iso3).to_owned())
}

/// The ISO 3166-1 alpha-3 code of a country's name, also of one with a former or other name in brackets: "Myanmar (Burma)".
pub(crate) fn of_name(name: &str) -> Option<String> {
    let whole = names().code(name);
    let (before, within) = name.split_once('(').map_or((name, ""), |(before, within)| (before.trim(), within.trim_end_matches(')').trim()));
    whole.or_else(|| names().code(before)).or_else(|| names().code(within)).map(ToOwned::to_owned)
}

/// All countries by their ISO 3166-1 alpha-3 code.
fn countries() -> &'static BTreeMap<&'static str, Country> {
    static COUNTRIES: OnceLock<BTreeMap<&'static str, Country>> = OnceLock::new();
    COUNTRIES.get_or_init(|| {
        let row = |line: &'static str| match line.split('\t').collect::<Vec<_>>()[..] {
            [iso3, iso2, numeric, acled_region, ucdp_region] => Some((iso3, Country { iso2, numeric, acled_region, ucdp_region })),
            _ => None,
        };
        TABLE.lines().skip(2).filter_map(row).collect()
    })
}

/// The name of a country by its ISO 3166-1 alpha-3 code; the code where the program's table has no such.
pub(crate) fn name(iso3: &str) -> String {
    names().name(iso3).unwrap_or(iso3).to_owned()
}

/// The names of countries.
pub(crate) fn names() -> &'static Countries {
    static NAMES: OnceLock<Countries> = OnceLock::new();
    // The table is part of the program; without it, countries go by their codes.
    NAMES.get_or_init(|| Countries::embedded().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_known_by_every_code() {
        let found = country("BFA").unwrap();
        assert_eq!((found.iso2, found.numeric, found.acled_region, found.ucdp_region), ("BF", "854", "Western Africa", "Africa"));
        assert_eq!(country("EGY").unwrap().ucdp_region, "Middle East", "UCDP goes by ranges of numbers");
        assert_eq!(country("ABC"), None);
        assert_eq!(of_numeric("854").as_deref(), Some("BFA"));
        assert_eq!(of_iso2("bf").as_deref(), Some("BFA"));
        assert_eq!(of_name("Burkina Faso (Upper Volta)").as_deref(), Some("BFA"));
        assert_eq!(name("BFA"), "Burkina Faso");
    }

    #[test]
    fn every_country_of_the_gazetteer_has_a_row() {
        let known = include_str!("../../../data/gazetteer/countries.tsv");
        let codes = known.lines().filter(|line| !line.starts_with('#')).skip(1).filter_map(|line| line.split('\t').nth(1));
        let missing: Vec<&str> = codes.filter(|code| country(code).is_none()).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }
}
