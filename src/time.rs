//! Lengths of time as people write them.
//!
//! Input: text of front matter and headings. Output: [`Span`](TimeSpan)s and week ranges.
//! Responsibility: the word lists of every known language; nothing here depends on the site's
//! own language.

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Hours of work.
    Hours,
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
    /// Years.
    Years,
}

impl Unit {
    /// The unit's name in `curriculum.json` and in Fluent ids.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
        }
    }

    /// The beginnings of words that name each unit, in lower case. Longer beginnings come before
    /// shorter ones that they contain.
    const WORDS: [(Self, &'static [&'static str]); 5] = [
        (
            Self::Hours,
            &["hour", "hr", "час", "stunde", "heure", "hora", "ora", "ore", "годин", "h", "ч"],
        ),
        (
            Self::Weeks,
            &["week", "недел", "тижн", "woche", "semaine", "semana", "settiman", "wk", "нед", "w"],
        ),
        (
            Self::Months,
            &[
                "month",
                "месяц",
                "місяц",
                "monat",
                "mois",
                "mes",
                "mês",
                "mese",
                "mesi",
                "mo",
                "мес",
            ],
        ),
        (
            Self::Years,
            &[
                "year", "год", "лет", "рок", "jahr", "année", "annee", "año", "ano", "anno",
                "anni", "yr", "y",
            ],
        ),
        (
            Self::Days,
            &["day", "день", "дня", "дней", "дн", "tag", "jour", "día", "dia", "giorn", "d"],
        ),
    ];

    fn from_word(word: &str) -> Option<Self> {
        let word = word.trim_end_matches('.').to_lowercase();
        Self::WORDS.iter().find_map(|(unit, beginnings)| {
            beginnings
                .iter()
                .any(|beginning| {
                    word.strip_prefix(beginning).is_some_and(|rest| {
                        // A one-letter beginning must be the whole word.
                        (beginning.chars().count() > 1 || rest.is_empty())
                            && rest.chars().count() <= 4
                            && rest.chars().all(char::is_alphabetic)
                    })
                })
                .then_some(*unit)
        })
    }
}

/// From `min` to `max` of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimeSpan {
    /// The least.
    pub min: u32,
    /// The most; never less than `min`.
    pub max: u32,
    /// What is counted.
    pub unit: Unit,
}

/// The greatest number that a length of time may hold; more is a slip of the keyboard.
pub const GREATEST: u32 = 10_000;

/// Reads `6-8 weeks`, `6–9 месяцев`, `1 year`, and with `default_unit` also `8-12`.
#[must_use]
pub fn read(text: &str, default_unit: Option<Unit>) -> Option<TimeSpan> {
    let (min, max, rest) = read_range(text.trim().trim_start_matches(['~', '≈']).trim_start())?;
    let word = rest.trim();
    let unit = if word.is_empty() { default_unit? } else { Unit::from_word(word)? };
    (max > 0).then_some(TimeSpan { min, max, unit })
}

/// `3-4 rest` as `(3, 4, " rest")`, `3 rest` as `(3, 3, " rest")`.
fn read_range(text: &str) -> Option<(u32, u32, &str)> {
    let (min, rest) = read_number(text)?;
    let after_dash = rest
        .trim_start()
        .strip_prefix(['-', '‐', '‑', '–', '—', '−', '…'])
        .or_else(|| rest.trim_start().strip_prefix("..."))
        .or_else(|| rest.trim_start().strip_prefix("до "))
        .or_else(|| rest.trim_start().strip_prefix("to "));
    match after_dash.and_then(|after| read_number(after.trim_start())) {
        Some((max, rest)) if max >= min => Some((min, max, rest)),
        Some(_) => None,
        None => Some((min, min, rest)),
    }
}

fn read_number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text[..digits].parse().ok().filter(|number| *number <= GREATEST)?;
    Some((number, &text[digits..]))
}

/// The weeks that a block's heading names, and the heading without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekHeading<'a> {
    /// First week.
    pub from: u32,
    /// Last week.
    pub to: u32,
    /// The heading without its weeks.
    pub title: &'a str,
}

/// Reads `Недели 3–4: Командная строка`, `Week 5. Joins`, `Weeks 1-2`, and
/// `Командная строка {weeks=3-4}`.
#[must_use]
pub fn read_week_heading(heading: &str) -> Option<WeekHeading<'_>> {
    let heading = heading.trim();
    if let Some((title, attribute)) =
        heading.strip_suffix('}').and_then(|inner| inner.rsplit_once("{weeks="))
    {
        let (from, to, rest) = read_range(attribute.trim())?;
        return (from > 0 && rest.trim().is_empty()).then_some(WeekHeading {
            from,
            to,
            title: title.trim_end(),
        });
    }
    let split = heading.find(|c: char| !c.is_alphabetic())?;
    let (word, rest) = heading.split_at(split);
    if Unit::from_word(word) != Some(Unit::Weeks) || word.chars().count() < 3 {
        return None;
    }
    let (from, to, rest) = read_range(rest.trim_start())?;
    let title = rest.trim_start();
    let title = title.strip_prefix([':', '.', '-', '–', '—', ')']).unwrap_or(title).trim();
    (from > 0).then_some(WeekHeading { from, to, title })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_people_write_them() {
        let cases = [
            ("6-8 weeks", Some((6, 8, Unit::Weeks))),
            ("6–9 месяцев", Some((6, 9, Unit::Months))),
            ("1 year", Some((1, 1, Unit::Years))),
            ("2 — 3 года", Some((2, 3, Unit::Years))),
            ("5 лет", Some((5, 5, Unit::Years))),
            ("10 дней", Some((10, 10, Unit::Days))),
            ("8 Wochen", Some((8, 8, Unit::Weeks))),
            ("3h", Some((3, 3, Unit::Hours))),
            ("8 to 6 weeks", None),
            ("8-6 weeks", None),
            ("soon", None),
            ("6-8 parsecs", None),
            ("6-8", None),
            ("99999 weeks", None),
            ("0 weeks", None),
        ];
        for (text, expected) in cases {
            let read = read(text, None).map(|span| (span.min, span.max, span.unit));
            assert_eq!(read, expected, "{text}");
        }
        assert_eq!(read("8-12", Some(Unit::Hours)).map(|span| span.max), Some(12));
    }

    #[test]
    fn week_headings_are_read_in_every_language() {
        let cases = [
            ("Недели 3–4: Командная строка", Some((3, 4, "Командная строка"))),
            ("Неделя 5: Один", Some((5, 5, "Один"))),
            ("Weeks 3-4", Some((3, 4, ""))),
            ("Week 7. Joins", Some((7, 7, "Joins"))),
            ("Woche 2: Los", Some((2, 2, "Los"))),
            ("Командная строка {weeks=3-4}", Some((3, 4, "Командная строка"))),
            ("Недельный отчёт", None),
            ("Weekly review 3", None),
            ("Недели", None),
        ];
        for (text, expected) in cases {
            let read = read_week_heading(text).map(|w| (w.from, w.to, w.title));
            assert_eq!(read, expected, "{text}");
        }
    }
}
