//! Pages that got another id, and the addresses they had.
//!
//! Input: [`Ground`] with pages paired by key. Output: further pairs, of a page that vanished and
//! a new one; former addresses. Responsibility: a page's renaming loses neither its items nor its
//! readers.

use std::collections::{BTreeMap, BTreeSet};

use super::ground::Ground;
use super::observed::ObservedPage;
use super::words::normalised;
use crate::kind::PageKind;
use crate::lock::{LockedPage, State};

/// Pairs new pages with vanished ones of the same kind: by a former address that the front matter
/// states, by the title, or by half of the contents. Each must be unique.
pub(super) fn pair_renamed(ground: &mut Ground) {
    let new: Vec<usize> =
        (0..ground.pages.len()).filter(|&at| ground.pages[at].former.is_none()).collect();
    let gone: Vec<usize> = (0..ground.former_pages.len())
        .filter(|&at| ground.former_pages[at].present.is_none())
        .collect();
    if new.is_empty() || gone.is_empty() {
        return;
    }
    pair_by(
        ground,
        &new,
        &gone,
        |page| page.aliases.iter().map(|url| as_file(url)).collect(),
        |former| vec![former.url.clone()],
    );
    let title = |title: &str| vec![normalised(title)];
    pair_by(ground, &new, &gone, |page| title(&page.title), |former| title(&former.title));
    pair_by_contents(ground, &new, &gone);
}

/// An address as the file it is served from: `stages/linux/` as `stages/linux/index.html`.
pub(super) fn as_file(url: &str) -> String {
    let url = url.trim().trim_start_matches('/').trim_start_matches("./");
    let last = url.rsplit('/').next().unwrap_or_default();
    if last.is_empty() {
        format!("{url}index.html")
    } else if last.contains('.') {
        url.to_owned()
    } else {
        format!("{url}/index.html")
    }
}

/// The addresses that lead to each present page, in the order of `ground.pages`: those in the lock
/// (of this page and of the one it continues), and those that its front matter states.
pub(super) struct FormerUrls {
    /// For the lock: all that ever were.
    pub(super) locked: BTreeSet<String>,
    /// For the site: those that no present page has and no other page claims first.
    pub(super) redirects: BTreeSet<String>,
}

/// Computes [`FormerUrls`] for each present page.
pub(super) fn former_urls(ground: &Ground) -> Vec<FormerUrls> {
    let present: BTreeSet<&str> = ground.pages.iter().map(|it| it.page.url.as_str()).collect();
    let stated: BTreeSet<String> =
        ground.pages.iter().flat_map(|it| it.page.aliases.iter().map(|url| as_file(url))).collect();
    let mut given: BTreeSet<String> = BTreeSet::new();
    ground
        .pages
        .iter()
        .map(|it| {
            let mut locked = BTreeSet::new();
            if let Some(former) = it.former.map(|at| ground.former_pages[at].page) {
                locked.extend(former.former_urls.iter().cloned());
                if !former.url.is_empty() {
                    locked.insert(former.url.clone());
                }
                locked.remove(&it.page.url);
            }
            // Two pages that state one address are an error elsewhere, so both keep it here.
            let mut redirects: BTreeSet<String> =
                it.page.aliases.iter().map(|url| as_file(url)).collect();
            for url in &locked {
                if !stated.contains(url) && given.insert(url.clone()) {
                    redirects.insert(url.clone());
                }
            }
            redirects.retain(|url| !present.contains(url.as_str()));
            FormerUrls { locked, redirects }
        })
        .collect()
}

fn pair(ground: &mut Ground, page: usize, former: usize) {
    ground.pages[page].former = Some(former);
    ground.former_pages[former].present = Some(page);
}

fn is_open(ground: &Ground, page: usize, former: usize) -> bool {
    ground.pages[page].former.is_none() && ground.former_pages[former].present.is_none()
}

/// Pairs pages that share a sign which no other new and no other vanished page of their kind has.
fn pair_by(
    ground: &mut Ground,
    new: &[usize],
    gone: &[usize],
    signs_of_page: impl Fn(&ObservedPage) -> Vec<String>,
    signs_of_former: impl Fn(&LockedPage) -> Vec<String>,
) {
    type Both = (BTreeSet<usize>, BTreeSet<usize>);
    let mut by_sign: BTreeMap<(PageKind, String), Both> = BTreeMap::new();
    for &page in new.iter().filter(|&&at| ground.pages[at].former.is_none()) {
        let observed = ground.pages[page].page;
        for sign in signs_of_page(observed) {
            by_sign.entry((observed.key.kind, sign)).or_default().0.insert(page);
        }
    }
    for &former in gone.iter().filter(|&&at| ground.former_pages[at].present.is_none()) {
        let Some(kind) = ground.former_pages.get(former).map(|it| it.key.kind) else {
            continue;
        };
        for sign in signs_of_former(ground.former_pages[former].page) {
            if let Some(both) = by_sign.get_mut(&(kind, sign)) {
                both.1.insert(former);
            }
        }
    }
    for ((_, sign), (pages, formers)) in by_sign {
        if let (1, 1, Some(&page), Some(&former)) =
            (pages.len(), formers.len(), pages.first(), formers.first())
            && !sign.is_empty()
            && is_open(ground, page, former)
        {
            pair(ground, page, former);
        }
    }
}

/// Pairs a vanished page with the new one that has at least half of its items and headings, if
/// each is clearly the other's best. Only what one former and one present page have counts: a
/// heading «Steps» is on every project's page.
fn pair_by_contents(ground: &mut Ground, new: &[usize], gone: &[usize]) {
    type Places = (BTreeSet<usize>, BTreeSet<usize>);
    let mut by_sign: BTreeMap<(bool, &str), Places> = BTreeMap::new();
    for (at, present) in ground.pages.iter().enumerate() {
        for anchor in &present.page.anchors {
            by_sign.entry((false, anchor)).or_default().0.insert(at);
        }
        for item in &present.page.items {
            by_sign.entry((true, &item.text)).or_default().0.insert(at);
        }
    }
    for (at, former) in ground.former_pages.iter().enumerate() {
        for heading in &former.page.headings {
            by_sign.entry((false, &heading.anchor)).or_default().1.insert(at);
        }
        for item in former.page.items.values().filter(|item| item.state == State::Living) {
            by_sign.entry((true, &item.text)).or_default().1.insert(at);
        }
    }
    let candidates: BTreeSet<usize> = new.iter().copied().collect();
    let vanished: BTreeSet<usize> = gone.iter().copied().collect();
    let mut total: BTreeMap<usize, usize> = BTreeMap::new();
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (pages, formers) in by_sign.values() {
        let (1, Some(&former)) = (formers.len(), formers.first()) else {
            continue;
        };
        if !vanished.contains(&former) || pages.len() > 1 {
            continue;
        }
        *total.entry(former).or_default() += 1;
        if let Some(&page) = pages.first().filter(|page| candidates.contains(page)) {
            *shared.entry((former, page)).or_default() += 1;
        }
    }
    let mut best: Vec<(usize, usize, usize)> = shared
        .into_iter()
        .filter(|&((former, page), count)| {
            let kinds = (ground.former_pages[former].key.kind, ground.pages[page].page.key.kind);
            let half = count * 2 >= total.get(&former).copied().unwrap_or_default();
            kinds.0 == kinds.1 && half && is_open(ground, page, former)
        })
        .map(|((former, page), count)| (count, former, page))
        .collect();
    // Greatest first; of two that are equal at one page neither is clear.
    best.sort_unstable_by(|a, b| b.cmp(a));
    let mut ties: (BTreeMap<_, usize>, BTreeMap<_, usize>) = (BTreeMap::new(), BTreeMap::new());
    for &(count, former, page) in &best {
        *ties.0.entry((count, former)).or_default() += 1;
        *ties.1.entry((count, page)).or_default() += 1;
    }
    let mut seen: (BTreeSet<usize>, BTreeSet<usize>) = (BTreeSet::new(), BTreeSet::new());
    for (count, former, page) in best {
        // Mutual best: neither was in a greater pair before.
        let first = (seen.0.insert(former), seen.1.insert(page)) == (true, true);
        let clear = ties.0[&(count, former)] == 1 && ties.1[&(count, page)] == 1;
        if first && clear && is_open(ground, page, former) {
            pair(ground, page, former);
        }
    }
}
