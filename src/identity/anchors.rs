//! Anchors that headings had before they were reworded.
//!
//! Input: a page's headings in the lock and its present anchors. Output: the headings for the next
//! lock, each with its former anchors. Responsibility: a link to a heading goes on working.

use std::collections::{BTreeMap, BTreeSet};

use super::assign::{Edge, assign};
use super::lexicon::stem;
use crate::lock::LockedHeading;

/// Headings of one gap that are compared; more are left alone.
const MAX_GAP: usize = 100;
/// Least share of words, in thousandths, that two headings have in common.
const LEAST: i64 = 500;

/// The present headings, each with the anchors that it had.
///
/// A heading that is gone between two that stayed is the one that came between them, if there is
/// only one of each; else the one with the closest wording on the page. A former anchor that is a
/// present heading's is dropped.
pub(super) fn follow(before: &[LockedHeading], present: &[String]) -> Vec<LockedHeading> {
    let place: BTreeMap<&str, usize> =
        present.iter().enumerate().map(|(at, anchor)| (anchor.as_str(), at)).collect();
    let mut became: Vec<Option<usize>> =
        before.iter().map(|heading| place.get(heading.anchor.as_str()).copied()).collect();
    let mut taken: BTreeSet<usize> = became.iter().flatten().copied().collect();
    if taken.len() < present.len() && became.contains(&None) {
        follow_gaps(&mut became, &mut taken, present.len());
        follow_wording(before, present, &mut became, &mut taken);
    }
    let mut headings: Vec<LockedHeading> = present
        .iter()
        .map(|anchor| LockedHeading { anchor: anchor.clone(), formers: BTreeSet::new() })
        .collect();
    // Who has the anchor last answers to it: a heading itself before one that had it long ago.
    let mut answered: BTreeSet<&str> = place.keys().copied().collect();
    for (heading, became) in before.iter().zip(&became) {
        if let Some(at) = *became
            && answered.insert(&heading.anchor)
        {
            headings[at].formers.insert(heading.anchor.clone());
        }
    }
    for (heading, became) in before.iter().zip(&became) {
        let Some(at) = *became else { continue };
        for former in &heading.formers {
            if answered.insert(former) {
                headings[at].formers.insert(former.clone());
            }
        }
    }
    headings
}

/// Follows a heading whose neighbours on both sides stayed neighbours of one new heading.
fn follow_gaps(became: &mut [Option<usize>], taken: &mut BTreeSet<usize>, present: usize) {
    let mut at = 0;
    while at < became.len() {
        if became[at].is_some() {
            at += 1;
            continue;
        }
        let end = (at..became.len()).find(|&next| became[next].is_some()).unwrap_or(became.len());
        let left = if at == 0 { Some(0) } else { became[at - 1].map(|place| place + 1) };
        let right = if end == became.len() { Some(present) } else { became[end] };
        if let (1, Some(left), Some(right)) = (end - at, left, right)
            && right == left + 1
            && taken.insert(left)
        {
            became[at] = Some(left);
        }
        at = end;
    }
}

fn follow_wording(
    before: &[LockedHeading],
    present: &[String],
    became: &mut [Option<usize>],
    taken: &mut BTreeSet<usize>,
) {
    let gone: Vec<usize> = (0..before.len()).filter(|&at| became[at].is_none()).collect();
    let new: Vec<usize> = (0..present.len()).filter(|at| !taken.contains(at)).collect();
    if gone.len() > MAX_GAP || new.len() > MAX_GAP {
        return;
    }
    let mut edges = Vec::new();
    for &row in &gone {
        for &column in &new {
            let value = closeness(&before[row].anchor, &present[column]);
            if value >= LEAST {
                edges.push(Edge { row, column, value });
            }
        }
    }
    for (row, column) in assign(edges).pairs {
        became[row] = Some(column);
        taken.insert(column);
    }
}

/// The share of words that two anchors have in common, in thousandths (Dice). Numbers count too:
/// weeks are renumbered, but a heading that keeps them is the likelier one.
fn closeness(one: &str, other: &str) -> i64 {
    let words = |anchor: &str| -> Vec<String> {
        anchor
            .split('-')
            .filter(|word| !word.is_empty())
            .map(|word| stem(word).to_owned())
            .collect()
    };
    let (one, mut other) = (words(one), words(other));
    let all = i64::try_from(one.len() + other.len()).unwrap_or(i64::MAX);
    let shared = one
        .iter()
        .filter(|word| {
            let found = other.iter().position(|there| there == *word);
            found.map(|at| other.swap_remove(at)).is_some()
        })
        .count();
    let shared = i64::try_from(shared).unwrap_or_default();
    (2000 * shared).checked_div(all).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &[(&str, &[&str])], present: &[&str], expected: &[(&str, &[&str])]) {
        let lock = |headings: &[(&str, &[&str])]| -> Vec<LockedHeading> {
            headings
                .iter()
                .map(|(anchor, formers)| LockedHeading {
                    anchor: (*anchor).to_owned(),
                    formers: formers.iter().map(|&former| former.to_owned()).collect(),
                })
                .collect()
        };
        let present: Vec<String> = present.iter().map(|&anchor| anchor.to_owned()).collect();
        assert_eq!(follow(&lock(before), &present), lock(expected));
    }

    #[test]
    fn a_heading_keeps_answering_to_its_former_anchors() {
        check(
            &[("a", &[]), ("b", &["old"]), ("c", &[])],
            &["a", "x", "c"],
            &[("a", &[]), ("x", &["b", "old"]), ("c", &[])],
        );
        check(
            &[("недели-1-2-основы", &[]), ("недели-3-4-сети", &[])],
            &["введение", "недели-3-5-сети", "недели-1-2-основы"],
            &[
                ("введение", &[]),
                ("недели-3-5-сети", &["недели-3-4-сети"]),
                ("недели-1-2-основы", &[]),
            ],
        );
    }

    #[test]
    fn a_former_anchor_that_is_present_again_is_dropped() {
        check(&[("b", &["a"])], &["a", "b"], &[("a", &[]), ("b", &[])]);
        check(&[("b", &["a"])], &["a"], &[("a", &["b"])]);
    }
}
