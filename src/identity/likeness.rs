//! How likely one text is a rewording of another.
//!
//! Input: the words of two items, and what is common on their page. Output: [`Likeness`].
//! Responsibility: the evidence for and against, each piece in one place. All numbers are whole,
//! so that every machine comes to the same result.
//!
//! Likeness is the mean of Dice's coefficient (how much of both is shared) and of containment (how
//! much of the one is found in the other), over weighted words: words that are added should cost
//! less than words that are replaced.

use std::collections::BTreeSet;

use super::lexicon::are_opposites;
use super::words::{Role, Word, Words};

/// The likeness of equal texts.
pub(super) const FULL: i64 = 1000;
/// The likeness from which a shared link lifts a pair.
const LINKED: i64 = 900;
/// Least likeness of a rewording where one side has at most two words of content.
const LEAST_SHORT: i64 = 550;
/// Least likeness of a rewording otherwise: half of the words.
const LEAST_LONG: i64 = 450;
/// Least likeness where a name gives way to ordinary words or the reverse.
const LEAST_TRANSLATED: i64 = 700;

/// The verdict on a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// It may be a rewording, with this likeness of up to [`FULL`].
    Close(i64),
    /// It is none.
    Apart,
}

/// What is common on the page, and therefore no evidence.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
    /// Words that most of the unmatched former items have.
    pub(super) common_before: BTreeSet<String>,
    /// Words that most of the unmatched present items have.
    pub(super) common_after: BTreeSet<String>,
    /// Links that exactly one former and one present item of the page have.
    pub(super) telling_links: BTreeSet<String>,
    /// The words of all items of the page, former and present.
    pub(super) siblings: Vec<Words>,
}

/// How likely `after` is a rewording of `before`.
pub(super) fn likeness(before: &Words, after: &Words, around: &Surroundings) -> Likeness {
    if before.signature & after.signature == 0 && before.links.is_disjoint(&after.links) {
        return Likeness::Apart;
    }
    let alignment = Alignment::of(before, after);
    let value = alignment.value(before, after, around);
    if is_linked(before, after, around) {
        return Likeness::Close(LINKED + value * (FULL - LINKED) / FULL);
    }
    let (removed, removed_everywhere) = alignment.removed(before, &around.common_before);
    let (added, added_everywhere) = alignment.added(after, &around.common_after);
    // What most of the items gained, or most of them lost, is a change of form. What most of them
    // exchanged is a change of subject.
    if is_contradicted(&removed, &added) || is_contradicted(&removed_everywhere, &added_everywhere)
    {
        return Likeness::Apart;
    }
    if is_turned_round(before, after, &alignment) {
        return Likeness::Apart;
    }
    let has_atom = |words: &[&Word]| words.iter().any(|word| word.role == Role::Atom);
    let has_plain =
        |words: &[&Word]| words.iter().any(|word| matches!(word.role, Role::Plain | Role::Action));
    let translated =
        has_atom(&removed) && has_plain(&added) || has_atom(&added) && has_plain(&removed);
    let least = if translated {
        LEAST_TRANSLATED
    } else if before.content().min(after.content()) <= 2 {
        LEAST_SHORT
    } else {
        LEAST_LONG
    };
    // A lost or another link is no contradiction, since links die; but it is no support either.
    let relinked = !before.links.is_empty()
        && !after.links.is_empty()
        && before.links.is_disjoint(&after.links);
    let value = if relinked { value * 9 / 10 } else { value };
    if value < least || is_slot(before, after, &alignment, &removed, &added, around) {
        return Likeness::Apart;
    }
    Likeness::Close(value)
}

/// How much of the first text is found in the second, in thousandths of its weight, and nothing if
/// one of its names, numbers or code spans is not.
pub(super) fn contained(part: &Words, whole: &Words) -> i64 {
    let alignment = Alignment::of(part, whole);
    let none = BTreeSet::new();
    let (missing, _) = alignment.removed(part, &none);
    if missing.iter().any(|word| matches!(word.role, Role::Atom | Role::Polarity)) {
        return 0;
    }
    let weights = |word: &Word| word.role.weight();
    let total: i64 = part.list.iter().map(weights).sum();
    let found: i64 = alignment
        .before
        .iter()
        .zip(&part.list)
        .filter(|(found, _)| found.is_some())
        .map(|(_, word)| weights(word))
        .sum();
    if part.content() == 0 || total == 0 { 0 } else { found * FULL / total }
}

/// The places of the words of `whole` that `part` has too.
pub(super) fn covered(whole: &Words, part: &Words) -> BTreeSet<usize> {
    let alignment = Alignment::of(whole, part);
    (0..whole.list.len()).filter(|&place| alignment.before[place].is_some()).collect()
}

/// Whether two texts differ in spelling alone: the same words in the same order, up to typing
/// errors.
pub(super) fn is_respelt(before: &Words, after: &Words) -> bool {
    before.list.len() == after.list.len()
        && before.list.iter().zip(&after.list).all(|(one, other)| {
            one.key == other.key || one.role == other.role && is_typo(one, other)
        })
}

/// Which word of one text is which of the other.
struct Alignment {
    /// For each word of the former text the place in the present one and how alike they are.
    before: Vec<Option<(usize, i64)>>,
    /// For each word of the present text how alike the former one is.
    after: Vec<Option<i64>>,
}

impl Alignment {
    fn of(before: &Words, after: &Words) -> Self {
        let mut alignment =
            Self { before: vec![None; before.list.len()], after: vec![None; after.list.len()] };
        // Equal words first, so that a similar one does not take the place of an equal one.
        for least in [100, 90] {
            for (here, word) in before.list.iter().enumerate() {
                if alignment.before[here].is_some() {
                    continue;
                }
                let found = after.list.iter().enumerate().find_map(|(there, other)| {
                    let free = alignment.after[there].is_none();
                    let alike = if free { kinship(word, other) } else { 0 };
                    (alike >= least).then_some((there, alike))
                });
                if let Some((there, alike)) = found {
                    alignment.before[here] = Some((there, alike));
                    alignment.after[there] = Some(alike);
                }
            }
        }
        alignment
    }

    fn value(&self, before: &Words, after: &Words, around: &Surroundings) -> i64 {
        let weigh = |words: &Words, found: &[Option<i64>], common: &BTreeSet<String>| {
            let mut sums = (0, 0, 0);
            for (word, found) in words.list.iter().zip(found) {
                let rare = if common.contains(&word.key) { 4 } else { 1 };
                let weight = word.role.weight() / rare;
                let shared = weight * found.unwrap_or(0) / 100;
                sums.0 += weight;
                sums.1 += shared;
                sums.2 += if word.role.is_content() { shared } else { 0 };
            }
            sums
        };
        let found: Vec<Option<i64>> =
            self.before.iter().map(|found| found.map(|(_, alike)| alike)).collect();
        let (all, shared, content) = weigh(before, &found, &around.common_before);
        let (all_after, shared_after, content_after) =
            weigh(after, &self.after, &around.common_after);
        if all == 0 || all_after == 0 {
            return 0;
        }
        let dice = (shared + shared_after) * FULL / (all + all_after);
        let containment = (shared * FULL / all).max(shared_after * FULL / all_after);
        let value = i64::midpoint(dice, containment);
        // Sharing nothing but heads and joints of phrases is sharing nothing.
        let empty = content.max(content_after) == 0 && dice < FULL;
        if empty { value.min(LEAST_LONG - 50) } else { value }
    }

    /// Words of the former text that the present one lacks.
    fn removed<'a>(&self, before: &'a Words, common: &BTreeSet<String>) -> Telling<'a> {
        let missing = before.list.iter().zip(&self.before).filter(|(_, found)| found.is_none());
        telling(missing.map(|(word, _)| word), common)
    }

    /// Words of the present text that the former one lacked.
    fn added<'a>(&self, after: &'a Words, common: &BTreeSet<String>) -> Telling<'a> {
        let new = after.list.iter().zip(&self.after).filter(|(_, found)| found.is_none());
        telling(new.map(|(word, _)| word), common)
    }
}

/// Changed words of a pair alone, and changed words that most of the items share.
type Telling<'a> = (Vec<&'a Word>, Vec<&'a Word>);

fn telling<'a>(words: impl Iterator<Item = &'a Word>, common: &BTreeSet<String>) -> Telling<'a> {
    words.filter(|word| word.role != Role::Stop).partition(|word| !common.contains(&word.key))
}

/// Whether a change of words makes another item of it, however much else stayed.
fn is_contradicted(removed: &[&Word], added: &[&Word]) -> bool {
    let any = |words: &[&Word], role: Role| words.iter().any(|word| word.role == role);
    any(removed, Role::Atom) && any(added, Role::Atom)
        || any(removed, Role::Polarity) != any(added, Role::Polarity)
        || removed.iter().any(|one| added.iter().any(|other| are_opposites(&one.key, &other.key)))
}

/// Whether two names or opposites took each other's part, as in «Queue using two stacks», «Stack
/// using two queues»: the words are the same, and what is done is not.
fn is_turned_round(before: &Words, after: &Words, alignment: &Alignment) -> bool {
    let matched: Vec<(usize, usize)> = alignment
        .before
        .iter()
        .enumerate()
        .filter(|&(here, _)| before.list[here].role.is_content())
        .filter_map(|(here, found)| found.map(|(there, _)| (here, there)))
        .collect();
    matched.iter().enumerate().any(|(at, &(first, first_after))| {
        matched[at + 1..].iter().any(|&(second, second_after)| {
            let (one, other) = (&before.list[first], &before.list[second]);
            let names = one.role == Role::Atom && other.role == Role::Atom;
            if first_after < second_after || !names && !are_opposites(&one.key, &other.key) {
                return false;
            }
            let parts = (governor(before, first), governor(before, second));
            parts.0 != parts.1
                && parts == (governor(after, second_after), governor(after, first_after))
        })
    })
}

/// The joining word that says what part a word plays: «с» and «на» in «с версии на версию».
fn governor(words: &Words, place: usize) -> Option<&str> {
    let before = words.list[..place].iter().rev();
    before
        .filter(|word| matches!(word.role, Role::Stop | Role::Generic))
        .map(|word| word.key.as_str())
        .find(|key| !matches!(*key, "and" | "or" | "the" | "a" | "an" | "и" | "или" | "а"))
}

/// Whether what was replaced is a slot: the page has other items made of the same words around
/// another filling, as in «Создание таблиц», «Удаление таблиц», so another filling is another
/// item.
fn is_slot(
    before: &Words,
    after: &Words,
    alignment: &Alignment,
    removed: &[&Word],
    added: &[&Word],
    around: &Surroundings,
) -> bool {
    let content = |words: &[&Word]| words.iter().filter(|word| word.role.is_content()).count();
    let (gone, come) = (content(removed), content(added));
    if gone == 0 || come == 0 {
        return false;
    }
    let frame: Vec<&Word> = before
        .list
        .iter()
        .zip(&alignment.before)
        .filter(|(word, found)| found.is_some() && word.role.is_content())
        .map(|(word, _)| word)
        .collect();
    around.siblings.iter().any(|sibling| {
        sibling.content() > frame.len()
            && sibling.content() <= frame.len() + gone.max(come) + 1
            && frame.iter().all(|word| sibling.list.iter().any(|other| kinship(word, other) >= 90))
            && contained(before, sibling) < FULL
            && contained(after, sibling) < FULL
    })
}

/// Whether the same link, found nowhere else on the page, holds both together.
fn is_linked(before: &Words, after: &Words, around: &Surroundings) -> bool {
    let shared: Vec<&String> = before.links.intersection(&after.links).collect();
    shared.iter().any(|link| around.telling_links.contains(*link))
        && shared.len() * 2 >= before.links.len().max(after.links.len())
}

/// How alike two words are, up to 100 for equal ones; 0 for different ones.
fn kinship(one: &Word, other: &Word) -> i64 {
    if one.key == other.key {
        return 100;
    }
    if one.role == Role::Polarity || other.role == Role::Polarity {
        return 0;
    }
    let atom = one.role == Role::Atom || other.role == Role::Atom;
    if is_typo(one, other) {
        return 95;
    }
    let cyrillic = super::lexicon::is_cyrillic(&one.key);
    if atom && !cyrillic {
        // Of a name only the plural is the same name.
        let plural = |name: &str, many: &str| {
            many.strip_prefix(name).is_some_and(|end| matches!(end, "s" | "es" | "'s"))
        };
        let long = one.key.len().min(other.key.len()) >= 3;
        let digits = one.key.bytes().any(|sign| sign.is_ascii_digit());
        let same = plural(&one.key, &other.key) || plural(&other.key, &one.key);
        return if long && same && !digits { 90 } else { 0 };
    }
    if is_kindred(one, other) { 90 } else { 0 }
}

/// Forms of one word, or words of one root.
fn is_kindred(one: &Word, other: &Word) -> bool {
    if one.stem() == other.stem() {
        return true;
    }
    let (one, other) = (&one.key, &other.key);
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let (short, long) = {
        let (one, other) = (one.chars().count(), other.chars().count());
        (one.min(other), one.max(other))
    };
    let begins = shared == short && short >= 5 && long <= short * 2;
    begins || shared >= 5 && shared * 100 >= long * 65 && long - shared <= 4
}

/// Whether one word is the other with a typing error. The first letter must be right: a changed
/// one tells opposites apart («синхронный», «асинхронный») more often than it is an error.
fn is_typo(one: &Word, other: &Word) -> bool {
    let atom = one.role == Role::Atom || other.role == Role::Atom;
    let (a, b) = (&one.key, &other.key);
    let digits = |word: &str| word.chars().any(char::is_numeric);
    if a.chars().next() != b.chars().next() || digits(a) || digits(b) {
        return false;
    }
    let length = a.chars().count().min(b.chars().count());
    let allowed = match (atom, length) {
        (true, 0..=5) | (false, 0..=3) => 0,
        (true, 6..=8) | (false, 4..=7) => 1,
        _ => 2,
    };
    allowed > 0
        && a.chars().count().abs_diff(b.chars().count()) <= allowed
        && strsim::osa_distance(a, b) <= allowed
        && !are_opposites(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str, close: bool) {
        let none = BTreeSet::new();
        let likeness = likeness(
            &Words::read(before, &none),
            &Words::read(after, &none),
            &Surroundings::default(),
        );
        let is_close = matches!(likeness, Likeness::Close(_));
        assert_eq!(is_close, close, "{before} | {after}: {likeness:?}");
    }

    #[test]
    fn rewordings_are_close() {
        check("Навигация по файловой системе", "Перемещение по файловой системе", true);
        check("Мониторинг ресурсов", "Наблюдение за ресурсами", true);
        check("Docker", "Docker: образы, контейнеры, тома и сети", true);
        check("Настройка Kuberentes", "Настройка Kubernetes", true);
        check("Learn recursion", "Understand recursion", true);
        check("Права доступа и владельцы файлов", "Права на файлы и их владельцы", true);
        check("Работа с ls", "Работа с `ls`", true);
        check("TCP, UDP и QUIC", "QUIC, UDP и TCP", true);
        check("Кластер в AWS через Terraform", "Кластер через Terraform в AWS", true);
    }

    #[test]
    fn other_items_are_apart() {
        check("TCP: соединения и окна", "UDP: соединения и окна", false);
        check("Lecture 21", "Lecture 22", false);
        check("HTTP/1.1: методы и коды", "HTTP/2: методы и коды", false);
        check("Dynamic programming III", "Dynamic programming IV", false);
        check("Поиск файлов (`find`)", "Поиск файлов (`locate`)", false);
        check("Основы сетей", "Основы алгоритмов", false);
        check("Синхронная репликация", "Асинхронная репликация", false);
        check("Создание таблиц", "Удаление таблиц", false);
        check("Docker basics", "Podman basics", false);
        check("Кодирование строк", "Декодирование строк", false);
        check("Основы SQL", "Основы сетей", false);
        check("Хранить пароли", "Не хранить пароли", false);
        check("MySQL на практике", "MSSQL на практике", false);
        check("Queue using two stacks", "Stack using two queues", false);
        check("Переход с MySQL на PostgreSQL", "Переход с PostgreSQL на MySQL", false);
    }
}
