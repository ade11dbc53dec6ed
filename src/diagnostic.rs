//! What is wrong with the input, where, and how to mend it.
//!
//! Input: nothing. Output: [`Diagnostic`], [`Span`], [`Code`]. Responsibility: the one shape in
//! which every phase speaks of problems; rendering them is the job of `report`.

use std::sync::Arc;

mod code;
pub use code::Code;

/// A range of bytes in one file of the curriculum.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Path from the curriculum's folder, with `/` between its parts.
    pub path: Arc<str>,
    /// First byte of the range.
    pub start: usize,
    /// First byte after the range; never before `start`.
    pub end: usize,
}

impl Span {
    /// The bytes `start..end` of the file at `path`.
    #[must_use]
    pub fn new(path: &Arc<str>, start: usize, end: usize) -> Self {
        Self { path: Arc::clone(path), start, end: end.max(start) }
    }

    /// The very beginning of a file: where a problem of the file as a whole is shown.
    #[must_use]
    pub fn file(path: &str) -> Self {
        Self { path: Arc::from(path), start: 0, end: 0 }
    }
}

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site is not written.
    Error,
    /// The site is written; somebody should look.
    Warning,
}

impl Severity {
    /// The word that stands before the message.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// A replacement that certainly mends the problem.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// The bytes to replace; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

/// One problem of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of problem it is.
    pub code: Code,
    /// Where it is.
    pub span: Span,
    /// What is wrong, complete in itself: lower-case, no full stop, names in backticks.
    pub message: String,
    /// How to mend it.
    pub help: String,
    /// The certain mend, if there is one.
    pub fix: Option<Fix>,
    /// Where only the author can know: mends of which one is right, each with what it would mean.
    pub choices: Vec<(String, Fix)>,
    /// Other places that take part, each with a word on its part.
    pub related: Vec<(Span, String)>,
    /// Lines that show more of it, such as what has changed; empty for most.
    pub detail: String,
}

impl Diagnostic {
    /// A problem with everything a reader needs: there is no way to leave out the help.
    #[must_use]
    pub fn new(
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            code,
            span,
            message: message.into(),
            help: help.into(),
            fix: None,
            choices: Vec::new(),
            related: Vec::new(),
            detail: String::new(),
        }
    }

    /// Adds a mend that is certain.
    #[must_use]
    pub fn with_fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, replacement: replacement.into() });
        self
    }

    /// Adds a mend that is right if `meaning` is what the author meant.
    #[must_use]
    pub fn with_choice(
        mut self,
        meaning: impl Into<String>,
        span: Span,
        replacement: impl Into<String>,
    ) -> Self {
        self.choices.push((meaning.into(), Fix { span, replacement: replacement.into() }));
        self
    }

    /// Adds another place that takes part.
    #[must_use]
    pub fn with_related(mut self, span: Span, note: impl Into<String>) -> Self {
        self.related.push((span, note.into()));
        self
    }

    /// Whether it points into a file.
    #[must_use]
    pub fn names(&self, path: &str) -> bool {
        let fixes = self.choices.iter().map(|(_, fix)| fix).chain(&self.fix);
        let others = self.related.iter().map(|(span, _)| span).chain(fixes.map(|fix| &fix.span));
        std::iter::once(&self.span).chain(others).any(|span| *span.path == *path)
    }

    /// Adds lines that show more of it.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// How much it weighs.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    fn sort_key(&self) -> (&Span, Code, &str) {
        (&self.span, self.code, &self.message)
    }
}

/// Sorts by place and drops what was said twice.
pub fn settle(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    diagnostics.dedup_by(|a, b| a.sort_key() == b.sort_key());
}

/// Whether any of them keeps the site from being written.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
}

/// The longest name that is compared with others, in bytes. The work grows with the square of it,
/// and who writes more has not mistyped a name.
const LONGEST_NAME: usize = 200;

/// The candidate nearest to `name`, if it is near enough to be what was meant.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST_NAME {
        return None;
    }
    let length = name.chars().count();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST_NAME)
        .filter_map(|candidate| {
            let other = candidate.chars().count();
            let longest = length.max(other);
            let most = (longest / 3).max(1);
            // Each letter more or less is a change by itself, which most candidates fail at.
            if length.abs_diff(other) > most {
                return None;
            }
            let distance = strsim::damerau_levenshtein(name, candidate);
            (distance <= most && distance < longest).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}
