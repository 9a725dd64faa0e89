//! The libraries that the pages load are those of the manifest, each with its licence, and only pages that draw load them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use sha2::{Digest, Sha256};

use crate::reports::{answered, text, workbench};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/vendor")
}

fn manifest() -> toml::Table {
    toml::from_str(&fs::read_to_string(folder().join("manifest.toml")).unwrap()).unwrap()
}

#[test]
fn vendored_files_are_those_of_the_manifest() {
    let mut listed: BTreeSet<String> = ["manifest.toml".to_owned()].into();
    for file in manifest()["file"].as_array().unwrap() {
        let path = file["path"].as_str().unwrap();
        let bytes = fs::read(folder().join(path)).unwrap();
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(file["sha256"].as_str().unwrap(), digest, "{path}: run `cargo xtask vendor`");
        listed.insert(path.to_owned());
    }
    let mut there = BTreeSet::new();
    for part in fs::read_dir(folder()).unwrap().map(|part| part.unwrap()) {
        let name = part.file_name().into_string().unwrap();
        if part.path().is_file() {
            there.insert(name);
        } else {
            there.extend(
                fs::read_dir(part.path()).unwrap().map(|file| format!("{name}/{}", file.unwrap().file_name().into_string().unwrap())),
            );
        }
    }
    assert_eq!(listed, there);
}

#[test]
fn every_package_has_its_licence_and_its_version() {
    let manifest = manifest();
    let files = manifest["file"].as_array().unwrap();
    for package in manifest["package"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        assert_eq!(package["sha256"].as_str().unwrap().len(), 64, "{name}");
        let of_it: Vec<&str> =
            files.iter().filter(|file| file["package"].as_str() == Some(name)).map(|file| file["path"].as_str().unwrap()).collect();
        let is_loaded = of_it.iter().any(|path| !path.contains("LICENSE"));
        assert!(!is_loaded || of_it.iter().any(|path| path.contains("LICENSE")), "{name}");
    }
}

#[tokio::test]
async fn only_pages_that_draw_load_them() {
    let (_directory, router) = workbench(&[r#"{"id": "a", "text": "Al-Shabaab is allied with al-Qaeda, Somali officials said."}"#]);
    for (address, is_served) in
        [("/ui/vendor/world/world.json", true), ("/ui/vendor/cytoscape/cytoscape.mjs", true), ("/ui/vendor/manifest.toml", false)]
    {
        let (status, _, _) = answered(&router, address, None).await;
        assert_eq!(status == StatusCode::OK, is_served, "{address}");
    }
    assert!(!text(&router, "/document/a").await.contains("vendor"));
    assert!(!text(&router, "/relations").await.contains("maplibre"));
}
