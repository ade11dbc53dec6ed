//! The timeline: how long the road is, in weeks and months.
//!
//! Input: [`Views`]. Output: a [`TimelineView`]. Responsibility: when each stage begins and ends, one
//! after the other: at the earliest, if all before it take their least, and at the latest. A drawing
//! and a table say the same.

use super::build::{MOST_HOME_STAGES, MOST_LEVELS, Views, range, weeks};
use super::{RangeView, TimelineLevelView, TimelineRowView, TimelineView};
use crate::model::{Curriculum, Stage};
use crate::road::{NARROW, Stretch, WIDE, month_of, timeline};
use crate::theme::Need;
use crate::time::{TimeSpan, Unit};
use crate::tree::PageNo;

/// Whether there is a timeline: a theme asks for it, and a stage says how long it takes.
pub(super) fn has_timeline(view: &Views<'_>) -> bool {
    view.theme.needs(Need::Timeline) && view.linked.curriculum.computed().max > 0
}

/// A stretch of the road before it has a place.
struct Step {
    page: PageNo,
    /// As its author says it, else in weeks.
    takes: Option<TimeSpan>,
    weeks: Option<TimeSpan>,
}

impl Step {
    fn stage(stage: &Stage) -> Self {
        let weeks = stage.weeks();
        Self { page: stage.page, takes: stage.fields.duration.or(weeks), weeks }
    }
}

/// The timeline, seen from the page at `path`.
pub(super) fn timeline_view(view: &Views<'_>, path: &str) -> TimelineView {
    let curriculum = &view.linked.curriculum;
    let few = curriculum.stages.len() <= MOST_HOME_STAGES && curriculum.levels.len() <= MOST_LEVELS;
    let steps: Vec<Step> = if few {
        curriculum.stages.iter().map(Step::stage).collect()
    } else {
        let levels = curriculum.levels.iter();
        let weeks = |span: TimeSpan| Some(span).filter(|span| span.max > 0);
        levels
            .map(|level| Step {
                page: level.page,
                takes: weeks(level.computed),
                weeks: weeks(level.computed),
            })
            .collect()
    };
    let mut passed = TimeSpan { min: 0, max: 0, unit: Unit::Weeks };
    let rows = steps.iter().map(|step| row(view, path, step, &mut passed)).collect();
    TimelineView {
        drawings: if few { drawings(view, curriculum, &steps) } else { Vec::new() },
        levels: if few { levels(view, path, curriculum) } else { Vec::new() },
        rows,
        whole: range(passed),
        months: RangeView {
            min: month_of(passed.min),
            max: month_of(passed.max),
            unit: Unit::Months.name(),
        },
    }
}

fn drawings(
    view: &Views<'_>,
    curriculum: &Curriculum,
    steps: &[Step],
) -> Vec<crate::road::Timeline> {
    let bands: Vec<String> =
        curriculum.levels.iter().map(|level| view.level_title(level.page)).collect();
    let stretches: Vec<Stretch> = steps
        .iter()
        .zip(&curriculum.stages)
        .map(|(step, stage)| {
            let page = &curriculum.pages[step.page];
            let weeks = step.weeks.unwrap_or(TimeSpan { min: 0, max: 0, unit: Unit::Weeks });
            Stretch {
                band: stage.level,
                title: match &page.number {
                    Some(number) => format!("{number} {}", page.title),
                    None => page.title.clone(),
                },
                fact: step.takes.map(|span| view.in_words(span)).unwrap_or_default(),
                least: weeks.min,
                most: weeks.max,
            }
        })
        .collect();
    [NARROW, WIDE].map(|sheet| timeline(&bands, &stretches, sheet)).into()
}

fn levels(view: &Views<'_>, path: &str, curriculum: &Curriculum) -> Vec<TimelineLevelView> {
    let levels = curriculum.levels.iter();
    levels
        .map(|level| TimelineLevelView {
            link: view.link(path, level.page),
            declared: level.fields.duration.map(range),
            computed: weeks(level.computed),
            rows: level.stages.clone().collect(),
        })
        .collect()
}

fn row(view: &Views<'_>, path: &str, step: &Step, passed: &mut TimeSpan) -> TimelineRowView {
    let before = *passed;
    let weeks = step.weeks.filter(|weeks| weeks.max > 0);
    let length = weeks.unwrap_or(TimeSpan { min: 0, max: 0, unit: Unit::Weeks });
    passed.min = passed.min.saturating_add(length.min);
    passed.max = passed.max.saturating_add(length.max);
    let from = |weeks: u32| weeks.saturating_add(1);
    let weeks_of = |min: u32, max: u32| RangeView { min, max, unit: Unit::Weeks.name() };
    let latest = weeks.map(|_| weeks_of(from(before.max), passed.max));
    TimelineRowView {
        link: view.link(path, step.page),
        level_number: view.level_number(step.page),
        takes: step.takes.map(range),
        earliest: weeks.map(|_| weeks_of(from(before.min), passed.min.max(from(before.min)))),
        months: latest.map(|span| RangeView {
            min: month_of(span.min),
            max: month_of(span.max),
            unit: Unit::Months.name(),
        }),
        latest,
    }
}
