//! Views to HTML.
//!
//! Input: a [`ViewSet`] and a [`Theme`]. Output: pages as HTML, and diagnostics. Responsibility:
//! the only module that knows the template engine.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use tera::{Context, ErrorKind, Kwargs, State, Tera};

use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::finished::File;
use crate::snapshot::{PIECE, Store};
use crate::theme::Theme;
use crate::view::{Details, NavView, PageView, ViewSet, Wanted};
use crate::words::{Argument, Words};

mod policy;

pub use policy::{base64, fingerprint, source_hash};

/// Rendered pages by path, each with the hash of what it was made from.
#[derive(Debug, Default)]
pub struct RenderMemo {
    pages: BTreeMap<String, (u128, File)>,
}

impl RenderMemo {
    /// Forgets what the site does not have any more.
    pub fn keep(&mut self, site: &BTreeMap<String, Arc<[u8]>>) {
        self.pages.retain(|path, _| site.contains_key(path));
    }

    /// A page that was rendered before.
    #[must_use]
    pub fn page(&self, path: &str) -> Option<&File> {
        self.pages.get(path).map(|(_, page)| page)
    }
}

/// Where pages go.
pub enum Target<'a> {
    /// They stay in memory, and are remembered.
    Memory(&'a mut RenderMemo),
    /// Somebody takes them.
    Store(&'a dyn Store),
}

/// Renders the pages of a set.
pub struct Renderer<'a> {
    views: &'a ViewSet<'a>,
    theme: &'a Theme,
    tera: &'a Tera,
    /// What every template sees.
    base: Context,
    /// The navigations as HTML, each with its hash, rendered when a page shows them.
    navs: Vec<OnceLock<Result<(String, blake3::Hash), Diagnostic>>>,
    /// The hash of what every page is made from.
    shared: blake3::Hash,
}

impl<'a> Renderer<'a> {
    /// Prepares what pages share.
    #[must_use]
    pub fn new(views: &'a ViewSet<'a>, theme: &'a Theme, templates: &'a Templates) -> Self {
        let mut base = Context::new();
        base.insert("site", &views.site);
        base.insert("csp", policy::POLICY);
        let mut hasher = StableHasher::default();
        views.site.hash(&mut hasher);
        theme.version.hash(&mut hasher);
        let shared = hasher.hash();
        let tera = &templates.tera;
        let navs = views.navs.iter().map(|_| OnceLock::new()).collect();
        Self { views, theme, tera, base, navs, shared }
    }

    /// Renders some of the pages, with their fingerprints if these are `fingerprinted`. Those that
    /// were rendered before from the same values are taken from the memo. A view is made here and
    /// goes as soon as its page is there. The number is of the pages that were not in the memo.
    pub fn render(
        &self,
        wanted: &[Wanted],
        fingerprinted: bool,
        target: &mut Target<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (BTreeMap<String, File>, usize) {
        let to = &*target;
        let rendered: Vec<Rendered> = wanted
            .par_iter()
            .with_max_len(PIECE)
            .map_init(Scratch::default, |scratch, wanted| {
                self.rendered(*wanted, fingerprinted, to, scratch)
            })
            .collect();
        let mut pages = BTreeMap::new();
        let mut count = 0;
        for Rendered { path, key, fresh, page } in rendered {
            count += usize::from(fresh);
            match page {
                Ok(page) => {
                    if let Target::Memory(memo) = target {
                        memo.pages.insert(path.clone(), (key, page.clone()));
                    }
                    pages.insert(path, page);
                }
                Err(mut problems) => diagnostics.append(&mut problems),
            }
        }
        (pages, count)
    }

    fn rendered(
        &self,
        wanted: Wanted,
        fingerprinted: bool,
        target: &Target<'_>,
        scratch: &mut Scratch,
    ) -> Rendered {
        let page = self.views.page(wanted);
        let path = page.path.clone();
        let nav = self.navs[wanted.nav].get_or_init(|| {
            let html = self.nav(&self.views.navs[wanted.nav])?;
            let hash = blake3::hash(html.as_bytes());
            Ok((html, hash))
        });
        let (nav, nav_hash) = match nav {
            Ok((nav, hash)) => (nav.as_str(), *hash),
            // What is wrong with the page itself is to be told too.
            Err(problem) => {
                let own = self.page(&page, "", &mut scratch.html).err();
                let problems = std::iter::once(problem.clone()).chain(own).collect();
                return Rendered { path, key: 0, fresh: true, page: Err(problems) };
            }
        };
        let (mut key, mut store) = (0, None);
        match target {
            Target::Memory(memo) => {
                let hasher = &mut scratch.hasher;
                hasher.0.clear();
                self.shared.as_bytes().hash(hasher);
                nav_hash.as_bytes().hash(hasher);
                page.hash(hasher);
                key = hasher.wide();
                if let Some((before, known)) = memo.pages.get(&path)
                    && *before == key
                {
                    return Rendered { path, key, fresh: false, page: Ok(known.clone()) };
                }
            }
            Target::Store(found) => store = Some(*found),
        }
        let html = &mut scratch.html;
        let page = match self.page(&page, &mark_current(nav, &page), html) {
            Ok(()) => {
                let fingerprint = fingerprinted.then(|| fingerprint(html));
                Ok(File::page(&path, html, fingerprint, store))
            }
            Err(problem) => Err(vec![problem]),
        };
        Rendered { path, key, fresh: true, page }
    }
}

/// Room that is used again: what it costs to have it from the machine anew for each page shows.
#[derive(Default)]
struct Scratch {
    hasher: StableHasher,
    html: Vec<u8>,
}

struct Rendered {
    path: String,
    key: u128,
    fresh: bool,
    page: Result<File, Vec<Diagnostic>>,
}

/// Gives the page's own entry in its navigation `aria-current`, and its stage the class `here`.
fn mark_current(nav: &str, page: &PageView) -> String {
    let here = match &page.details {
        Details::Stage(_) => Some(&page.id),
        Details::Project(project) => Some(&project.stage.id),
        _ => None,
    };
    let marks = [
        Some((format!(" data-page=\"{}:{}\"", page.kind, page.id), " aria-current=\"page\"")),
        here.map(|stage| (format!(" data-stage=\"{stage}\""), " class=\"here\"")),
    ];
    let mut places: Vec<(usize, usize, &str)> = marks
        .iter()
        .flatten()
        .filter_map(|(marker, mark)| Some((nav.find(marker)?, marker.len(), *mark)))
        .collect();
    places.sort_unstable();
    let mut shown = String::with_capacity(nav.len() + 64);
    let mut from = 0;
    for (at, length, mark) in places {
        shown.push_str(&nav[from..at]);
        shown.push_str(mark);
        from = at + length;
    }
    shown.push_str(&nav[from..]);
    shown
}

impl Renderer<'_> {
    fn nav(&self, nav: &NavView) -> Result<String, Diagnostic> {
        // A theme without a navigation has no template for it.
        if !self.theme.templates.iter().any(|(name, ..)| name.ends_with("/nav.html")) {
            return Ok(String::new());
        }
        let mut context = self.base.clone();
        context.insert("nav", nav);
        self.tera.render("nav.html", &context).map_err(|error| self.problem(&error, "nav.html"))
    }

    /// Renders a page into `html`.
    fn page(&self, page: &PageView, nav: &str, html: &mut Vec<u8>) -> Result<(), Diagnostic> {
        let mut context = self.base.clone();
        context.insert("page", page);
        context.insert("level_nav", nav);
        html.clear();
        self.tera
            .render_to(page.template, &context, &mut *html)
            .map_err(|error| self.problem(&error, &page.path))?;
        policy::allow_inline_scripts(html);
        Ok(())
    }

    fn problem(&self, error: &tera::Error, page: &str) -> Diagnostic {
        let mut diagnostic = template_problem(self.theme, error);
        diagnostic.help = format!("{} (while rendering `{page}`)", diagnostic.help);
        diagnostic
    }
}

/// A theme's templates, parsed.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
}

/// Parses a theme's templates. Where one has a mistake, each is parsed by itself, since one syntax
/// error hides the others; `None` then.
///
/// # Panics
/// Never: prefixes are set before any template is added.
pub fn templates(
    theme: &Theme,
    words: &Arc<Words>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Templates> {
    let mut tera = Tera::new();
    let prefixes: Vec<String> = theme.chain.iter().map(|name| format!("{name}/")).collect();
    tera.set_fallback_prefixes(prefixes).expect("there are no templates yet");
    let translate = Arc::clone(words);
    tera.register_function("t", move |arguments: Kwargs, _: &State| {
        translated(&translate, &arguments)
    });
    let sources = theme.templates.iter().map(|(name, _, text)| (name.as_str(), text.as_str()));
    match tera.add_raw_templates(sources) {
        Ok(()) => Some(Templates { tera }),
        Err(error) => {
            let before = diagnostics.len();
            for (name, _, text) in &theme.templates {
                if let Err(error) = Tera::new().add_raw_template(name, text)
                    && matches!(error.kind(), ErrorKind::SyntaxError(_))
                {
                    diagnostics.push(template_problem(theme, &error));
                }
            }
            // The engine tells of an unknown block without its place, which is known already.
            let told = diagnostics.iter().any(|d| d.code == Code::UnusedOverride);
            if diagnostics.len() == before && !told {
                diagnostics.push(template_problem(theme, &error));
            }
            None
        }
    }
}

fn template_problem(theme: &Theme, error: &tera::Error) -> Diagnostic {
    let (span, message) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let path = theme
                .templates
                .iter()
                .find(|(name, ..)| name == report.filename())
                .map_or_else(|| Arc::from(report.filename()), |(_, path, _)| Arc::clone(path));
            let range = report.span().range.clone();
            (Span::new(&path, range.start, range.end), report.message().to_owned())
        }
        _ => {
            let theme = theme.chain.first().map_or("", String::as_str);
            (Span::file(&format!("themes/{theme}/theme.toml")), error.to_string())
        }
    };
    let message = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let (message, fields) = message.split_once(". Available fields: ").unwrap_or((message, ""));
    let mut letters = message.chars();
    let message: String =
        letters.next().iter().flat_map(|first| first.to_lowercase()).chain(letters).collect();
    let code = if message.starts_with(NO_WORD) { Code::MissingWord } else { Code::Template };
    let help = template_help(&message, fields);
    Diagnostic::new(code, span, message, help)
}

/// How the message about a word that is in no file of words begins.
const NO_WORD: &str = "there is no word";

/// What mends the mistakes that are made most.
fn template_help(message: &str, fields: &str) -> String {
    if message.starts_with(NO_WORD) {
        return "add it to the theme's `locales` folder, once for each language".to_owned();
    }
    if message == "unexpected end of input" {
        return "something is not closed: each `block`, `if` and `for` needs its `{% end… %}`"
            .to_owned();
    }
    if fields.is_empty() {
        return "see the template engine's documentation".to_owned();
    }
    let name = message.split('`').nth(1).unwrap_or_default();
    match nearest(name, fields.split(", ")) {
        Some(near) => format!("did you mean `{near}`? there are: {fields}"),
        None => format!("there are: {fields}"),
    }
}

/// `t(id="duration-weeks", min=6, max=8)` in templates.
fn translated(words: &Words, arguments: &Kwargs) -> tera::TeraResult<String> {
    let id: &str = arguments.must_get("id")?;
    if !words.has(id) {
        return Err(tera::Error::message(format!("{NO_WORD} `{id}`")));
    }
    let mut values: Vec<(&str, Argument<'_>)> = Vec::new();
    for (key, value) in arguments.iter() {
        let Some(key) = key.as_str().filter(|key| *key != "id") else { continue };
        if let Some(number) = value.as_i128() {
            values.push((key, Argument::Number(i64::try_from(number).unwrap_or(i64::MAX))));
        } else if let Some(text) = value.as_str() {
            values.push((key, Argument::Text(text)));
        }
    }
    Ok(words.get(id, &values))
}

/// The same on every machine, unlike the standard library's hashers. What is hashed is gathered
/// first: BLAKE3 reads one long text many times faster than the same in small pieces.
#[derive(Default)]
struct StableHasher(Vec<u8>);

impl StableHasher {
    fn hash(&self) -> blake3::Hash {
        blake3::hash(&self.0)
    }

    fn wide(&self) -> u128 {
        let hash = self.hash();
        u128::from_le_bytes(hash.as_bytes()[..16].try_into().expect("a hash has 32 bytes"))
    }
}

impl Hasher for StableHasher {
    fn finish(&self) -> u64 {
        self.wide() as u64
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn write_usize(&mut self, value: usize) {
        self.write(&(value as u64).to_le_bytes());
    }
}
