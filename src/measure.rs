//! How large an image is.
//!
//! Input: the bytes of a file. Output: width and height in pixels. Responsibility: the only module
//! that reads images; with their size on the page, nothing jumps when they arrive.

/// Width and height in pixels, where the file is an image of a known form: PNG, JPEG, GIF, WebP or
/// SVG.
#[must_use]
pub fn size(path: &str, bytes: &[u8]) -> Option<(u32, u32)> {
    let extension = path.rsplit_once('.')?.1.to_ascii_lowercase();
    let (width, height) = match extension.as_str() {
        "png" | "jpg" | "jpeg" | "gif" | "webp" => {
            let size = imagesize::blob_size(bytes).ok()?;
            (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?)
        }
        "svg" => svg_size(bytes)?,
        _ => return None,
    };
    let sensible = 1..=100_000;
    (sensible.contains(&width) && sensible.contains(&height)).then_some((width, height))
}

/// `width` and `height` in pixels, else the last two numbers of `viewBox`.
fn svg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    // The root's tag stands near the beginning; comments and a document type may come before.
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(8_192)]);
    let tag = &head[head.find("<svg")?..];
    let tag = &tag[..tag.find('>')?];
    let length = |name: &str| pixels(attribute(tag, name)?);
    if let (Some(width), Some(height)) = (length("width"), length("height")) {
        return Some((width, height));
    }
    let numbers: Vec<u32> = attribute(tag, "viewBox")?
        .split([' ', ',', '\n', '\t'])
        .filter(|part| !part.is_empty())
        .map(|part| pixels(part).or((part.starts_with('-') || part == "0").then_some(0)))
        .collect::<Option<_>>()?;
    match numbers.as_slice() {
        [_, _, width, height] => Some((*width, *height)),
        _ => None,
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.match_indices(name).find(|(at, _)| {
        tag[..*at].ends_with(char::is_whitespace)
            && tag[at + name.len()..].trim_start().starts_with('=')
    })?;
    let value = tag[at.0 + name.len()..].trim_start()[1..].trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next()
}

/// `30`, `20.4px`: whole pixels.
fn pixels(length: &str) -> Option<u32> {
    let number = length.trim().trim_end_matches("px");
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    part.parse::<u64>().ok()?;
    let rounded = u32::from(part.starts_with(['5', '6', '7', '8', '9']));
    Some(whole.parse::<u32>().ok().filter(|whole| (1..=1_000_000).contains(whole))? + rounded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_from_the_bytes() {
        let gif = b"GIF89a\x20\x00\x10\x00\x80\x00\x00";
        assert_eq!(size("a.gif", gif), Some((32, 16)));
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06\0\0\0";
        assert_eq!(size("a.PNG", png), Some((640, 480)));
        assert_eq!(size("a.png", b"no image"), None);
        assert_eq!(size("a.txt", png), None);
    }

    #[test]
    fn an_svg_says_its_size_or_its_view() {
        let svg =
            |tag: &str| size("a.svg", format!("<?xml version=\"1.0\"?>\n{tag}</svg>").as_bytes());
        assert_eq!(svg("<svg width=\"30\" height='20.4px'>"), Some((30, 20)));
        assert_eq!(svg("<svg stroke-width=\"2\" viewBox=\"0 0 24 12\">"), Some((24, 12)));
        assert_eq!(svg("<svg viewBox=\"-5,-5, 300,150\" width=\"100%\">"), Some((300, 150)));
        assert_eq!(svg("<svg width=\"1e9\" height=\"5\">"), None);
        assert_eq!(svg("<svg>"), None);
    }
}
