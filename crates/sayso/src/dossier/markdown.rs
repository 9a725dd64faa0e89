//! A brief as Markdown (CommonMark with tables and footnotes): every stored text escaped, so that it stays text.

use std::fmt::Write as _;

use super::{Dossier, Line, Note, Part, Run};

/// The brief as Markdown.
pub fn markdown(dossier: &Dossier) -> String {
    let mut out = format!("# {}\n\n", escaped(&dossier.title));
    for (name, value) in &dossier.head {
        let _ = writeln!(out, "- **{}**: {}", escaped(name), escaped(value));
    }
    for section in &dossier.sections {
        let _ = write!(out, "\n## {}\n\n", escaped(&section.title));
        for part in &section.parts {
            write_part(&mut out, part);
        }
    }
    out.push_str("\n## How this was made\n\n");
    for line in &dossier.made {
        let _ = writeln!(out, "- {}", escaped(line));
    }
    if !dossier.notes.is_empty() {
        out.push('\n');
    }
    for (at, note) in dossier.notes.iter().enumerate() {
        let _ = writeln!(out, "[^{}]: {}", at + 1, written(note));
    }
    out
}

fn write_part(out: &mut String, part: &Part) {
    match part {
        Part::Paragraph(words) => {
            let _ = write!(out, "{}\n\n", line(words));
        }
        Part::List(lines) => {
            for words in lines {
                let _ = writeln!(out, "- {}", line(words));
            }
            out.push('\n');
        }
        Part::Table { head, rows } => {
            let head: Vec<String> = head.iter().map(|cell| escaped(cell)).collect();
            let _ = writeln!(out, "| {} |\n|{}", head.join(" | "), " --- |".repeat(head.len()));
            for row in rows {
                let cells: Vec<String> = row.iter().map(line).collect();
                let _ = writeln!(out, "| {} |", cells.join(" | "));
            }
            out.push('\n');
        }
    }
}

/// A line; notes stand directly behind what they are of.
fn line(line: &Line) -> String {
    let mut out = String::new();
    for run in &line.0 {
        match run {
            Run::Words(words) => out.push_str(&spaced(words, &escaped(words))),
            Run::Strong(words) => out.push_str(&spaced(words, &format!("**{}**", escaped(words)))),
            Run::Quote(words) => {
                let _ = write!(out, "“{}”", escaped(words));
            }
            Run::Note(number) => {
                out.truncate(out.trim_end().len());
                let _ = write!(out, "[^{number}]");
            }
        }
    }
    out
}

/// What words became, with the space that stood before and behind them.
fn spaced(words: &str, written: &str) -> String {
    let space = |stands: bool| if stands { " " } else { "" };
    format!("{}{written}{}", space(words.starts_with(char::is_whitespace)), space(words.ends_with(char::is_whitespace)))
}

fn written(note: &Note) -> String {
    let mut out = format!("{}: “{}”", escaped(&note.told()), escaped(&note.quote));
    if let Some(url) = &note.url {
        let _ = write!(out, " {}", address(url));
    }
    let _ = write!(out, " [statement {}]", note.statement.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>());
    out
}

/// An address as a link where it is plainly one of the web, else as text.
fn address(url: &str) -> String {
    let is_web = ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme));
    let is_plain = url.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '\\' | '`' | '"'));
    if is_web && is_plain { format!("<{url}>") } else { escaped(url) }
}

/// Text that stays text: every sign that could be markup is escaped, and it stands on one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                // All of ASCII's punctuation can be escaped; a colon or dot too, lest an address or a numbered list is made of it.
                c if c.is_ascii_punctuation() && !matches!(c, ',' | '\'' | '"' | '/' | '?' | ';' | '%' | '-' | '.' | ':') => {
                    out.push('\\');
                    out.push(c);
                }
                c => out.push(c),
            }
        }
    }
    guarded(&out)
}

/// What at the beginning of a line would make a list or a rule of it, and addresses that a reader makes links of.
fn guarded(text: &str) -> String {
    let begins = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = begins.len() < text.len() && begins.starts_with('.');
    let linked = text.replace("://", "&#58;//").replace("www.", "www&#46;");
    if numbered {
        linked.replacen('.', "\\.", 1)
    } else if linked.starts_with('-') {
        format!("\\{linked}")
    } else {
        linked
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Run, escaped, line};

    #[test]
    fn runs_keep_the_space_between_them() {
        let runs =
            Line(vec![Run::Strong("Sources differ on killed: ".to_owned()), Run::Words("24".to_owned()), Run::Words("; 31".to_owned())]);
        assert_eq!(line(&runs), "**Sources differ on killed:** 24; 31");
        let words = Line(vec![Run::Words("one; ".to_owned()), Run::Words("two".to_owned())]);
        assert_eq!(line(&words), "one; two");
    }

    #[test]
    fn stored_text_never_becomes_markup() {
        for (text, expected) in [
            ("<script>alert(1)</script>", r"&lt;script&gt;alert\(1\)&lt;/script&gt;"),
            ("[click](javascript:alert(1))", r"\[click\]\(javascript:alert\(1\)\)"),
            ("# heading\n\n- item", r"\# heading - item"),
            ("**bold** _and_ `code`", r"\*\*bold\*\* \_and\_ \`code\`"),
            ("a | b", r"a \| b"),
            ("![image](x)", r"\!\[image\]\(x\)"),
            ("[^1]: forged", r"\[\^1\]: forged"),
            ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
            ("- one", r"\- one"),
            ("1. one", r"1\. one"),
            ("~~struck~~ $x$", r"\~\~struck\~\~ \$x\$"),
            ("https://evil.example", "https&#58;//evil.example"),
            ("at least 7,000 fighters; 5 % of them", "at least 7,000 fighters; 5 % of them"),
        ] {
            assert_eq!(escaped(text), expected, "{text}");
        }
    }
}
