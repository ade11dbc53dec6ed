//! The site that is shown, and what each page has missed.
//!
//! Input: sites as they are compiled. Output: files, and for a page that knows the number of its
//! version, the least that it must renew. Responsibility: what changed between two versions.

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use tokio::sync::watch;

use super::problems::Problem;
use crate::snapshot::Site;

/// What a page has to renew, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Renewal {
    /// Nothing.
    Nothing,
    /// Its stylesheets.
    Styles,
    /// What `<main>` holds.
    Main,
    /// Everything.
    Page,
}

impl Renewal {
    /// Its name in the protocol.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Styles => "styles",
            Self::Main => "main",
            Self::Page => "page",
        }
    }
}

/// The version in which something changed last.
#[derive(Debug, Default)]
struct Changed {
    /// `<main>` of each page whose other parts stayed.
    main: BTreeMap<String, u64>,
    /// Pages as a whole.
    page: BTreeMap<String, u64>,
    /// Any stylesheet.
    styles: u64,
    /// Anything that every page may use: scripts, images, data.
    others: u64,
}

#[derive(Debug, Default)]
struct State {
    version: u64,
    site: Arc<Site>,
    problems: Arc<[Problem]>,
    changed: Changed,
}

impl State {
    fn take(&mut self, site: Arc<Site>) {
        self.version += 1;
        self.changed.note(self.version, &self.site, &site);
        self.site = site;
    }
}

/// The site that is shown.
pub(super) struct Live {
    state: RwLock<State>,
    /// Rises with each change of the site or of the problems.
    ticks: watch::Sender<u64>,
}

impl Live {
    /// Nothing yet. Versions count on from `start`: a page that an earlier run has served must not
    /// take the first site of this run for its own.
    pub(super) fn new(start: u64) -> Self {
        let state = State { version: start, ..State::default() };
        Self { state: RwLock::new(state), ticks: watch::Sender::new(0) }
    }

    /// Shows a new site, or the last one where there is none, with what is wrong.
    pub(super) fn show(&self, site: Option<Arc<Site>>, problems: Vec<Problem>) {
        if let Ok(mut state) = self.state.write() {
            if let Some(site) = site {
                state.take(site);
            }
            state.problems = problems.into();
        }
        self.ticks.send_modify(|tick| *tick += 1);
    }

    /// Shows a site whose other files are still being made: until then they are what they were.
    pub(super) fn show_early(&self, mut site: Site) {
        if let Ok(mut state) = self.state.write() {
            for (path, bytes) in &state.site.files {
                if !site.files.contains_key(path) {
                    site.files.insert(path.clone(), Arc::clone(bytes));
                }
            }
            state.take(Arc::new(site));
        }
        self.ticks.send_modify(|tick| *tick += 1);
    }

    /// The site that is shown.
    pub(super) fn site(&self) -> Arc<Site> {
        self.state.read().map_or_else(|_| Arc::default(), |state| Arc::clone(&state.site))
    }

    /// Keeps the last site and says what is wrong.
    pub(super) fn fail(&self, problem: Problem) {
        self.show(None, vec![problem]);
    }

    /// Changes, as they come.
    pub(super) fn subscribe(&self) -> watch::Receiver<u64> {
        self.ticks.subscribe()
    }

    /// The version and what is wrong, as JSON.
    pub(super) fn status(&self) -> String {
        let Ok(state) = self.state.read() else { return "{}".to_owned() };
        serde_json::json!({ "version": state.version, "problems": &*state.problems }).to_string()
    }

    /// What a page must renew that was loaded in an earlier version.
    pub(super) fn renewal(&self, path: &str, since: u64) -> Renewal {
        self.state.read().map_or(Renewal::Nothing, |state| state.changed.renewal(path, since))
    }

    /// A file of the site with the version it belongs to.
    pub(super) fn file(&self, path: &str) -> (Option<Arc<[u8]>>, u64) {
        self.state
            .read()
            .map_or((None, 0), |state| (state.site.files.get(path).cloned(), state.version))
    }
}

impl Changed {
    fn note(&mut self, version: u64, before: &Site, after: &Site) {
        for (path, new) in &after.files {
            let old = before.files.get(path);
            if old.is_some_and(|old| Arc::ptr_eq(old, new) || old == new) {
                continue;
            }
            if path.ends_with(".css") {
                self.styles = version;
            } else if !path.ends_with(".html") {
                if is_seen(path) {
                    self.others = version;
                }
            } else if old.is_some_and(|old| differs_in_main(old, new)) {
                self.main.insert(path.clone(), version);
            } else {
                self.page.insert(path.clone(), version);
            }
        }
        for path in before.files.keys().filter(|path| !after.files.contains_key(*path)) {
            if path.ends_with(".html") {
                self.page.insert(path.clone(), version);
            } else if is_seen(path) {
                self.others = version;
            }
        }
    }

    fn renewal(&self, path: &str, since: u64) -> Renewal {
        let later = |versions: &BTreeMap<String, u64>| {
            versions.get(path).is_some_and(|version| *version > since)
        };
        if later(&self.page) || self.others > since {
            Renewal::Page
        } else if later(&self.main) {
            Renewal::Main
        } else if self.styles > since {
            Renewal::Styles
        } else {
            Renewal::Nothing
        }
    }
}

/// Whether a page may show something of a file. Data for machines, the index of the search and the
/// texts of cards are read when they are needed.
fn is_seen(path: &str) -> bool {
    let read_later = [".json", ".xml", ".txt", ".webmanifest"];
    let fetched_later = ["data/search", "data/about-"];
    !fetched_later.iter().any(|start| path.starts_with(start))
        && !read_later.iter().any(|end| path.ends_with(end))
}

/// Whether two pages both have a `<main>` and are equal around it, but for what the head says to
/// machines.
fn differs_in_main(old: &[u8], new: &[u8]) -> bool {
    let frame = |html| {
        let html = std::str::from_utf8(html).ok()?;
        let (head, body) = html.split_once("</head>")?;
        let (start, end) = (body.find("<main")?, body.rfind("</main>")?);
        (start < end).then(|| (loaded(head).collect::<Vec<_>>(), &body[..start], &body[end..]))
    };
    frame(old).is_some_and(|old| Some(old) == frame(new))
}

/// What a head makes the browser load and run.
fn loaded(head: &str) -> impl Iterator<Item = &str> {
    let tags = head.split('<');
    tags.filter(|tag| {
        tag.starts_with("link rel=\"stylesheet\"")
            || (tag.starts_with("script") && !tag.starts_with("script type=\"application/ld+json"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> Site {
        let file = |(path, text): &(&str, &str)| ((*path).to_owned(), text.as_bytes().into());
        Site { files: files.iter().map(file).collect() }
    }

    fn page(head: &str, main: &str) -> String {
        format!("<head>{head}</head><main id=\"main\">{main}</main><footer></footer>")
    }

    #[test]
    fn a_page_renews_no_more_than_it_must() {
        let (a, b) = (page("<title>x", "a"), page("<title>y", "b"));
        let c = page("<script>1</script>", "b");
        let live = Live::new(0);
        let show = |files: &[(&str, &str)]| live.show(Some(Arc::new(site(files))), Vec::new());
        let renewals = |since| ["a.html", "b.html"].map(|path| live.renewal(path, since));
        show(&[("a.html", &a), ("b.html", &a), ("s.css", "1"), ("s.js", "1")]);
        assert_eq!(renewals(1), [Renewal::Nothing; 2]);
        show(&[("a.html", &b), ("b.html", &a), ("s.css", "1"), ("s.js", "1")]);
        assert_eq!(renewals(1), [Renewal::Main, Renewal::Nothing]);
        assert_eq!(renewals(2), [Renewal::Nothing; 2]);
        show(&[("a.html", &b), ("b.html", &a), ("s.css", "2"), ("s.js", "1")]);
        assert_eq!(renewals(1), [Renewal::Main, Renewal::Styles]);
        assert_eq!(renewals(2), [Renewal::Styles; 2]);
        show(&[("a.html", &c), ("b.html", &a), ("s.css", "2"), ("s.js", "1")]);
        assert_eq!(renewals(3), [Renewal::Page, Renewal::Nothing]);
        show(&[("a.html", &c), ("b.html", &a), ("s.css", "2"), ("s.js", "2")]);
        assert_eq!(renewals(4), [Renewal::Page; 2]);
        // A broken state changes no page.
        live.show(None, vec![Problem::panic()]);
        assert_eq!(renewals(5), [Renewal::Nothing; 2]);
        show(&[("a.html", &c), ("s.css", "2"), ("s.js", "2")]);
        assert_eq!(renewals(5), [Renewal::Nothing, Renewal::Page]);
    }
}
