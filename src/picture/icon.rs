//! A site's icon in the sizes and shapes that systems ask for.
//!
//! Input: a theme's drawing. Output: PNG files. Responsibility: which files there are, and
//! that a drawing from a stranger reads no other file.

use std::collections::BTreeMap;

use rayon::prelude::*;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

/// A file below `assets/`: its name, its size in pixels and what becomes of the edge.
const ICONS: [(&str, u16, Edge); 4] = [
    ("apple-touch-icon.png", 180, Edge::Filled),
    ("icon-192.png", 192, Edge::Kept),
    ("icon-512.png", 512, Edge::Kept),
    ("icon-maskable-512.png", 512, Edge::Cut),
];

/// What becomes of the edge of an icon.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// It stays as it is drawn.
    Kept,
    /// The system rounds it; what is transparent would become black.
    Filled,
    /// The system may cut all but a circle of 80 % (W3C, Web Application Manifest, "Icon masks").
    Cut,
}

/// The names of all icons.
pub fn names() -> impl Iterator<Item = &'static str> {
    ICONS.iter().map(|(name, ..)| *name)
}

/// The largest drawing that is read.
const MOST_BYTES: usize = 256 << 10;

/// Draws all icons.
///
/// # Errors
/// Says what is wrong with the drawing.
pub(super) fn draw(svg: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, String> {
    if svg.len() > MOST_BYTES {
        return Err(format!("it has more than {} KB", MOST_BYTES >> 10));
    }
    let images = ImageHrefResolver {
        resolve_data: ImageHrefResolver::default_data_resolver(),
        resolve_string: Box::new(|_, _| None),
    };
    let options = Options { image_href_resolver: images, ..Options::default() };
    let tree = Tree::from_data(svg, &options).map_err(|error| error.to_string())?;
    let ground = ground(&tree).ok_or("it has no size")?;
    ICONS
        .par_iter()
        .map(|(name, size, edge)| {
            let pixels = pixels(&tree, *size, *edge, ground).ok_or("it has no size")?;
            let bytes = pixels.encode_png().map_err(|error| error.to_string())?;
            Ok(((*name).to_owned(), bytes))
        })
        .collect()
}

fn pixels(tree: &Tree, size: u16, edge: Edge, ground: Color) -> Option<Pixmap> {
    let whole = f32::from(size);
    let part = if edge == Edge::Cut { whole * 0.8 } else { whole };
    let mut pixels = Pixmap::new(u32::from(size), u32::from(size))?;
    if edge != Edge::Kept {
        pixels.fill(ground);
    }
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = part / width.max(height);
    let at = |length: f32| (whole - length * scale) / 2.0;
    let place = Transform::from_translate(at(width), at(height)).pre_scale(scale, scale);
    resvg::render(tree, place, &mut pixels.as_mut());
    Some(pixels)
}

/// The colour of the drawing's upper edge, in the middle; white where it is transparent.
fn ground(tree: &Tree) -> Option<Color> {
    let small = pixels(tree, 64, Edge::Kept, Color::WHITE)?;
    let edge = small.pixel(32, 2)?.demultiply();
    let colour = Color::from_rgba8(edge.red(), edge.green(), edge.blue(), edge.alpha());
    Some(if colour.is_opaque() { colour } else { Color::WHITE })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Pixmap {
        Pixmap::decode_png(bytes).expect("it is a PNG file")
    }

    #[test]
    fn icons_have_the_drawings_colour_up_to_their_edge() {
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>\
            <rect width='32' height='32' rx='7' fill='#204060'/></svg>";
        let icons = draw(svg).expect("it is a drawing");
        assert!(icons.keys().map(String::as_str).eq(names()));
        let corner = |name: &str| decoded(&icons[name]).pixel(0, 0).expect("there are pixels");
        assert_eq!(corner("icon-192.png").alpha(), 0);
        for name in ["apple-touch-icon.png", "icon-maskable-512.png"] {
            let found = corner(name).demultiply();
            assert_eq!((found.red(), found.green(), found.blue()), (0x20, 0x40, 0x60), "{name}");
        }
        assert_eq!(decoded(&icons["apple-touch-icon.png"]).width(), 180);
    }

    #[test]
    fn what_is_no_drawing_is_said_and_no_other_file_is_read() {
        assert!(draw(b"<svg").is_err());
        assert!(draw(&vec![b' '; MOST_BYTES + 1]).is_err());
        let linked = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>\
            <image href='themes/default/static/favicon.svg' width='9' height='9'/></svg>";
        let icons = draw(linked).expect("it is a drawing");
        let pixels = decoded(&icons["icon-192.png"]);
        assert!(pixels.pixels().iter().all(|pixel| pixel.alpha() == 0));
    }
}
