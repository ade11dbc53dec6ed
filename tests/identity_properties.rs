//! What holds for any content, any lock and any sequence of edits.
#![expect(clippy::disallowed_methods, reason = "tests touch the machine")]
#![expect(clippy::print_stdout, reason = "the figures are the point of the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use roadbook::diagnostic::{Severity, Span, has_errors};
use roadbook::identity::{ExplicitId, Identity, ObservedItem, ObservedPage, Stated, identify};
use roadbook::kind::{ItemKind, PageKey, PageKind};
use roadbook::lock::{
    Family, ItemId, Lock, LockedHeading, LockedItem, LockedPage, State, Wording, resolve,
};

#[path = "identity/case.rs"]
#[expect(dead_code, reason = "only the laws are of use here")]
mod case;

/// Few words, so that chance makes equal texts, near-duplicates, splits and merges.
const WORDS: [&str; 14] = [
    "Основы",
    "сети",
    "файлы",
    "TCP",
    "UDP",
    "и",
    "права",
    "`ls`",
    "21",
    "22",
    "порты",
    "сокеты",
    "не",
    "[план](https://e.org/1)",
];
const NAMES: [&str; 5] = ["first-script", "abcd2345", "new", "Bad Id", "step-two"];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 1..5).prop_map(|words| words.join(" "))
}

fn explicit() -> impl Strategy<Value = Option<ExplicitId>> {
    let stated = |name: &str| Stated { text: name.to_owned(), span: Span::file("a.md") };
    let part = || prop::option::weighted(0.5, prop::sample::select(&NAMES[..]));
    prop::option::weighted(0.08, (part(), part())).prop_map(move |explicit| {
        explicit.map(|(id, was)| ExplicitId { id: id.map(stated), was: was.map(stated) })
    })
}

fn page() -> impl Strategy<Value = ObservedPage> {
    let kind = prop::sample::select(&[PageKind::Stage, PageKind::Project, PageKind::Tracking][..]);
    let id = prop::sample::select(&["a", "b", "c", "d"][..]);
    let items = prop::collection::vec((text(), explicit()), 0..9);
    let anchors =
        prop::collection::btree_set(prop::sample::select(&["x", "y", "z", "x-y"][..]), 0..4);
    (kind, id, prop::sample::select(&["Один", "Два", "Три"][..]), items, anchors).prop_map(
        |(kind, id, title, items, anchors)| {
            let path: Arc<str> = Arc::from(format!("{}/{id}.md", kind.name()));
            let own = match kind {
                PageKind::Project => Some((ItemKind::Project, title.to_owned(), None)),
                _ => None,
            };
            let item_kind = match kind {
                PageKind::Project => ItemKind::Step,
                PageKind::Tracking => ItemKind::Entry,
                _ => ItemKind::Topic,
            };
            let items = items.into_iter().map(|(text, explicit)| (item_kind, text, explicit));
            ObservedPage {
                key: PageKey::new(kind, id),
                title: title.to_owned(),
                url: format!("{}s/{id}/index.html", kind.name()),
                aliases: Vec::new(),
                anchors: anchors.into_iter().map(str::to_owned).collect(),
                items: own
                    .into_iter()
                    .chain(items)
                    .enumerate()
                    .map(|(at, (kind, text, explicit))| ObservedItem {
                        kind,
                        text,
                        explicit,
                        span: Span::new(&path, at, at),
                    })
                    .collect(),
                span: Span::new(&path, 0, 0),
            }
        },
    )
}

fn content() -> impl Strategy<Value = Vec<ObservedPage>> {
    prop::collection::vec(page(), 0..6).prop_map(|mut pages| {
        pages.sort_by(|a, b| a.key.cmp(&b.key));
        pages.dedup_by(|a, b| a.key == b.key);
        pages
    })
}

type Texts<'a> = BTreeMap<(Family, &'a str), Vec<&'a str>>;

/// Where each text is unique: its id.
fn living(lock: &Lock) -> Texts<'_> {
    let mut texts = Texts::new();
    for (id, item) in lock.pages.values().flat_map(|page| &page.items) {
        if item.state == State::Living {
            texts.entry((item.family, &item.text)).or_default().push(id.as_str());
        }
    }
    texts
}

fn every_id(lock: &Lock) -> BTreeSet<&ItemId> {
    lock.pages
        .values()
        .flat_map(|page| &page.items)
        .flat_map(|(id, item)| std::iter::once(id).chain(&item.aliases))
        .collect()
}

fn check_step(pages: &[ObservedPage], lock: &Lock, outcome: &Identity) {
    let errors = has_errors(&outcome.diagnostics);
    let mut given = BTreeSet::new();
    for item in outcome.pages.iter().flat_map(|page| &page.items) {
        assert!(given.insert(&item.id), "{} is given twice", item.id);
    }
    assert!(every_id(lock).is_subset(&every_id(&outcome.lock)), "an id is gone from the lock");
    case::check_laws(pages, outcome).expect("the laws of any outcome");
    let shuffled: Vec<ObservedPage> = pages.iter().rev().cloned().collect();
    let other = identify(&shuffled, lock);
    assert_eq!(other.lock, outcome.lock);
    assert_eq!(other.lock.to_string(), outcome.lock.to_string());
    assert_eq!(other.pages.into_iter().rev().collect::<Vec<_>>(), outcome.pages);
    if errors {
        return;
    }
    // What the author states goes before any text.
    let stated = pages.iter().flat_map(|page| &page.items).any(|item| item.explicit.is_some());
    if stated {
        return;
    }
    let mut present: BTreeMap<(Family, &str), Vec<&str>> = BTreeMap::new();
    for (page, found) in pages.iter().zip(&outcome.pages) {
        for (item, found) in page.items.iter().zip(&found.items) {
            let family = Family::of(item.kind);
            present.entry((family, &item.text)).or_default().push(found.id.as_str());
        }
    }
    for (text, ids) in living(lock) {
        if let (&[id], Some(&[now])) = (&ids[..], present.get(&text).map(Vec::as_slice))
            && text.0 != Family::Project
        {
            assert_eq!(id, now, "{text:?} is the same and has another id");
        }
    }
}

fn id() -> impl Strategy<Value = ItemId> {
    "[a-z][a-z0-9-]{1,12}".prop_map(|id| ItemId::new(&id).expect("it is one"))
}

fn locked_item(kind: PageKind) -> impl Strategy<Value = LockedItem> {
    let _ = kind;
    let any_text = prop_oneof![".{0,12}", "[-~*#<>= a\\\\]{0,9}", any::<String>()];
    let families = prop::sample::select(&[Family::Task, Family::Entry, Family::Project][..]);
    let ids = || prop::collection::btree_set(id(), 0..3);
    let wording = prop::option::weighted(0.2, "[a-z ]{1,8}");
    let split = prop::option::weighted(0.2, id());
    (any_text, families, any::<bool>(), 1_u32..4, ids(), ids(), split, wording).prop_map(
        |(text, family, living, occurrence, replaced_by, aliases, split_from, wording)| {
            LockedItem {
                state: if living { State::Living } else { State::Retired },
                occurrence,
                replaced_by,
                aliases,
                split_from,
                wording: wording.map(|text| Wording::of_normalised(&text)),
                ..LockedItem::new(family, text)
            }
        },
    )
}

fn lock() -> impl Strategy<Value = Lock> {
    let kind = prop::sample::select(&PageKind::ALL[..]);
    let heading = (".{0,6}", prop::collection::btree_set(".{0,6}", 0..3))
        .prop_map(|(anchor, formers)| LockedHeading { anchor, formers });
    let page = (kind, "[^:]{1,8}").prop_flat_map(move |(kind, name)| {
        let items = prop::collection::btree_map(id(), locked_item(kind), 0..5);
        // Any text that is a path of the site: the reader refuses the others.
        let inside = |text: &String| roadbook::text::is_inside(text);
        let urls = prop::collection::btree_set(".{1,9}".prop_filter("inside", inside), 0..3);
        let headings = prop::collection::vec(heading.clone(), 0..3);
        (any::<String>(), ".{1,9}".prop_filter("inside", inside), urls, headings, items).prop_map(
            move |(title, url, former_urls, headings, items)| {
                let mut anchors = BTreeSet::new();
                let mut headings = headings;
                headings.retain(|heading| anchors.insert(heading.anchor.clone()));
                let page = LockedPage { title, url, former_urls, headings, items };
                (PageKey::new(kind, name.as_str()), page)
            },
        )
    });
    prop::collection::btree_map(prop::num::u8::ANY, page, 0..4).prop_map(|pages| Lock {
        pages: pages.into_values().map(|(key, page)| (key, Arc::new(page))).collect(),
    })
}

/// Lines that look like a lock's, in any order.
fn scraps() -> impl Strategy<Value = String> {
    let line = prop::sample::select(
        &[
            "roadbook-lock 1",
            "[stage:linux]",
            "[stage:git]",
            "[",
            "[x:y]",
            "page: stage:linux",
            "end: stage:linux",
            "url: stages/linux/index.html Linux",
            "was: a",
            "anchor: stage:linux#a <- b, c",
            "anchor: stage:git#a",
            "anchor: #",
            "a2b3c4d5 Права",
            "a2b3c4d5 ~ Права -> b2b3c4d5",
            "a2b3c4d5 #0 x",
            "b2b3c4d5 x == ",
            "<<<<<<< ours",
            "||||||| base",
            "=======",
            ">>>>>>> theirs",
            "",
            " ",
            "\u{feff}",
        ][..],
    );
    prop::collection::vec(prop_oneof![line.prop_map(str::to_owned), ".{0,20}"], 0..20)
        .prop_map(|lines| lines.join("\n"))
}

/// The same cases in every run, unless the environment asks for more or for others.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let more = std::env::var_os("PROPTEST_CASES").is_some();
    ProptestConfig {
        cases: if more { default.cases } else { 192 },
        rng_seed: if more { default.rng_seed } else { RngSeed::Fixed(4) },
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_history_keeps_the_laws(revisions in prop::collection::vec(content(), 1..6)) {
        let mut lock = Lock::default();
        for pages in &revisions {
            let outcome = identify(pages, &lock);
            check_step(pages, &lock, &outcome);
            lock = outcome.lock;
        }
    }

    #[test]
    fn any_lock_is_read_back(lock in lock()) {
        let text = lock.to_string();
        let (read, problems) = Lock::parse("progress.lock", &text);
        prop_assert!(problems.is_empty(), "{problems:?}\n{text}");
        prop_assert_eq!(&read, &lock, "{}", text);
        prop_assert_eq!(read.to_string(), text);
    }

    #[test]
    fn any_two_locks_can_be_united(one in lock(), other in lock()) {
        let all: BTreeSet<ItemId> =
            every_id(&one).union(&every_id(&other)).map(|id| (*id).clone()).collect();
        let united = one.united(other);
        prop_assert_eq!(every_id(&united).into_iter().cloned().collect::<BTreeSet<_>>(), all);
        let text = united.to_string();
        let (read, problems) = Lock::parse("progress.lock", &text);
        prop_assert!(problems.is_empty(), "{problems:?}\n{text}");
        prop_assert_eq!(read.to_string(), text);
    }

    #[test]
    fn nothing_makes_reading_fail(bytes in prop::collection::vec(any::<u8>(), 0..300), scraps in scraps()) {
        for text in [String::from_utf8_lossy(&bytes).into_owned(), scraps] {
            for text in [text.clone(), format!("roadbook-lock 1\n{text}")] {
                let (lock, problems) = Lock::parse("progress.lock", &text);
                for problem in &problems {
                    prop_assert!(text.get(problem.span.start..problem.span.end).is_some());
                }
                let _ = resolve("progress.lock", &text);
                // What was read can be written and used.
                let (again, _) = Lock::parse("progress.lock", &lock.to_string());
                prop_assert_eq!(again, lock.clone());
                let _ = identify(&[], &lock);
            }
        }
    }

    #[test]
    fn any_lock_can_be_matched(lock in lock(), pages in content()) {
        let outcome = identify(&pages, &lock);
        prop_assert!(every_id(&lock).is_subset(&every_id(&outcome.lock)));
    }
}

/// Ten thousand pages of twenty items, unchanged: matching must not be felt. The bound is wide,
/// since machines are busy.
#[test]
fn an_unchanged_curriculum_is_matched_in_no_time() {
    let path: Arc<str> = Arc::from("content/case.md");
    // Unoptimised it is ten times slower, and the figure says nothing.
    let count = if cfg!(debug_assertions) { 1_000 } else { 10_000 };
    let pages: Vec<ObservedPage> = (0..count)
        .map(|page| ObservedPage {
            key: PageKey::new(PageKind::Stage, format!("page-{page}")),
            title: format!("Page {page}"),
            url: format!("stages/page-{page}/index.html"),
            aliases: Vec::new(),
            anchors: vec!["a".to_owned(), "b".to_owned()],
            items: (0..20)
                .map(|item| ObservedItem {
                    kind: ItemKind::Topic,
                    text: format!("Тема {item} страницы {page}: права доступа и процессы"),
                    explicit: None,
                    span: Span::new(&path, item, item),
                })
                .collect(),
            span: Span::new(&path, page, page),
        })
        .collect();
    let first = identify(&pages, &Lock::default());
    let text = first.lock.to_string();
    let start = Instant::now();
    let (lock, problems) = Lock::parse("progress.lock", &text);
    let read = start.elapsed();
    assert!(problems.is_empty());
    let start = Instant::now();
    let second = identify(&pages, &lock);
    let matched = start.elapsed();
    println!("{} bytes read in {read:?}, matched in {matched:?}", text.len());
    assert!(second.changes.is_empty());
    assert!(matched.as_secs() < 30, "{matched:?}");
}

/// A page rewritten as a whole, below and above the bound of comparing every pair.
#[test]
fn a_page_rewritten_as_a_whole_is_matched_in_bounded_time() {
    for count in [290_usize, 3_000] {
        let path: Arc<str> = Arc::from("content/case.md");
        let page = |write: &dyn Fn(usize) -> String| ObservedPage {
            key: PageKey::new(PageKind::Stage, "linux"),
            title: "Linux".to_owned(),
            url: "stages/linux/index.html".to_owned(),
            aliases: Vec::new(),
            anchors: Vec::new(),
            items: (0..count)
                .map(|at| ObservedItem {
                    kind: ItemKind::Topic,
                    text: write(at),
                    explicit: None,
                    span: Span::new(&path, at, at),
                })
                .collect(),
            span: Span::new(&path, 0, 0),
        };
        let before = [page(&|at| format!("Прочитать главу про тема{at} и ответить на вопросы"))];
        let after = [page(&|at| format!("Повторить главу про тема{at} и решить задачи"))];
        let first = identify(&before, &Lock::default());
        let start = Instant::now();
        let second = identify(&after, &first.lock);
        println!("{count}: {} in {:?}", second.changes, start.elapsed());
        assert!(start.elapsed().as_secs() < 60);
        assert!(second.diagnostics.iter().all(|it| it.severity() == Severity::Error));
        for (old, new) in first.pages[0].items.iter().zip(&second.pages[0].items) {
            let taken = first.pages[0].items.iter().any(|it| it.id == new.id);
            assert!(old.id == new.id || !taken, "an id went to another item");
        }
    }
}
