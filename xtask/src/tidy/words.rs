//! Does a file hold a word that is not to be there, or a path of somebody's machine?

use super::rules::{MachinePaths, Rules};
use super::{Fault, Source};

/// Banned words of Rust files, and machine paths of any file.
pub fn faults(sources: &[Source], rules: &Rules) -> Vec<Fault> {
    let mut faults = Vec::new();
    for source in sources {
        let is_exempt = rules.paths.except.iter().any(|except| source.path.starts_with(except.as_str()));
        for (number, line) in (1..).zip(source.text.lines()) {
            if source.path.ends_with(".rs") {
                let banned = rules.words.rust.iter().filter(|word| line.contains(word.as_str()));
                faults.extend(
                    banned.map(|word| {
                        Fault::new(&source.path, number, format!("`{}` is not left behind in code", word.trim_end_matches('(')))
                    }),
                );
            }
            if !is_exempt && let Some(path) = machine_path(line, &rules.paths) {
                faults.push(Fault::new(&source.path, number, format!("`{path}` is a path of one machine")));
            }
        }
    }
    faults
}

fn machine_path<'p>(line: &str, paths: &'p MachinePaths) -> Option<&'p str> {
    let opens = |before: &str| before.chars().next_back().is_none_or(|c| c.is_whitespace() || "\"'`(=<[:,".contains(c));
    let stands = |path: &str| line.match_indices(path).any(|(at, _)| opens(&line[..at]));
    paths.machine.iter().map(String::as_str).find(|path| stands(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::root;

    fn check(path: &str, text: &str, expected: &[&str]) {
        let rules = Rules::read(&root()).expect("the repository's own rules");
        let found = faults(&[Source { path: path.to_owned(), text: text.to_owned() }], &rules);
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn unfinished_code_is_reported() {
        check("a.rs", concat!("fn f() {\n    to", "do!()\n}\n"), &[concat!("a.rs:2: `to", "do!` is not left behind in code")]);
    }

    #[test]
    fn a_machine_path_is_reported_and_an_address_is_not() {
        check("a.md", concat!("see \"/ho", "me/me/x\""), &[concat!("a.md:1: `/ho", "me/` is a path of one machine")]);
        check("a.md", concat!("see https://example.org/ho", "me/x"), &[]);
    }
}
