//! Which permanent id every item of the content has.
//!
//! Input: what the pages show, and the lock. Output: [`Identity`]. Responsibility: the learner's
//! ticks survive every edit of the content, and are never given to another item.

mod ambiguity;
mod anchors;
mod assign;
mod exact;
mod explicit;
mod ground;
mod identify;
mod inline;
mod lexicon;
mod likeness;
mod mint;
mod observed;
mod outcome;
mod pages;
mod parts;
mod record;
mod rewording;
mod settled;
mod words;

pub use identify::identify;
pub use observed::{ExplicitId, ObservedItem, ObservedPage, Stated};
pub use outcome::{
    Changes, Depth, Identity, ItemIdentity, Move, PageIdentity, RetiredItem, Rewording,
};
pub use words::{normalised, wording};
