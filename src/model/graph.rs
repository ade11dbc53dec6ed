//! Prerequisites as a graph.
//!
//! Input: what each stage or project requires. Output: circles as diagnostics; the reverse of the
//! graph. Responsibility: nothing but the graph.

use crate::diagnostic::{Code, Diagnostic};
use crate::node::Spanned;

/// A stage or project.
pub(super) struct Node<'a> {
    pub(super) id: &'a str,
    pub(super) requires: &'a [usize],
    pub(super) written: &'a [Spanned<String>],
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// Reports each circle once, as a path. A depth-first search with a stack of its own, since a
/// chain may be as long as there are pages.
pub(super) fn report_cycles(nodes: &[Node<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let mut states = vec![State::New; nodes.len()];
    for root in 0..nodes.len() {
        if states[root] != State::New {
            continue;
        }
        let mut path: Vec<(usize, usize)> = vec![(root, 0)];
        states[root] = State::Open;
        while let Some((node, next)) = path.last_mut() {
            let node = *node;
            let Some(required) = nodes[node].requires.get(*next).copied() else {
                states[node] = State::Done;
                path.pop();
                continue;
            };
            *next += 1;
            match states[required] {
                State::New => {
                    states[required] = State::Open;
                    path.push((required, 0));
                }
                State::Open => diagnostics.push(circle(nodes, &path, node, required)),
                State::Done => {}
            }
        }
    }
}

fn circle(nodes: &[Node<'_>], path: &[(usize, usize)], from: usize, to: usize) -> Diagnostic {
    let begin = path.iter().position(|(node, _)| *node == to).unwrap_or(0);
    let mut names: Vec<&str> = path[begin..].iter().map(|(node, _)| nodes[*node].id).collect();
    names.push(nodes[to].id);
    let written = nodes[from]
        .written
        .iter()
        .find(|written| written.value == nodes[to].id)
        .expect("a resolved requirement was written");
    Diagnostic::new(
        Code::PrerequisiteCycle,
        written.span.clone(),
        format!("requirements in a circle: {}", names.join(" → ")),
        "remove one of the requirements along the path",
    )
}

/// For each node those that require it, in order.
#[must_use]
pub fn opens(requires: &[&[usize]]) -> Vec<Vec<usize>> {
    let mut opens = vec![Vec::new(); requires.len()];
    for (node, required) in requires.iter().enumerate() {
        for other in *required {
            opens[*other].push(node);
        }
    }
    opens
}
