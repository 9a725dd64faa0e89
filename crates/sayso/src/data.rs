//! Which data does the program carry? Lexicons, frames, actors, places and models, embedded in the binary.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use rust_embed::RustEmbed;
use sayso_coding::Knowledge;
use sayso_coding::code::{Confidence, Crosswalk, Modes};
use sayso_coding::cues::Cues;
use sayso_coding::frame;
use sayso_coding::knowledge::PlaceWords;
use sayso_coding::lexicon::{RoleNouns, SupportVerbs};
use sayso_coding::mention::quantity::{QuantityLexicon, QuantityTables, Table};
use sayso_coding::mention::time::TimeLexicon;
use sayso_coding::resolve::gazetteer::{Gazetteer, Sources};
use sayso_coding::resolve::registry::{self, Registry};
use sayso_encoder::Encoder;
use sayso_intake::table::ColumnNames;
use sayso_language::{Casing, Lexicon, LexiconFile, LexiconFiles, Models};
use sayso_linking::event;
use sayso_linking::informant::{InformantLists, InformantWords};
use sayso_page::{PageLexicon, PageSources};
use sayso_types::{Actor, ActorKind, NameKind, pieces};
use sha2::{Digest, Sha256};

use crate::{Error, Profile};

/// The text files of `data/`, but those of the network and of neighbours' forms, which other crates read.
#[derive(RustEmbed)]
#[folder = "../../data"]
#[exclude = "exchange/*"]
#[exclude = "network/*"]
#[include = "*.tsv"]
#[include = "*.toml"]
#[include = "*.json"]
struct Files;

static PLACES: &[u8] = include_bytes!("../../../data/gazetteer/places.bin");
static LINEAR_MODELS: &[u8] = include_bytes!("../../../data/models/linear/linear.bin");

static ENCODER: &[u8] = include_bytes!("../../../data/models/encoder/encoder.safetensors");
static VOCABULARY: &str = include_str!("../../../data/models/encoder/vocab.txt");

/// The name of the language model that statements are marked with.
pub(crate) fn model(profile: Profile) -> &'static str {
    match profile {
        Profile::Fast => "linear-en-2",
        Profile::Balanced | Profile::Deep => "encoder-en-2",
    }
}

/// A text file of `data/`.
pub(crate) fn text(name: &str) -> Result<String, Error> {
    let file = Files::get(name).ok_or_else(|| Error::data(format!("data/{name} is not in this build")))?;
    let bytes: Cow<'static, [u8]> = file.data;
    String::from_utf8(bytes.into_owned()).map_err(|_| Error::data(format!("data/{name} is not UTF-8")))
}

/// The names and texts of the files below a folder with an ending, in the order of their names.
fn folder(prefix: &str, ending: &str) -> Result<Vec<(String, String)>, Error> {
    let mut names: Vec<String> = Files::iter().filter(|n| n.starts_with(prefix) && n.ends_with(ending)).map(Cow::into_owned).collect();
    names.sort();
    names.into_iter().map(|name| text(&name).map(|t| (name, t))).collect()
}

/// Tables that are read in place for as long as the program runs.
fn leaked(name: &str) -> Result<&'static str, Error> {
    text(name).map(|t| &*t.leak())
}

/// The codes of the ontology.
pub(crate) fn codes() -> Result<String, Error> {
    text("ontology/codes.toml")
}

/// The table of countries.
pub(crate) fn countries() -> Result<String, Error> {
    text("gazetteer/countries.tsv")
}

/// What columns of articles are usually called.
pub(crate) fn column_names() -> Result<ColumnNames, Error> {
    let table: BTreeMap<String, Vec<String>> = toml::from_str(&text("intake/columns.toml")?).map_err(Error::data)?;
    let names = table.iter().map(|(field, names)| (field.as_str(), names.iter().map(String::as_str).collect()));
    ColumnNames::new(names).map_err(Error::data)
}

pub(crate) fn page_lexicon() -> Result<PageLexicon, Error> {
    let sources = PageSources {
        boilerplate: &text("lexicons/en/boilerplate.toml")?,
        markup: &text("lexicons/markup.toml")?,
        months: &text("lexicons/months.tsv")?,
        languages: &text("lexicons/languages.tsv")?,
    };
    PageLexicon::parse(sources).map_err(Error::data)
}

pub(crate) fn language_lexicon() -> Result<Lexicon, Error> {
    let names = ["lexicons/en/abbreviations.tsv", "lexicons/en/openers.tsv", "lexicons/en/tokenization.tsv", "models/linear/lemmas.tsv"];
    let texts = names.iter().map(|n| text(n)).collect::<Result<Vec<_>, _>>()?;
    let file = |at: usize| LexiconFile { name: names[at], text: &texts[at] };
    let files = LexiconFiles { abbreviations: file(0), openers: file(1), tokenization: file(2), lemmas: file(3) };
    Lexicon::load(&files).map_err(Error::data)
}

/// What tells names from words where a text is written in capitals.
pub(crate) fn casing(knowledge: &Knowledge) -> Result<Casing, Error> {
    let words = "lexicons/en/words.tsv";
    let names = knowledge.registry.actors().iter().flat_map(|a| &a.names);
    let names = names.filter(|n| !n.common && n.kind != NameKind::Domain).map(|n| n.text.as_str());
    Casing::load(LexiconFile { name: words, text: &text(words)? }, names).map_err(Error::data)
}

pub(crate) fn models() -> Result<Models, Error> {
    Models::load(LINEAR_MODELS).map_err(Error::data)
}

pub(crate) fn encoder() -> Result<Encoder, Error> {
    Encoder::load(ENCODER, VOCABULARY).map_err(Error::data)
}

/// The registry of actors alone.
pub(crate) fn registry() -> Result<Registry, Error> {
    let actors = folder("actors/", ".tsv")?;
    registry::load(actors.iter().map(|(n, t)| (n.as_str(), t.as_str()))).map_err(Error::data)
}

/// What is known for telling whether two statements speak of one happening.
pub(crate) fn linking() -> Result<event::Knowledge, Error> {
    let names = [
        "linking/weights.tsv",
        "linking/compatible.tsv",
        "lexicons/en/happenings.tsv",
        "linking/commonness.tsv",
        "linking/triggers.tsv",
        "linking/stories.tsv",
        "linking/mentions.tsv",
    ];
    let texts = names.iter().map(|n| text(n)).collect::<Result<Vec<_>, _>>()?;
    let table = |at: usize| event::Table { file: names[at], text: &texts[at] };
    let tables = event::Tables {
        weights: table(0),
        compatible: table(1),
        words: table(2),
        commonness: table(3),
        triggers: table(4),
        stories: table(5),
        mentions: table(6),
    };
    event::Knowledge::load(&tables).map_err(Error::data)
}

/// The SHA-256 of all text files that linking reads, in the order of their names.
pub(crate) fn linking_sha256() -> String {
    files_sha256(|name| ["linking/", "actors/", "lexicons/en/"].iter().any(|folder| name.starts_with(folder)), b"")
}

/// With what the program reads, codes and links, by the folders of `data/`: the SHA-256 of the files of each, in the order of their names.
/// Of the models these are the manifests, which hold the models' own.
pub(crate) fn versions() -> &'static BTreeMap<String, String> {
    static VERSIONS: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    VERSIONS.get_or_init(|| {
        let folders = ["actors", "gazetteer", "intake", "lexicons", "linking", "models", "ontology", "rules"];
        let version = |folder: &str| {
            let rest = if folder == "gazetteer" { PLACES } else { b"" };
            (folder.to_owned(), files_sha256(|name| name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')), rest))
        };
        folders.into_iter().map(version).collect()
    })
}

/// The SHA-256 of some text files, in the order of their names, and of further bytes after them.
fn files_sha256(chosen: impl Fn(&str) -> bool, rest: &[u8]) -> String {
    let mut names: Vec<String> = Files::iter().map(Cow::into_owned).filter(|name| chosen(name)).collect();
    names.sort();
    let mut hash = Sha256::new();
    for name in names {
        hash.update(Files::get(&name).map(|file| file.data.into_owned()).unwrap_or_default());
    }
    hash.update(rest);
    hexadecimal(&hash.finalize())
}

/// The SHA-256 of bytes, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What words tell about who speaks, with the adjectives of countries whose names are one word and the names of outlets.
pub(crate) fn informants(actors: &[Actor]) -> Result<InformantWords, Error> {
    let file = "lexicons/en/informants.toml";
    let lists: InformantLists = toml::from_str(&text(file)?).map_err(|error| Error::data(format!("{file}: {error}")))?;
    let countries = text("gazetteer/countries.tsv")?;
    let adjectives = countries.lines().filter(|line| !line.starts_with('#')).flat_map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let name = columns.get(3).filter(|name| !name.contains(' ')).map(|name| name.to_lowercase());
        let demonyms = columns.get(9).copied().unwrap_or_default().split('|').filter(|d| !d.is_empty() && !d.contains(' '));
        demonyms.filter_map(move |demonym| Some((demonym.to_lowercase(), name.clone()?))).collect::<Vec<_>>()
    });
    let outlets = actors.iter().filter(|actor| matches!(actor.kind, ActorKind::Media | ActorKind::Agency)).flat_map(|actor| {
        let spelled = actor.names.iter().map(|name| pieces(&name.text).iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
        spelled.map(|name| (name, actor.id.clone())).collect::<Vec<_>>()
    });
    Ok(InformantWords::of(lists, adjectives, outlets))
}

/// The coding frames alone.
pub(crate) fn frames() -> Result<frame::Frames, Error> {
    let rules = folder("rules/en/", ".toml")?;
    frame::load(rules.iter().map(|(n, t)| (n.as_str(), t.as_str()))).map_err(Error::data)
}

pub(crate) fn knowledge() -> Result<Knowledge, Error> {
    let pairs = |files: &'static str| text(files).map(|t| (files, t));
    let (roles, support) = (pairs("lexicons/en/roles.tsv")?, pairs("lexicons/en/support_verbs.tsv")?);
    let (cues, factuality) = (pairs("lexicons/en/cues.tsv")?, pairs("lexicons/en/factuality.tsv")?);
    let (modes, acled) = (pairs("ontology/modes.toml")?, pairs("ontology/acled.tsv")?);
    let places = pairs("lexicons/en/places.toml")?;
    let confidence = pairs("models/confidence/weights.tsv")?;
    Ok(Knowledge {
        registry: registry()?,
        gazetteer: gazetteer()?,
        frames: frames()?,
        nouns: RoleNouns::load(roles.0, &roles.1).map_err(Error::data)?,
        support: SupportVerbs::load(support.0, &support.1).map_err(Error::data)?,
        cues: Cues::load(cues.0, &cues.1, factuality.0, &factuality.1).map_err(Error::data)?,
        times: times()?,
        quantities: quantities()?,
        places: PlaceWords::load(places.0, &places.1).map_err(Error::data)?,
        modes: Modes::load(modes.0, &modes.1).map_err(Error::data)?,
        crosswalk: Crosswalk::load(acled.0, &acled.1).map_err(Error::data)?,
        confidence: Confidence::load(confidence.0, &confidence.1).map_err(Error::data)?,
    })
}

pub(crate) fn gazetteer() -> Result<Gazetteer, Error> {
    let sources = Sources {
        places: PLACES,
        countries: leaked("gazetteer/countries.tsv")?,
        words: leaked("gazetteer/words.tsv")?,
        risky: leaked("gazetteer/risky.tsv")?,
        demonyms: leaked("gazetteer/demonyms.tsv")?,
        abbreviations: leaked("gazetteer/abbreviations.tsv")?,
    };
    Gazetteer::open(sources).map_err(Error::data)
}

fn times() -> Result<TimeLexicon, Error> {
    let (times, numbers) = (text("lexicons/en/times.tsv")?, text("lexicons/en/numbers.tsv")?);
    let table = |file: &'static str, text| Table { file, text };
    TimeLexicon::load(table("lexicons/en/times.tsv", &times), table("lexicons/en/numbers.tsv", &numbers)).map_err(Error::data)
}

fn quantities() -> Result<QuantityLexicon, Error> {
    let names = ["numbers", "counting", "counted", "quantifiers", "currencies"].map(|n| format!("lexicons/en/{n}.tsv"));
    let texts = names.iter().map(|n| text(n)).collect::<Result<Vec<_>, _>>()?;
    let table = |at: usize| Table { file: &names[at], text: &texts[at] };
    let tables = QuantityTables { numbers: table(0), counting: table(1), counted: table(2), quantifiers: table(3), currencies: table(4) };
    QuantityLexicon::load(tables).map_err(Error::data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_the_models_covers_their_weights() {
        let files = [
            ("linear", "linear.bin", LINEAR_MODELS),
            ("encoder", "encoder.safetensors", ENCODER),
            ("encoder", "vocab.txt", VOCABULARY.as_bytes()),
        ];
        for (model, file, bytes) in files {
            let manifest = text(&format!("models/{model}/manifest.json")).expect("a manifest");
            let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
            assert_eq!(manifest["files"][file], sha256(bytes), "{file}");
        }
    }

    #[test]
    fn every_file_that_is_read_is_in_a_version() {
        let folders: std::collections::BTreeSet<String> =
            Files::iter().filter_map(|name| Some(name.split_once('/')?.0.to_owned())).collect();
        assert_eq!(folders, versions().keys().cloned().collect());
        let hashes: std::collections::BTreeSet<&String> = versions().values().collect();
        assert_eq!(hashes.len(), versions().len(), "no two folders have the same");
    }

    #[test]
    fn statements_are_marked_with_the_model_of_the_manifest() {
        let linear = include_str!("../../../data/models/linear/manifest.json");
        let encoder = include_str!("../../../data/models/encoder/manifest.json");
        for (profile, manifest) in [(Profile::Fast, linear), (Profile::Balanced, encoder), (Profile::Deep, encoder)] {
            let manifest: serde_json::Value = serde_json::from_str(manifest).expect("a manifest");
            let expected = format!("{}-{}", manifest["name"].as_str().expect("a name"), manifest["version"]);
            assert_eq!(model(profile), expected);
        }
    }
}
