//! Pictures that other sites show beside a link, and the site's icons.
//!
//! Input: a few words and a hue; a drawing. Output: PNG files. Responsibility: the only module that draws
//! pixels. Text is drawn as the outlines of one font that is part of the program, so every machine
//! makes the same picture, whatever fonts it has.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use rayon::prelude::*;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

mod icon;
pub use icon::names as icon_names;

/// The size that all who show such pictures take.
pub const SIZE: (u32, u32) = (1200, 630);

const MARGIN: u32 = 80;
const WIDTH: u32 = SIZE.0 - 2 * MARGIN;
/// Sizes of the title and the lines of each that have room.
const TITLES: [(u32, usize); 3] = [(84, 3), (68, 4), (54, 5)];
/// Grounds and lights of the seven hues of levels, after the one for pages outside levels.
const HUES: [(&str, &str); 8] = [
    ("#22345e", "#9ebdff"),
    ("#0b3d29", "#84d2a5"),
    ("#083b45", "#69cee6"),
    ("#17345f", "#96c0fe"),
    ("#382a58", "#c5b0f6"),
    ("#53213d", "#efa3c7"),
    ("#592712", "#f6a88d"),
    ("#48330a", "#e0b771"),
];

/// What a picture says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Picture {
    /// The small line above: a stage's number and kind.
    pub kicker: String,
    /// The large lines.
    pub title: String,
    /// The small line below: the curriculum's title.
    pub below: String,
    /// The number of a level, which gives the colour; 0 for none.
    pub level: usize,
}

/// Pictures that were drawn before, by what they say.
#[derive(Debug, Default)]
pub struct PictureMemo {
    drawn: BTreeMap<Picture, Arc<[u8]>>,
    icons: Option<(Vec<u8>, Icons)>,
}

/// Icons by name, or what is wrong with the drawing.
type Icons = Result<BTreeMap<String, Vec<u8>>, String>;

/// The icons made from a drawing, by name; those of the same drawing are taken from the memo.
///
/// # Errors
/// Says what is wrong with the drawing.
pub fn icons(svg: &[u8], memo: &mut PictureMemo) -> Result<BTreeMap<String, Vec<u8>>, String> {
    match &memo.icons {
        Some((before, icons)) if before == svg => icons.clone(),
        _ => {
            let icons = icon::draw(svg);
            memo.icons = Some((svg.to_vec(), icons.clone()));
            icons
        }
    }
}

/// Draws pictures by path; what the memo has is taken from it.
#[must_use]
pub fn pictures(
    wanted: Vec<(String, Picture)>,
    memo: &mut PictureMemo,
) -> BTreeMap<String, Arc<[u8]>> {
    let before = &memo.drawn;
    let drawn: Vec<Arc<[u8]>> = wanted
        .par_iter()
        .map(|(_, picture)| before.get(picture).map_or_else(|| draw(picture).into(), Arc::clone))
        .collect();
    let paths = wanted.iter().map(|(path, _)| path.clone());
    let files = paths.zip(drawn.iter().map(Arc::clone)).collect();
    memo.drawn = wanted.into_iter().map(|(_, picture)| picture).zip(drawn).collect();
    files
}

/// Draws a picture.
///
/// # Panics
/// Never: the font is part of the program, and the drawing is made of numbers.
#[must_use]
fn draw(picture: &Picture) -> Vec<u8> {
    let svg = svg(picture);
    let tree = Tree::from_str(&svg, &Options::default()).expect("the drawing is well-formed");
    let mut pixels = Pixmap::new(SIZE.0, SIZE.1).expect("the size is not zero");
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().expect("memory takes every byte")
}

fn svg(picture: &Picture) -> String {
    let font = Font::new();
    let hue = if picture.level == 0 { 0 } else { (picture.level - 1) % 7 + 1 };
    let (ground, light) = HUES[hue];
    let (width, height) = SIZE;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\">\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{ground}\"/>\
         <rect width=\"{width}\" height=\"14\" fill=\"{light}\"/>\
         <path d=\"M760 596H930V512H1060V430H1200\" fill=\"none\" stroke=\"{light}\" stroke-width=\"8\" opacity=\".35\"/>\
         <circle cx=\"760\" cy=\"596\" r=\"16\" fill=\"{light}\"/>\
         <circle cx=\"930\" cy=\"512\" r=\"16\" fill=\"{light}\"/>\
         <circle cx=\"1060\" cy=\"430\" r=\"16\" fill=\"{light}\"/>"
    );
    font.line(&mut out, &font.cut(&picture.kicker, 36, WIDTH), 36, 122, light);
    let (size, lines) = font.title(&picture.title);
    let mut baseline = 122 + 36 + size;
    for line in &lines {
        font.line(&mut out, line, size, baseline, "#ffffff");
        baseline += size * 6 / 5;
    }
    font.line(&mut out, &font.cut(&picture.below, 30, 640), 30, 575, light);
    out.push_str("</svg>");
    out
}

/// The font's outlines.
struct Font {
    face: Face<'static>,
}

impl Font {
    fn new() -> Self {
        let bytes = dejavu::sans_condensed::bold();
        Self { face: Face::parse(bytes, 0).expect("the font is part of the program") }
    }

    /// The glyphs of a text; signs that the font lacks, emoji above all, are left out.
    fn glyphs(&self, text: &str) -> Vec<(GlyphId, u32)> {
        text.chars()
            .filter_map(|c| {
                let glyph = self.face.glyph_index(c)?;
                Some((glyph, u32::from(self.face.glyph_hor_advance(glyph)?)))
            })
            .collect()
    }

    /// How wide a text is in a size.
    fn width(&self, text: &str, size: u32) -> u32 {
        let units: u32 = self.glyphs(text).iter().map(|(_, advance)| advance).sum();
        units * size / u32::from(self.face.units_per_em())
    }

    /// The title in the largest size in which it has room; the last line is cut where none is.
    fn title(&self, title: &str) -> (u32, Vec<String>) {
        let mut best = (0, Vec::new());
        for (size, most) in TITLES {
            let mut lines = self.wrapped(title, size);
            let fits = lines.len() <= most;
            lines.truncate(most);
            if !fits && let Some(last) = lines.last_mut() {
                last.push('…');
            }
            let lines = lines.iter().map(|line| self.cut(line, size, WIDTH)).collect();
            best = (size, lines);
            if fits {
                break;
            }
        }
        best
    }

    fn wrapped(&self, text: &str, size: u32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            if self.width(word, size) == 0 {
                continue;
            }
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}"), size) <= WIDTH => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }

    /// As much of a text as has room.
    fn cut(&self, text: &str, size: u32, width: u32) -> String {
        if self.width(text, size) <= width {
            return text.to_owned();
        }
        let mut cut: String = text.to_owned();
        while cut.pop().is_some() && self.width(&format!("{cut}…"), size) > width {}
        format!("{}…", cut.trim_end())
    }

    fn line(&self, out: &mut String, text: &str, size: u32, baseline: u32, colour: &str) {
        let scale = f64::from(size) / f64::from(self.face.units_per_em());
        let mut outline = Outline { path: String::new(), x: 0 };
        for (glyph, advance) in self.glyphs(text) {
            self.face.outline_glyph(glyph, &mut outline);
            outline.x += advance;
        }
        let _ = write!(
            out,
            "<path transform=\"translate({MARGIN} {baseline}) scale({scale} -{scale})\" fill=\"{colour}\" d=\"{}\"/>",
            outline.path
        );
    }
}

/// Takes a glyph's outline as a path, moved to its place in the line.
struct Outline {
    path: String,
    x: u32,
}

impl Outline {
    /// A font's coordinates are whole numbers, or halves where two points share one between them.
    fn at(&self, x: f32) -> f64 {
        f64::from(x) + f64::from(self.x)
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        let x = self.at(x);
        let _ = write!(self.path, "M{x} {y}");
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let x = self.at(x);
        let _ = write!(self.path, "L{x} {y}");
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (x1, x) = (self.at(x1), self.at(x));
        let _ = write!(self.path, "Q{x1} {y1} {x} {y}");
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (x1, x2, x) = (self.at(x1), self.at(x2), self.at(x));
        let _ = write!(self.path, "C{x1} {y1} {x2} {y2} {x} {y}");
    }

    fn close(&mut self) {
        self.path.push('Z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_shrink_before_they_are_cut() {
        let font = Font::new();
        let size = |title: &str| font.title(title).0;
        assert_eq!(size("Git 🚀"), 84);
        assert!(
            size(
                "Компьютерная грамотность, командная строка и операционная система Linux с нуля до уверенной работы"
            ) < 84
        );
        let (size, lines) = font.title(&"Длинное название этапа ".repeat(30));
        assert_eq!((size, lines.len()), (54, 5));
        assert!(lines[4].ends_with('…'));
        assert!(lines.iter().all(|line| font.width(line, size) <= WIDTH));
        assert!(font.title(&"ы".repeat(200)).1[0].ends_with('…'));
    }

    #[test]
    fn pictures_differ_where_their_words_do() {
        let picture = |title: &str| {
            draw(&Picture {
                kicker: "1.1".into(),
                title: title.into(),
                below: "B".into(),
                level: 9,
            })
        };
        let (one, other) = (picture("Сети"), picture("Linux"));
        assert_ne!(one, other);
        assert_eq!(one, picture("Сети"));
        assert!(one.starts_with(b"\x89PNG") && one.len() < 60_000, "{} bytes", one.len());
    }
}
