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
    ///
    /// Wrong: front matter with `duration: 6-8 weeks` alone. Right: `title: Linux` beside it.
    MissingKey = "missing-key", Error;
    /// A key is written twice, so one of the two values would be lost.
    ///
    /// Remove one of them.
    ///
    /// Wrong: `title: Linux` and further down `title: Linux basics`. Right: one of the two.
    DuplicateKey = "duplicate-key", Error;
    /// A length of time cannot be read.
    ///
    /// Write a number or a range and a unit, as people do: `6-8 weeks`, `6–9 месяцев`, `1 year`;
    /// `hours` of a project may leave out the unit: `8-12`.
    ///
    /// Wrong: `duration: soon`. Right: `duration: 6-8 weeks`.
    BadDuration = "bad-duration", Error;
    /// An id has letters that an address cannot carry, or is empty.
    ///
    /// Use lower-case Latin letters, digits and hyphens: `id: message-brokers`.
    ///
    /// Wrong: `id: Message Brokers`. Right: `id: message-brokers`.
    BadId = "bad-id", Error;
    /// Two pages of one kind have the same id.
    ///
    /// The id comes from the file's or folder's name without its numeric prefix. Rename one of
    /// them, or give one an `id:` of its own in its front matter.
    ///
    /// Wrong: `10-linux/10-tools.md` and `20-python/30-tools.md`. Right: `10-tools.md` and
    /// `30-python-tools.md`.
    DuplicatePageId = "duplicate-page-id", Error;
    /// Two items claim the same permanent id.
    ///
    /// Remove the comment `<!-- id: … -->` from one of them: it was probably copied along with
    /// the line. The item without it gets an id of its own.
    ///
    /// Wrong: `- [ ] Joins <!-- id: a1b2c3d4 -->` on two lines. Right: the comment on one of them.
    DuplicateItemId = "duplicate-item-id", Error;
    /// An item was reworded in such a way that two former items could be meant.
    ///
    /// A guess could give one learner's tick to another topic, so none is made. Append the
    /// comment that the message shows to the line: `<!-- id: a1b2c3d4 -->` says that it is that
    /// former item, `<!-- id: new -->` that it is a new one. The comment can go after the next
    /// build has written the lock.
    ///
    /// Wrong: `Rights of files and folders` becomes the two lines `Rights of files on disk` and
    /// `Rights of folders on disk`. Right: `- [ ] Rights of files on disk <!-- id: a1b2c3d4 -->`.
    AmbiguousRewording = "ambiguous-rewording", Error;
    /// A comment `<!-- id: … -->` of an item cannot be read, or names an id that never existed.
    ///
    /// An id has eight letters and digits as the lock shows them, or is a name of lower-case
    /// letters, digits and hyphens.
    ///
    /// Wrong: `<!-- id: My Topic -->`. Right: `<!-- id: my-topic -->`.
    BadItemId = "bad-item-id", Error;
    /// `requires`, `sources` or `stages` names an id that no page has.
    ///
    /// Ids are the names of folders and files without their numeric prefix. The message suggests
    /// the nearest one.
    ///
    /// Wrong: `requires: [linus]`. Right: `requires: [linux]`.
    UnknownReference = "unknown-reference", Error;
    /// A link `[[id]]` could mean pages of several kinds.
    ///
    /// Say which: `[[stage:linux]]` or `[[source:linux]]`.
    ///
    /// Wrong: `[[linux]]`. Right: `[[stage:linux]]`.
    AmbiguousLink = "ambiguous-link", Error;
    /// A link leads to a heading or item that its page does not have.
    ///
    /// Anchors follow GitHub's rule: lower-case, letters of any alphabet kept, blanks to hyphens,
    /// other signs dropped. The message suggests the nearest one.
    ///
    /// Wrong: `[part](../sources/linux.md#Part 1)`. Right: `[part](../sources/linux.md#part-1)`.
    BrokenAnchor = "broken-anchor", Error;
    /// A link leads to a file or page that does not exist.
    ///
    /// Links between pages are paths relative to the file that holds them:
    /// `../20-networks/README.md`.
    ///
    /// Wrong: `[networks](20-networks.md)`. Right: `[networks](../20-networks/README.md)`.
    BrokenLink = "broken-link", Error;
    /// A link's path is out of date, but the page that it means is known by its id.
    ///
    /// Pages can move and be renumbered without breaking anything; the link still works on the
    /// site, though not on GitHub. The message holds the path as it is now.
    ///
    /// Wrong: `[networks](../15-networks/README.md)` after the folder became `20-networks`. Right:
    /// `[networks](../20-networks/README.md)`.
    StalePath = "stale-path", Warning;
    /// Stages or projects require one another in a circle, so none could ever be begun.
    ///
    /// Remove one of the requirements along the path that the message shows.
    ///
    /// Wrong: `linux` requires `python`, and `python` requires `linux`. Right: only `python`
    /// requires `linux`.
    PrerequisiteCycle = "prerequisite-cycle", Error;
    /// Two files of the site would have the same path.
    ///
    /// Rename one of them, or remove the alias that claims the other's address.
    ///
    /// Wrong: `static/index.html` beside a home page. Right: `static/welcome.html`.
    PathCollision = "path-collision", Error;
    /// Two paths of the site differ only in upper and lower case.
    ///
    /// On many computers they would be one file. Rename one of them.
    ///
    /// Wrong: `static/Logo.svg` and `static/logo.svg`. Right: `static/logo.svg` and
    /// `static/logo-dark.svg`.
    CaseCollision = "case-collision", Error;
    /// The front matter begins with `---` and does not end.
    ///
    /// Close it with a line of `---`.
    ///
    /// Wrong: `---`, `title: Linux`, and then the text. Right: `---`, `title: Linux`, `---`, and
    /// then the text.
    UnclosedFrontMatter = "unclosed-front-matter", Error;
    /// A page has no front matter.
    ///
    /// Begin the file with a block that names at least its title.
    ///
    /// Wrong: a file that begins with `# Linux`. Right: a file that begins with `---`, `title:
    /// Linux`, `---`.
    MissingFrontMatter = "missing-front-matter", Error;
    /// The front matter or `book.toml` cannot be read at all.
    ///
    /// The message is that of the YAML or TOML parser, at its place.
    ///
    /// Wrong: `title: Linux: the basics`. Right: `title: "Linux: the basics"`.
    Syntax = "syntax", Error;
    /// A file is not UTF-8.
    ///
    /// The message names the first byte that is wrong. Save the file as UTF-8.
    ///
    /// Wrong: a file saved as Windows-1251. Right: the same file saved as UTF-8.
    NotUtf8 = "not-utf8", Error;
    /// A file that learners would have to load is very large.
    ///
    /// Whoever reads on a train waits for it, and everybody who takes the course along carries
    /// it. Images have at most 1 MB, other files 8 MB.
    ///
    /// Wrong: a photograph of 6 MB as it came from the camera. Right: the same at 1600 pixels.
    OversizedAsset = "oversized-asset", Warning;
    /// A file cannot be read at all.
    ///
    /// Its name is not UTF-8, its permissions forbid it, or it is a link that leads out of the
    /// curriculum's folder or back into itself.
    ///
    /// Wrong: `content/notes`, a link to `/home/me/notes`. Right: a copy of the folder.
    Unreadable = "unreadable", Error;
    /// An image does not exist.
    ///
    /// Images stand beside the page that shows them, or in `static/`.
    ///
    /// Wrong: `![Pipes](pipe.svg)`. Right: `![Pipes](pipes.svg)`.
    MissingImage = "missing-image", Error;
    /// A stage has topics before its first heading of the second level, so they belong to no
    /// block.
    ///
    /// Put a heading above them: `## Недели 1–2: …`.
    ///
    /// Wrong: `- [ ] Pipes` right behind the front matter. Right: `## Week 1: Pipes` above it.
    TopicsWithoutHeading = "topics-without-heading", Error;
    /// A stage has neither topics nor projects.
    ///
    /// Add its program, or mark it `status: draft`.
    ///
    /// Wrong: a stage of prose only. Right: a stage with `## Week 1` and `- [ ] Pipes`.
    EmptyStage = "empty-stage", Warning;
    /// A folder of a level or stage has no page of its own.
    ///
    /// Add a `README.md` with the title.
    ///
    /// Wrong: `content/10-base/10-linux/backup.md` alone. Right: `content/10-base/README.md` and
    /// `content/10-base/10-linux/README.md` beside it.
    MissingPage = "missing-page", Error;
    /// A folder has both `README.md` and `index.md`.
    ///
    /// Either is the folder's own page; keep one.
    ///
    /// Wrong: `10-linux/README.md` and `10-linux/index.md`. Right: `10-linux/README.md`.
    TwoIndexPages = "two-index-pages", Error;
    /// A file lies where no page is expected.
    ///
    /// Levels and stages are folders; projects are files in a stage's folder; other pages go to
    /// `pages/`, `sources/` or `tracking/`.
    ///
    /// Wrong: `content/about.md`. Right: `content/pages/about.md`.
    MisplacedFile = "misplaced-file", Error;
    /// A code block names a language that the highlighter does not know.
    ///
    /// The block is shown without colours. The message suggests the nearest name; `text` says
    /// that there is no language.
    ///
    /// Wrong: ```` ```pyhton ````. Right: ```` ```python ````.
    UnknownLanguage = "unknown-language", Warning;
    /// Something stands behind a code fence that says nothing.
    ///
    /// Behind the language there may be the lines to mark, and a title. Anything else would be
    /// silently without effect.
    ///
    /// Wrong: ```` ```rust linenos ````. Right: ```` ```rust {2,4-6} title="src/main.rs" ````.
    UnknownCodeAttribute = "unknown-code-attribute", Error;
    /// A formula between dollar signs cannot be read.
    ///
    /// Formulas are written in `LaTeX` and become `MathML`. Commands cannot be defined, and there are
    /// limits on length and nesting. A dollar sign that begins no formula is written `\$`, or
    /// stands in code.
    ///
    /// Wrong: `$\frac{1}{2$`. Right: `$\frac{1}{2}$`.
    BrokenMath = "broken-math", Error;
    /// A link would run a script or hide its destination.
    ///
    /// `javascript:`, `vbscript:` and `data:` are refused in links; `data:` is allowed for images.
    /// Where a key asks for an address, it begins with `https://` or `http://`.
    ///
    /// Wrong: `[go](javascript:alert(1))`. Right: `[go](https://example.org/)`.
    UnsafeLink = "unsafe-link", Error;
    /// Lists or quotes are nested too deeply to be shown.
    ///
    /// At most 32 levels are kept; deeper ones are flattened.
    ///
    /// Wrong: forty `>` in front of a line. Right: a section of its own.
    DeepNesting = "deep-nesting", Warning;
    /// A bound of the input is exceeded.
    ///
    /// The message names the bound. Bounds keep a stranger's content from filling the memory of
    /// whoever builds it.
    ///
    /// Wrong: a page of 5 MB. Right: several pages.
    TooLarge = "too-large", Error;
    /// The lock is of a newer version than this program knows.
    ///
    /// It is left unharmed. Use the version of Roadbook that wrote it, or a newer one.
    ///
    /// Wrong: `roadbook-lock 9` read by a program that knows version 1. Right: the program that
    /// wrote it.
    LockVersion = "lock-version", Error;
    /// A line of the lock cannot be read.
    ///
    /// The lock is written by `roadbook`, not by hand. Restore it from the repository's history.
    ///
    /// Wrong: a line that somebody typed into `progress.lock`. Right: `git checkout progress.lock`,
    /// then `roadbook lock --update`.
    LockSyntax = "lock-syntax", Error;
    /// The lock holds git's conflict marks.
    ///
    /// `roadbook lock --resolve` unites both sides without losing an id.
    ///
    /// Wrong: `<<<<<<< HEAD` in `progress.lock`. Right: `roadbook lock --resolve`.
    LockConflict = "lock-conflict", Error;
    /// The lock would change, and the build was told that it must not (`--locked`).
    ///
    /// Run `roadbook lock --update` and commit `progress.lock`.
    ///
    /// Wrong: a pushed topic without its line in the lock. Right: `roadbook lock --update` before
    /// the commit.
    LockOutdated = "lock-outdated", Error;
    /// A page, `book.toml` or a file of a theme holds git's conflict marks.
    ///
    /// Decide between the two sides and remove the marks. Nothing else is said of the file, since
    /// most of it would follow from them. In `progress.lock` the code is `lock-conflict`.
    ///
    /// Wrong: `<<<<<<< HEAD` in a page. Right: the side that is meant.
    ConflictMarks = "conflict-marks", Error;
    /// A template cannot be parsed or rendered.
    ///
    /// The message is that of the template engine, at its place in the template.
    ///
    /// Wrong: `{{ page.titel }}`. Right: `{{ page.title }}`.
    Template = "template", Error;
    /// The theme that `book.toml` names does not exist, or its parents form a circle.
    ///
    /// Themes are folders below `themes/`; the default theme is built in.
    ///
    /// Wrong: `name = "defualt"`. Right: `name = "default"`.
    UnknownTheme = "unknown-theme", Error;
    /// A theme overrides a block that its parent does not have, so the override would be lost.
    ///
    /// The parent may have renamed the block or the template since; the message suggests the
    /// nearest one.
    ///
    /// Wrong: `{% block sidbar %}`. Right: `{% block sidebar %}`.
    UnusedOverride = "unused-override", Error;
    /// A file that was copied from a theme is no longer what the theme has.
    ///
    /// The copy stays as it is; what the theme has changed since is shown. `roadbook theme eject
    /// FILE --merge` takes the changes over. An override of single blocks does not age like this.
    ///
    /// Wrong: `themes/site/templates/stage.html`, copied from an older Roadbook. Right: the copy
    /// with the changes of the theme in it.
    OutdatedCopy = "outdated-copy", Warning;
    /// A colour that the site chose for its theme is hard to read.
    ///
    /// Text needs a contrast of at least 4.5 : 1 with what lies behind it (WCAG 2, level AA), in
    /// the light scheme and in the dark one. The message suggests the nearest colours that have
    /// it.
    ///
    /// Wrong: `accent = "#ffcc00"`. Right: `accent = { light = "#806600", dark = "#ffcc00" }`.
    LowContrast = "low-contrast", Warning;
    /// A word of the interface is missing or cannot be read.
    ///
    /// Add it to the theme's `locales/LANGUAGE.ftl`.
    ///
    /// Wrong: a theme's `ru.ftl` without the `stage-goal` that its `en.ftl` has. Right: `stage-goal
    /// = Цель`.
    MissingWord = "missing-word", Error;
    /// A theme or a site has a word that no template asks for.
    ///
    /// So it has no effect: its name is mistyped, or the theme has another name for it now.
    ///
    /// Wrong: `used-inn = Who reads it`. Right: `used-in = Who reads it`.
    UnusedWord = "unused-word", Warning;
    /// The interface has no words in the site's language, or not all of them.
    ///
    /// English stands in for what is missing. The words are in the theme's `locales` folder.
    ///
    /// Wrong: `language = "uk"` with a theme that has only `en.ftl` and `ru.ftl`. Right: an
    /// `uk.ftl` beside them.
    MissingTranslation = "missing-translation", Warning;
    /// A theme fetches something from a third party.
    ///
    /// The site must work offline and tell nobody who reads it. Put the file into the theme's
    /// `static/` folder.
    ///
    /// Wrong: `<script src="https://cdn.example.org/x.js">`. Right: `<script src="{{ page.root
    /// }}assets/x.js">`.
    ThirdParty = "third-party", Error;
    /// A link of the finished site leads nowhere.
    ///
    /// This is found after rendering, in the HTML itself, so a template wrote it or raw HTML in
    /// the content did.
    ///
    /// Wrong: `<a href="{{ page.root }}abuot/index.html">`. Right: `<a href="{{ page.root
    /// }}pages/about/index.html">`.
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
