//! The site that is shown, and what each page has missed.
//!
//! Input: sites as they are compiled. Output: files, and for a page that knows the number of its
//! version, the least that it must renew. Responsibility: what changed between two versions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, RwLock};

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

/// The versions of what a page shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Age {
    /// When it was loaded as a whole: that of its scripts and their data.
    pub(super) loaded: u64,
    /// When it was renewed in place.
    pub(super) renewed: u64,
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
    /// The pages of the site that are there, while its other files are still being made.
    first: Option<BTreeSet<String>>,
}

impl State {
    fn take(&mut self, site: Arc<Site>) {
        let stands = |path: &String| self.site.files.get(path) == site.files.get(path);
        // Who has loaded one of the first pages got its other files as soon as they were made, so
        // that this is the version it has.
        let goes_on = self.first.take().is_some_and(|first| first.iter().all(stands));
        self.version += u64::from(!goes_on);
        self.changed.note(self.version, &self.site, &site);
        self.site = site;
    }

    /// Whether a file is what it will be when the site is whole. What the theme brings stands while
    /// first pages are shown ([`Watch::first`](crate::compile::Watch::first)).
    fn has_settled(&self, path: &str) -> bool {
        self.first.as_ref().is_none_or(|first| first.contains(path) || path.starts_with("assets/"))
    }
}

/// The site that is shown.
pub(super) struct Live {
    state: RwLock<State>,
    /// Rises with each change of the site or of the problems.
    ticks: watch::Sender<u64>,
    /// The paths of open pages, and in how many tabs.
    open: Mutex<BTreeMap<String, usize>>,
}

/// An open page; it is closed when this goes.
pub(super) struct OpenPage {
    live: Arc<Live>,
    path: String,
}

impl Drop for OpenPage {
    fn drop(&mut self) {
        let Ok(mut open) = self.live.open.lock() else { return };
        if let Some(tabs) = open.get_mut(&self.path) {
            *tabs -= 1;
            if *tabs == 0 {
                open.remove(&self.path);
            }
        }
    }
}

impl Live {
    /// Nothing yet. Versions count on from `start`: a page that an earlier run has served must not
    /// take the first site of this run for its own.
    pub(super) fn new(start: u64) -> Self {
        let state = State { version: start, ..State::default() };
        Self { state: RwLock::new(state), ticks: watch::Sender::new(0), open: Mutex::default() }
    }

    /// Shows a new site, or the last one where there is none, with what is wrong.
    pub(super) fn show(&self, site: Option<Arc<Site>>, problems: Vec<Problem>) {
        if let Ok(mut state) = self.state.write() {
            if let Some(site) = site {
                state.take(site);
            }
            state.first = None;
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

    /// Shows pages of a site whose other files are still being made; who asks for one of those is
    /// answered when it is there.
    pub(super) fn show_first(&self, pages: BTreeMap<String, Arc<[u8]>>) {
        if let Ok(mut state) = self.state.write() {
            let mut site = Site::clone(&state.site);
            let first = pages.keys().cloned().collect();
            site.files.extend(pages);
            state.take(Arc::new(site));
            state.first = Some(first);
        }
        self.ticks.send_modify(|tick| *tick += 1);
    }

    /// Returns when a file is what it will be.
    pub(super) async fn settled(&self, path: &str) {
        let has = || self.state.read().map_or(true, |state| state.has_settled(path));
        let mut ticks = self.subscribe();
        while !has() && ticks.changed().await.is_ok() {}
    }

    /// Notes that a page is open in a tab.
    pub(super) fn opened(self: &Arc<Self>, path: String) -> OpenPage {
        if let Ok(mut open) = self.open.lock() {
            *open.entry(path.clone()).or_default() += 1;
        }
        OpenPage { live: Arc::clone(self), path }
    }

    /// The paths of open pages.
    pub(super) fn open(&self) -> Vec<String> {
        self.open.lock().map_or_else(|_| Vec::new(), |open| open.keys().cloned().collect())
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

    /// The version, whether all of it is there, and what is wrong, as JSON.
    pub(super) fn status(&self) -> String {
        let Ok(state) = self.state.read() else { return "{}".to_owned() };
        let (version, whole) = (state.version, state.first.is_none());
        let problems = &*state.problems;
        serde_json::json!({ "version": version, "whole": whole, "problems": problems }).to_string()
    }

    /// What a page must renew.
    pub(super) fn renewal(&self, path: &str, age: Age) -> Renewal {
        self.state.read().map_or(Renewal::Nothing, |state| state.changed.renewal(path, age))
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

    fn renewal(&self, path: &str, Age { loaded, renewed }: Age) -> Renewal {
        let later = |versions: &BTreeMap<String, u64>, than| {
            versions.get(path).is_some_and(|version| *version > than)
        };
        if later(&self.page, loaded) || self.others > loaded {
            Renewal::Page
        } else if later(&self.main, renewed) {
            Renewal::Main
        } else if self.styles > renewed {
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
    use std::future::Future as _;

    use super::*;

    fn site(files: &[(&str, &str)]) -> Site {
        let file = |(path, text): &(&str, &str)| ((*path).to_owned(), text.as_bytes().into());
        Site::of(files.iter().map(file).collect())
    }

    fn since(version: u64) -> Age {
        Age { loaded: version, renewed: version }
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
        let renewals =
            |version| ["a.html", "b.html"].map(|path| live.renewal(path, since(version)));
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

    /// Whether one may ask for a file now.
    fn answers(live: &Live, path: &str) -> bool {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        let mut settled = std::pin::pin!(live.settled(path));
        settled.as_mut().poll(&mut context).is_ready()
    }

    #[test]
    fn an_open_page_comes_first_and_is_loaded_once() {
        let live = Arc::new(Live::new(0));
        let html = |title: &str| page("<title>x</title>", title).replace("<footer>", title);
        let (old, new) = (html("old"), html("new"));
        let (old, new) = (old.as_str(), new.as_str());
        let whole = |a, b, data| site(&[("a.html", a), ("b.html", b), ("data/x.js", data)]);
        live.show(Some(Arc::new(whole(old, old, "old"))), Vec::new());
        let tabs = [live.opened("a.html".into()), live.opened("a.html".into())];
        assert_eq!(live.open(), ["a.html"]);

        live.show_first(BTreeMap::from([("a.html".to_owned(), new.as_bytes().into())]));
        assert_eq!(live.renewal("a.html", since(1)), Renewal::Page);
        let asked = ["a.html", "assets/a.css", "b.html", "data/x.js", "none.html"];
        assert_eq!(asked.map(|path| answers(&live, path)), [true, true, false, false, false]);
        live.show_early(whole(new, new, "new"));
        assert!(asked.iter().all(|path| answers(&live, path)));
        assert_eq!(
            live.renewal("a.html", since(2)),
            Renewal::Nothing,
            "it has what it asked for since"
        );
        assert_eq!(live.renewal("b.html", since(1)), Renewal::Page);

        // Its `<main>` alone was renewed before the data were there.
        let age = Age { loaded: 1, renewed: 2 };
        assert_eq!(live.renewal("a.html", age), Renewal::Page);

        // An error takes the first pages back.
        let good = live.site();
        live.show_first(BTreeMap::from([("a.html".to_owned(), old.as_bytes().into())]));
        live.show(Some(good), vec![Problem::panic()]);
        assert!(asked.iter().all(|path| answers(&live, path)));
        assert_eq!(live.renewal("a.html", since(3)), Renewal::Page);
        assert_eq!(live.file("a.html").0.as_deref(), Some(new.as_bytes()));
        drop(tabs);
        assert!(live.open().is_empty());
    }
}
