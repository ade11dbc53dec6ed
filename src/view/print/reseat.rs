//! HTML of one page, put into a document with others.
//!
//! Input: a page's HTML. Output: the same with ids that no other page of the document has, with
//! links that lead within the document where their target is there, and with headings that fit
//! below the document's own. Responsibility: what a theme or an author wrote as raw HTML is treated
//! as well as what the generator wrote.

use std::collections::BTreeMap;

use crate::text::{encode_path, join_path, percent_decode, relative_path};

/// Where a page's HTML comes from and where it goes.
pub(super) struct Seat<'a> {
    /// The page's path.
    pub(super) from: &'a str,
    /// The document's path.
    pub(super) to: &'a str,
    /// The pages of the document by path, with their anchors in it.
    pub(super) members: &'a BTreeMap<&'a str, String>,
}

impl Seat<'_> {
    /// The page's own anchor. It has a colon, which anchors of headings and items never have.
    pub(super) fn anchor(&self) -> &str {
        self.members.get(self.from).map_or("", String::as_str)
    }

    /// What an id of the page becomes.
    pub(super) fn id(&self, id: &str) -> String {
        [self.anchor(), ":", id].concat()
    }

    /// The HTML in its new place, its headings so many levels deeper.
    pub(super) fn html(&self, html: &str, deeper: u8) -> String {
        let mut out = String::with_capacity(html.len() + html.len() / 8);
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let end = self.markup(rest, deeper, &mut out);
            rest = &rest[end..];
        }
        out.push_str(rest);
        out
    }

    /// Copies the tag or comment that begins here; returns its length.
    fn markup(&self, html: &str, deeper: u8, out: &mut String) -> usize {
        if html.starts_with("<!--") {
            let end = html.find("-->").map_or(html.len(), |at| at + 3);
            out.push_str(&html[..end]);
            return end;
        }
        let name_at = if html.starts_with("</") { 2 } else { 1 };
        let name_end = html[name_at..]
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .map_or(html.len(), |end| name_at + end);
        let name = &html[name_at..name_end];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            out.push('<');
            return 1;
        }
        out.push_str(&html[..name_at]);
        match name.as_bytes() {
            [b'h' | b'H', digit @ b'2'..=b'6'] => {
                out.push('h');
                out.push(char::from((digit + deeper).min(b'6')));
            }
            _ => out.push_str(name),
        }
        let mut at = name_end;
        while let Some(attribute) = Attribute::read(&html[at..]) {
            self.attribute(&attribute, out);
            at += attribute.length;
        }
        let end = html[at..].find('>').map_or(html.len(), |end| at + end + 1);
        out.push_str(&html[at..end]);
        // What scripts and styles hold is no markup.
        if name_at == 1 && ["script", "style"].iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
            let close = html[end..].find("</").map_or(html.len(), |close| end + close);
            out.push_str(&html[end..close]);
            return close;
        }
        end
    }

    fn attribute(&self, attribute: &Attribute<'_>, out: &mut String) {
        let Some((value_at, value)) = &attribute.value else {
            out.push_str(attribute.text);
            return;
        };
        let is =
            |names: &[&str]| names.iter().any(|name| attribute.name.eq_ignore_ascii_case(name));
        let value = if is(&["id", "for", "headers", "aria-describedby", "aria-labelledby"]) {
            let ids = value.split_ascii_whitespace().map(|id| self.id(id));
            ids.collect::<Vec<_>>().join(" ")
        } else if is(&["href", "src", "poster"]) {
            self.address(value)
        } else if is(&["srcset"]) {
            // The image itself is enough for paper.
            return;
        } else {
            out.push_str(attribute.text);
            return;
        };
        let quote = attribute.quote;
        out.push_str(&attribute.text[..*value_at]);
        out.push(quote);
        out.push_str(&value);
        out.push(quote);
    }

    /// An address, as seen from the document.
    fn address(&self, address: &str) -> String {
        if let Some(anchor) = address.strip_prefix('#') {
            return format!("#{}", self.id(anchor));
        }
        let scheme = address.find(':').is_some_and(|colon| {
            address[..colon].chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        });
        if scheme || address.starts_with('/') || address.is_empty() {
            return address.to_owned();
        }
        let end = address.find(['#', '?']).unwrap_or(address.len());
        let (path, more) = address.split_at(end);
        let Some(target) = percent_decode(path).and_then(|path| join_path(self.from, &path)) else {
            return address.to_owned();
        };
        if let Some(anchor) = self.members.get(target.as_str()) {
            return match more.strip_prefix('#') {
                Some(place) => format!("#{anchor}:{place}"),
                None => format!("#{anchor}"),
            };
        }
        format!("{}{more}", encode_path(&relative_path(self.to, &target)))
    }
}

/// An attribute of a tag, with the blanks before it.
struct Attribute<'a> {
    text: &'a str,
    name: &'a str,
    /// Where the value begins, quotes included, and the value without them.
    value: Option<(usize, &'a str)>,
    quote: char,
    length: usize,
}

impl<'a> Attribute<'a> {
    fn read(html: &'a str) -> Option<Self> {
        let at = html.find(|c: char| !c.is_ascii_whitespace() && c != '/')?;
        let name_end = html[at..]
            .find(|c: char| c.is_ascii_whitespace() || "=>/".contains(c))
            .map_or(html.len(), |end| at + end);
        let name = &html[at..name_end];
        if name.is_empty() {
            return None;
        }
        let without =
            |length| Some(Self { text: &html[..length], name, value: None, quote: '"', length });
        let after = &html[name_end..];
        let Some(given) = after.trim_start().strip_prefix('=') else { return without(name_end) };
        let given = given.trim_start();
        let value_at = html.len() - given.len();
        let (quote, value, length) = if let Some(quote @ ('"' | '\'')) = given.chars().next() {
            let Some(end) = given[1..].find(quote) else { return without(name_end) };
            (quote, &given[1..=end], value_at + end + 2)
        } else {
            let end =
                given.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(given.len());
            ('"', &given[..end], value_at + end)
        };
        Some(Self { text: &html[..length], name, value: Some((value_at, value)), quote, length })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reseated(html: &str) -> String {
        let members = BTreeMap::from([
            ("stages/linux/index.html", "stage:linux".to_owned()),
            ("stages/git/index.html", "stage:git".to_owned()),
        ]);
        let seat =
            Seat { from: "stages/linux/index.html", to: "print/index.html", members: &members };
        seat.html(html, 2)
    }

    #[test]
    fn ids_and_what_names_them_are_the_documents() {
        let cases = [
            ("<h2 id=\"a\">A</h2>", "<h4 id=\"stage:linux:a\">A</h4>"),
            ("<H5 id=a>A</H5>", "<h6 id=\"stage:linux:a\">A</h6>"),
            ("<label for='tick-a'>", "<label for='stage:linux:tick-a'>"),
            (
                "<input aria-describedby=\"a b\" disabled>",
                "<input aria-describedby=\"stage:linux:a stage:linux:b\" disabled>",
            ),
            ("<br/><hr />1 < 2 <", "<br/><hr />1 < 2 <"),
            ("<!-- <a id=\"a\"> --><p>", "<!-- <a id=\"a\"> --><p>"),
            (
                "<script>a<b id=\"c\"</script><i id=x>",
                "<script>a<b id=\"c\"</script><i id=\"stage:linux:x\">",
            ),
            ("<p title=\"id='a'\" id=\"b", "<p title=\"id='a'\" id=\"b"),
        ];
        for (html, expected) in cases {
            assert_eq!(reseated(html), expected);
        }
    }

    #[test]
    fn links_lead_within_the_document_or_out_of_it() {
        let cases = [
            ("#a", "#stage:linux:a"),
            ("../git/index.html", "#stage:git"),
            ("../git/index.html#%D0%B0", "#stage:git:%D0%B0"),
            ("../../glossary/index.html#b", "../glossary/index.html#b"),
            ("pipes.svg", "../stages/linux/pipes.svg"),
            ("https://a.example/x?y#z", "https://a.example/x?y#z"),
            ("mailto:a@b.example", "mailto:a@b.example"),
            ("../../../outside", "../../../outside"),
        ];
        for (address, expected) in cases {
            let html = format!("<a href=\"{address}\">");
            assert_eq!(reseated(&html), format!("<a href=\"{expected}\">"));
        }
        assert_eq!(
            reseated("<img src=a.png srcset=\"b.png 2x\">"),
            "<img src=\"../stages/linux/a.png\">"
        );
    }
}
