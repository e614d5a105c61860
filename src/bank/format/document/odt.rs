//! OpenDocument texts: `content.xml` with its styles, lists and pictures.

use std::collections::HashMap;

use roxmltree::Node;

use super::label::{Counting, symbol};
use super::members::Members;
use super::script::Script;
use super::{DocumentParagraph, DocumentPart, DocumentRow, Looks, TextDocument, TextLook, pictures};
use crate::bank::Refusal;
use crate::bank::format::office_xml::{inner, is_called, value};
use crate::bank::xml::Xml;

const HINT: &str = "open it in a word processor, and save it as `.odt` or `.docx` again, or as plain text";

/// Reads a document. Fails when it is broken.
pub(super) fn open(bytes: &[u8]) -> Result<TextDocument, Refusal> {
    let broken = || Refusal::new("this OpenDocument text is broken, or locked with a password", HINT);
    let mut members = Members::open(bytes).ok_or_else(broken)?;
    let content = members.text("content.xml").ok_or_else(broken)?;
    let styles = members.text("styles.xml").unwrap_or_else(|| "<none/>".into());
    let (content, styles) = (Xml::open(&content, HINT)?, Xml::open(&styles, HINT)?);
    let mut reader = OdtReader::default();
    reader.styles(styles.document.root_element());
    reader.styles(content.document.root_element());
    let mut parts = Vec::new();
    let body =
        inner(content.document.root_element(), "body").and_then(|body| inner(body, "text")).ok_or_else(broken)?;
    reader.blocks(body, 0, None, &mut parts);
    Ok(TextDocument { parts, media: members.media("", &reader.pictures), looks: reader.looks })
}

/// The looks that a style gives to its text, and its script. A look without a value is switched off.
#[derive(Clone, Debug, Default)]
struct OdtStyle {
    parent: Option<String>,
    looks: Vec<(&'static str, Option<String>)>,
    script: Script,
    list: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct OdtLevel {
    counting: Counting,
    before: String,
    behind: String,
    start: usize,
    /// How many levels it shows (`1.2.`).
    shown: usize,
}

#[derive(Default)]
struct OdtReader {
    styles: HashMap<String, OdtStyle>,
    lists: HashMap<String, Vec<OdtLevel>>,
    /// The current counts of lists that others continue, by their style.
    counts: HashMap<String, Vec<usize>>,
    looks: Looks,
    pictures: Vec<String>,
}

/// Styles are based on each other no deeper than this.
const DEEPEST: usize = 12;

impl OdtReader {
    fn styles(&mut self, root: Node<'_, '_>) {
        for node in root.descendants().filter(Node::is_element) {
            let Some(name) = value(node, "name") else { continue };
            match node.tag_name().name() {
                "style" => {
                    self.styles.insert(name.to_owned(), OdtStyle::from_node(node));
                }
                "list-style" => {
                    let levels = node.children().filter(Node::is_element).map(OdtLevel::from_node);
                    self.lists.insert(name.to_owned(), levels.collect());
                }
                _ => {}
            }
        }
    }

    /// Adds the paragraphs and tables of an element. [`Xml`] limits the depth of elements.
    fn blocks(&mut self, parent: Node<'_, '_>, level: usize, list: Option<&str>, parts: &mut Vec<DocumentPart>) {
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" | "h" => {
                    let paragraph = self.paragraph(node);
                    parts.push(DocumentPart::Paragraph(paragraph));
                }
                "list" => self.list(node, level, list, parts),
                "table" => parts.push(DocumentPart::Table(self.rows(node))),
                "tracked-changes" | "annotation" | "forms" | "sequence-decls" | "index-title" | "table-of-content" => {}
                _ => self.blocks(node, level, list, parts),
            }
        }
    }

    fn list(&mut self, node: Node<'_, '_>, level: usize, around: Option<&str>, parts: &mut Vec<DocumentPart>) {
        let style = value(node, "style-name").or(around).unwrap_or("").to_owned();
        let goes_on = value(node, "continue-numbering") == Some("true") || value(node, "continue-list").is_some();
        let mut count = if goes_on { self.count(&style, level) } else { self.start(&style, level).saturating_sub(1) };
        for item in node.children().filter(Node::is_element) {
            let header = item.tag_name().name() == "list-header";
            if !header {
                let start = value(item, "start-value").and_then(|start| start.parse::<usize>().ok());
                count = start.unwrap_or(count + 1);
                self.set_count(&style, level, count);
            }
            let from = parts.len();
            self.blocks(item, level + 1, Some(&style), parts);
            let first = parts.get_mut(from).filter(|_| !header);
            // The list within an item shows its own labels.
            let own = item.children().find(Node::is_element).is_some_and(|first| first.tag_name().name() != "list");
            if let Some(DocumentPart::Paragraph(paragraph)) = first.filter(|_| own) {
                paragraph.label = self.label(&style, level);
                paragraph.level = level;
            }
            for part in parts.iter_mut().skip(from + 1) {
                if let DocumentPart::Paragraph(paragraph) = part {
                    paragraph.level = paragraph.level.max(level);
                }
            }
        }
    }

    fn level(&self, style: &str, level: usize) -> Option<&OdtLevel> {
        self.lists.get(style).and_then(|levels| levels.get(level))
    }

    fn start(&self, style: &str, level: usize) -> usize {
        self.level(style, level).map_or(1, |level| level.start)
    }

    fn count(&self, style: &str, level: usize) -> usize {
        self.counts.get(style).and_then(|counts| counts.get(level)).copied().unwrap_or(0)
    }

    fn set_count(&mut self, style: &str, level: usize, count: usize) {
        let counts = self.counts.entry(style.to_owned()).or_default();
        counts.resize(counts.len().max(level + 1), 0);
        counts[level] = count;
    }

    fn label(&self, style: &str, level: usize) -> String {
        let Some(own) = self.level(style, level) else { return "•".into() };
        let from = (level + 1).saturating_sub(own.shown.max(1));
        let numbers = (from..=level).filter_map(|place| {
            let number = self.level(style, place)?.counting.write(self.count(style, place));
            Some(number).filter(|number| !number.is_empty())
        });
        format!("{}{}{}", own.before, numbers.collect::<Vec<_>>().join("."), own.behind)
    }

    fn rows(&mut self, table: Node<'_, '_>) -> Vec<DocumentRow> {
        let mut rows = Vec::new();
        for row in table.descendants().filter(|row| is_called(*row, "table-row")) {
            // A table within a cell is part of the cell.
            if row.ancestors().skip(1).find(|around| is_called(*around, "table")) != Some(table) {
                continue;
            }
            let mut cells = Vec::new();
            for cell in row.children().filter(Node::is_element) {
                let mut parts = Vec::new();
                self.blocks(cell, 0, None, &mut parts);
                cells.push(parts.into_iter().flat_map(super::tables::flat).collect());
            }
            rows.push(cells);
        }
        rows
    }

    fn paragraph(&mut self, node: Node<'_, '_>) -> DocumentParagraph {
        let level = value(node, "outline-level").and_then(|level| level.parse().ok());
        let heading = level.or((node.tag_name().name() == "h").then_some(1));
        let style = value(node, "style-name").unwrap_or("");
        let heading = heading.or((style == "Title").then_some(1));
        let mut paragraph = DocumentParagraph { heading, ..DocumentParagraph::default() };
        let (looks, script) = self.looks(style, &[], Script::Normal);
        self.inline(node, &looks, script, &mut paragraph);
        if let Some(list) = self.styles.get(style).and_then(|style| style.list.clone()).filter(|_| heading.is_none()) {
            let count = self.count(&list, 0) + 1;
            let in_list = node.ancestors().skip(1).any(|around| is_called(around, "list"));
            if !in_list {
                self.set_count(&list, 0, count);
                paragraph.label = self.label(&list, 0);
            }
        }
        paragraph
    }

    /// The looks of text in this style, within text that looks so.
    fn looks(&mut self, style: &str, around: &[TextLook], script: Script) -> (Vec<TextLook>, Script) {
        let mut chain = Vec::new();
        let mut next = self.styles.get(style);
        while let Some(found) = next.filter(|_| chain.len() < DEEPEST) {
            chain.push(found);
            next = found.parent.as_ref().and_then(|parent| self.styles.get(parent));
        }
        let mut own: Vec<(&str, Option<String>)> = Vec::new();
        let mut script = script;
        for style in chain.into_iter().rev() {
            for (kind, value) in &style.looks {
                own.retain(|(known, _)| known != kind);
                own.push((kind, value.clone()));
            }
            script = if style.script == Script::Normal { script } else { style.script };
        }
        let mut looks = around.to_vec();
        for (kind, value) in own {
            let name = self.looks.intern(kind);
            looks.retain(|look| *look != name);
            if let Some(value) = value {
                looks.push(name);
                if !value.is_empty() {
                    looks.push(self.looks.intern(&format!("{kind} {value}")));
                }
            }
        }
        looks.sort_unstable();
        looks.dedup();
        (looks, script)
    }

    fn inline(&mut self, parent: Node<'_, '_>, looks: &[TextLook], script: Script, to: &mut DocumentParagraph) {
        for node in parent.children() {
            if node.is_text() {
                to.push(&script.write(&collapsed(node.text().unwrap_or(""))), looks);
                continue;
            }
            match node.tag_name().name() {
                "tab" => to.push("\t", &[]),
                "line-break" => to.push("\n", &[]),
                "s" => {
                    let count = value(node, "c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                    to.push(&" ".repeat(count.min(200)), looks);
                }
                "span" => {
                    let (looks, script) = self.looks(value(node, "style-name").unwrap_or(""), looks, script);
                    self.inline(node, &looks, script, to);
                }
                "image" => {
                    if let Some(path) = value(node, "href").filter(|path| path.starts_with("Pictures/")) {
                        to.push(&pictures::named(pictures::file_name(path)), &[]);
                        if !self.pictures.iter().any(|known| known == path) {
                            self.pictures.push(path.to_owned());
                        }
                    }
                }
                "note" | "annotation" | "annotation-end" | "title" | "desc" => {}
                // A paragraph within a frame is a line of its own.
                "p" => {
                    to.push("\n", &[]);
                    self.inline(node, looks, script, to);
                }
                _ => self.inline(node, looks, script, to),
            }
        }
    }
}

fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            ' ' | '\n' | '\r' | '\t' if out.ends_with(' ') => {}
            '\n' | '\r' | '\t' => out.push(' '),
            char => out.push(symbol(char).unwrap_or(char)),
        }
    }
    out
}

impl OdtStyle {
    fn from_node(node: Node<'_, '_>) -> Self {
        let mut style = OdtStyle {
            parent: value(node, "parent-style-name").map(str::to_owned),
            list: value(node, "list-style-name").filter(|list| !list.is_empty()).map(str::to_owned),
            ..OdtStyle::default()
        };
        let on = |setting: &str, no: &[&str]| (!no.contains(&setting)).then(String::new);
        for properties in node.children().filter(|child| child.tag_name().name().ends_with("-properties")) {
            for attribute in properties.attributes() {
                let setting = attribute.value();
                match attribute.name() {
                    "font-weight" => style.looks.push(("bold type", on(setting, &["normal", "400"]))),
                    "font-style" => style.looks.push(("italics", on(setting, &["normal"]))),
                    "text-underline-style" => style.looks.push(("an underline", on(setting, &["none"]))),
                    "text-line-through-style" => style.looks.push(("a line through it", on(setting, &["none"]))),
                    "color" => style.looks.push(("a colour", coloured(setting, &["#000000"]))),
                    "background-color" => {
                        style.looks.push(("a highlight", coloured(setting, &["transparent", "#ffffff"])));
                    }
                    "text-position" if setting.starts_with("super") => style.script = Script::Raised,
                    "text-position" if setting.starts_with("sub") => style.script = Script::Lowered,
                    _ => {}
                }
            }
        }
        style
    }
}

fn coloured(setting: &str, none: &[&str]) -> Option<String> {
    (!none.contains(&setting)).then(|| setting.to_owned())
}

impl OdtLevel {
    fn from_node(node: Node<'_, '_>) -> Self {
        let number = |name: &str| value(node, name).and_then(|number| number.parse().ok());
        let text = |name: &str| value(node, name).unwrap_or("").to_owned();
        if node.tag_name().name() == "list-level-style-bullet" {
            let bullet = text("bullet-char").chars().map(|char| symbol(char).unwrap_or(char)).collect();
            return Self { counting: Counting::Nothing, before: bullet, start: 1, ..Self::default() };
        }
        Self {
            counting: Counting::of_first(value(node, "num-format").unwrap_or("1")),
            before: text("num-prefix"),
            behind: text("num-suffix"),
            start: number("start-value").unwrap_or(1),
            shown: number("display-levels").unwrap_or(1),
        }
    }
}
