//! Roads of many shapes: nothing overlaps, what is required stands above.

use super::*;

fn stop(band: usize, title: &str, requires: &[usize]) -> Stop {
    Stop {
        band,
        number: format!("{}.1", band + 1),
        title: title.to_owned(),
        fact: "6–8 недель".to_owned(),
        requires: requires.to_vec(),
    }
}

fn bands(stops: &[Stop]) -> Vec<String> {
    let count = stops.iter().map(|stop| stop.band + 1).max().unwrap_or(0);
    (0..count).map(|band| format!("Уровень {}", band + 1)).collect()
}

fn road(stops: &[Stop], sheet: Sheet) -> Drawing {
    draw(&bands(stops), stops, sheet)
}

/// A road of random shape, the same on every run.
fn tangle(seed: u64, count: usize, levels: usize) -> Vec<Stop> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    (0..count)
        .map(|no| {
            let requires: Vec<usize> = (0..next(4)).map(|_| next(no)).filter(|r| *r < no).collect();
            let title = "Подготовка к собеседованию ".repeat(1 + next(3));
            stop(no * levels / count, &title, &requires)
        })
        .collect()
}

#[test]
fn nothing_overlaps_and_nothing_leaves_the_sheet() {
    for seed in 0..24 {
        let stops = tangle(seed, 3 + 4 * seed as usize, 1 + seed as usize % 7);
        for sheet in [NARROW, WIDE] {
            let drawing = road(&stops, sheet);
            for (no, a) in drawing.stops.iter().enumerate() {
                assert!(a.x >= 0 && a.x + a.width <= drawing.width, "{seed} {no}: {a:?}");
                assert!(a.y + a.height <= drawing.height, "{seed} {no}: {a:?}");
                let band = &drawing.bands[stops[no].band];
                assert!(band.y < a.y && a.y + a.height <= band.y + band.height, "{seed} {no}");
                for b in &drawing.stops[no + 1..] {
                    let apart = a.x + a.width <= b.x
                        || b.x + b.width <= a.x
                        || a.y + a.height <= b.y
                        || b.y + b.height <= a.y;
                    assert!(apart, "{seed}: {a:?} {b:?}");
                }
                for line in &a.text {
                    let wide = width(&line.text, sheet.size, Weight::Bold);
                    assert!(
                        wide <= a.width - 2 * sheet.inside && line.y < a.y + a.height,
                        "{line:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_is_required_stands_above() {
    for seed in 0..12 {
        let stops = tangle(seed, 40, 5);
        let drawing = road(&stops, WIDE);
        for (no, stop) in stops.iter().enumerate() {
            for required in &stop.requires {
                let above = &drawing.stops[*required];
                assert!(above.y + above.height < drawing.stops[no].y, "{seed}: {required} {no}");
            }
        }
    }
}

#[test]
fn a_line_that_follows_from_others_is_not_drawn() {
    let stops = [stop(0, "A", &[]), stop(0, "B", &[0]), stop(1, "C", &[0, 1]), stop(2, "D", &[0])];
    let lines: Vec<(usize, usize)> =
        road(&stops, WIDE).lines.iter().map(|line| (line.from, line.to)).collect();
    assert_eq!(lines, [(0, 1), (1, 2), (0, 3)]);
}

#[test]
fn sweeps_undo_crossings() {
    // Two ladders whose rungs come in the wrong order.
    let stops = [
        stop(0, "A", &[]),
        stop(0, "B", &[]),
        stop(0, "C", &[]),
        stop(1, "D", &[2]),
        stop(1, "E", &[1]),
        stop(1, "F", &[0]),
        stop(2, "G", &[3]),
        stop(2, "H", &[5]),
    ];
    let mut rows = graph::rows(&stops, &graph::reduced(&stops), 3, 4);
    let before = order::crossings(&rows);
    order::settle(&mut rows);
    assert!(before > 0);
    assert_eq!(order::crossings(&rows), 0);
}

#[test]
fn an_earlier_stop_may_require_a_later_one() {
    let stops = [stop(0, "A", &[1]), stop(1, "B", &[])];
    let line = &road(&stops, NARROW).lines[0];
    assert_eq!((line.from, line.to), (1, 0));
}

#[test]
fn a_circle_ends() {
    let stops = [stop(0, "A", &[1]), stop(0, "B", &[0])];
    assert_eq!(road(&stops, NARROW).stops.len(), 2);
}

#[test]
fn nothing_is_drawn_of_nothing() {
    let drawing = draw(&[], &[], WIDE);
    assert_eq!((drawing.height, drawing.lines.len()), (0, 0));
}

#[test]
fn titles_wrap_and_long_words_break() {
    let lines = wrap("Подготовка к Senior/Staff позициям", 130, 14, Weight::Bold, 6);
    assert_eq!(lines, ["Подготовка к", "Senior/Staff", "позициям"]);
    let lines = wrap("Электрокардиографического", 120, 14, Weight::Bold, 6);
    assert!(lines.len() > 1 && lines[0].ends_with('-'), "{lines:?}");
    let lines = wrap(&"слово ".repeat(60), 120, 14, Weight::Bold, 3);
    assert_eq!(lines.len(), 3);
    assert!(lines[2].ends_with('…') && width(&lines[2], 14, Weight::Bold) <= 120);
}
