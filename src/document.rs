//! A page's body as a tree.
//!
//! Input: none; built by `parse::markdown`. Output: [`Document`]. Responsibility: what later
//! phases may ask about a body without knowing Markdown.

use std::ops::Range;

use crate::diagnostic::Span;

/// A page's body.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The body in order.
    pub blocks: Vec<Block>,
    /// Every heading, in order.
    pub headings: Vec<Heading>,
    /// What stands below each heading of the first two levels that is at the top of the body.
    pub sections: Vec<Below>,
    /// Every task-list item, in order; a nested one after its parent.
    pub tasks: Vec<Task>,
    /// Every link and image, in order.
    pub links: Vec<LinkUse>,
    /// The texts of footnotes in the order of their first reference.
    pub footnotes: Vec<Vec<Block>>,
}

impl Document {
    /// Gives back the room that was kept for more.
    pub(crate) fn shrink(&mut self) {
        self.headings.shrink_to_fit();
        self.tasks.shrink_to_fit();
        self.links.shrink_to_fit();
        self.sections.shrink_to_fit();
    }

    /// The blocks below the heading of a section.
    #[must_use]
    pub fn below(&self, section: usize) -> &[Block] {
        &self.blocks[self.sections[section].blocks.clone()]
    }

    /// Whether headings, tasks and links of a later state are the same, wherever they stand.
    pub(crate) fn differs_in_text_only(&self, later: &Self) -> bool {
        let headings = self.sections.iter().map(|section| section.heading);
        headings.eq(later.sections.iter().map(|section| section.heading))
            && all(&self.headings, &later.headings, Heading::says_the_same)
            && all(&self.tasks, &later.tasks, Task::says_the_same)
            && all(&self.links, &later.links, LinkUse::leads_to_the_same)
    }

    /// The blocks before the first section.
    #[must_use]
    pub fn opening(&self) -> &[Block] {
        let end = self.sections.first().map(|first| first.blocks.start - 1);
        &self.blocks[..end.unwrap_or(self.blocks.len())]
    }
}

fn all<T>(ones: &[T], others: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| same(one, other))
}

/// What stands below a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Below {
    /// The heading, by its number in [`Document::headings`].
    pub heading: usize,
    /// The blocks up to the next such heading, as a range of [`Document::blocks`].
    pub blocks: Range<usize>,
}

/// A heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Plain text, attributes removed.
    pub text: String,
    /// Its anchor, unique on the page.
    pub anchor: String,
    /// Its content.
    pub inlines: Vec<Inline>,
    /// The weeks it names.
    pub weeks: Option<Weeks>,
    /// Where it stands.
    pub span: Span,
}

impl Heading {
    /// Equal but for their places. Every field is named, so that a new one is not forgotten.
    fn says_the_same(&self, other: &Self) -> bool {
        let Self { level, text, anchor, inlines, weeks, span: _ } = self;
        let fields = (level, text, anchor, inlines, weeks);
        fields == (&other.level, &other.text, &other.anchor, &other.inlines, &other.weeks)
    }

    /// The content behind the weeks.
    #[must_use]
    pub fn title(&self) -> Vec<Inline> {
        let mut inlines = self.inlines.clone();
        if let (Some(weeks), Some(Inline::Text(first))) = (self.weeks, inlines.first_mut()) {
            first.drain(..weeks.title_from);
        }
        inlines
    }
}

/// The weeks that a heading names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weeks {
    /// First week.
    pub from: u32,
    /// Last week.
    pub to: u32,
    /// The byte of the heading's first text at which the title behind the weeks begins.
    pub title_from: usize,
}

/// A task-list item.
#[derive(Debug, Clone)]
pub struct Task {
    /// As written, links included, line breaks collapsed, the id's comment removed.
    pub text: String,
    /// Plain text.
    pub plain: String,
    /// The id that the author wrote, if any.
    pub explicit: Option<WrittenId>,
    /// The task it is nested in.
    pub parent: Option<usize>,
    /// The heading of the first or second level above it.
    pub section: Option<usize>,
    /// The nearest heading above it.
    pub heading: Option<usize>,
    /// The plain text of its note.
    pub note: Option<String>,
    /// The whole line of its label.
    pub span: Span,
}

impl Task {
    /// Equal but for their places.
    fn says_the_same(&self, other: &Self) -> bool {
        let Self { text, plain, explicit, parent, section, heading, note, span: _ } = self;
        let written =
            |id: &Option<WrittenId>| id.as_ref().map(|id| (id.id.clone(), id.was.clone()));
        let places = (parent, section, heading) == (&other.parent, &other.section, &other.heading);
        (text, plain, note) == (&other.text, &other.plain, &other.note)
            && places
            && written(explicit) == written(&other.explicit)
    }
}

/// `<!-- id: a1b2c3d4 was: e5f6a7b8 -->` as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenId {
    /// What stands behind `id:`.
    pub id: Option<String>,
    /// What stands behind `was:`.
    pub was: Option<String>,
    /// The comment.
    pub span: Span,
}

/// A link or image.
#[derive(Debug, Clone)]
pub struct LinkUse {
    /// The destination as written, escapes resolved.
    pub target: String,
    /// How it was written.
    pub syntax: LinkSyntax,
    /// The heading of the first or second level that governs it (its own, inside a heading).
    pub section: Option<usize>,
    /// Whether it stands in a heading, or in a paragraph that begins with 📖: such a link to a
    /// source says what a block draws on.
    pub cites: bool,
    /// Where it stands.
    pub span: Span,
    /// Where its target stands, unless it is written with escapes or by reference.
    pub target_span: Option<Span>,
}

impl LinkUse {
    /// Equal but for their places.
    fn leads_to_the_same(&self, other: &Self) -> bool {
        let Self { target, syntax, section, cites, span: _, target_span: _ } = self;
        let fields = (target, syntax, section, cites);
        fields == (&other.target, &other.syntax, &other.section, &other.cites)
    }
}

/// How a link was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkSyntax {
    /// `[text](target)`, `<https://…>`, `[text][reference]`.
    Markdown,
    /// `[[id]]`, to be shown with the page's title.
    Wiki,
    /// `[[id|text]]`.
    WikiWithText,
    /// `![alt](target)`.
    Image,
}

/// A part of a page's body.
#[derive(Debug, Clone)]
pub enum Block {
    /// A heading, by its number in [`Document::headings`].
    Heading(usize),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Text of a tight list item: no paragraph of its own.
    Plain(Vec<Inline>),
    /// A code block.
    Code {
        /// The first word behind the fence.
        language: String,
        /// What it is called.
        title: Option<String>,
        /// The code.
        code: String,
        /// The code with its colours as HTML: made here, since it takes longer than all else
        /// and only depends on the file.
        html: String,
        /// The block with its fences.
        span: Span,
    },
    /// A quotation or, with a kind, an admonition.
    Quote(Option<Admonition>, Vec<Block>),
    /// A list; `start` is the first number of an ordered one.
    List {
        /// The first number of an ordered list.
        start: Option<u64>,
        /// Its items.
        items: Vec<ListItem>,
    },
    /// A table.
    Table {
        /// One for each column.
        alignments: Vec<Alignment>,
        /// The cells of the header.
        head: Vec<Vec<Inline>>,
        /// The cells of the other rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// Terms with their definitions.
    Definitions(Vec<Definition>),
    /// Raw HTML.
    Html(String),
    /// A horizontal rule.
    Rule,
}

/// An item of a list.
#[derive(Debug, Clone)]
pub struct ListItem {
    /// Its number in [`Document::tasks`], where it can be ticked.
    pub task: Option<usize>,
    /// For a task its label; else empty.
    pub label: Vec<Inline>,
    /// Everything else in it.
    pub blocks: Vec<Block>,
}

/// An entry of a definition list.
#[derive(Debug, Clone)]
pub enum Definition {
    /// What is defined.
    Term(Vec<Inline>),
    /// What it means.
    Meaning(Vec<Block>),
}

/// GitHub's five forms of `> [!NOTE]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admonition {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!WARNING]`
    Warning,
    /// `[!CAUTION]`
    Caution,
}

impl Admonition {
    /// Its class and the end of its Fluent id.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
        }
    }
}

/// How a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// As the reader's language has it.
    None,
    /// Left.
    Left,
    /// Centre.
    Center,
    /// Right.
    Right,
}

/// A part of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text.
    Text(String),
    /// Code.
    Code(String),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Struck out.
    Strike(Vec<Inline>),
    /// A link, by its number in [`Document::links`].
    Link(usize, Vec<Inline>),
    /// An image, by its number in [`Document::links`], with its alternative text.
    Image(usize, String),
    /// Raw HTML.
    Html(String),
    /// A formula.
    Math {
        /// As `MathML`.
        html: String,
        /// As written.
        formula: String,
    },
    /// A line break of the source.
    SoftBreak,
    /// A line break to be shown.
    HardBreak,
    /// A reference to a footnote.
    FootnoteReference {
        /// The footnote, by its number in [`Document::footnotes`].
        number: usize,
        /// Which one it is among the references to the same footnote, from 1.
        nth: usize,
    },
}

/// The plain text of inlines; code without its backticks, images by their alternative text.
#[must_use]
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    plain_into(&mut out, inlines);
    out
}

fn plain_into(out: &mut String, inlines: &[Inline]) {
    for inline in inlines {
        match inline {
            Inline::Text(text)
            | Inline::Code(text)
            | Inline::Image(_, text)
            | Inline::Math { formula: text, .. } => out.push_str(text),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strike(inner)
            | Inline::Link(_, inner) => plain_into(out, inner),
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
            Inline::Html(_) | Inline::FootnoteReference { .. } => {}
        }
    }
}

/// The plain text of blocks, tasks and code left out, blocks separated by a blank.
#[must_use]
pub fn plain_blocks(blocks: &[Block]) -> String {
    let mut out = String::new();
    plain_blocks_into(&mut out, blocks);
    crate::text::collapse(&out)
}

fn plain_blocks_into(out: &mut String, blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Plain(inlines) => plain_into(out, inlines),
            Block::Quote(_, inner) => plain_blocks_into(out, inner),
            Block::List { items, .. } => {
                for item in items.iter().filter(|item| item.task.is_none()) {
                    plain_blocks_into(out, &item.blocks);
                    out.push(' ');
                }
            }
            Block::Definitions(entries) => {
                for entry in entries {
                    match entry {
                        Definition::Term(inlines) => plain_into(out, inlines),
                        Definition::Meaning(inner) => plain_blocks_into(out, inner),
                    }
                    out.push(' ');
                }
            }
            Block::Heading(_)
            | Block::Code { .. }
            | Block::Table { .. }
            | Block::Html(_)
            | Block::Rule => {}
        }
        out.push(' ');
    }
}
