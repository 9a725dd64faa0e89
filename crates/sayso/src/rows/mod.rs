//! How is each thing written in one row of a table, with columns that stay? For CSV and XLSX, alike from the command line and over HTTP.

pub mod document;
pub mod group;
pub mod statement;

/// A value that no spreadsheet takes for a formula: an apostrophe before what begins like one and is no number.
///
/// `=1+1` is `'=1+1`, `-12.5` stays.
pub fn inert(value: &str) -> std::borrow::Cow<'_, str> {
    let begins = value.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if begins && value.trim().parse::<f64>().is_err() { format!("'{value}").into() } else { value.into() }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn formulas_are_made_inert_and_numbers_stay() {
        for (value, expected) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("  =1", "'  =1"),
            ("\t=1", "'\t=1"),
            ("-2+3", "'-2+3"),
            ("-12.5", "-12.5"),
            ("+7", "+7"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(inert(value), expected);
        }
    }
}
