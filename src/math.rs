//! Formulas.
//!
//! Input: a formula as it stands between `$` signs. Output: `MathML`, or what is wrong with it.
//! Responsibility: the only module that knows the formula parser; its result holds no style, no
//! address and no script, whatever the formula says.

use pulldown_latex::config::DisplayMode;
use pulldown_latex::{Event, Parser, RenderConfig, Storage, push_mathml};

/// The longest formula, in bytes.
pub const LONGEST: usize = 2_000;
/// The deepest nesting of braces and environments.
pub const DEEPEST: usize = 32;

/// Where a formula stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// `$…$`, in the line.
    Inline,
    /// `$$…$$`, by itself.
    Block,
}

/// Commands that give new meaning to others: with them a short formula could grow without end.
const DEFINING: &[&str] = &["def", "let", "newcommand", "futurelet"];

/// The formula as `MathML`.
///
/// # Errors
/// What is wrong with it, as a sentence without its end.
pub fn mathml(formula: &str, place: Place) -> Result<String, String> {
    if formula.len() > LONGEST {
        return Err(format!("the formula has more than {LONGEST} bytes"));
    }
    if formula.matches(['{', '[']).count().max(formula.matches("\\begin").count()) > 8 * DEEPEST
        || depth(formula) > DEEPEST
    {
        return Err(format!("the formula is nested more than {DEEPEST} levels deep"));
    }
    if let Some(command) = commands(formula).find(|name| DEFINING.iter().any(|d| name.ends_with(d)))
    {
        return Err(format!("`\\{command}` is not allowed: commands cannot be defined"));
    }
    let storage = Storage::new();
    let events: Result<Vec<Event<'_>>, _> = Parser::new(formula, &storage).collect();
    let events = events.map_err(|error| {
        let text = error.to_string();
        let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("it has a mistake");
        line.trim().trim_end_matches(['.', ':']).to_owned()
    })?;
    let display_mode = match place {
        Place::Inline => DisplayMode::Inline,
        Place::Block => DisplayMode::Block,
    };
    let mut written = String::new();
    let config = RenderConfig { display_mode, annotation: None, ..RenderConfig::default() };
    let events = events.into_iter().map(Ok::<_, std::convert::Infallible>);
    push_mathml(&mut written, events, config).map_err(|error| error.to_string())?;
    let mut mathml = without_styles(&written);
    if place == Place::Block {
        mathml = format!("<span class=\"math\" tabindex=\"0\">{mathml}</span>");
    }
    Ok(mathml)
}

fn depth(formula: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for (at, letter) in formula.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '\\' if formula[at..].starts_with("\\begin") || formula[at..].starts_with("\\left") => {
                depth += 1;
            }
            '\\' if formula[at..].starts_with("\\end") || formula[at..].starts_with("\\right") => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn commands(formula: &str) -> impl Iterator<Item = &str> {
    formula.split('\\').skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        &rest[..end]
    })
}

/// The page's policy refuses `style` attributes; what they say is only a matter of distance.
fn without_styles(mathml: &str) -> String {
    let mut out = String::with_capacity(mathml.len());
    let mut rest = mathml;
    while let Some((before, after)) = rest.split_once(" style=\"") {
        out.push_str(before);
        rest = after.split_once('"').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_mathml() {
        let inline = mathml("O(n \\log n)", Place::Inline).expect("a right formula");
        assert!(inline.starts_with("<math") && inline.contains("<mi>n</mi>"), "{inline}");
        let block = mathml("\\frac{a}{b} = \\sqrt{2}", Place::Block).expect("a right formula");
        assert!(block.contains("display=\"block\"") && block.contains("<mfrac"), "{block}");
    }

    #[test]
    fn nothing_of_a_formula_is_markup_or_style() {
        for formula in [
            "\\text{<script>alert(1)</script>}",
            "a<b",
            "\\color{red} x",
            "\\begin{pmatrix} a & b \\\\[2em] c & d \\end{pmatrix}",
            "\\text{a style=\"x\" b}",
        ] {
            let Ok(mathml) = mathml(formula, Place::Inline) else { continue };
            assert!(!mathml.contains("<script") && !mathml.contains(" style="), "{mathml}");
        }
    }

    #[test]
    fn mistakes_are_told_and_nothing_is_defined() {
        assert!(mathml("\\frac{a", Place::Inline).is_err());
        assert!(mathml("\\nosuchcommand", Place::Inline).is_err());
        assert!(mathml("\\def\\a{\\a\\a}\\a", Place::Inline).is_err());
        assert!(mathml("\\gdef\\a{\\a}\\a", Place::Inline).is_err());
        assert!(mathml(&"{".repeat(1_000), Place::Inline).is_err());
        assert!(mathml(&"x".repeat(LONGEST + 1), Place::Inline).is_err());
    }
}
