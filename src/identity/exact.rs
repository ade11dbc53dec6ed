//! Items that kept their text.
//!
//! Input: [`Ground`] after stated ids. Output: claims of items whose text is that of a former
//! item, on the same page, on another page, or long ago. Responsibility: everything that needs no
//! judgement, fast: on an unchanged page it only compares two sorted lists.

use std::collections::BTreeMap;
use std::ops::Range;

use super::ground::Ground;
use crate::lock::{Family, State};

/// Claims a project's own item for its page, whatever its text: the page is the project.
pub(super) fn claim_projects(ground: &mut Ground) {
    for page in 0..ground.pages.len() {
        let Some(former_page) = ground.pages[page].former else {
            continue;
        };
        let mut own = ground.former_pages[former_page]
            .places
            .clone()
            .map(|place| &ground.places[place])
            .filter(|place| place.item.family == Family::Project)
            // A living one first, should a merge have left more than one.
            .map(|place| (place.item.state, place.former))
            .filter(|&(_, former)| ground.is_free(former))
            .collect::<Vec<_>>();
        own.sort_unstable();
        let items = ground.pages[page].items.clone();
        let mut own = own.into_iter();
        for item in items {
            let project = ground.items[item].family == Family::Project;
            if project
                && ground.is_unmatched(item)
                && let Some((_, former)) = own.next()
            {
                ground.claim(item, former);
            }
        }
    }
}

/// Claims items whose text stood on the same page, equal texts in their order.
pub(super) fn claim_same_place(ground: &mut Ground, state: State) {
    for page in 0..ground.pages.len() {
        let Some(former_page) = ground.pages[page].former else {
            continue;
        };
        let items = ground.pages[page].items.clone();
        let places = ground.former_pages[former_page].places.clone();
        claim_equal(ground, items, places, state);
    }
}

fn claim_equal(ground: &mut Ground, items: Range<usize>, places: Range<usize>, state: State) {
    if !items.clone().any(|item| ground.is_unmatched(item)) {
        return;
    }
    let mut formers: Vec<(Family, &str, u32, usize)> = Vec::with_capacity(places.len());
    for place in &ground.places[places] {
        if place.item.state == state
            && place.item.family != Family::Project
            && ground.is_free(place.former)
        {
            formers.extend(
                place
                    .item
                    .texts()
                    .map(|text| (place.item.family, &**text, place.item.occurrence, place.former)),
            );
        }
    }
    if formers.is_empty() {
        return;
    }
    formers.sort_unstable();
    let mut present: Vec<(Family, &str, usize)> = items
        .filter(|&item| ground.is_unmatched(item))
        .map(|item| (ground.items[item].family, ground.items[item].item.text.as_str(), item))
        .collect();
    present.sort_unstable();
    let mut formers = formers.into_iter().peekable();
    for (family, text, item) in present {
        while let Some(&(former_family, former_text, _, former)) = formers.peek() {
            if (former_family, former_text) > (family, text) {
                break;
            }
            formers.next();
            // One id can stand here with several texts; the first that fits has it.
            if (former_family, former_text) == (family, text) && ground.is_free(former) {
                ground.claim(item, former);
                break;
            }
        }
    }
}

/// Claims items whose text stood elsewhere and is nowhere else now: they moved.
///
/// Where several vanished items with one text are left as a single one, that is a merge; where one
/// vanished and reappeared in several places, a split. As many on one other page as vanished from
/// one page moved together.
pub(super) fn claim_moved(ground: &mut Ground) {
    for (items, formers) in unmatched_by_text(ground, State::Living) {
        match (&items[..], &formers[..]) {
            (&[item], &[former]) => ground.claim(item, former),
            (&[item], several) => {
                ground.claims[item].merged_from = several.to_vec();
                for &former in several {
                    ground.fates[former] = super::ground::Fate::Taken(item);
                }
            }
            (several, &[former]) => {
                for &item in several {
                    ground.claims[item].split_from = Some(former);
                }
            }
            (items, formers) => {
                let page = ground.items[items[0]].page;
                let from = ground.places[ground.formers[formers[0]].place].page;
                let together = items.len() == formers.len()
                    && items.iter().all(|&item| ground.items[item].page == page)
                    && formers
                        .iter()
                        .all(|&at| ground.places[ground.formers[at].place].page == from);
                if together {
                    for (&item, &former) in items.iter().zip(formers) {
                        ground.claim(item, former);
                    }
                }
            }
        }
    }
}

/// Claims retired items whose text reappears on another page, if both are unique.
pub(super) fn revive_elsewhere(ground: &mut Ground) {
    for (items, formers) in unmatched_by_text(ground, State::Retired) {
        if let (&[item], &[former]) = (&items[..], &formers[..]) {
            ground.claim(item, former);
        }
    }
}

/// Unmatched present items with the free former items in this state that have the same text, in
/// order of text; formers in order of occurrence.
fn unmatched_by_text(ground: &Ground, state: State) -> Vec<(Vec<usize>, Vec<usize>)> {
    type Group = (Vec<usize>, Vec<(u32, usize)>);
    if ground.formers.is_empty() {
        return Vec::new();
    }
    let mut by_text: BTreeMap<(Family, &str), Group> = BTreeMap::new();
    for (at, item) in ground.items.iter().enumerate() {
        if ground.is_unmatched(at) && item.family != Family::Project {
            by_text.entry((item.family, item.item.text.as_str())).or_default().0.push(at);
        }
    }
    if by_text.is_empty() {
        return Vec::new();
    }
    for place in &ground.places {
        if place.item.state != state || !ground.is_free(place.former) {
            continue;
        }
        for text in place.item.texts() {
            if let Some((_, formers)) = by_text.get_mut(&(place.item.family, &**text)) {
                formers.push((place.item.occurrence, place.former));
            }
        }
    }
    let mut taken = vec![false; ground.formers.len()];
    let mut groups = Vec::new();
    for (items, mut formers) in by_text.into_values() {
        formers.sort_unstable();
        let mut formers: Vec<usize> = formers.into_iter().map(|(_, former)| former).collect();
        // An id that a merge left with several texts goes with the first of them.
        formers.retain(|&former| !std::mem::replace(&mut taken[former], true));
        if !formers.is_empty() {
            groups.push((items, formers));
        }
    }
    groups
}
