//! When are two spellings one? Names are compared piece by piece: letters and digits, in ASCII and lower case.

use compact_str::CompactString;

/// The pieces of a name: "Al-Qaïda" gives "al", "qaida"; apostrophes and dots inside a word vanish ("Sa'ar", "U.N.").
pub fn pieces(text: &str) -> Vec<CompactString> {
    let mut found = Vec::new();
    let mut piece = CompactString::default();
    for (at, c) in text.char_indices() {
        if c.is_ascii_alphanumeric() {
            piece.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            for ascii in any_ascii::any_ascii_char(c).chars().filter(char::is_ascii_alphanumeric) {
                piece.push(ascii.to_ascii_lowercase());
            }
        } else if !joins(c, &text[at + c.len_utf8()..]) && !piece.is_empty() {
            found.push(std::mem::take(&mut piece));
        }
    }
    if !piece.is_empty() {
        found.push(piece);
    }
    found
}

/// Whether a mark stands inside one word rather than between two.
fn joins(mark: char, rest: &str) -> bool {
    match mark {
        '\'' | '’' | '‘' | 'ʼ' | '`' | 'ʿ' | 'ʾ' => !rest.starts_with("s ") && rest != "s",
        '.' => rest.chars().next().is_none_or(char::is_alphanumeric),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn spellings_of_one_name_agree() {
        for (one, other) in [
            ("Al-Qaïda", "al qaida"),
            ("U.N.", "UN"),
            ("Sa'ar", "Saar"),
            ("Hay’at Tahrir al-Sham", "Hayat Tahrir Al Sham"),
            ("JNIM", "jnim"),
        ] {
            assert_eq!(pieces(one), pieces(other), "{one} / {other}");
        }
    }
}
