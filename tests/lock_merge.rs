//! Branches that each add to the lock, merged by git itself.
#![expect(clippy::disallowed_methods, reason = "tests touch the machine")]
#![expect(clippy::print_stdout, reason = "the figures are the point of the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use roadbook::identity::identify;
use roadbook::lock::{Lock, resolve};

#[path = "identity/history.rs"]
#[expect(dead_code, reason = "only a part of it is of use here")]
mod history;

use history::{Chance, History, Item, Page};

/// A repository that knows nothing of the machine's or the user's settings.
struct Repository<'a>(&'a Path);

impl Repository<'_> {
    fn git(&self, arguments: &[&str]) -> bool {
        let output = Command::new("git")
            .current_dir(self.0)
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.0)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_NAME", "a")
            .env("GIT_AUTHOR_EMAIL", "a@example.org")
            .env("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z")
            .env("GIT_COMMITTER_NAME", "a")
            .env("GIT_COMMITTER_EMAIL", "a@example.org")
            .env("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z")
            .output()
            .expect("git runs");
        output.status.success()
    }

    fn merge_file(&self, attribute: &str, base: &str, ours: &str, theirs: &str) -> (bool, String) {
        for (name, text) in [("base", base), ("ours", ours), ("theirs", theirs)] {
            fs::write(self.0.join(name), text).expect("the folder is writable");
        }
        let mut arguments = vec!["merge-file", "-q"];
        arguments.extend(attribute.split_whitespace());
        arguments.extend(["ours", "base", "theirs"]);
        let clean = self.git(&arguments);
        (clean, fs::read_to_string(self.0.join("ours")).expect("git wrote it"))
    }
}

const SUBJECTS: [&str; 24] = [
    "права",
    "процессы",
    "сигналы",
    "сокеты",
    "индексы",
    "транзакции",
    "очереди",
    "кэши",
    "тома",
    "образы",
    "подсети",
    "маршруты",
    "журналы",
    "метрики",
    "трассы",
    "ветки",
    "слияния",
    "моки",
    "фикстуры",
    "роли",
    "токены",
    "сессии",
    "шаблоны",
    "миграции",
];

fn topic(chance: &mut Chance, name: String) -> Item {
    let mut text = format!("Тема {}:", chance.below(1_000_000));
    for _ in 0..3 {
        text.push(' ');
        text.push_str(SUBJECTS[chance.below(SUBJECTS.len())]);
    }
    Item { name, text }
}

/// Six stages whose ids leave room between them.
fn curriculum(chance: &mut Chance) -> History {
    let mut history = History::default();
    for stage in ["b", "d", "f", "h", "j", "l"] {
        let count = 1 + chance.below(8);
        let items = (0..count).map(|at| topic(chance, format!("{stage}{at}"))).collect();
        history.pages.push(Page { id: stage.into(), title: format!("Этап {stage}"), items });
    }
    history.judge("base", &std::collections::BTreeMap::new());
    history
}

fn add(chance: &mut Chance, history: &mut History, stage: usize, side: &str) {
    for at in 0..=chance.below(6) {
        let item = topic(chance, format!("{side}{stage}-{at}"));
        let page = &mut history.pages[stage];
        let place = chance.below(page.items.len() + 1);
        page.items.insert(place, item);
    }
}

fn copy(history: &History) -> History {
    History {
        pages: history.pages.clone(),
        lock: history.lock.clone(),
        ids: history.ids.clone(),
        ..History::default()
    }
}

fn ids(lock: &Lock) -> BTreeSet<String> {
    lock.pages.values().flat_map(|page| page.items.keys()).map(ToString::to_string).collect()
}

/// The content of both branches, as a merge of the stages' files leaves it.
fn united(base: &History, ours: &History, theirs: &History) -> History {
    let mut united = copy(ours);
    for page in &theirs.pages {
        let known: BTreeSet<&str> =
            base.pages.iter().flat_map(|page| &page.items).map(|item| item.name.as_str()).collect();
        let new = page.items.iter().filter(|item| !known.contains(item.name.as_str())).cloned();
        match united.pages.iter_mut().find(|other| other.id == page.id) {
            Some(other) => other.items.extend(new),
            None => united.pages.push(page.clone()),
        }
    }
    united
}

fn check(seed: u64, merged: &str, base: &History, ours: &History, theirs: &History) {
    let (lock, problems) = Lock::parse("progress.lock", merged);
    assert!(problems.is_empty(), "seed {seed}: {problems:?}\n{merged}");
    let all: BTreeSet<String> = ids(&ours.lock).union(&ids(&theirs.lock)).cloned().collect();
    assert_eq!(ids(&lock), all, "seed {seed}");
    let content = united(base, ours, theirs);
    let outcome = identify(&content.observed(), &lock);
    assert!(outcome.diagnostics.is_empty(), "seed {seed}: {:?}", outcome.diagnostics);
    assert!(outcome.changes.is_empty(), "seed {seed}: {}\n{merged}", outcome.changes);
    for page in content.pages.iter().zip(&outcome.pages) {
        for (item, found) in page.0.items.iter().zip(&page.1.items) {
            let known = ours.ids.get(&item.name).or_else(|| theirs.ids.get(&item.name));
            assert_eq!(known, Some(&found.id.to_string()), "seed {seed}: {}", item.text);
        }
    }
}

/// 300 merges: neighbouring stages merge without any help; new stages side by side merge with
/// `merge=union`, and where both sides insert at the very same place the marks can be mended.
#[test]
fn branches_that_add_topics_merge() {
    let folder = tempfile::tempdir().expect("a folder for the repository");
    let repository = Repository(folder.path());
    let (mut clean_merges, mut resolved) = (0, 0);
    for seed in 0..300 {
        let mut chance = Chance(seed);
        let base = curriculum(&mut chance);
        let (mut ours, mut theirs) = (copy(&base), copy(&base));
        let first = chance.below(5);
        let new_stages = seed % 3 == 2;
        add(&mut chance, &mut ours, first, "o");
        add(&mut chance, &mut theirs, first + 1, "t");
        // A stage between the two, before or behind them: on one side, or on both.
        if seed % 3 > 0 {
            let id = char::from(b"acegikm"[first + chance.below(3)]);
            let items = (0..3).map(|at| topic(&mut chance, format!("n{at}"))).collect();
            ours.pages.push(Page { id: id.into(), title: "Новый".into(), items });
        }
        if new_stages {
            let id = format!("{}x", char::from(b"acegikm"[first + chance.below(3)]));
            let items = (0..3).map(|at| topic(&mut chance, format!("m{at}"))).collect();
            theirs.pages.push(Page { id, title: "Новый".into(), items });
        }
        let nothing = std::collections::BTreeMap::new();
        ours.judge("ours", &nothing);
        theirs.judge("theirs", &nothing);
        let texts = [&base, &ours, &theirs].map(|side| side.lock.to_string());
        let (clean, plain) = repository.merge_file("", &texts[0], &texts[1], &texts[2]);
        if clean {
            clean_merges += 1;
            check(seed, &plain, &base, &ours, &theirs);
        } else {
            assert!(
                new_stages,
                "seed {seed}: a conflict without new stages on both sides\n{plain}"
            );
            let (_, problems) = Lock::parse("progress.lock", &plain);
            assert!(problems.iter().all(|it| it.code.name() == "lock-conflict"), "{problems:?}");
            for style in ["", "--diff3", "--zdiff3"] {
                let (_, text) = repository.merge_file(style, &texts[0], &texts[1], &texts[2]);
                let mended = resolve("progress.lock", &text).expect("both sides are whole");
                check(seed, &mended, &base, &ours, &theirs);
            }
            resolved += 1;
        }
        let (clean, union) = repository.merge_file("--union", &texts[0], &texts[1], &texts[2]);
        assert!(clean, "seed {seed}");
        check(seed, &union, &base, &ours, &theirs);
    }
    println!("{clean_merges} merges without conflict, {resolved} resolved");
    assert!(clean_merges >= 200 && resolved >= 10, "{clean_merges} clean, {resolved} resolved");
}

/// The same in a real repository with the attribute that `init` writes.
#[test]
fn a_repository_with_the_attribute_merges_new_stages() {
    let folder = tempfile::tempdir().expect("a folder for the repository");
    let repository = Repository(folder.path());
    let write = |history: &History| {
        fs::write(folder.path().join("progress.lock"), history.lock.to_string())
            .expect("the folder is writable");
    };
    let mut chance = Chance(7);
    let base = curriculum(&mut chance);
    let (mut ours, mut theirs) = (copy(&base), copy(&base));
    for (side, id, history) in [("o", "e", &mut ours), ("t", "ea", &mut theirs)] {
        let items = (0..4).map(|at| topic(&mut chance, format!("{side}{at}"))).collect();
        history.pages.push(Page { id: id.into(), title: "Новый".into(), items });
        add(&mut chance, history, 2, side);
        history.judge(side, &std::collections::BTreeMap::new());
    }
    let git = |arguments: &[&str]| assert!(repository.git(arguments), "git {arguments:?}");
    git(&["init", "-q", "-b", "main"]);
    fs::write(folder.path().join(".gitattributes"), "progress.lock merge=union\n")
        .expect("the folder is writable");
    write(&base);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "base"]);
    git(&["checkout", "-q", "-b", "theirs"]);
    write(&theirs);
    git(&["commit", "-q", "-am", "theirs"]);
    git(&["checkout", "-q", "main"]);
    write(&ours);
    git(&["commit", "-q", "-am", "ours"]);
    git(&["merge", "-q", "--no-edit", "theirs"]);
    let merged = fs::read_to_string(folder.path().join("progress.lock")).expect("git wrote it");
    check(7, &merged, &base, &ours, &theirs);
}

/// What two branches did to the same item or page is never lost, and the content decides.
#[test]
fn both_sides_of_a_conflict_are_kept() {
    let folder = tempfile::tempdir().expect("a folder for the repository");
    let repository = Repository(folder.path());
    let base = {
        let mut history = History::default();
        let items = ["Права доступа к файлам", "Процессы и сигналы", "Сокеты"]
            .iter()
            .enumerate()
            .map(|(at, text)| Item { name: at.to_string(), text: (*text).into() })
            .collect();
        history.pages.push(Page { id: "linux".into(), title: "Linux".into(), items });
        history.judge("base", &std::collections::BTreeMap::new());
        history
    };
    let (mut ours, mut theirs) = (copy(&base), copy(&base));
    ours.pages[0].items[0].text = "Права доступа к файлам и каталогам".into();
    theirs.pages[0].items[0].text = "Права доступа к файлам (`chmod`)".into();
    // One side renames the page, the other adds to it; one deletes what the other rewords.
    theirs.pages[0].id = "unix".into();
    ours.pages[0].items.push(Item { name: "new".into(), text: "Журналы".into() });
    ours.pages[0].items.remove(1);
    theirs.pages[0].items[1].text = "Процессы, сигналы и приоритеты".into();
    let nothing = std::collections::BTreeMap::new();
    ours.judge("ours", &nothing);
    theirs.judge("theirs", &nothing);
    let texts = [&base, &ours, &theirs].map(|side| side.lock.to_string());
    let all: BTreeSet<String> = ids(&ours.lock).union(&ids(&theirs.lock)).cloned().collect();
    for style in ["", "--diff3", "--zdiff3", "--union"] {
        let (_, text) = repository.merge_file(style, &texts[0], &texts[1], &texts[2]);
        let mended = resolve("progress.lock", &text).expect("both sides are whole");
        let (lock, problems) = Lock::parse("progress.lock", &mended);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(ids(&lock), all, "{style}\n{mended}");
        for (first, second) in [
            ("Права доступа к файлам и каталогам", "Процессы, сигналы и приоритеты"),
            ("Права доступа к файлам (`chmod`)", "Процессы, сигналы и приоритеты"),
        ] {
            let mut content = copy(&theirs);
            content.pages[0].items[0].text = first.into();
            content.pages[0].items[1].text = second.into();
            content.pages[0].items.push(Item { name: "new".into(), text: "Журналы".into() });
            let outcome = identify(&content.observed(), &lock);
            assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
            for (item, found) in content.pages[0].items.iter().zip(&outcome.pages[0].items) {
                let known = ours.ids.get(&item.name).or_else(|| theirs.ids.get(&item.name));
                assert_eq!(known, Some(&found.id.to_string()), "{style}: {}\n{mended}", item.text);
            }
            assert_eq!(ids(&outcome.lock), all);
        }
    }
}
