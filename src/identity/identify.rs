//! The whole of matching, in order.
//!
//! Input: the present pages and the lock. Output: [`Identity`]. Responsibility: the order of the
//! steps, from what is certain to what needs judgement.

use super::ground::Ground;
use super::observed::ObservedPage;
use super::outcome::Identity;
use super::{exact, explicit, pages, record, rewording};
use crate::lock::{Lock, State};

/// Finds the permanent id of every item of the content, and draws up the lock for the next build.
///
/// The result depends on the pages and the lock alone, not on the order of the pages. Applied to
/// the same pages and the resulting lock, nothing changes.
#[must_use]
pub fn identify(pages: &[ObservedPage], lock: &Lock) -> Identity {
    let mut ground = Ground::new(pages, lock);
    let mut diagnostics = Vec::new();
    pages::pair_renamed(&mut ground);
    explicit::claim_stated(&mut ground, &mut diagnostics);
    exact::claim_projects(&mut ground);
    exact::claim_same_place(&mut ground, State::Living);
    exact::claim_moved(&mut ground);
    exact::claim_same_place(&mut ground, State::Retired);
    exact::revive_elsewhere(&mut ground);
    rewording::claim_reworded(&mut ground, &mut diagnostics);
    record::record(&ground, diagnostics)
}
