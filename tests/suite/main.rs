//! Tests of whole sites: each case is a small text archive, see `archive`.

#![expect(clippy::disallowed_methods, reason = "tests touch the machine")]

mod archive;
mod build;
mod bundle;
mod cases;
mod docs;
mod found;
mod hostile;
mod import;
mod incremental;
mod invariants;
mod killed;
mod mistakes;
mod roadmap;
mod themes;
mod workflows;
