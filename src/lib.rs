//! Roadbook compiles a learning curriculum into a website.
//!
//! The pipeline, in order; each phase has its own type and sees nothing of a later one:
//!
//! | phase | module | from | to |
//! | --- | --- | --- | --- |
//! | disk | [`disk`] | folder | [`snapshot::Snapshot`] |
//! | parse | [`parse`] | file | [`draft::Draft`] |
//! | assemble | [`assemble`] | drafts, settings | [`tree::Tree`] |
//! | identity | [`identified`] | tree, lock | [`identified::Identified`], the next lock |
//! | model | [`model`] | identified | [`model::Curriculum`] |
//! | link | [`link`] | curriculum | [`link::Linked`] |
//! | view | [`view`] | linked | [`view::ViewSet`] |
//! | render | [`render`] | views, theme | HTML |
//! | search | [`search`] | linked | the scripts of the index |
//! | site | [`site`] | HTML and files | [`snapshot::Site`] |
//! | disk | [`disk`] | site | folder |
//!
//! Beside the folder, [`bundle`] makes of a finished site one file.

pub mod assemble;
pub mod bundle;
pub mod cli;
pub mod compile;
pub mod diagnostic;
pub mod disk;
pub mod document;
pub mod draft;
pub mod embedded;
pub mod finished;
pub mod highlight;
pub mod identified;
pub mod identity;
pub mod import;
pub mod kind;
pub mod link;
pub mod lock;
pub mod math;
pub mod measure;
pub mod model;
pub mod node;
pub mod parse;
pub mod picture;
pub mod render;
pub mod report;
pub mod road;
pub mod scaffold;
pub mod schema;
pub mod search;
pub mod serve;
pub mod site;
pub mod snapshot;
pub mod text;
pub mod theme;
pub mod time;
pub mod tree;
pub mod view;
pub mod words;
