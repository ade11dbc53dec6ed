//! Colours of a theme's options.
//!
//! Input: a colour as CSS writes it. Output: [`Colour`], contrasts. Responsibility: the only module
//! that knows colours; whatever form they were written in, they leave in the one that the oldest
//! browser reads.

use csscolorparser::Color;

/// A colour.
#[derive(Debug, Clone, PartialEq)]
pub struct Colour(Color);

/// The least contrast of text, by WCAG 2 at level AA.
pub(super) const READABLE: f32 = 4.5;

impl Colour {
    /// A colour of CSS: `#0a7d5a`, `rgb(10 125 90)`, `hsl(…)`, `oklch(…)`.
    pub(super) fn read(text: &str) -> Option<Self> {
        csscolorparser::parse(text).ok().map(Self)
    }

    /// `#0a7d5a`.
    #[must_use]
    pub fn hex(&self) -> String {
        self.0.to_css_hex().to_string()
    }

    /// The nearest lighter or darker colour that can be read on another.
    pub(super) fn readable_on(&self, ground: &Self) -> Self {
        let target = if ground.luminance() < 0.18 { 1.0 } else { 0.0 };
        (0..=20_u8)
            .map(|step| self.mixed(target, f32::from(step) / 20.0))
            .find(|colour| contrast(colour, ground) >= READABLE)
            .unwrap_or_else(|| self.mixed(target, 1.0))
    }

    fn mixed(&self, target: f32, share: f32) -> Self {
        let mix = |part: f32| part + (target - part) * share;
        // As it will be written, so that what is suggested is what was measured.
        let [r, g, b, a] =
            Color::new(mix(self.0.r), mix(self.0.g), mix(self.0.b), self.0.a).to_rgba8();
        Self(Color::from_rgba8(r, g, b, a))
    }

    fn luminance(&self) -> f32 {
        let [r, g, b, _] = self.0.to_linear_rgba();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}

/// The contrast of two colours by WCAG 2, from 1 to 21.
pub(super) fn contrast(one: &Colour, other: &Colour) -> f32 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_are_those_of_wcag() {
        let colour = |text| Colour::read(text).expect("a colour");
        let (black, white, grey) = (colour("#000"), colour("rgb(255 255 255)"), colour("#777777"));
        assert!((contrast(&black, &white) - 21.0).abs() < 0.01);
        // The grey that is known to miss the mark by a hair.
        assert!((contrast(&grey, &white) - 4.48).abs() < 0.01);
        let mended = grey.readable_on(&white);
        assert!(contrast(&mended, &white) >= READABLE);
        assert!(contrast(&colour("#000080").readable_on(&black), &black) >= READABLE);
    }

    #[test]
    fn every_form_is_written_as_the_oldest_browser_reads_it() {
        for form in ["#0a7d5a", "rgb(10 125 90)", "hsl(161.7deg 85.19% 26.47%)"] {
            assert_eq!(Colour::read(form).expect("a colour").hex(), "#0a7d5a");
        }
        for bad in ["", "#12", "red;}", "url(x)", "var(--x)", "#0a7d5a;}"] {
            assert_eq!(Colour::read(bad), None, "{bad}");
        }
    }
}
