//! Mending git's conflict marks in the lock.
//!
//! Input: the text of `progress.lock` with conflict marks. Output: a lock with every id of both
//! sides. Responsibility: uniting the sides; which text of an id is right, the next build sees in
//! the content.

use super::Lock;
use super::parse::conflict_mark;
use crate::diagnostic::{Code, Diagnostic, Span, has_errors};

/// The text of a lock that unites both sides of every conflict. A lock without conflict marks
/// comes back in its canonical form. Both `merge` and `diff3` style marks are understood; the base
/// between `|||||||` and `=======` is left out, since each side knows what it did to it.
///
/// Where the sides have different texts under one id, both are kept under that id, and the next
/// build keeps the one that it finds in the content.
///
/// # Errors
///
/// The marks do not come in pairs, a side cannot be read, or it is of a newer version: uniting
/// what is left would lose ids.
pub fn resolve(path: &str, text: &str) -> Result<String, Vec<Diagnostic>> {
    let (ours, theirs) = sides(path, text).map_err(|diagnostic| vec![*diagnostic])?;
    let (lock, mut problems) = Lock::parse(path, &ours);
    // Without marks, each side is the file itself.
    if ours == text {
        return if has_errors(&problems) { Err(problems) } else { Ok(lock.to_string()) };
    }
    let (other, more) = Lock::parse(path, &theirs);
    problems.extend(more);
    if !has_errors(&problems) {
        return Ok(lock.united(other).to_string());
    }
    // The places are those of a side and not of the file, so only the whole can be pointed at.
    for problem in &mut problems {
        problem.message.push_str(", in one side of a conflict");
        problem.span = Span::file(path);
    }
    Err(problems)
}

/// Each side's file, as it was before the merge.
fn sides(path: &str, text: &str) -> Result<(String, String), Box<Diagnostic>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Side {
        Both,
        Ours,
        Base,
        Theirs,
    }
    let (mut ours, mut theirs) =
        (String::with_capacity(text.len()), String::with_capacity(text.len()));
    let mut side = Side::Both;
    let mut start = 0;
    let path = std::sync::Arc::from(path);
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        side = match (side, conflict_mark(bare)) {
            (Side::Both, Some('<')) => Side::Ours,
            (Side::Ours | Side::Base, Some('=')) => Side::Theirs,
            (Side::Theirs, Some('>')) => Side::Both,
            // Within a base, marks are those of an earlier conflict.
            (Side::Ours, Some('|')) | (Side::Base, Some('<' | '|' | '>')) => Side::Base,
            (_, Some(_)) => {
                let span = Span::new(&path, start, start + bare.len());
                return Err(Box::new(unpaired(span)));
            }
            (side, None) => {
                if matches!(side, Side::Both | Side::Ours) {
                    ours.push_str(line);
                }
                if matches!(side, Side::Both | Side::Theirs) {
                    theirs.push_str(line);
                }
                side
            }
        };
        start += line.len();
    }
    if side == Side::Both {
        Ok((ours, theirs))
    } else {
        Err(Box::new(unpaired(Span::new(&path, start, start))))
    }
}

fn unpaired(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::LockConflict,
        span,
        "a conflict mark has no counterpart",
        "begin again from git's own marks: `git checkout --merge progress.lock`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_between_marks_point_at_the_file_alone() {
        // The sides are equal and shorter than the file.
        let text = "<<<<<<< a\n=======\n>>>>>>> b\nroadbook-lock 1\n[stage:a]\nнет\n";
        let problems = resolve("progress.lock", text).expect_err("a line cannot be read");
        assert!(problems.iter().all(|problem| problem.span == Span::file("progress.lock")));
        let problems = resolve("progress.lock", "roadbook-lock 1\n[stage:a]\nнет\n");
        assert_eq!(problems.expect_err("the same")[0].span.start, 26);
    }
}
