//! The walk of a grammar over a text.
//!
//! Input: the lines of a text, one after the other. Output: where in each line which scopes open
//! and close. Responsibility: the rules of Sublime Text's grammars as `syntect` follows them, with
//! the same result; a test compares both. `syntect` looks in each line for the next place of each
//! rule of a context, and nearly always in vain. Here the place comes first: at each, only those
//! rules are tried whose match can begin with the sign that stands there.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use onig::Region;
use syntect::parsing::syntax_definition::MatchPattern;

use super::beginning::{Before, END};
use super::classes::{Change, Mark};
use super::grammar::{Context, Expression, Grammars, PATIENCE, Rule, Step, Target, Trial};

/// The most contexts that lie in one another.
const MAX_OPEN: usize = 100;

/// A grammar on its way through a text.
pub(super) struct Walk {
    grammars: &'static Grammars,
    open: Vec<Open>,
    /// How many contexts were open each time that a rule of a [`Rule::with`] fitted: those of the
    /// contexts below count no more.
    with_from: Vec<usize>,
    before_first_line: bool,
    groups: Region,
    /// Whether a context that takes the innermost one's place wants to know the groups.
    asked_for_groups: bool,
    /// Rules that do not count on this line any more.
    out: Vec<*const MatchPattern>,
    /// Rules that do not count in this step: their next match would change nothing.
    idle: Vec<*const MatchPattern>,
    changes: Vec<(usize, Change)>,
    /// What is left for patterns that go back often.
    patience: u32,
}

/// A context that is open.
struct Open {
    context: &'static Context,
    /// Contexts whose rules go before its own and those of all that are opened in it.
    with: Vec<&'static Context>,
    /// What the rule that opened it matched, if that matters.
    opener: Option<Rc<Opener>>,
}

/// The text of a rule that opened a context.
struct Opener {
    /// That of its groups.
    groups: Vec<Option<String>>,
    /// The rules that refer to it, with the text in place of the references.
    filled: RefCell<BTreeMap<*const MatchPattern, Rc<Expression>>>,
}

/// Rules of an open context.
struct Candidates {
    context: &'static Context,
    opener: Option<Rc<Opener>>,
    /// Whether they are those of a [`Rule::with`].
    with: bool,
}

/// A rule and where it fits.
struct Found {
    rule: &'static Rule,
    from: usize,
    to: usize,
    with: bool,
}

enum Next {
    Rule(Found),
    /// Only rules fit that would undo the step before.
    Circle,
    Nothing,
}

/// The grammar contradicts itself.
pub(super) struct Contradiction;

impl Walk {
    /// Before the first line of a text.
    pub(super) fn new(grammars: &'static Grammars, start: &'static Context) -> Self {
        Self {
            grammars,
            open: vec![Open { context: start, with: Vec::new(), opener: None }],
            with_from: Vec::new(),
            before_first_line: true,
            groups: Region::with_capacity(8),
            asked_for_groups: false,
            out: Vec::new(),
            idle: Vec::new(),
            changes: Vec::new(),
            patience: PATIENCE,
        }
    }

    /// Goes along the next line, which ends with its `\n`: what opens and closes, in order.
    pub(super) fn line(&mut self, line: &str) -> Result<&[(usize, Change)], Contradiction> {
        self.changes.clear();
        self.out.clear();
        if std::mem::take(&mut self.before_first_line) {
            let scope = self.innermost()?.context.content.first();
            self.changes.extend(scope.map(|mark| (0, Change::Open(*mark))));
        }
        let mut at = 0;
        // Where a context was opened without a step forward, and how many were open then.
        let mut opened = (0, 0);
        loop {
            while self.with_from.last().is_some_and(|from| *from >= self.open.len()) {
                self.with_from.pop();
            }
            let found = match self.next(line, at, opened == (at, self.open.len()))? {
                Next::Nothing => break,
                Next::Circle => match line[at..].char_indices().nth(1) {
                    Some((step, _)) => {
                        at += step;
                        continue;
                    }
                    None => break,
                },
                Next::Rule(found) => found,
            };
            if found.to == at && matches!(found.rule.step, Step::Open(_)) {
                opened = (at, self.open.len() + 1);
            }
            at = found.to;
            if found.with {
                self.with_from.push(self.open.len());
            }
            self.follow(line, &found)?;
        }
        Ok(&self.changes)
    }

    fn innermost(&self) -> Result<&Open, Contradiction> {
        self.open.last().ok_or(Contradiction)
    }

    /// The first place from `start` on where a rule fits, and the first rule that does.
    fn next(&mut self, line: &str, start: usize, opened_here: bool) -> Result<Next, Contradiction> {
        self.idle.clear();
        let innermost = self.innermost()?;
        let from = self.with_from.last().copied().unwrap_or_default();
        let mut candidates: Vec<Candidates> = Vec::new();
        for open in &self.open[from..] {
            let opener = &open.opener;
            candidates.extend(open.with.iter().map(|context| Candidates {
                context,
                opener: opener.clone(),
                with: true,
            }));
        }
        let asked_for_groups = innermost.with.iter().any(|with| with.refers_back);
        let own = Candidates {
            context: innermost.context,
            opener: innermost.opener.clone(),
            with: false,
        };
        self.asked_for_groups = asked_for_groups;
        let signs = line.as_bytes();
        for at in start..=signs.len() {
            if !line.is_char_boundary(at) {
                continue;
            }
            let before = Before::of(signs, at);
            let sign = signs.get(at).map_or(END, |sign| usize::from(*sign));
            let mut circle = false;
            for candidates in candidates.iter().chain([&own]) {
                let (context, with) = (candidates.context, candidates.with);
                let rules = if with {
                    context.own_may_fit(before, sign)
                } else {
                    context.may_fit(before, sign)
                };
                for rule in rules.iter().map(|no| context.rule(*no)) {
                    let Some(to) = self.try_rule(rule, candidates, line, start, at) else {
                        continue;
                    };
                    if opened_here && to == start && matches!(rule.step, Step::Close) {
                        circle = true;
                    } else {
                        return Ok(Next::Rule(Found { rule, from: at, to, with }));
                    }
                }
            }
            if circle {
                return Ok(Next::Circle);
            }
        }
        Ok(Next::Nothing)
    }

    /// Where a rule ends that fits at `at`.
    fn try_rule(
        &mut self,
        rule: &'static Rule,
        candidates: &Candidates,
        line: &str,
        start: usize,
        at: usize,
    ) -> Option<usize> {
        let name: *const MatchPattern = rule.definition;
        if self.out.contains(&name) || self.idle.contains(&name) {
            return None;
        }
        let asks_for_start = rule.expression.beginning.asks_for_start;
        if asks_for_start && at > start {
            return None;
        }
        let needs_groups = rule.needs_groups || self.asked_for_groups;
        let groups = needs_groups.then_some(&mut self.groups);
        let patience = &mut self.patience;
        let trial = match &candidates.opener {
            Some(opener) if rule.refers_back => {
                opener.filled(rule).try_at(line, at, groups, patience)
            }
            _ => rule.expression.try_at(line, at, groups, patience),
        };
        match trial {
            Trial::Fits(to) => {
                let idle = match rule.step {
                    Step::Stay => to == at,
                    Step::Open(_) => self.open.len() >= MAX_OPEN,
                    Step::Close | Step::Change(_) => false,
                };
                if idle {
                    self.idle.push(name);
                    return None;
                }
                Some(to)
            }
            Trial::No => {
                if asks_for_start {
                    self.out.push(name);
                }
                None
            }
            Trial::GaveUp => {
                self.out.push(name);
                None
            }
        }
    }

    /// Does what a rule says.
    fn follow(&mut self, line: &str, found: &Found) -> Result<(), Contradiction> {
        let Found { rule, from, to, .. } = *found;
        let context = self.innermost()?.context;
        self.before(context, rule, from)?;
        self.push_all(from, &rule.scopes);
        self.push_groups(rule);
        self.pop(to, rule.scopes.len());
        self.after(context, rule, to)?;
        self.step(line, rule)
    }

    fn push_all(&mut self, at: usize, marks: &[Mark]) {
        self.changes.extend(marks.iter().map(|mark| (at, Change::Open(*mark))));
    }

    fn pop(&mut self, at: usize, count: usize) {
        if count > 0 {
            self.changes.push((at, Change::Close(count)));
        }
    }

    /// The scopes of a rule's groups, from the outer ones to the inner ones.
    fn push_groups(&mut self, rule: &Rule) {
        let mut changes: Vec<(usize, isize, Change)> = Vec::new();
        for (group, marks) in &rule.groups {
            let Some((from, to)) = self.groups.pos(*group).filter(|(from, to)| from < to) else {
                continue;
            };
            let width = isize::try_from(to - from).unwrap_or(isize::MAX);
            changes.extend(marks.iter().map(|mark| (from, -width, Change::Open(*mark))));
            changes.push((to, isize::MIN, Change::Close(marks.len())));
        }
        changes.sort_by_key(|(at, width, _)| (*at, *width));
        self.changes.extend(changes.into_iter().map(|(at, _, change)| (at, change)));
    }

    /// The scopes of contexts that close or open, before what the rule takes in.
    fn before(&mut self, context: &Context, rule: &Rule, at: usize) -> Result<(), Contradiction> {
        match &rule.step {
            Step::Stay => {}
            Step::Close => self.pop(at, context.content.len()),
            Step::Open(targets) | Step::Change(targets) => {
                let opens = matches!(rule.step, Step::Open(_));
                if !opens && context.clear.is_some() {
                    self.changes.push((at, Change::Restore));
                }
                for target in targets {
                    let next = self.context(*target)?;
                    if let Some(amount) = next.clear.filter(|_| opens) {
                        self.changes.push((at, Change::Clear(amount)));
                    }
                    self.push_all(at, &next.meta);
                }
            }
        }
        Ok(())
    }

    /// The scopes of contexts that close or open, after what the rule takes in.
    fn after(&mut self, context: &Context, rule: &Rule, at: usize) -> Result<(), Contradiction> {
        let (targets, changes) = match &rule.step {
            Step::Stay => return Ok(()),
            Step::Close => {
                self.pop(at, context.meta.len());
                if context.clear.is_some() {
                    self.changes.push((at, Change::Restore));
                }
                return Ok(());
            }
            Step::Open(targets) => (targets, false),
            Step::Change(targets) => (targets, true),
        };
        let mut next = Vec::with_capacity(targets.len());
        for target in targets {
            next.push(self.context(*target)?);
        }
        let again = (changes && !(context.meta.is_empty() && context.content.is_empty()))
            || next
                .iter()
                .any(|next| !next.content.is_empty() || (changes && next.clear.is_some()));
        if !again {
            return Ok(());
        }
        // Everything is taken off and put on again, so that it lies in the right order.
        let old = if changes { context.content.len() + context.meta.len() } else { 0 };
        self.pop(at, old + next.iter().map(|next| next.meta.len()).sum::<usize>());
        for next in next {
            if let Some(amount) = next.clear.filter(|_| changes) {
                self.changes.push((at, Change::Clear(amount)));
            }
            self.push_all(at, &next.meta);
            self.push_all(at, &next.content);
        }
        Ok(())
    }

    /// Opens and closes contexts.
    fn step(&mut self, line: &str, rule: &Rule) -> Result<(), Contradiction> {
        let (targets, mut kept) = match &rule.step {
            Step::Stay => return Ok(()),
            Step::Close => {
                self.open.pop();
                return Ok(());
            }
            Step::Open(targets) => (targets, Vec::new()),
            // What goes before the rules of a context stays when another takes its place.
            Step::Change(targets) => (targets, self.open.pop().ok_or(Contradiction)?.with),
        };
        let mut opener = None;
        for (no, target) in targets.iter().enumerate() {
            let context = self.context(*target)?;
            let mut with = std::mem::take(&mut kept);
            if no + 1 == targets.len()
                && let Some(target) = rule.with
            {
                with.push(self.context(target)?);
            }
            let refers_back = context.refers_back || with.iter().any(|with| with.refers_back);
            let opener = refers_back
                .then(|| Rc::clone(opener.get_or_insert_with(|| Rc::new(self.opener(line)))));
            self.open.push(Open { context, with, opener });
        }
        Ok(())
    }

    fn opener(&self, line: &str) -> Opener {
        let groups = (0..self.groups.len())
            .map(|group| self.groups.pos(group).map(|(from, to)| line[from..to].to_owned()))
            .collect();
        Opener { groups, filled: RefCell::default() }
    }

    fn context(&self, target: Target) -> Result<&'static Context, Contradiction> {
        self.grammars.context(target).ok_or(Contradiction)
    }
}

impl Opener {
    /// The pattern of a rule with the text of groups in place of `\1` to `\9`.
    fn filled(&self, rule: &Rule) -> Rc<Expression> {
        let name: *const MatchPattern = rule.definition;
        let fill = || Rc::new(Expression::new(&filled(rule.expression.pattern(), &self.groups)));
        Rc::clone(self.filled.borrow_mut().entry(name).or_insert_with(fill))
    }
}

fn filled(pattern: &str, groups: &[Option<String>]) -> String {
    let mut filled = String::with_capacity(pattern.len());
    let mut signs = pattern.chars();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            filled.push(sign);
            continue;
        }
        match signs.next() {
            Some(digit @ '0'..='9') => {
                let group = usize::from(digit as u8 - b'0');
                for sign in groups.get(group).into_iter().flatten().flat_map(|text| text.chars()) {
                    if r"\.+*?()|[]{}^$#&-~".contains(sign) {
                        filled.push('\\');
                    }
                    filled.push(sign);
                }
            }
            other => {
                filled.push('\\');
                filled.extend(other);
            }
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_filled_with_text() {
        let groups = [Some("<<E.F".to_owned()), Some("E.F".to_owned()), None];
        assert_eq!(filled(r"^\1$|\2\\1\n\", &groups), r"^E\.F$|\\1\n\");
    }
}
