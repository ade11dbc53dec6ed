//! The road on an axis of time.
//!
//! Input: bands (levels) and stretches (stages) with the least and the most weeks that each takes.
//! Output: a [`Timeline`]: boxes, ticks and lines of text in whole units, for a sheet of a given
//! width. Responsibility: one after the other as if each took its most, so that whoever plans by it
//! is not late; what may be saved is a part of its own. It knows nothing of pages.

use serde::Serialize;

use super::text::{Weight, width, wrap};
use super::{Area, BETWEEN, BandBox, LEADING, PADDING, Sheet, TextLine, heading, units};

/// A stretch of the road as it comes in.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// The number of its band; bands follow each other.
    pub band: usize,
    /// Its number and title.
    pub title: String,
    /// How long it takes, in words; nothing where nobody says.
    pub fact: String,
    /// The least weeks that it takes.
    pub least: u32,
    /// The most weeks that it takes.
    pub most: u32,
}

/// The finished picture. All numbers are units of its own width and height.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Timeline {
    /// `narrow` or `wide`.
    pub name: &'static str,
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// The left edge of the bars: the beginning of the first week.
    pub left: i32,
    /// The bands from top to bottom.
    pub bands: Vec<BandBox>,
    /// Numbers of months, where each begins.
    pub months: Vec<Tick>,
    /// A line at the beginning of each week, as an SVG path; empty where they would touch.
    pub weeks: String,
    /// The stretches in the order they came in.
    pub bars: Vec<Bar>,
}

/// The beginning of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Tick {
    /// Its place.
    pub x: i32,
    /// The month's number, counted from 1.
    pub month: u32,
}

/// A stretch.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Bar {
    /// Its left edge.
    pub x: i32,
    /// Its upper edge.
    pub y: i32,
    /// Its height.
    pub height: i32,
    /// The width of the weeks that it takes at least.
    pub sure: i32,
    /// The width of those that it may take beyond; they follow.
    pub open: i32,
    /// The area of its whole row.
    pub row: Area,
    /// Its number and title, a line each.
    pub text: Vec<TextLine>,
    /// The left edge of the text.
    pub text_left: i32,
    /// The duration in words, if it fits beside the bar or the title.
    pub fact: String,
    /// The base line of the fact.
    pub fact_y: i32,
    /// The left edge of the fact.
    pub fact_left: i32,
}

/// The height of a bar.
const THICK: i32 = 12;
/// Between two rows.
const APART: i32 = 10;
/// The room for the numbers of months.
const AXIS: i32 = 24;
/// The size of facts and numbers.
const SMALL: i32 = 12;
/// The most lines of a title.
const MOST_LINES: usize = 3;
/// The share of a wide sheet that titles have.
const TITLES: i32 = 250;
/// On sheets of this width and more titles stand beside their bars.
const BESIDE: i32 = 600;
/// Lines of weeks need this much room each.
const FINEST: i32 = 3;

/// Weeks of a year and months of a year: a month begins at a twelfth of 52 weeks.
const YEAR: (u32, u32) = (52, 12);

/// The month in which a week lies; both are counted from 1.
#[must_use]
pub fn month_of(week: u32) -> u32 {
    u32::try_from(u64::from(week.saturating_sub(1)) * u64::from(YEAR.1) / u64::from(YEAR.0))
        .unwrap_or(u32::MAX)
        .saturating_add(1)
}

/// From weeks to units of a sheet.
struct Scale {
    left: i32,
    room: i32,
    weeks: u32,
}

impl Scale {
    /// The place where so many parts of weeks have passed; a week has `parts` of them.
    fn at(&self, passed: u64, parts: u64) -> i32 {
        let all = u64::from(self.weeks.max(1)) * parts;
        let room = u64::try_from(self.room).unwrap_or(0);
        self.left + i32::try_from(passed * room / all).unwrap_or(self.room)
    }

    fn week(&self, weeks: u32) -> i32 {
        self.at(weeks.into(), 1)
    }
}

/// Draws the road on an axis of time.
#[must_use]
pub fn timeline(bands: &[String], stretches: &[Stretch], sheet: Sheet) -> Timeline {
    let beside = sheet.width >= BESIDE;
    let left = if beside { TITLES + 2 * PADDING } else { PADDING };
    let weeks = stretches.iter().fold(0_u32, |sum, stretch| sum.saturating_add(stretch.most));
    let scale = Scale { left, room: sheet.width - left - PADDING, weeks };
    let mut timeline = Timeline {
        name: sheet.name,
        width: sheet.width,
        height: 0,
        left,
        bands: Vec::with_capacity(bands.len()),
        months: months(&scale),
        weeks: String::new(),
        bars: Vec::with_capacity(stretches.len()),
    };
    let mut y = AXIS;
    let mut passed = 0_u32;
    for (band, title) in bands.iter().enumerate() {
        let top = y;
        let (text, label, below) = heading(title, y, sheet);
        y = below;
        for stretch in stretches.iter().filter(|stretch| stretch.band == band) {
            let bar = bar(stretch, &scale, passed, y, sheet);
            passed = passed.saturating_add(stretch.most);
            y = bar.row.y + bar.row.height + APART;
            timeline.bars.push(bar);
        }
        y += PADDING - APART / 2;
        timeline.bands.push(BandBox { y: top, height: y - top, text, label });
        y += BETWEEN;
    }
    timeline.height = (y - BETWEEN).max(0);
    if scale.room / i32::try_from(weeks.max(1)).unwrap_or(i32::MAX) >= FINEST {
        let lines = (1..weeks).map(|week| format!("M{} {AXIS}v6", scale.week(week)));
        timeline.weeks = lines.collect();
    }
    timeline
}

/// Numbers of months, as many as can be told apart.
fn months(scale: &Scale) -> Vec<Tick> {
    let last = month_of(scale.weeks);
    let widest = width(&last.to_string(), SMALL, Weight::Normal) + 10;
    let fits = u32::try_from(scale.room / widest).unwrap_or(1).max(1);
    let step = [1, 2, 3, 6, 12, 24, 60, 120].into_iter().find(|step| last / step < fits);
    let step = step.unwrap_or_else(|| last.div_ceil(fits));
    (0..last)
        .step_by(step as usize)
        .map(|month| Tick {
            x: scale.at(u64::from(month) * u64::from(YEAR.0), YEAR.1.into()),
            month: month + 1,
        })
        .collect()
}

fn bar(stretch: &Stretch, scale: &Scale, passed: u32, y: i32, sheet: Sheet) -> Bar {
    let beside = sheet.width >= BESIDE;
    let x = scale.week(passed);
    let end = scale.week(passed.saturating_add(stretch.most));
    let sure = scale.week(passed.saturating_add(stretch.least)) - x;
    let fact_width = width(&stretch.fact, SMALL, Weight::Normal);
    let inner = sheet.width - 2 * PADDING;
    let fits = if beside { TITLES } else { inner - fact_width - 8 };
    let text = wrap(&stretch.title, fits, sheet.size, Weight::Bold, MOST_LINES);
    let text: Vec<TextLine> =
        (1..).zip(text).map(|(no, text)| TextLine { y: y - 3 + LEADING * no, text }).collect();
    let words = units(text.len()) * LEADING;
    let bar_y = if beside { y + (words.max(THICK) - THICK) / 2 } else { y + words + 4 };
    let height = if beside { words.max(THICK) } else { words + 4 + THICK };
    let (fact_left, fact_y, fact) = if beside {
        // Behind the bar, or before it where the sheet ends.
        let (behind, before) = (end + 8, x - 8 - fact_width);
        let place = if behind + fact_width <= sheet.width - PADDING { behind } else { before };
        (place, bar_y + 10, place >= scale.left)
    } else {
        (sheet.width - PADDING - fact_width, y + 11, true)
    };
    Bar {
        x,
        y: bar_y,
        height: THICK,
        sure,
        open: end - x - sure,
        row: Area { x: PADDING / 2, y: y - 3, width: sheet.width - PADDING, height: height + 3 },
        text,
        text_left: PADDING,
        fact: if fact { stretch.fact.clone() } else { String::new() },
        fact_y,
        fact_left,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{NARROW, WIDE};
    use super::*;

    fn stretch(band: usize, title: &str, least: u32, most: u32) -> Stretch {
        let fact = format!("{least}–{most} weeks");
        Stretch { band, title: title.to_owned(), fact, least, most }
    }

    #[test]
    fn a_month_is_a_twelfth_of_a_year() {
        let months: Vec<u32> = [1, 4, 5, 9, 10, 13, 14, 52, 53].map(month_of).to_vec();
        assert_eq!(months, [1, 1, 1, 2, 3, 3, 4, 12, 13]);
        assert_eq!(month_of(0), 1);
        assert!(month_of(u32::MAX) > 900_000_000);
    }

    #[test]
    fn bars_follow_each_other_and_fill_the_axis() {
        let bands = ["One".to_owned(), "Two".to_owned()];
        let road = [
            stretch(0, "A", 2, 4),
            stretch(0, "No duration", 0, 0),
            stretch(1, "B", 6, 6),
            stretch(1, "A title that is much too long for one line of a phone", 1, 10),
        ];
        for sheet in [NARROW, WIDE] {
            let drawn = timeline(&bands, &road, sheet);
            let mut x = drawn.left;
            let mut y = 0;
            for (bar, stretch) in drawn.bars.iter().zip(&road) {
                assert_eq!(bar.x, x, "{}", stretch.title);
                assert_eq!(bar.open > 0, stretch.most > stretch.least);
                assert_eq!(bar.sure > 0, stretch.least > 0);
                x = bar.x + bar.sure + bar.open;
                assert!(bar.row.y > y && bar.y >= bar.row.y, "rows do not overlap");
                y = bar.row.y + bar.row.height;
                assert!(bar.y + bar.height <= y && bar.text.iter().all(|line| line.y <= y));
                let fact = width(&bar.fact, SMALL, Weight::Normal);
                assert!(bar.fact_left >= 0 && bar.fact_left + fact <= sheet.width);
            }
            assert_eq!(x, sheet.width - PADDING);
            assert!(y < drawn.height);
            assert_eq!(
                drawn.months.iter().map(|tick| tick.month).collect::<Vec<_>>(),
                [1, 2, 3, 4, 5]
            );
            assert_eq!(drawn.weeks.matches('M').count(), 19);
        }
    }

    #[test]
    fn long_roads_and_short_ones_have_an_axis_that_can_be_read() {
        for weeks in [0, 1, 3, 500, 5_000, u32::MAX / 2] {
            let drawn = timeline(&["One".to_owned()], &[stretch(0, "A", weeks, weeks)], NARROW);
            assert!(!drawn.months.is_empty() && drawn.months.len() <= 30, "{weeks}");
            for pair in drawn.months.windows(2) {
                let label = width(&pair[0].month.to_string(), SMALL, Weight::Normal);
                assert!(pair[1].x - pair[0].x >= label, "{weeks} weeks: {pair:?}");
            }
        }
    }
}
