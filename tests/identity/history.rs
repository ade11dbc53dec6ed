//! Content that is edited by script or by chance, together with what every edit means.
//!
//! Input: edits. Output: the observed pages of each revision, and which item is which, stated
//! before anything is matched. Responsibility: the truth against which matching is judged.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use roadbook::diagnostic::{Severity, Span};
use roadbook::identity::{ExplicitId, Identity, ObservedItem, ObservedPage, Stated, identify};
use roadbook::kind::{ItemKind, PageKey, PageKind};
use roadbook::lock::{Lock, State};

/// Random numbers that are the same everywhere (`SplitMix64`, Steele, Lea and Flood 2014).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// The next number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let bound = u64::try_from(bound.max(1)).expect("a length fits");
        usize::try_from((bits ^ (bits >> 31)) % bound).expect("less than a length")
    }

    /// One of several.
    pub(crate) fn of<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        &several[self.below(several.len())]
    }
}

/// An item under the name by which the truth knows it.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// A page under its present id.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) items: Vec<Item>,
}

/// What a revision means for one item, stated before the matcher runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// It goes on, its text changed such that at least half of its words stayed.
    Reworded,
    /// It goes on, but so much of its text changed that it may be retired.
    Rewritten,
    /// It goes on, exactly as it was, perhaps elsewhere.
    Same,
    /// It is gone, although something like it is there.
    Trap,
    /// It is gone.
    Gone,
    /// It was split into these, of which at most one may go on as it.
    Split(Vec<String>),
    /// It was merged into this one.
    Merged(String),
}

/// How the matcher fared.
#[derive(Debug, Default)]
pub(crate) struct Score {
    /// Ids that went on as another item than intended.
    pub(crate) wrong: Vec<String>,
    /// Items that went on in truth and were retired.
    pub(crate) retired: Vec<String>,
    /// Items about which the matcher asked.
    pub(crate) asked: Vec<String>,
    /// Rewordings that were to be kept.
    pub(crate) rewordings: usize,
    /// Rewordings that were kept.
    pub(crate) kept: usize,
    /// Traps, and how many of them ended in retirement or a question.
    pub(crate) traps: usize,
    pub(crate) avoided: usize,
    /// Unchanged items that were not kept.
    pub(crate) lost: Vec<String>,
}

impl Score {
    /// Adds another history's score.
    pub(crate) fn add(&mut self, other: Self) {
        self.wrong.extend(other.wrong);
        self.retired.extend(other.retired);
        self.asked.extend(other.asked);
        self.lost.extend(other.lost);
        self.rewordings += other.rewordings;
        self.kept += other.kept;
        self.traps += other.traps;
        self.avoided += other.avoided;
    }
}

/// A curriculum under revision.
#[derive(Default)]
pub(crate) struct History {
    pub(crate) pages: Vec<Page>,
    pub(crate) lock: Lock,
    /// The id that each name had when it was last seen.
    pub(crate) ids: BTreeMap<String, String>,
    pub(crate) score: Score,
}

impl History {
    /// What the content shows.
    pub(crate) fn observed(&self) -> Vec<ObservedPage> {
        let span = |at: usize| Span::new(&Arc::from("content/case.md"), at, at);
        self.pages
            .iter()
            .enumerate()
            .map(|(page_at, page)| ObservedPage {
                key: PageKey::new(PageKind::Stage, page.id.as_str()),
                title: page.title.clone(),
                url: format!("stages/{}/index.html", page.id),
                aliases: Vec::new(),
                anchors: Vec::new(),
                items: page
                    .items
                    .iter()
                    .enumerate()
                    .map(|(at, item)| ObservedItem {
                        kind: ItemKind::Topic,
                        text: item.text.clone(),
                        explicit: None,
                        span: span(page_at * 10_000 + at),
                    })
                    .collect(),
                span: span(page_at * 10_000),
            })
            .collect()
    }

    /// Runs the matcher on the present content and judges it by what was stated. Items that are
    /// not mentioned are the same as before.
    pub(crate) fn judge(
        &mut self,
        revision: &str,
        meanings: &BTreeMap<String, Meaning>,
    ) -> Identity {
        let observed = self.observed();
        let outcome = identify(&observed, &self.lock);
        let mut now: BTreeMap<String, String> = BTreeMap::new();
        for (page, identity) in self.pages.iter().zip(&outcome.pages) {
            for (item, found) in page.items.iter().zip(&identity.items) {
                assert!(
                    now.insert(item.name.clone(), found.id.to_string()).is_none(),
                    "{revision}: the name {} is twice in the script",
                    item.name
                );
            }
        }
        let owners: BTreeMap<&str, &str> =
            now.iter().map(|(name, id)| (id.as_str(), name.as_str())).collect();
        assert_eq!(owners.len(), now.len(), "{revision}: an id is given to two items");
        let asked = outcome.diagnostics.iter().any(|it| it.severity() == Severity::Error);
        let living: BTreeSet<String> = self.living();
        for (name, id) in self.ids.iter().filter(|(_, id)| living.contains(*id)) {
            let meaning = meanings.get(name).unwrap_or(&Meaning::Same);
            let owner = owners.get(id.as_str()).copied();
            let words = |what: &str| format!("{revision}: {name} {what}");
            let expected = match meaning {
                Meaning::Split(parts) => owner.is_none_or(|it| parts.iter().any(|part| part == it)),
                _ => owner.is_none_or(|it| it == name),
            };
            let score = &mut self.score;
            if !expected {
                score.wrong.push(words(&format!("went on as {}", owner.unwrap_or_default())));
            }
            match meaning {
                Meaning::Reworded => {
                    score.rewordings += 1;
                    if owner == Some(name) {
                        score.kept += 1;
                    } else if asked && is_open(&outcome, id) {
                        score.asked.push(words("was asked about"));
                    } else {
                        score.retired.push(words("was retired"));
                    }
                }
                Meaning::Same if owner != Some(name) => score.lost.push(words("was lost")),
                Meaning::Trap => {
                    score.traps += 1;
                    score.avoided += usize::from(owner.is_none());
                }
                _ => {}
            }
        }
        self.settle(&observed, &outcome, asked);
        outcome
    }

    /// Takes over what the matcher found; where it asked, the author answers as the truth is.
    fn settle(&mut self, observed: &[ObservedPage], outcome: &Identity, asked: bool) {
        let mut answered = None;
        if asked {
            let mut observed = observed.to_vec();
            for (page, present) in self.pages.iter().zip(&mut observed) {
                for (item, present) in page.items.iter().zip(&mut present.items) {
                    let text = self.ids.get(&item.name).map_or("new", String::as_str).to_owned();
                    let id = Stated { text, span: present.span.clone() };
                    present.explicit = Some(ExplicitId { id: Some(id), was: None });
                }
            }
            let outcome = identify(&observed, &self.lock);
            assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
            answered = Some(outcome);
        }
        let outcome = answered.as_ref().unwrap_or(outcome);
        self.lock = outcome.lock.clone();
        let mut now: BTreeMap<String, String> = BTreeMap::new();
        for (page, identity) in self.pages.iter().zip(&outcome.pages) {
            let items = page.items.iter().zip(&identity.items);
            now.extend(items.map(|(item, found)| (item.name.clone(), found.id.to_string())));
        }
        let owners: BTreeSet<&String> = now.values().collect();
        // A part that goes on as the whole has its id from now on.
        self.ids.retain(|name, id| now.contains_key(name) || !owners.contains(id));
        self.ids.extend(now.clone());
    }

    fn living(&self) -> BTreeSet<String> {
        self.lock
            .pages
            .values()
            .flat_map(|page| &page.items)
            .filter(|(_, item)| item.state == State::Living)
            .map(|(id, _)| id.to_string())
            .collect()
    }
}

fn is_open(outcome: &Identity, id: &str) -> bool {
    let items = outcome.lock.pages.values().flat_map(|page| &page.items);
    items.into_iter().any(|(known, item)| known.as_str() == id && item.state == State::Living)
}
