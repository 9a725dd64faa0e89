//! How well is attribution inside attribution read? Whole chains of sources, of our own cases and of GUM's relations of attribution.

mod cases;
mod gum;

use super::{Corpus, Measures, Reading, Split, percent};

/// Our own cases, which are always there.
const DEV: &str = "evals/cases/nested-dev.cases";
const HELD_OUT: &str = "evals/cases/nested-held-out.cases";

/// `chain_exact`: the share of predicates whose whole chain of sources is right, each link in its place and none too many: `own` of our
/// cases by the words of the sources, `gum` of GUM's attributions by the clauses that attribute.
pub const CORPUS: Corpus = Corpus { name: "attribution_nested", files, measure };

fn files(split: Split) -> Vec<String> {
    let gum: &[&str] = match split {
        Split::Dev => &["gum_dev.jsonl"],
        Split::Test => &["gum_test.jsonl", "gum_test2.jsonl"],
    };
    [DEV, HELD_OUT].iter().chain(gum).map(|name| (*name).to_owned()).collect()
}

/// How many chains were asked for, and how many were right.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    right: usize,
    asked: usize,
}

impl Share {
    fn add(&mut self, other: Share) {
        self.right += other.right;
        self.asked += other.asked;
    }

    fn of(right: bool) -> Share {
        Share { right: usize::from(right), asked: 1 }
    }
}

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let dev = cases::share(reading, DEV, reading.errors)?;
    let held_out = cases::share(reading, HELD_OUT, false)?;
    let mut own = dev;
    own.add(held_out);
    let (mut all, mut gum, mut news) = (own, Share::default(), Share::default());
    for (name, _) in reading.texts.iter().filter(|(name, _)| *name != DEV && *name != HELD_OUT) {
        for (genre, share) in gum::shares(reading, name)? {
            gum.add(share);
            all.add(share);
            if genre == "news" {
                news.add(share);
            }
        }
    }
    let shares = [
        ("chain_exact", all),
        ("own.chain_exact", own),
        ("own.held_out", held_out),
        ("gum.chain_exact", gum),
        ("gum.news_chain_exact", news),
    ];
    let measured = shares.into_iter().filter(|(_, share)| share.asked > 0);
    Ok((all.asked, measured.map(|(name, share)| (name.to_owned(), percent(share.right, share.asked))).collect()))
}
