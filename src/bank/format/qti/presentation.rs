//! What an item of version 1.2 presents: its text, and the responses that it asks for.

use roxmltree::Node;

use super::markup::{self, Keep, escaped, inner, looks_like_markup, tidy};
use crate::bank::xml::{child, content};

/// How an item of version 1.2 asks.
#[derive(Debug, Default)]
pub(super) struct Presentation {
    /// Texts and typed gaps, in their order.
    pieces: Vec<PresentationPiece>,
    pub(super) responses: Vec<Response>,
    /// Whether its texts are HTML.
    pub(super) html: bool,
}

#[derive(Debug)]
enum PresentationPiece {
    Text(String),
    /// The gap for the answer to this response.
    Gap(usize),
}

/// How a response is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ResponseShape {
    /// Picked from labels.
    Picked,
    Typed,
    /// In another way: a point on a picture, an extension.
    Other,
}

#[derive(Debug)]
pub(super) struct Response {
    pub(super) ident: String,
    pub(super) shape: ResponseShape,
    /// `Single`, `Multiple` or `Ordered`.
    pub(super) cardinality: String,
    /// Whether a number is typed.
    pub(super) number: bool,
    /// The text above its labels.
    pub(super) prompt: String,
    pub(super) labels: Vec<ResponseLabel>,
}

/// One of the answers to pick from.
#[derive(Debug)]
pub(super) struct ResponseLabel {
    pub(super) ident: String,
    /// As it is shown.
    pub(super) text: String,
    /// As it is typed, if it is an accepted answer.
    pub(super) typed: String,
    /// Whether it keeps its place when the others are shuffled.
    pub(super) pinned: bool,
    /// How it is given, if the item names it: `openEntry`, `dropdown`, `wordbank`.
    pub(super) given: Option<String>,
}

impl Presentation {
    pub(super) fn from_item(item: Node<'_, '_>, source: &str) -> Self {
        let mut presentation = Self { html: is_html(item), ..Self::default() };
        if let Some(node) = child(item, "presentation") {
            presentation.walk(node, source);
            presentation.match_labels(node, source);
        }
        presentation
    }

    /// Blackboard writes the halves to match behind all responses, in the order of their labels, which are empty.
    fn match_labels(&mut self, presentation: Node<'_, '_>, source: &str) {
        let mut flows = presentation.descendants().filter(|node| is_class(*node, MATCHED));
        let Some(block) = flows.next() else { return };
        let halves = block.children().filter(|node| node.tag_name().name().starts_with("flow"));
        let halves: Vec<String> = halves.map(|half| self.materials(half, source)).collect();
        for response in &mut self.responses {
            if response.labels.len() == halves.len() && response.labels.iter().all(|label| label.text.is_empty()) {
                for (label, half) in response.labels.iter_mut().zip(&halves) {
                    label.text.clone_from(half);
                }
            }
        }
    }

    /// All that the materials within an element show.
    fn materials(&self, node: Node<'_, '_>, source: &str) -> String {
        let materials = node.descendants().filter(|inner| inner.has_tag_name("material"));
        materials.map(|material| self.material(material, source)).collect::<Vec<_>>().join(" ")
    }

    fn walk(&mut self, parent: Node<'_, '_>, source: &str) {
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "material" => {
                    let text = self.material(node, source);
                    self.pieces.push(PresentationPiece::Text(text));
                }
                "response_lid" => self.response(node, source, ResponseShape::Picked),
                "response_str" | "response_num" => self.response(node, source, ResponseShape::Typed),
                "response_xy" | "response_grp" | "response_extension" => {
                    self.response(node, source, ResponseShape::Other);
                }
                _ if is_class(node, MATCHED) => {}
                name if name.starts_with("flow") && is_half(node) => self.half(node, source),
                name if name.starts_with("flow") => self.walk(node, source),
                _ => {}
            }
        }
    }

    /// One half of a pair, with the response that says the other.
    fn half(&mut self, flow: Node<'_, '_>, source: &str) {
        for node in flow.descendants().filter(|node| node.has_tag_name("response_lid")) {
            self.response(node, source, ResponseShape::Picked);
        }
        let prompt = self.materials(flow, source);
        if let Some(response) = self.responses.last_mut() {
            response.prompt = prompt;
        }
    }

    fn response(&mut self, node: Node<'_, '_>, source: &str, shape: ResponseShape) {
        let fib = node.descendants().find(|inner| inner.has_tag_name("render_fib"));
        let shape = if shape == ResponseShape::Picked && fib.is_some() { ResponseShape::Typed } else { shape };
        let number = node.has_tag_name("response_num")
            || fib.and_then(|fib| fib.attribute("fibtype")).is_some_and(|kind| matches!(kind, "Decimal" | "Integer"));
        let mut response = Response {
            ident: node.attribute("ident").unwrap_or_default().to_owned(),
            shape,
            cardinality: node.attribute("rcardinality").unwrap_or("Single").to_owned(),
            number,
            prompt: String::new(),
            labels: Vec::new(),
        };
        let place = self.responses.len();
        let mut gap = false;
        for inner in node.descendants().skip(1).filter(Node::is_element) {
            let in_label = || inner.ancestors().skip(1).take_while(|above| *above != node).any(is_label);
            match inner.tag_name().name() {
                "response_label" if shape == ResponseShape::Picked => response.labels.push(self.label(inner, source)),
                "response_label" if shape == ResponseShape::Typed && !gap => {
                    gap = true;
                    self.pieces.push(PresentationPiece::Gap(place));
                }
                "material" if !in_label() => {
                    let text = self.material(inner, source);
                    if shape == ResponseShape::Typed {
                        self.pieces.push(PresentationPiece::Text(text));
                    } else if response.prompt.is_empty() {
                        response.prompt = text;
                    }
                }
                _ => {}
            }
        }
        if shape == ResponseShape::Typed && !gap {
            self.pieces.push(PresentationPiece::Gap(place));
        }
        self.responses.push(response);
    }

    fn label(&self, node: Node<'_, '_>, source: &str) -> ResponseLabel {
        let typed = node.descendants().find(|inner| inner.has_tag_name("mattext")).map_or_else(String::new, content);
        let text = self.materials(node, source);
        // Some exporters write the text of a label straight into it.
        let text = if text.is_empty() { content(node) } else { text };
        ResponseLabel {
            ident: node.attribute("ident").unwrap_or_default().trim().to_owned(),
            text,
            typed,
            pinned: node.attribute("rshuffle").is_some_and(|shuffle| shuffle.eq_ignore_ascii_case("no")),
            given: node.attribute("answer_type").map(str::to_owned),
        }
    }

    /// What a `material` shows.
    pub(super) fn material(&self, node: Node<'_, '_>, source: &str) -> String {
        let mut text = String::new();
        // Blackboard wraps its texts once more.
        let extended = |part: &Node<'_, '_>| part.has_tag_name("mat_extension");
        let inner = node.children().filter(extended).flat_map(|extension| extension.children());
        let plain = node.children().filter(|part| !extended(part));
        for part in plain.chain(inner).filter(Node::is_element) {
            let given = |name: &str| escaped(part.attribute(name).unwrap_or_default()).replace('"', "&quot;");
            match part.tag_name().name() {
                "mattext" | "matemtext" | "mat_formattedtext" => {
                    let written = content_of(part, source);
                    let plain = part.attribute("texttype").is_some_and(|kind| kind == "text/plain");
                    let misread = self.html && plain && looks_like_markup(&written);
                    text += &if misread { escaped(&written) } else { written };
                }
                "matbreak" => text += if self.html { "<br/>" } else { "\n" },
                "matimage" => text += &format!("<img src=\"{}\" alt=\"{}\"/>", given("uri"), given("label")),
                "mataudio" => text += &format!("<audio src=\"{}\"></audio>", given("uri")),
                "matvideo" => text += &format!("<video src=\"{}\"></video>", given("uri")),
                _ => {}
            }
        }
        text
    }

    /// The question's text with its gaps.
    pub(super) fn stem(&self) -> String {
        let gaps = self.pieces.iter().filter(|piece| matches!(piece, PresentationPiece::Gap(_))).count();
        let last = self
            .pieces
            .iter()
            .rposition(|piece| matches!(piece, PresentationPiece::Text(text) if !text.trim().is_empty()));
        let mut stem = String::new();
        for (place, piece) in self.pieces.iter().enumerate() {
            let next = match piece {
                PresentationPiece::Text(text) => text.clone(),
                PresentationPiece::Gap(response) if gaps > 1 => format!("[{}]", self.responses[*response].ident),
                // A single gap after all text is not shown.
                PresentationPiece::Gap(_) if last.is_some_and(|last| place < last) => "_____".into(),
                PresentationPiece::Gap(_) => continue,
            };
            let apart = stem.ends_with(|char: char| char.is_whitespace() || char == '>')
                || !next.starts_with(|char: char| char.is_alphanumeric() || matches!(char, '[' | '_'));
            if !stem.is_empty() && !apart {
                stem.push(' ');
            }
            stem += &next;
        }
        let prompts = || self.responses.iter().map(|response| response.prompt.as_str());
        if stem.trim().is_empty() && self.responses.len() == 1 {
            stem = prompts().collect();
        }
        if self.html { tidy(&stem) } else { stem.trim().to_owned() }
    }
}

/// The class of the block in which Blackboard writes the halves to match.
const MATCHED: &str = "RIGHT_MATCH_BLOCK";

fn is_class(node: Node<'_, '_>, class: &str) -> bool {
    node.attribute("class") == Some(class)
}

/// Whether an element holds the text to match and one response with empty labels.
fn is_half(node: Node<'_, '_>) -> bool {
    let mut responses = node.descendants().filter(|inner| inner.has_tag_name("response_lid"));
    let (Some(response), None) = (responses.next(), responses.next()) else { return false };
    let mut labels = response.descendants().filter(|inner| inner.has_tag_name("response_label")).peekable();
    labels.peek().is_some()
        && labels.all(|label| !label.has_children())
        && node.descendants().any(|inner| inner.has_tag_name("material"))
}

fn is_label(node: Node<'_, '_>) -> bool {
    // The picture of a hot spot belongs to the answer, as labels do.
    node.has_tag_name("response_label") || node.tag_name().name() == "render_hotspot"
}

/// The text of a `mattext`: escaped, in CDATA, or as elements.
fn content_of(node: Node<'_, '_>, source: &str) -> String {
    if node.children().any(|inner| inner.is_element()) {
        return inner(node, source, &|_| Keep::Whole);
    }
    node.text().unwrap_or_default().to_owned()
}

fn is_html(item: Node<'_, '_>) -> bool {
    item.descendants().any(|node| match node.tag_name().name() {
        "mattext" => match node.attribute("texttype") {
            Some("text/html" | "text/xhtml" | "HTML") => true,
            Some("text/plain") => false,
            _ => node.children().any(|inner| inner.is_element()) || markup::looks_like_markup(&content(node)),
        },
        "mat_formattedtext" => node.attribute("type").is_some_and(|kind| kind != "PLAIN_TEXT"),
        "matimage" | "mataudio" | "matvideo" => true,
        _ => false,
    })
}
