//! Grammars, prepared for the walk over a text.
//!
//! Input: the set of grammars inside the binary. Output: [`Context`]s, each with the rules that may
//! fit at a place. Responsibility: everything that can be known of a rule before there is a text,
//! done once, when the first text asks for it, and shared by all threads.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use onig::{MatchParam, Regex, RegexOptions, Region, SearchOptions, Syntax};
use serde::{Deserialize, Serialize};
use syntect::parsing::syntax_definition::{
    Context as Definition, ContextId, ContextReference, MatchOperation, MatchPattern, Pattern,
    context_iter,
};
use syntect::parsing::{ClearAmount, Scope, SyntaxSet};

use super::beginning::{Before, Beginning, END};
use super::classes::{Mark, Table};
use super::languages::LANGUAGES;

/// Everything that is read once for all blocks.
pub(super) struct Grammars {
    set: SyntaxSet,
    /// The place in the set for each of [`LANGUAGES`].
    places: Vec<Option<usize>>,
    table: Table,
    /// By grammar, then as the set counts them.
    contexts: Vec<OnceLock<Contexts>>,
    /// Grammars write the same pattern in many places.
    expressions: Mutex<BTreeMap<&'static str, Arc<Expression>>>,
}

/// All contexts of one grammar, each prepared when it is first entered.
type Contexts = Vec<(&'static Definition, OnceLock<Context>)>;

/// The place of a context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    syntax_index: usize,
    context_index: usize,
}

/// What fits where, while one thing lasts: a string, a comment, a function's parameters.
pub(super) struct Context {
    /// First those that count in all contexts of the grammar, then its own.
    rules: Vec<Rule>,
    /// Where its own begin.
    own: u16,
    /// The rules that may fit before a sign, by their number and in order.
    may_fit: Vec<Vec<u16>>,
    /// For each sign, and what stands before it, the place in `may_fit`.
    by_sign: [Vec<u16>; 3],
    /// The scopes of what lies in it, with what opens and closes it.
    pub(super) meta: Vec<Mark>,
    /// The scopes of what lies in it, without that.
    pub(super) content: Vec<Mark>,
    /// How many scopes around it do not count in it.
    pub(super) clear: Option<ClearAmount>,
    /// Whether its rules refer to the text of the rule that opened it.
    pub(super) refers_back: bool,
}

/// One rule of a context.
pub(super) struct Rule {
    /// What it was made from, and known by: the same rule may stand in many contexts.
    pub(super) definition: &'static MatchPattern,
    pub(super) expression: Arc<Expression>,
    /// Whether it refers to the text of the rule that opened its context, if it is the context's
    /// own.
    pub(super) refers_back: bool,
    pub(super) scopes: Vec<Mark>,
    /// Groups of the pattern with the scopes of each.
    pub(super) groups: Vec<(usize, Vec<Mark>)>,
    /// Whether it matters what the groups match.
    pub(super) needs_groups: bool,
    pub(super) step: Step,
    /// A context whose rules go before all others in the contexts that this one opens.
    pub(super) with: Option<Target>,
}

/// What a rule does to the contexts that are open.
pub(super) enum Step {
    Stay,
    /// Closes the innermost.
    Close,
    /// Opens some.
    Open(Vec<Target>),
    /// Closes the innermost and opens some.
    Change(Vec<Target>),
}

/// A context that a rule names; `None` where the set has no such context.
#[derive(Clone, Copy)]
pub(super) struct Target(Option<Place>);

pub(super) fn grammars() -> &'static Grammars {
    static GRAMMARS: OnceLock<Grammars> = OnceLock::new();
    GRAMMARS.get_or_init(|| {
        // The grammars that expect line ends are the ones their authors test: the other set is
        // derived from them by rewriting `\n` in patterns.
        let set = two_face::syntax::extra_newlines();
        let place = |name: &str| set.syntaxes().iter().position(|syntax| syntax.name == name);
        let places = LANGUAGES.iter().map(|(_, grammar)| place(grammar)).collect();
        let contexts = set.syntaxes().iter().map(|_| OnceLock::new()).collect();
        Grammars { set, places, table: Table::new(), contexts, expressions: Mutex::default() }
    })
}

impl Grammars {
    /// The grammar for one of [`LANGUAGES`].
    #[cfg(test)]
    pub(super) fn grammar(&self, language: usize) -> Option<&syntect::parsing::SyntaxReference> {
        self.places[language].map(|place| &self.set.syntaxes()[place])
    }

    #[cfg(test)]
    pub(super) fn set(&self) -> &SyntaxSet {
        &self.set
    }

    #[cfg(test)]
    pub(super) fn table(&self) -> &Table {
        &self.table
    }

    /// The context in which a text in one of [`LANGUAGES`] begins.
    pub(super) fn start(&'static self, language: usize) -> Option<&'static Context> {
        let syntax_index = self.places[language]?;
        let scope = self.set.syntaxes()[syntax_index].scope;
        // It has the scope of all its text and one rule: at once into the main context.
        let is_start = |definition: &Definition| {
            let opens = |pattern: &Pattern| {
                matches!(pattern, Pattern::Match(rule)
                    if rule.regex.regex_str().is_empty()
                        && matches!(rule.operation, MatchOperation::Push(_)))
            };
            definition.meta_content_scope == [scope]
                && !definition.meta_include_prototype
                && definition.patterns.len() == 1
                && definition.patterns.iter().all(opens)
        };
        let contexts = self.contexts_of(syntax_index);
        let context_index = contexts.iter().position(|(context, _)| is_start(context))?;
        self.context(Target(Some(Place { syntax_index, context_index })))
    }

    /// The context that a rule names.
    pub(super) fn context(&'static self, target: Target) -> Option<&'static Context> {
        let Place { syntax_index, context_index } = target.0?;
        let (definition, context) = self.contexts_of(syntax_index).get(context_index)?;
        Some(context.get_or_init(|| self.prepare(definition)))
    }

    /// All contexts of one grammar, in the order of the set.
    fn contexts_of(&'static self, grammar: usize) -> &'static Contexts {
        self.contexts[grammar].get_or_init(|| {
            (0..)
                .map_while(|context_index| {
                    self.definition(Place { syntax_index: grammar, context_index })
                })
                .map(|definition| (definition, OnceLock::new()))
                .collect()
        })
    }

    fn definition(&'static self, place: Place) -> Option<&'static Definition> {
        // A reference is made by reading one only.
        let reference = serde_json::json!({ "Direct": place });
        let reference: ContextReference = serde_json::from_value(reference).ok()?;
        reference.resolve(&self.set).ok()
    }

    fn prepare(&'static self, definition: &'static Definition) -> Context {
        let prototype = definition.prototype.and_then(|id| self.definition(place(&id)?));
        let own = |definition| context_iter(&self.set, definition);
        let mut rules = Vec::new();
        for (context, at) in prototype.into_iter().flat_map(own) {
            rules.extend(context.match_at(at).ok().map(|rule| self.rule(rule, false)));
        }
        let first_own = u16::try_from(rules.len()).ok();
        for (context, at) in own(definition) {
            rules.extend(context.match_at(at).ok().map(|rule| self.rule(rule, rule.has_captures)));
        }
        let (may_fit, by_sign) = sort_by_sign(&rules);
        Context {
            own: first_own.expect("a grammar has far fewer rules"),
            rules,
            may_fit,
            by_sign,
            meta: self.table.marks(&definition.meta_scope),
            content: self.table.marks(&definition.meta_content_scope),
            clear: definition.clear_scopes,
            refers_back: definition.uses_backrefs,
        }
    }

    fn rule(&self, rule: &'static MatchPattern, refers_back: bool) -> Rule {
        let targets = |references: &[ContextReference]| references.iter().map(target).collect();
        let groups = rule.captures.iter().flatten();
        let step = match &rule.operation {
            MatchOperation::None => Step::Stay,
            MatchOperation::Pop => Step::Close,
            MatchOperation::Push(contexts) => Step::Open(targets(contexts)),
            MatchOperation::Set(contexts) => Step::Change(targets(contexts)),
        };
        let opened = match &rule.operation {
            MatchOperation::Push(contexts) | MatchOperation::Set(contexts) => contexts.as_slice(),
            MatchOperation::None | MatchOperation::Pop => &[],
        };
        let mut opened = opened.iter().chain(&rule.with_prototype);
        let referred = opened
            .any(|context| context.resolve(&self.set).is_ok_and(|context| context.uses_backrefs));
        Rule {
            definition: rule,
            expression: self.expression(rule.regex.regex_str()),
            refers_back,
            scopes: self.table.marks(&rule.scope),
            groups: groups.map(|(group, scopes)| (*group, self.table.marks(scopes))).collect(),
            needs_groups: referred || rule.captures.is_some(),
            step,
            with: rule.with_prototype.as_ref().map(target),
        }
    }

    fn expression(&self, pattern: &'static str) -> Arc<Expression> {
        let mut known = self.expressions.lock().unwrap_or_else(PoisonError::into_inner);
        let expression = known.entry(pattern).or_insert_with(|| Arc::new(Expression::new(pattern)));
        Arc::clone(expression)
    }
}

fn place(id: &ContextId) -> Option<Place> {
    serde_json::from_value(serde_json::to_value(id).ok()?).ok()
}

fn target(reference: &ContextReference) -> Target {
    Target(reference.id().ok().and_then(|id| place(&id)))
}

/// Which rules may fit at a place, by what stands before and behind it. Places share their list
/// where it is the same.
fn sort_by_sign(rules: &[Rule]) -> (Vec<Vec<u16>>, [Vec<u16>; 3]) {
    let mut lists: BTreeMap<Vec<u16>, u16> = BTreeMap::new();
    let mut list = Vec::new();
    let by_sign = Before::ALL.map(|before| {
        (0..=END)
            .map(|sign| {
                let fits = |rule: &Rule| rule.expression.beginning.may_begin(before, sign);
                list.clear();
                list.extend((0..).zip(rules).filter(|(_, rule)| fits(rule)).map(|(no, _)| no));
                if let Some(no) = lists.get(&list) {
                    return *no;
                }
                let next = u16::try_from(lists.len()).expect("there are 3 times 257 places");
                lists.insert(list.clone(), next);
                next
            })
            .collect()
    });
    let mut may_fit = vec![Vec::new(); lists.len()];
    for (list, no) in lists {
        may_fit[usize::from(no)] = list;
    }
    (may_fit, by_sign)
}

impl Context {
    /// The numbers of the rules that may fit between two signs, in order.
    pub(super) fn may_fit(&self, before: Before, sign: usize) -> &[u16] {
        &self.may_fit[usize::from(self.by_sign[before as usize][sign])]
    }

    /// The same without the rules that count in all contexts of the grammar.
    pub(super) fn own_may_fit(&self, before: Before, sign: usize) -> &[u16] {
        let list = self.may_fit(before, sign);
        &list[list.partition_point(|no| *no < self.own)..]
    }

    pub(super) fn rule(&self, no: u16) -> &Rule {
        &self.rules[usize::from(no)]
    }
}

/// A pattern.
pub(super) struct Expression {
    pattern: String,
    pub(super) beginning: Beginning,
    /// The text that it stands for, if it is one text alone.
    literal: Option<String>,
    /// Most patterns of most grammars never meet a text that they might fit.
    regex: OnceLock<Option<Regex>>,
}

/// How often a pattern may go back while it is tried at one place. Some go back as often as the cube
/// of a line's length says: with the engine's own ten millions a line of 500 signs took 17 seconds.
/// What people write seldom needs more than the first.
const FEW_RETRIES: u32 = 200;
const MANY_RETRIES: u32 = 5_000;

/// How often in a block a pattern may go back so many times.
pub(super) const PATIENCE: u32 = 1_000;

/// What came of trying a pattern at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trial {
    /// It fits up to this place.
    Fits(usize),
    No,
    /// It took too long, so it is as if the line had no place for it.
    GaveUp,
}

impl Expression {
    pub(super) fn new(pattern: &str) -> Self {
        let (beginning, literal) = (Beginning::of(pattern), literal(pattern));
        Self { pattern: pattern.to_owned(), beginning, literal, regex: OnceLock::new() }
    }

    pub(super) fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Tries it at one place of a line. Where the groups matter, `groups` takes them. `patience` is
    /// what a block has left for patterns that go back often.
    pub(super) fn try_at(
        &self,
        line: &str,
        at: usize,
        mut groups: Option<&mut Region>,
        patience: &mut u32,
    ) -> Trial {
        if let (Some(literal), None) = (&self.literal, &groups) {
            let fits = line[at..].starts_with(literal.as_str());
            return if fits { Trial::Fits(at + literal.len()) } else { Trial::No };
        }
        if !self.beginning.fits(line.as_bytes(), at) {
            return Trial::No;
        }
        let Some(regex) = self.regex() else { return Trial::No };
        let trial = attempt(regex, line, at, groups.as_deref_mut(), FEW_RETRIES);
        if trial != Trial::GaveUp || *patience == 0 {
            return trial;
        }
        *patience -= 1;
        attempt(regex, line, at, groups, MANY_RETRIES)
    }

    fn regex(&self) -> Option<&Regex> {
        let compile = || {
            let options = RegexOptions::REGEX_OPTION_CAPTURE_GROUP;
            Regex::with_options(&self.pattern, options, Syntax::default()).ok()
        };
        self.regex.get_or_init(compile).as_ref()
    }
}

/// The text that a pattern stands for, if nothing in it means anything else.
fn literal(pattern: &str) -> Option<String> {
    let mut text = String::new();
    let mut signs = pattern.chars();
    while let Some(sign) = signs.next() {
        let meant = match sign {
            '\\' => signs.next().filter(char::is_ascii_punctuation)?,
            '.' | '*' | '?' | '+' | '^' | '$' | '|' | '(' | ')' | '[' | ']' | '{' | '}' => {
                return None;
            }
            sign => sign,
        };
        text.push(meant);
    }
    Some(text)
}

fn attempt(
    regex: &Regex,
    line: &str,
    at: usize,
    groups: Option<&mut Region>,
    retries: u32,
) -> Trial {
    let (options, mut limits) = (SearchOptions::SEARCH_OPTION_NONE, MatchParam::default());
    limits.set_retry_limit_in_match(retries);
    match regex.match_with_param(line, at, options, groups, limits) {
        Ok(Some(length)) => Trial::Fits(at + length),
        Ok(None) => Trial::No,
        Err(_) => Trial::GaveUp,
    }
}

impl Table {
    fn marks(&self, scopes: &[Scope]) -> Vec<Mark> {
        scopes.iter().map(|scope| self.mark(*scope)).collect()
    }
}
