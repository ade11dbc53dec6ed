//! `roadbook check --fix`.
//!
//! Input: diagnostics with certain mends. Output: the mended files. Responsibility: mends that
//! overlap are left for the next run, so that none is applied to text that another has changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Fix};
use crate::snapshot::Snapshot;

/// The files with every certain mend applied, and how many there were.
pub(super) fn apply(
    diagnostics: &[Diagnostic],
    snapshot: &Snapshot,
) -> (BTreeMap<Arc<str>, Vec<u8>>, usize) {
    let mut by_file: BTreeMap<Arc<str>, Vec<&Fix>> = BTreeMap::new();
    for fix in diagnostics.iter().filter_map(|diagnostic| diagnostic.fix.as_ref()) {
        by_file.entry(Arc::clone(&fix.span.path)).or_default().push(fix);
    }
    let mut files = BTreeMap::new();
    let mut count = 0;
    for (path, mut fixes) in by_file {
        let Some(bytes) = snapshot.files.get(&path) else { continue };
        fixes.sort();
        fixes.dedup();
        let mut mended = Vec::with_capacity(bytes.len());
        let mut from = 0;
        for fix in fixes {
            if fix.span.start < from || fix.span.end > bytes.len() {
                continue;
            }
            mended.extend_from_slice(&bytes[from..fix.span.start]);
            mended.extend_from_slice(fix.replacement.as_bytes());
            from = fix.span.end;
            count += 1;
        }
        mended.extend_from_slice(&bytes[from..]);
        files.insert(path, mended);
    }
    (files, count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Span};

    #[test]
    fn overlapping_mends_wait_for_the_next_run() {
        let snapshot = Snapshot::of([("a.md", b"abcdef".to_vec())]);
        let path: Arc<str> = Arc::from("a.md");
        let mend = |start, end, text: &str| {
            let span = Span::new(&path, start, end);
            Diagnostic::new(Code::StalePath, span.clone(), "m", "h").with_fix(span, text)
        };
        let (files, count) = apply(&[mend(3, 4, "D"), mend(0, 2, "X"), mend(1, 3, "Y")], &snapshot);
        assert_eq!(files[&path], b"XcDef");
        assert_eq!(count, 2);
    }
}
