//! Identity over long histories: one written by hand, a thousand made by chance. Every revision
//! states which item is which before the matcher runs.

#![expect(clippy::disallowed_methods, reason = "tests touch the machine")]
#![expect(clippy::print_stdout, reason = "the figures are the point of the test")]
#![expect(clippy::cast_precision_loss, reason = "a share of a few thousand, to be read")]

use std::collections::BTreeMap;
use std::path::PathBuf;

#[path = "identity/carried.rs"]
mod carried;
#[path = "identity/chance.rs"]
mod chance;
#[path = "identity/history.rs"]
mod history;

use carried::Writer;
use chance::Maker;
use history::{History, Item, Meaning, Page, Score};

/// What the script says, applied to a history.
struct Script {
    history: History,
    meanings: BTreeMap<String, Meaning>,
    /// The names of pages in the script, with their present ids.
    pages: BTreeMap<String, String>,
}

impl Script {
    fn page(&mut self, name: &str) -> &mut Page {
        let id = &self.pages[name];
        let found = self.history.pages.iter_mut().find(|page| page.id == *id);
        found.unwrap_or_else(|| panic!("no page {name}"))
    }

    fn place(&self, name: &str) -> (usize, usize) {
        let pages = self.history.pages.iter().enumerate();
        let mut places =
            pages.flat_map(|(at, page)| (0..page.items.len()).map(move |item| (at, item)));
        places
            .find(|&(page, item)| self.history.pages[page].items[item].name == name)
            .unwrap_or_else(|| panic!("no item {name}"))
    }

    fn item(&mut self, name: &str) -> &mut Item {
        let (page, item) = self.place(name);
        &mut self.history.pages[page].items[item]
    }

    fn take(&mut self, name: &str) -> (usize, usize, Item) {
        let (page, item) = self.place(name);
        (page, item, self.history.pages[page].items.remove(item))
    }

    fn reword(&mut self, name: &str, text: String) {
        let item = self.item(name);
        let half = keeps_half(&item.text, &text);
        item.text = text;
        let meaning = if half { Meaning::Reworded } else { Meaning::Rewritten };
        self.meanings.insert(name.to_owned(), meaning);
    }

    fn reformat(&mut self, name: &str, change: impl Fn(&str) -> String) {
        let page = self.page(name);
        let names: Vec<String> = page.items.iter().map(|item| item.name.clone()).collect();
        for name in names {
            let item = self.item(&name);
            let text = change(&item.text);
            if text != item.text {
                item.text = text;
                self.meanings.insert(name, Meaning::Reworded);
            }
        }
    }

    fn line(&mut self, line: &str) {
        if let Some(rest) = line.strip_prefix("+ ") {
            let (page, item) = rest.split_once(' ').expect("`+ page name: text`");
            let item = named(item);
            self.page(page).items.push(item);
        } else if let Some(rest) = line.strip_prefix("* ") {
            let (page, change) = rest.split_once(' ').expect("`* page change`");
            let (how, what) = change.split_once(' ').expect("`how what`");
            match how {
                "suffix" => self.reformat(page, |text| format!("{text}{what}")),
                "prefix" => self.reformat(page, |text| format!("{what}{text}")),
                _ => {
                    let (from, to) = what.split_once("=>").expect("`from => to`");
                    let (from, to) = (&from[..from.len() - 1], to.strip_prefix(' ').unwrap_or(to));
                    self.reformat(page, |text| text.replace(from, to));
                }
            }
        } else if let Some(rest) = line.strip_prefix("@ ") {
            let (page, rest) = rest.split_once(" -> ").expect("`page -> id`");
            let (id, title) = rest.split_once(" | ").expect("`id | title`");
            let present = self.page(page);
            id.clone_into(&mut present.id);
            title.clone_into(&mut present.title);
            self.pages.insert(page.to_owned(), id.to_owned());
        } else if let Some(page) = line.strip_prefix("^ ") {
            self.page(page).items.reverse();
        } else {
            self.item_line(line);
        }
    }

    fn item_line(&mut self, line: &str) {
        let (name, rest) = line.split_once(' ').expect("`name what`");
        let (how, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        match how {
            "=" => self.reword(name, rest.to_owned()),
            "-" => {
                self.take(name);
                self.meanings.insert(name.to_owned(), Meaning::Gone);
            }
            "!" => {
                let (page, place, _) = self.take(name);
                self.history.pages[page].items.insert(place, named(rest));
                self.meanings.insert(name.to_owned(), Meaning::Trap);
            }
            ">" => {
                let (_, _, item) = self.take(name);
                self.page(rest).items.push(item);
            }
            "/" => {
                let (page, place, _) = self.take(name);
                let parts: Vec<Item> = rest.split(" / ").map(named).collect();
                let names = parts.iter().map(|part| part.name.clone()).collect();
                self.history.pages[page].items.splice(place..place, parts);
                self.meanings.insert(name.to_owned(), Meaning::Split(names));
            }
            "&" => {
                let (second, rest) = rest.split_once(" / ").expect("`a & b / c: text`");
                let whole = named(rest);
                for part in [name, second] {
                    let meaning = Meaning::Merged(whole.name.clone());
                    self.meanings.insert(part.to_owned(), meaning);
                }
                self.take(second);
                let (page, place, _) = self.take(name);
                self.history.pages[page].items.insert(place, whole);
            }
            _ => panic!("unknown line `{line}`"),
        }
    }
}

fn named(line: &str) -> Item {
    let (name, text) = line.split_once(": ").expect("`name: text`");
    Item { name: name.to_owned(), text: text.to_owned() }
}

/// Whether at least half of the words are still there.
fn keeps_half(before: &str, after: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.to_lowercase()
            .split(|sign: char| !sign.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (before, after) = (words(before), words(after));
    let kept = before.iter().filter(|word| after.contains(word)).count();
    kept * 2 >= before.len()
}

fn report(what: &str, score: &Score) {
    let share = score.kept as f64 * 100.0 / score.rewordings.max(1) as f64;
    println!(
        "{what}: wrong {}, retired {}, asked {}, lost {}, kept {} of {} ({share:.1} %), traps {} of {}",
        score.wrong.len(),
        score.retired.len(),
        score.asked.len(),
        score.lost.len(),
        score.kept,
        score.rewordings,
        score.avoided,
        score.traps,
    );
    for line in
        score.wrong.iter().chain(&score.retired).chain(&score.asked).chain(&score.lost).take(40)
    {
        println!("    {line}");
    }
}

fn check(score: &Score) {
    assert!(score.wrong.is_empty(), "{:?}", score.wrong);
    assert!(score.lost.is_empty(), "{:?}", score.lost);
    assert_eq!(score.avoided, score.traps);
    assert!(score.kept * 100 >= score.rewordings * 95, "{} of {}", score.kept, score.rewordings);
}

/// 200 items, 100 revisions.
#[test]
fn a_checklist_through_a_hundred_revisions() {
    let history = replay(&mut |_, _| {});
    let score = &history.score;
    report("replay", score);
    assert!(score.traps >= 20, "{}", score.traps);
    check(score);
}

/// Writes histories below the folder named by `REPLAY`; `tests/browser/client/replay.test.mjs`
/// carries ticks through them.
#[test]
#[ignore = "writes for a test in a browser"]
fn histories_as_curricula() {
    let folder = PathBuf::from(std::env::var_os("REPLAY").expect("REPLAY names a folder"));
    let mut writer = Writer::new(&folder.join("script"));
    replay(&mut |history, meanings| writer.write(history, meanings));
    for seed in 1..3 {
        let mut writer = Writer::new(&folder.join(format!("chance-{seed}")));
        let mut maker = Maker::new(seed);
        writer.write(&maker.history, &BTreeMap::new());
        for revision in 0..8 {
            maker.revise(&format!("seed {seed}, revision {revision}"));
            writer.write(&maker.history, &maker.meanings);
        }
    }
}

/// Plays the written history, and shows it after each revision.
fn replay(seen: &mut dyn FnMut(&History, &BTreeMap<String, Meaning>)) -> History {
    let text = include_str!("identity/replay.txt");
    let mut revisions = text.split("=== ");
    let mut script =
        Script { history: History::default(), meanings: BTreeMap::new(), pages: BTreeMap::new() };
    let base = revisions.next().expect("the base");
    for line in base.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(page) = line.strip_prefix("@ ") {
            let (id, title) = page.split_once(" | ").expect("`@ id | title`");
            let page = Page { id: id.into(), title: title.into(), items: Vec::new() };
            script.history.pages.push(page);
            script.pages.insert(id.to_owned(), id.to_owned());
        } else {
            let page = script.history.pages.last_mut().expect("a page before its items");
            page.items.push(named(line));
        }
    }
    assert_eq!(script.history.pages.iter().map(|page| page.items.len()).sum::<usize>(), 200);
    script.history.judge("base", &BTreeMap::new());
    seen(&script.history, &BTreeMap::new());
    let mut count = 0;
    for revision in revisions {
        let mut lines = revision.lines();
        let title = lines.next().expect("a title");
        script.meanings.clear();
        for line in lines.filter(|line| !line.trim().is_empty()) {
            script.line(line);
        }
        count += 1;
        script.history.judge(title, &script.meanings);
        seen(&script.history, &script.meanings);
    }
    assert_eq!(count, 100);
    script.history
}

/// A thousand histories of eight revisions.
#[test]
fn a_thousand_histories() {
    let mut total = Score::default();
    for seed in 0..1000 {
        let mut maker = Maker::new(seed);
        for revision in 0..8 {
            maker.revise(&format!("seed {seed}, revision {revision}"));
        }
        total.add(maker.history.score);
    }
    report("1000 histories", &total);
    check(&total);
}
