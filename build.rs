//! Builds the program anew when a file comes to what it embeds, and tells it a hash of its source, so
//! that no build of it takes what another one has cached for its own.
#![expect(clippy::disallowed_methods, reason = "this runs before there is a program")]

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=themes");
    println!("cargo::rerun-if-changed=content");
    let mut hasher = DefaultHasher::new();
    for place in ["src", "themes", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={place}");
        hash(Path::new(place), &mut hasher);
    }
    println!("cargo::rustc-env=ROADBOOK_SOURCE={:016x}", hasher.finish());
}

/// Hashes a file, or all files of a folder, in order of name.
fn hash(path: &Path, hasher: &mut DefaultHasher) {
    if let Ok(entries) = fs::read_dir(path) {
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        // What Node leaves beside the theme's scripts is no part of the program.
        for path in paths.iter().filter(|path| !path.ends_with("node_modules")) {
            hash(path, hasher);
        }
    } else {
        path.to_string_lossy().hash(hasher);
        fs::read(path).unwrap_or_default().hash(hasher);
    }
}
