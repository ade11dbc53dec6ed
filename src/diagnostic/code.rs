//! The kinds of problems, each with its page of the reference.
//!
//! Input: nothing. Output: [`Code`]. Responsibility: the doc comment of a code *is* its published
//! page and what `roadbook explain CODE` prints.

use super::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $text:literal, $severity:ident;)*) => {
        /// A kind of problem. Its text form never changes once published.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])* $name,)*
        }

        impl Code {
            /// Every code, in the order of the reference.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable name, as messages show it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// How much a problem of this kind weighs.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// The code's page: what is wrong, why it matters, how to mend it, an example.
            #[must_use]
            pub fn page(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc, "\n",)*),)* }
            }
        }
    };
}

codes! {
    /// A key of the front matter or of `book.toml` is not known.
    ///
    /// A misspelt key would otherwise be silently without effect. The message lists the keys that
    /// are valid at this place and suggests the nearest one. Free keys for a theme go below
    /// `extra:`.
    ///
    /// Wrong: `durations: 6-8 weeks`. Right: `duration: 6-8 weeks`.
    UnknownKey = "unknown-key", Error;
    /// A value has another type than its key demands.
    ///
    /// Wrong: `difficulty: hard`. Right: `difficulty: 4`.
    WrongType = "wrong-type", Error;
    /// A key that every such file needs is missing.
    ///
    /// Only `title` is required in front matter, and `id` and `title` in `book.toml`.
    MissingKey = "missing-key", Error;
    /// A key is written twice, so one of the two values would be lost.
    ///
    /// Remove one of them.
    DuplicateKey = "duplicate-key", Error;
    /// A length of time cannot be read.
    ///
    /// Write a number or a range and a unit, as people do: `6-8 weeks`, `6–9 месяцев`, `1 year`;
    /// `hours` of a project may leave out the unit: `8-12`.
    BadDuration = "bad-duration", Error;
    /// An id has letters that an address cannot carry, or is empty.
    ///
    /// Use lower-case Latin letters, digits and hyphens: `id: message-brokers`.
    BadId = "bad-id", Error;
    /// Two pages of one kind have the same id.
    ///
    /// The id comes from the file's or folder's name without its numeric prefix. Rename one of
    /// them, or give one an `id:` of its own in its front matter.
    DuplicatePageId = "duplicate-page-id", Error;
    /// Two items claim the same permanent id.
    ///
    /// Remove the comment `<!-- id: … -->` from one of them: it was probably copied along with
    /// the line. The item without it gets an id of its own.
    DuplicateItemId = "duplicate-item-id", Error;
    /// An item was reworded in such a way that two former items could be meant.
    ///
    /// A guess could give one learner's tick to another topic, so none is made. Append the
    /// comment that the message shows to the line: `<!-- id: a1b2c3d4 -->` says that it is that
    /// former item, `<!-- id: new -->` that it is a new one. The comment can go after the next
    /// build has written the lock.
    AmbiguousRewording = "ambiguous-rewording", Error;
    /// A comment `<!-- id: … -->` of an item cannot be read, or names an id that never existed.
    ///
    /// An id has eight letters and digits as the lock shows them, or is a name of lower-case
    /// letters, digits and hyphens.
    BadItemId = "bad-item-id", Error;
    /// `requires`, `sources` or `stages` names an id that no page has.
    ///
    /// Ids are the names of folders and files without their numeric prefix. The message suggests
    /// the nearest one.
    UnknownReference = "unknown-reference", Error;
    /// A link `[[id]]` could mean pages of several kinds.
    ///
    /// Say which: `[[stage:linux]]` or `[[source:linux]]`.
    AmbiguousLink = "ambiguous-link", Error;
    /// A link leads to a heading or item that its page does not have.
    ///
    /// Anchors follow GitHub's rule: lower-case, letters of any alphabet kept, blanks to hyphens,
    /// other signs dropped. The message suggests the nearest one.
    BrokenAnchor = "broken-anchor", Error;
    /// A link leads to a file or page that does not exist.
    ///
    /// Links between pages are paths relative to the file that holds them:
    /// `../20-networks/README.md`.
    BrokenLink = "broken-link", Error;
    /// A link's path is out of date, but the page that it means is known by its id.
    ///
    /// Pages can move and be renumbered without breaking anything; the link still works on the
    /// site, though not on GitHub. The message holds the path as it is now.
    StalePath = "stale-path", Warning;
    /// Stages or projects require one another in a circle, so none could ever be begun.
    ///
    /// Remove one of the requirements along the path that the message shows.
    PrerequisiteCycle = "prerequisite-cycle", Error;
    /// Two files of the site would have the same path.
    ///
    /// Rename one of them, or remove the alias that claims the other's address.
    PathCollision = "path-collision", Error;
    /// Two paths of the site differ only in upper and lower case.
    ///
    /// On many computers they would be one file. Rename one of them.
    CaseCollision = "case-collision", Error;
    /// The front matter begins with `---` and does not end.
    ///
    /// Close it with a line of `---`.
    UnclosedFrontMatter = "unclosed-front-matter", Error;
    /// A page has no front matter.
    ///
    /// Begin the file with a block that names at least its title.
    MissingFrontMatter = "missing-front-matter", Error;
    /// The front matter or `book.toml` cannot be read at all.
    ///
    /// The message is that of the YAML or TOML parser, at its place.
    Syntax = "syntax", Error;
    /// A file is not UTF-8.
    ///
    /// The message names the first byte that is wrong. Save the file as UTF-8.
    NotUtf8 = "not-utf8", Error;
    /// A file cannot be read at all.
    ///
    /// Its name is not UTF-8, its permissions forbid it, or it is a link that leads out of the
    /// curriculum's folder or back into itself.
    Unreadable = "unreadable", Error;
    /// An image does not exist.
    ///
    /// Images stand beside the page that shows them, or in `static/`.
    MissingImage = "missing-image", Error;
    /// A stage has topics before its first heading of the second level, so they belong to no
    /// block.
    ///
    /// Put a heading above them: `## Недели 1–2: …`.
    TopicsWithoutHeading = "topics-without-heading", Error;
    /// A stage has neither topics nor projects.
    ///
    /// Add its program, or mark it `status: draft`.
    EmptyStage = "empty-stage", Warning;
    /// A folder of a level or stage has no page of its own.
    ///
    /// Add a `README.md` with the title.
    MissingPage = "missing-page", Error;
    /// A folder has both `README.md` and `index.md`.
    ///
    /// Either is the folder's own page; keep one.
    TwoIndexPages = "two-index-pages", Error;
    /// A file lies where no page is expected.
    ///
    /// Levels and stages are folders; projects are files in a stage's folder; other pages go to
    /// `pages/`, `sources/` or `tracking/`.
    MisplacedFile = "misplaced-file", Error;
    /// A code block names a language that the highlighter does not know.
    ///
    /// The block is shown without colours. The message suggests the nearest name; `text` says
    /// that there is no language.
    UnknownLanguage = "unknown-language", Warning;
    /// A link would run a script or hide its destination.
    ///
    /// `javascript:`, `vbscript:` and `data:` are refused in links; `data:` is allowed for images.
    UnsafeLink = "unsafe-link", Error;
    /// Lists or quotes are nested too deeply to be shown.
    ///
    /// At most 32 levels are kept; deeper ones are flattened.
    DeepNesting = "deep-nesting", Warning;
    /// A bound of the input is exceeded.
    ///
    /// The message names the bound. Bounds keep a stranger's content from filling the memory of
    /// whoever builds it.
    TooLarge = "too-large", Error;
    /// The lock is of a newer version than this program knows.
    ///
    /// It is left unharmed. Use the version of Roadbook that wrote it, or a newer one.
    LockVersion = "lock-version", Error;
    /// A line of the lock cannot be read.
    ///
    /// The lock is written by `roadbook`, not by hand. Restore it from the repository's history.
    LockSyntax = "lock-syntax", Error;
    /// The lock holds git's conflict marks.
    ///
    /// `roadbook lock --resolve` unites both sides without losing an id.
    LockConflict = "lock-conflict", Error;
    /// The lock would change, and the build was told that it must not (`--locked`).
    ///
    /// Run `roadbook lock --update` and commit `progress.lock`.
    LockOutdated = "lock-outdated", Error;
    /// A file holds git's conflict marks.
    ///
    /// Decide between the two sides and remove the marks.
    ConflictMarks = "conflict-marks", Error;
    /// A template cannot be parsed or rendered.
    ///
    /// The message is that of the template engine, at its place in the template.
    Template = "template", Error;
    /// The theme that `book.toml` names does not exist, or its parents form a circle.
    ///
    /// Themes are folders below `themes/`; the default theme is built in.
    UnknownTheme = "unknown-theme", Error;
    /// A word of the interface is missing or cannot be read.
    ///
    /// Add it to the theme's `locales/LANGUAGE.ftl`.
    MissingWord = "missing-word", Error;
    /// A theme fetches something from a third party.
    ///
    /// The site must work offline and tell nobody who reads it. Put the file into the theme's
    /// `static/` folder.
    ThirdParty = "third-party", Error;
    /// A link of the finished site leads nowhere.
    ///
    /// This is found after rendering, in the HTML itself, so a template wrote it or raw HTML in
    /// the content did.
    BrokenOutputLink = "broken-output-link", Error;
}

impl Code {
    /// The code with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
