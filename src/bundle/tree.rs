//! A finished page as a tree.
//!
//! Input: HTML. Output: a [`Tree`]. Responsibility: the only module that knows the HTML parser,
//! which reads raw HTML of authors as browsers do, so that whatever is written from the tree is
//! nested and closed properly.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ParseOpts, QualName, ns, parse_document};

/// A page.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// The number of a node.
pub(super) type NodeNo = usize;

/// A node and its place.
#[derive(Debug)]
struct Node {
    content: Content,
    parent: Option<NodeNo>,
    children: Vec<NodeNo>,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Content {
    /// An element.
    Element(Element),
    /// Text, entities resolved.
    Text(String),
    /// The document itself, a comment, and whatever else shows nothing.
    Nothing,
}

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    qualified: QualName,
    /// Its attributes in the order in which they are written.
    pub(super) attributes: Vec<(String, String)>,
    /// What a `template` holds.
    contents: Option<NodeNo>,
}

/// The vocabulary that an element belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vocabulary {
    Html,
    Svg,
    MathMl,
}

impl Element {
    /// Its name.
    pub(super) fn name(&self) -> &str {
        &self.qualified.local
    }

    pub(super) fn vocabulary(&self) -> Vocabulary {
        if self.qualified.ns == ns!(svg) {
            Vocabulary::Svg
        } else if self.qualified.ns == ns!(mathml) {
            Vocabulary::MathMl
        } else {
            Vocabulary::Html
        }
    }

    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether it has a class.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|classes| classes.split_whitespace().any(|own| own == class))
    }
}

/// One step of a walk through a tree.
pub(super) enum Step {
    /// The node begins.
    Open(NodeNo),
    /// The innermost node that is open ends.
    Close,
}

impl Tree {
    /// Reads a page.
    pub(super) fn parse(html: &str) -> Self {
        parse_document(Sink::new(), ParseOpts::default()).one(html)
    }

    pub(super) fn content(&self, node: NodeNo) -> &Content {
        &self.nodes[node].content
    }

    pub(super) fn element(&self, node: NodeNo) -> Option<&Element> {
        match &self.nodes[node].content {
            Content::Element(element) => Some(element),
            Content::Text(_) | Content::Nothing => None,
        }
    }

    /// The first element, in the order of the page, that is wanted.
    pub(super) fn find(&self, wanted: impl Fn(&Element) -> bool) -> Option<NodeNo> {
        self.elements(0).find(|(_, element)| wanted(element)).map(|(node, _)| node)
    }

    /// All elements below a node, in order.
    pub(super) fn elements(&self, top: NodeNo) -> impl Iterator<Item = (NodeNo, &Element)> {
        let mut ahead = vec![top];
        std::iter::from_fn(move || {
            let node = ahead.pop()?;
            ahead.extend(self.nodes[node].children.iter().rev());
            Some(node)
        })
        .filter_map(|node| Some((node, self.element(node)?)))
    }

    /// Walks a node and all below it. `visit` says of each that opens whether the walk goes into
    /// it. No recursion: raw HTML may be nested without end.
    pub(super) fn walk(&self, top: NodeNo, mut visit: impl FnMut(Step) -> Below) {
        let mut ahead = vec![Step::Open(top)];
        while let Some(step) = ahead.pop() {
            let Step::Open(node) = step else {
                visit(step);
                continue;
            };
            if visit(Step::Open(node)) == Below::Enter {
                ahead.push(Step::Close);
                let children = self.nodes[node].children.iter().rev();
                ahead.extend(children.map(|child| Step::Open(*child)));
            }
        }
    }

    /// All text below a node.
    pub(super) fn text(&self, top: NodeNo) -> String {
        let mut out = String::new();
        self.walk(top, |step| {
            if let Step::Open(node) = step
                && let Content::Text(text) = self.content(node)
            {
                out.push_str(text);
            }
            Below::Enter
        });
        out
    }
}

/// Whether a walk goes on below a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Below {
    Enter,
    Pass,
}

/// Takes what the parser reads.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    /// The name of what is no element; the parser never asks for it.
    nameless: RefCell<QualName>,
}

impl Sink {
    fn new() -> Self {
        let document = Node { content: Content::Nothing, parent: None, children: Vec::new() };
        let nameless = QualName::new(None, ns!(), "".into());
        Self { nodes: RefCell::new(vec![document]), nameless: RefCell::new(nameless) }
    }

    fn add(&self, content: Content) -> NodeNo {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { content, parent: None, children: Vec::new() });
        nodes.len() - 1
    }

    /// Where a node stands among its siblings.
    fn place(&self, node: NodeNo) -> Option<(NodeNo, usize)> {
        let nodes = self.nodes.borrow();
        let parent = nodes[node].parent?;
        // What is moved stands near the end as a rule.
        let at = nodes[parent].children.iter().rposition(|child| *child == node)?;
        Some((parent, at))
    }

    /// Puts something before the child number `at`; text joins the text before it.
    fn insert(&self, parent: NodeNo, at: usize, new: NodeOrText<NodeNo>) {
        let node = match new {
            NodeOrText::AppendNode(node) => {
                self.remove_from_parent(&node);
                node
            }
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let before = at.checked_sub(1).map(|before| nodes[parent].children[before]);
                if let Some(before) = before
                    && let Content::Text(joined) = &mut nodes[before].content
                {
                    joined.push_str(&text);
                    return;
                }
                drop(nodes);
                self.add(Content::Text(text.to_string()))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        let at = at.min(nodes[parent].children.len());
        nodes[parent].children.insert(at, node);
        nodes[node].parent = Some(parent);
    }
}

fn owned(attributes: Vec<Attribute>) -> impl Iterator<Item = (String, String)> {
    attributes.into_iter().map(|attribute| {
        let name = match &attribute.name.prefix {
            Some(prefix) => format!("{prefix}:{}", attribute.name.local),
            None => attribute.name.local.to_string(),
        };
        (name, attribute.value.to_string())
    })
}

impl TreeSink for Sink {
    type Handle = NodeNo;
    type Output = Tree;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree {
        Tree { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeNo {
        0
    }

    fn elem_name<'a>(&'a self, node: &'a NodeNo) -> Ref<'a, QualName> {
        let element = Ref::filter_map(self.nodes.borrow(), |nodes| match &nodes[*node].content {
            Content::Element(element) => Some(&element.qualified),
            Content::Text(_) | Content::Nothing => None,
        });
        element.unwrap_or_else(|_| self.nameless.borrow())
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> NodeNo {
        let contents = flags.template.then(|| self.add(Content::Nothing));
        let attributes = owned(attributes).collect();
        self.add(Content::Element(Element { qualified: name, attributes, contents }))
    }

    fn create_comment(&self, _: StrTendril) -> NodeNo {
        self.add(Content::Nothing)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeNo {
        self.add(Content::Nothing)
    }

    fn append(&self, parent: &NodeNo, new: NodeOrText<NodeNo>) {
        let at = self.nodes.borrow()[*parent].children.len();
        self.insert(*parent, at, new);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeNo,
        before: &NodeNo,
        new: NodeOrText<NodeNo>,
    ) {
        if self.place(*element).is_some() {
            self.append_before_sibling(element, new);
        } else {
            self.append(before, new);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, node: &NodeNo) -> NodeNo {
        match &self.nodes.borrow()[*node].content {
            Content::Element(Element { contents: Some(contents), .. }) => *contents,
            _ => *node,
        }
    }

    fn same_node(&self, one: &NodeNo, other: &NodeNo) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeNo, new: NodeOrText<NodeNo>) {
        if let NodeOrText::AppendNode(node) = &new {
            self.remove_from_parent(node);
        }
        if let Some((parent, at)) = self.place(*sibling) {
            self.insert(parent, at, new);
        }
    }

    fn add_attrs_if_missing(&self, node: &NodeNo, attributes: Vec<Attribute>) {
        if let Content::Element(element) = &mut self.nodes.borrow_mut()[*node].content {
            for (name, value) in owned(attributes) {
                if element.get(&name).is_none() {
                    element.attributes.push((name, value));
                }
            }
        }
    }

    fn remove_from_parent(&self, node: &NodeNo) {
        if let Some((parent, at)) = self.place(*node) {
            let mut nodes = self.nodes.borrow_mut();
            nodes[parent].children.remove(at);
            nodes[*node].parent = None;
        }
    }

    fn reparent_children(&self, node: &NodeNo, new_parent: &NodeNo) {
        let mut nodes = self.nodes.borrow_mut();
        let children = std::mem::take(&mut nodes[*node].children);
        for child in &children {
            nodes[*child].parent = Some(*new_parent);
        }
        nodes[*new_parent].children.extend(children);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stray_html_is_nested_as_browsers_do() {
        let tree = Tree::parse("<p>a<p><b>b<i>c</b>d</i><table>x<tr><td>y</table>z&amp;");
        assert_eq!(tree.text(0), "abcdxyz&");
        let names: Vec<&str> = tree.elements(0).map(|(_, element)| element.name()).collect();
        assert_eq!(
            names,
            ["html", "head", "body", "p", "p", "b", "i", "i", "table", "tbody", "tr", "td"]
        );
    }

    #[test]
    fn endless_nesting_is_walked() {
        let deep = "<div>".repeat(3_000);
        let tree = Tree::parse(&format!("<main>{deep}x"));
        assert_eq!(tree.text(0), "x");
    }
}
