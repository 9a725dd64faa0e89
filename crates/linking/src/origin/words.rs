//! Which words stand in a text, so that two texts can be laid side by side?
//!
//! A word is a run of letters and digits, without regard to case, punctuation and white space; in scripts that set no spaces
//! each character is one.

use sayso_types::Span;

/// The words of those parts of a text that are the report, in order.
#[derive(Clone, Debug, Default)]
pub struct Words {
    words: Vec<Word>,
    marks: Vec<Mark>,
}

/// One word: what it is, and where it stands.
#[derive(Clone, Copy, Debug)]
struct Word {
    hash: u64,
    start: u32,
    end: u32,
}

/// What is known of a word's surroundings.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    /// It stands between quotation marks.
    quoted: bool,
    /// Words that are no part of the report stand before it.
    parted: bool,
}

impl Words {
    /// The words of `parts` of `text`, which are in order and do not overlap; what stands elsewhere (boilerplate) is left out.
    pub fn of(text: &str, parts: &[Span]) -> Words {
        let mut words = Words::default();
        let mut before = 0;
        for part in parts {
            let between = text.get(before..part.start()).unwrap_or_default();
            words.read(text, *part, between.chars().any(is_of_word));
            before = part.end();
        }
        words
    }

    /// The words of a whole text.
    pub fn of_all(text: &str) -> Words {
        Words::of(text, Span::new(0, text.len()).as_slice())
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The word at a place, as a number; the same word has the same number in every text.
    pub(super) fn hash(&self, at: usize) -> u64 {
        self.words[at].hash
    }

    /// Whether the word at a place stands between quotation marks.
    pub(super) fn is_quoted(&self, at: usize) -> bool {
        self.marks[at].quoted
    }

    /// Whether words that are no part of the report stand before the word at a place.
    pub(super) fn is_parted(&self, at: usize) -> bool {
        self.marks[at].parted
    }

    /// How many of the words stand between no quotation marks.
    pub(super) fn unquoted(&self) -> usize {
        self.marks.iter().filter(|mark| !mark.quoted).count()
    }

    /// Where `count` words from `first` stand.
    pub(super) fn span(&self, first: usize, count: usize) -> Option<Span> {
        let last = self.words.get((first + count).checked_sub(1)?)?;
        Span::new(self.words.get(first)?.start as usize, last.end as usize)
    }

    /// Reads one part; `parted` says whether other words stand before it.
    fn read(&mut self, text: &str, part: Span, parted: bool) {
        let Some(stretch) = text.get(part.range()) else { return };
        let mut mark = Mark { quoted: false, parted };
        let mut open: Option<(usize, u64)> = None;
        for (at, char) in stretch.char_indices() {
            let at = part.start() + at;
            if is_of_word(char) {
                if is_alone(char) {
                    self.close(&mut open, at, &mut mark);
                }
                let (start, hash) = open.unwrap_or((at, FNV_OFFSET));
                open = Some((start, char.to_lowercase().fold(hash, |hash, c| fnv(hash, u64::from(u32::from(c))))));
                if is_alone(char) {
                    self.close(&mut open, at + char.len_utf8(), &mut mark);
                }
            } else if !is_invisible(char) {
                self.close(&mut open, at, &mut mark);
                mark.quoted = quoted_after(mark.quoted, char);
            }
        }
        self.close(&mut open, part.end(), &mut mark);
    }

    /// Ends the word that is open.
    fn close(&mut self, open: &mut Option<(usize, u64)>, end: usize, mark: &mut Mark) {
        let Some((start, hash)) = open.take() else { return };
        let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) else { return };
        self.words.push(Word { hash: spread(hash), start, end });
        self.marks.push(*mark);
        mark.parted = false;
    }
}

/// Whether the text stands between quotation marks after `char`; the end of a paragraph ends every quotation.
fn quoted_after(quoted: bool, char: char) -> bool {
    match char {
        '\n' => false,
        '“' | '«' | '「' | '„' if quoted => true,
        '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' => !quoted,
        _ => quoted,
    }
}

fn is_of_word(char: char) -> bool {
    char.is_alphanumeric()
}

/// Characters that join or part words for the eye only: soft hyphen, zero-width space and joiners, byte order mark.
fn is_invisible(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}')
}

/// Whether a character is of a script that sets no spaces between words: Thai to Burmese, Khmer, kana, Han.
fn is_alone(char: char) -> bool {
    matches!(
        u32::from(char),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
            | 0x20000..=0x3FFFF
    )
}

/// FNV-1a, 64 bits.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// One more value in a running FNV-1a hash.
pub(super) fn fnv(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(0x0000_0100_0000_01b3)
}

/// The finalizer of SplitMix64: near values come to lie far apart.
pub(super) fn spread(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let words = Words::of_all(text);
        let found: Vec<&str> = (0..words.len()).filter_map(|at| words.span(at, 1)).map(|span| span.text(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_word_is_a_run_of_letters_and_digits() {
        check("Gunmen killed 12 in Dar-Alem.", &["Gunmen", "killed", "12", "in", "Dar", "Alem"]);
        check("Повстанцы взяли город", &["Повстанцы", "взяли", "город"]);
        check("co\u{ad}alition", &["co\u{ad}alition"]);
        check("", &[]);
        check("…", &[]);
    }

    #[test]
    fn scripts_without_spaces_have_a_word_for_each_character() {
        check("叛军3月占领", &["叛", "军", "3", "月", "占", "领"]);
    }

    #[test]
    fn case_and_soft_hyphens_do_not_matter() {
        let (one, other) = (Words::of_all("CO\u{ad}ALITION"), Words::of_all("coalition"));
        assert_eq!(one.hash(0), other.hash(0));
        assert_ne!(one.hash(0), Words::of_all("coalitions").hash(0));
    }

    #[test]
    fn words_between_quotation_marks_are_known() {
        let words = Words::of_all("He said: “We left the town.” Nobody\n\"replied then\nand there");
        let quoted: Vec<bool> = (0..words.len()).map(|at| words.is_quoted(at)).collect();
        assert_eq!(quoted, [false, false, true, true, true, true, false, true, true, false, false]);
        assert_eq!(words.unquoted(), 5);
    }

    #[test]
    fn what_is_no_part_of_the_report_is_left_out_and_parts_it() {
        let text = "Shells fell. Subscribe now! Two died.";
        let parts = [Span::new(0, 12).unwrap(), Span::new(28, text.len()).unwrap()];
        let words = Words::of(text, &parts);
        assert_eq!(words.len(), 4);
        assert_eq!((0..4).map(|at| words.is_parted(at)).collect::<Vec<_>>(), [false, false, true, false]);
    }
}
