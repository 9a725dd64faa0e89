//! Codes JSON lines or text files and prints their statements: a minimal use of the library.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example that prints")]

use std::path::PathBuf;

use sayso::{Coder, Stage, input};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let coder = Coder::embedded()?;
    let mut paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let stage = paths.first().and_then(|p| match p.to_str()? {
        "page" => Some(Stage::Page),
        "analysis" => Some(Stage::Analysis),
        "mentions" => Some(Stage::Mentions),
        "statements" => Some(Stage::Statements),
        _ => None,
    });
    if stage.is_some() {
        paths.remove(0);
    }
    for input in input::inputs(&paths, &input::Defaults::default(), Box::new(std::io::stdin())) {
        match input.and_then(|i| coder.document(&i)) {
            Ok(document) => match stage {
                Some(stage) => print!("{}", coder.explain(&document, stage)),
                None => {
                    for record in coder.records(&document) {
                        println!("{}", serde_json::to_string(&record)?);
                    }
                }
            },
            Err(error) => eprintln!("{error}"),
        }
    }
    Ok(())
}
