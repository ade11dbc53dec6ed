//! The lock's text: what it looks like, and what is said of one that cannot be read.

use std::fmt::Write;

use roadbook::identity::{ObservedItem, ObservedPage, identify, wording};
use roadbook::kind::{ItemKind, PageKey, PageKind};
use roadbook::lock::{Lock, State, resolve};

const CANONICAL: &str = "\
roadbook-lock 1
[level:base]
page: level:base
url: levels/base/index.html \u{41e}сновы
end: level:base
[project:backup]
page: project:backup
url: projects/backup/index.html Автоматизация backup
anchor: project:backup#шаги <- ход-работы
a2b3c4d5 *project Автоматизация backup
b3c4d5e6 Написать скрипт == first-script
end: project:backup
[stage:linux]
page: stage:linux
url: stages/linux/index.html Linux [и] командная строка
was: stages/unix/index.html
anchor: stage:linux#недели-1-2
anchor: stage:linux#недели-3-4 <- недели-3, третья-неделя
c4d5e6f7 Права доступа (`chmod`) \\-> [справка](https://example.org/chmod)
d5e6f7g8 ~ Процессы и сигналы -> e6f7g8h9, f7g8h9j2
e6f7g8h9 Процессы <- c4d5e6f7
f7g8h9j2 #2 Практика
g8h9j2k3 \\~ тильда ~= 0a1b2c3d
end: stage:linux
[tracking:weekly]
page: tracking:weekly
url: tracking/weekly/index.html Недельные метрики
h9j2k3m4 Часы
end: tracking:weekly
";

fn codes(text: &str) -> Vec<(&'static str, usize)> {
    let (_, problems) = Lock::parse("progress.lock", text);
    problems
        .iter()
        .map(|it| (it.code.name(), text[..it.span.start].matches('\n').count() + 1))
        .collect()
}

#[test]
fn a_canonical_lock_is_written_as_it_was_read() {
    let (lock, problems) = Lock::parse("progress.lock", CANONICAL);
    assert_eq!(problems, []);
    assert_eq!(lock.to_string(), CANONICAL);
    let linux = &lock.pages[&PageKey::new(PageKind::Stage, "linux")];
    assert_eq!(linux.items.len(), 5);
    assert_eq!(linux.items.values().filter(|item| item.state == State::Retired).count(), 1);
    // An editor that changes the ends of lines does no harm.
    let (other, problems) = Lock::parse("progress.lock", &CANONICAL.replace('\n', "\r\n"));
    assert_eq!((other, problems), (lock, vec![]));
}

#[test]
fn an_empty_lock_is_no_problem() {
    for text in ["", "\n", "roadbook-lock 1", "roadbook-lock 1\n"] {
        assert_eq!(Lock::parse("progress.lock", text), (Lock::default(), vec![]), "{text:?}");
    }
}

#[test]
fn a_newer_lock_is_refused() {
    assert_eq!(codes("roadbook-lock 2\n[new-things]\n"), [("lock-version", 1)]);
    let problems = resolve("progress.lock", "roadbook-lock 2\n").expect_err("it is newer");
    assert_eq!(problems[0].code.name(), "lock-version");
}

#[test]
fn lines_that_cannot_be_read_are_named() {
    assert_eq!(codes("[stage:linux]\n"), [("lock-syntax", 1)]);
    let text = "roadbook-lock 1\nc4d5e6f7 before any page\n[stage:linux]\nС4d5 x\na2b3 -> ,\n";
    assert_eq!(codes(text), [("lock-syntax", 2), ("lock-syntax", 4), ("lock-syntax", 5)]);
    let mut many = String::from("roadbook-lock 1\n");
    (0..1000).for_each(|at| writeln!(many, "? {at}").expect("a string takes any text"));
    assert_eq!(codes(&many).len(), 21);
}

#[test]
fn conflict_marks_are_named_once_and_mended() {
    let text = "\
roadbook-lock 1
[stage:linux]
page: stage:linux
<<<<<<< HEAD
a2b3c4d5 Права доступа
||||||| base
=======
b3c4d5e6 Процессы
>>>>>>> other
end: stage:linux
";
    assert_eq!(codes(text), [("lock-conflict", 4)]);
    let mended = resolve("progress.lock", text).expect("both sides are whole");
    assert!(mended.contains("a2b3c4d5 Права доступа\nb3c4d5e6 Процессы\n"), "{mended}");
    assert_eq!(resolve("progress.lock", &mended).as_ref(), Ok(&mended));
    for broken in ["<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "<<<<<<< a\n>>>>>>> b\n"] {
        let text = format!("roadbook-lock 1\n{broken}");
        let problems = resolve("progress.lock", &text).expect_err("a mark is missing");
        assert_eq!(problems[0].code.name(), "lock-conflict", "{broken:?}");
    }
}

#[test]
fn what_a_union_leaves_is_a_valid_lock() {
    let text = "\
roadbook-lock 1
[stage:b]
page: stage:b
a2b3c4d5 Права доступа к файлам
a2b3c4d5 Права доступа и владельцы
b3c4d5e6 ~ Процессы
b3c4d5e6 Процессы и сигналы
end: stage:b
[stage:a]
page: stage:a
a2b3c4d5 Права
end: stage:a
[stage:b]
page: stage:b
c4d5e6f7 Сокеты
end: stage:b
";
    assert_eq!(codes(text), []);
    let (lock, _) = Lock::parse("progress.lock", text);
    let pages = [page("a", &[]), page("b", &["Права доступа и владельцы", "Процессы и сигналы"])];
    let outcome = identify(&pages, &lock);
    let ids: Vec<&str> = outcome.pages[1].items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["a2b3c4d5", "b3c4d5e6"]);
    assert_eq!(outcome.lock.to_string().matches("a2b3c4d5").count(), 1);
}

fn page(id: &str, items: &[&str]) -> ObservedPage {
    let span = roadbook::diagnostic::Span::file("content/case.md");
    ObservedPage {
        key: PageKey::new(PageKind::Stage, id),
        title: id.to_owned(),
        url: format!("stages/{id}/index.html"),
        aliases: Vec::new(),
        anchors: Vec::new(),
        items: items
            .iter()
            .map(|text| ObservedItem {
                kind: ItemKind::Topic,
                text: (*text).to_owned(),
                explicit: None,
                span: span.clone(),
            })
            .collect(),
        span,
    }
}

/// The browser hears of other words, and not of corrections, however many there were.
#[test]
fn corrections_leave_the_published_wording() {
    let mut lock = Lock::default();
    let texts = [
        ("Навигация по файловой ситеме", 0),
        ("Навигация по файловой системе", 0),
        ("**Навигация** по файловой системе.", 0),
        ("Навигация по файловой системе и поиск", 3),
        ("навигация по файловой системе и поиск", 3),
    ];
    for (text, wording_of) in texts {
        let outcome = identify(&[page("linux", &[text])], &lock);
        assert_eq!(outcome.pages[0].items[0].wording(text), wording(texts[wording_of].0), "{text}");
        lock = outcome.lock;
    }
}

/// Ten megabytes of one section, and of one id: the work grows with the length alone.
#[test]
fn a_huge_lock_is_read_in_time() {
    for line in ["a2b3c4d5 Тема", "anchor: stage:linux#тема", "was: тема", "url: тема", "x"]
    {
        let mut text = String::from("roadbook-lock 1\n[stage:linux]\n");
        let mut number = 0;
        while text.len() < 3_000_000 {
            number += 1;
            writeln!(text, "{line}{number}").expect("a string takes any text");
        }
        // Quadratic work would keep the test from ever ending.
        let _ = Lock::parse("progress.lock", &text);
    }
}
