//! The map: the road as a picture and in words.
//!
//! Input: [`Views`]. Output: [`MapView`]s. Responsibility: which stages are on it: all on home,
//! within bounds; on a stage its own level, or those next to it in a long one, and what it requires
//! and opens.

use std::collections::{BTreeMap, BTreeSet};

use super::build::{MOST_HOME_STAGES, MOST_LEVELS, Views, range};
use super::{MapLevelView, MapStopView, MapView};
use crate::road::{Drawing, NARROW, Sheet, Stop, WIDE, draw};
use crate::theme::Need;
use crate::words::Argument;

/// The most required and opened stages on a stage's small map.
const MOST_NEIGHBOURS: usize = 24;
/// The most stages of a level that its stages' small maps show all of.
const MOST_OF_LEVEL: usize = 9;
/// How many stages before and after it a small map shows of a longer level.
const NEAR: usize = 2;

impl Views<'_> {
    /// The whole road, where it is not too long for one page.
    pub(super) fn whole_map(&self, path: &str) -> Option<MapView> {
        if !self.theme.needs(Need::Map) {
            return None;
        }
        let curriculum = &self.linked.curriculum;
        let count = curriculum.stages.len();
        if !(2..=MOST_HOME_STAGES).contains(&count) || curriculum.levels.len() > MOST_LEVELS {
            return None;
        }
        let all: BTreeSet<usize> = (0..count).collect();
        let sheets = [NARROW, WIDE];
        let drawings = sheets.map(|sheet| self.drawing(&all, |_, _| true, sheet)).into();
        Some(self.map(path, &all, None, drawings))
    }

    /// A stage among the stages of its level, with what it requires and opens elsewhere.
    pub(super) fn near_map(&self, path: &str, here: usize) -> Option<MapView> {
        if !self.theme.needs(Need::Map) {
            return None;
        }
        let curriculum = &self.linked.curriculum;
        let stage = &curriculum.stages[here];
        let level = curriculum.levels[stage.level].stages.clone();
        let neighbours = stage.requires.iter().chain(&self.linked.stages[here].opens);
        let mut shown: BTreeSet<usize> = neighbours.copied().take(MOST_NEIGHBOURS).collect();
        shown.insert(here);
        let near = here.saturating_sub(NEAR)..here + NEAR + 1;
        let whole = level.len() <= MOST_OF_LEVEL;
        shown.extend(level.clone().filter(|no| whole || near.contains(no)));
        // Between others of other levels nothing is said here.
        let tells = |from: usize, to: usize| {
            from == here || to == here || (level.contains(&from) && level.contains(&to))
        };
        if shown.len() < 2 {
            return None;
        }
        let draw = || self.drawing(&shown, tells, NARROW);
        // Stages without neighbours elsewhere share the drawing of their level.
        let drawing = if shown.iter().copied().eq(level.clone()) {
            self.level_drawings[stage.level].get_or_init(draw).clone()
        } else {
            draw()
        };
        Some(self.map(path, &shown, Some(here), vec![drawing]))
    }

    fn drawing(
        &self,
        shown: &BTreeSet<usize>,
        tells: impl Fn(usize, usize) -> bool,
        sheet: Sheet,
    ) -> Drawing {
        let curriculum = &self.linked.curriculum;
        let levels = self.levels_of(shown);
        let place_of: BTreeMap<usize, usize> =
            shown.iter().enumerate().map(|(place, no)| (*no, place)).collect();
        let stops: Vec<Stop> = shown
            .iter()
            .map(|no| {
                let stage = &curriculum.stages[*no];
                let page = &curriculum.pages[stage.page];
                let required = stage.requires.iter().filter(|from| tells(**from, *no));
                Stop {
                    band: levels.iter().position(|level| *level == stage.level).unwrap_or_default(),
                    number: page.number.clone().unwrap_or_default(),
                    title: page.title.clone(),
                    fact: stage.fields.duration.map(|span| self.in_words(span)).unwrap_or_default(),
                    requires: required.filter_map(|from| place_of.get(from).copied()).collect(),
                }
            })
            .collect();
        let titles: Vec<String> =
            levels.iter().map(|level| self.level_title(curriculum.levels[*level].page)).collect();
        draw(&titles, &stops, sheet)
    }

    fn levels_of(&self, shown: &BTreeSet<usize>) -> Vec<usize> {
        let levels: BTreeSet<usize> =
            shown.iter().map(|no| self.linked.curriculum.stages[*no].level).collect();
        levels.into_iter().collect()
    }

    fn map(
        &self,
        path: &str,
        shown: &BTreeSet<usize>,
        here: Option<usize>,
        drawings: Vec<Drawing>,
    ) -> MapView {
        let curriculum = &self.linked.curriculum;
        MapView {
            drawings,
            levels: self
                .levels_of(shown)
                .iter()
                .map(|level| MapLevelView {
                    link: self.link(path, curriculum.levels[*level].page),
                    stops: shown
                        .iter()
                        .enumerate()
                        .filter(|(_, no)| curriculum.stages[**no].level == *level)
                        .map(|(place, _)| place)
                        .collect(),
                })
                .collect(),
            stops: shown.iter().map(|no| self.map_stop(path, *no, here)).collect(),
        }
    }

    fn map_stop(&self, path: &str, no: usize, here: Option<usize>) -> MapStopView {
        let curriculum = &self.linked.curriculum;
        let stage = &curriculum.stages[no];
        let level = &curriculum.pages[curriculum.levels[stage.level].page];
        let pages = |stages: &[usize]| -> Vec<usize> {
            stages.iter().map(|other| curriculum.stages[*other].page).collect()
        };
        MapStopView {
            link: self.link(path, stage.page),
            level: level.key.id.clone(),
            level_number: level.number.clone(),
            here: here == Some(no),
            duration: stage.fields.duration.map(range),
            requires: self.links(path, pages(&stage.requires)),
            opens: self.links(path, pages(&self.linked.stages[no].opens)),
        }
    }

    pub(super) fn level_title(&self, page: usize) -> String {
        let page = &self.linked.curriculum.pages[page];
        match &page.number {
            Some(number) => {
                let level = self.words.get("level-number", &[("number", Argument::Text(number))]);
                format!("{level} · {}", page.title)
            }
            None => page.title.clone(),
        }
    }
}
