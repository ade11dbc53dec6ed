//! What identity understood, line by line.
//!
//! Input: [`Changes`]. Output: text. Responsibility: the author sees every guess before it is
//! written.

use std::fmt::Write as _;

use crate::identity::Changes;

/// In a few words what changed in a lock that is not as it was.
pub(super) fn in_short(changes: &Changes) -> String {
    if changes.is_empty() {
        "no item changed, but titles, addresses or headings of pages did".to_owned()
    } else {
        changes.to_string()
    }
}

/// One line for each change, the texts of rewordings below one another.
pub(super) fn listed(changes: &Changes) -> String {
    let mut out = String::new();
    for rewording in &changes.reworded {
        let _ = writeln!(out, "reworded {}", rewording.id);
        let _ = writeln!(out, "  - {}\n  + {}", rewording.before, rewording.after);
    }
    for moved in &changes.moved {
        let _ = writeln!(out, "moved    {} from {} to {}", moved.id, moved.from, moved.to);
    }
    for (name, ids) in
        [("new", &changes.new), ("retired", &changes.retired), ("revived", &changes.revived)]
    {
        for id in ids {
            let _ = writeln!(out, "{name:8} {id}");
        }
    }
    for (name, pairs) in [("split", &changes.split), ("merged", &changes.merged)] {
        for (id, others) in pairs {
            let others: Vec<String> = others.iter().map(ToString::to_string).collect();
            let _ = writeln!(out, "{name:8} {id}: {}", others.join(", "));
        }
    }
    for (before, after) in &changes.renamed {
        let _ = writeln!(out, "renamed  {before} to {after}");
    }
    for (before, after) in &changes.renamed_pages {
        let _ = writeln!(out, "renamed  {before} to {after}");
    }
    out
}
