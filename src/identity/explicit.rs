//! Ids that the author states in a comment.
//!
//! Input: [`Ground`] with nothing claimed. Output: the claims of stated ids, and diagnostics about
//! those that cannot be. Responsibility: that what the author says comes before any matching.

use std::collections::BTreeMap;

use super::ground::{Fate, Ground};
use super::observed::Stated;
use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::lock::ItemId;

/// The word by which an author says that an item continues no other.
const NEW: &str = "new";
/// Problems up to which an unknown id is compared with every id of the lock.
const MOST_SUGGESTIONS: usize = 100;

/// Claims every id that is stated in a comment.
pub(super) fn claim_stated(ground: &mut Ground, diagnostics: &mut Vec<Diagnostic>) {
    let mut owners: BTreeMap<ItemId, usize> = BTreeMap::new();
    let stated: Vec<usize> =
        (0..ground.items.len()).filter(|&at| ground.items[at].item.explicit.is_some()).collect();
    // Ids before former ids, so that `was:` cannot take what another item says it is.
    for &item in &stated {
        claim_id(ground, item, &mut owners, diagnostics);
    }
    for &item in &stated {
        claim_former(ground, item, &mut owners, diagnostics);
    }
}

fn claim_id(
    ground: &mut Ground,
    item: usize,
    owners: &mut BTreeMap<ItemId, usize>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(stated) = ground.items[item].item.explicit.as_ref().and_then(|it| it.id.as_ref())
    else {
        return;
    };
    if stated.text == NEW {
        ground.claims[item].fresh = true;
        return;
    }
    let Some(id) = read(stated, diagnostics) else {
        return;
    };
    ground.stated.insert(id.clone());
    let former = ground.former_with(&id);
    let rival = owners.get(&id).copied().or_else(|| match former.map(|at| ground.fates[at]) {
        Some(Fate::Taken(other)) => Some(other),
        _ => None,
    });
    if let Some(rival) = rival {
        diagnostics.push(duplicate(ground, &id, stated, rival));
        return;
    }
    owners.insert(id.clone(), item);
    if let Some(former) = former {
        ground.claim(item, former);
    } else {
        // A minted id that nobody knows is the author's answer to a question: neither of them. A
        // name is given to whatever the item is.
        ground.claims[item].fresh = id.is_minted();
    }
    ground.claims[item].stated = Some(id);
}

fn claim_former(
    ground: &mut Ground,
    item: usize,
    owners: &mut BTreeMap<ItemId, usize>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(stated) = ground.items[item].item.explicit.as_ref().and_then(|it| it.was.as_ref())
    else {
        return;
    };
    let Some(was) = read(stated, diagnostics) else {
        return;
    };
    ground.stated.insert(was.clone());
    if ground.claims[item].stated.as_ref() == Some(&was) {
        return;
    }
    let former = ground.former_with(&was);
    let taken = former.and_then(|former| match ground.fates[former] {
        Fate::Taken(other) => Some(other),
        _ => None,
    });
    let rival = taken.or_else(|| owners.get(&was).copied()).filter(|&other| other != item);
    if let Some(rival) = rival {
        diagnostics.push(duplicate(ground, &was, stated, rival));
        return;
    }
    owners.insert(was.clone(), item);
    if let Some(former) = former {
        if taken == Some(item) {
            // Said again of what the lock knows already.
        } else if ground.claims[item].former.is_none() {
            ground.claim(item, former);
        } else {
            ground.fates[former] = Fate::Taken(item);
            ground.claims[item].absorbed.push(former);
        }
    } else if ground.lock.pages.values().all(|page| page.items.is_empty()) {
        // Without a lock nothing can be known, and what the author says is all there is.
        let claim = &mut ground.claims[item];
        if claim.stated.is_none() {
            claim.stated = Some(was);
        } else {
            claim.aliases.push(was);
        }
    } else {
        let compared = if diagnostics.len() < MOST_SUGGESTIONS { usize::MAX } else { 0 };
        diagnostics.push(unknown(ground, &was, &stated.span, compared));
    }
}

fn read(stated: &Stated, diagnostics: &mut Vec<Diagnostic>) -> Option<ItemId> {
    let id = ItemId::new(&stated.text).filter(|id| id.as_str() != NEW);
    if id.is_none() {
        diagnostics.push(Diagnostic::new(
            Code::BadItemId,
            stated.span.clone(),
            format!("`{}` is no id", stated.text),
            "write an id as the lock shows it, or a name of 2 to 40 lower-case Latin letters, \
             digits and hyphens that begins with a letter: `<!-- id: first-script -->`",
        ));
    }
    id
}

fn duplicate(ground: &Ground, id: &ItemId, stated: &Stated, rival: usize) -> Diagnostic {
    let other = ground.items[rival].item;
    let place =
        other.explicit.as_ref().and_then(|explicit| explicit.id.as_ref().or(explicit.was.as_ref()));
    Diagnostic::new(
        Code::DuplicateItemId,
        stated.span.clone(),
        format!("two items claim the id `{id}`"),
        "remove the comment from one of them: the item without it gets an id of its own",
    )
    .with_related(
        place.map_or(&other.span, |stated| &stated.span).clone(),
        format!("`{}` claims it first", other.text),
    )
}

/// The id is compared with as many of the lock's as `compared` says.
fn unknown(ground: &Ground, was: &ItemId, span: &Span, compared: usize) -> Diagnostic {
    let known = ground.lock.pages.values().flat_map(|page| page.items.keys()).map(ItemId::as_str);
    let known = known.take(compared);
    let help = match nearest(was.as_str(), known) {
        Some(near) => format!("the nearest id in the lock is `{near}`"),
        None => "remove `was:`; the lock holds every id that ever was".to_owned(),
    };
    Diagnostic::new(Code::BadItemId, span.clone(), format!("no item ever had the id `{was}`"), help)
}
