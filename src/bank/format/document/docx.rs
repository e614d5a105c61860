//! Word: `word/document.xml` with its styles, lists and pictures.

use std::collections::HashMap;

use roxmltree::{Document as Tree, Node};

use super::label::symbol;
use super::members::Members;
use super::numbering::{Numbering, setting};
use super::script::Script;
use super::{DocumentParagraph, DocumentPart, DocumentRow, Looks, TextDocument, TextLook, pictures};
use crate::bank::Refusal;
use crate::bank::archive::Archive;
use crate::bank::format::office_xml::{inner, is_called, value};
use crate::bank::xml::Xml;

const HINT: &str = "open it in a word processor, and save it as `.docx` again, or as plain text";

/// Whether an archive is a document of Word.
pub(in crate::bank) fn holds(archive: &Archive<'_>) -> bool {
    archive.names().any(|name| name == "word/document.xml")
}

/// Reads a document. Fails when it is broken.
pub(super) fn open(bytes: &[u8]) -> Result<TextDocument, Refusal> {
    let broken = || Refusal::new("this document of Word is broken", HINT);
    let mut members = Members::open(bytes).ok_or_else(broken)?;
    let body = members.text("word/document.xml").ok_or_else(broken)?;
    let [styles, numbering, links] = ["word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels"]
        .map(|name| members.text(name).unwrap_or_else(|| "<none/>".into()));
    let xml = Xml::open(&body, HINT)?;
    let tree = |text| Xml::open(text, HINT);
    let (styles, numbering, links) = (tree(&styles)?, tree(&numbering)?, tree(&links)?);
    let mut reader = DocxReader {
        styles: Styles::from_tree(&styles.document),
        numbering: Numbering::from_tree(&numbering.document),
        links: targets(&links.document),
        looks: Looks::default(),
        pictures: Vec::new(),
    };
    let mut parts = Vec::new();
    if let Some(body) = inner(xml.document.root_element(), "body") {
        reader.blocks(body, &mut parts);
    }
    Ok(TextDocument { parts, media: members.media("word/", &reader.pictures), looks: reader.looks })
}

/// The files that the parts of the document name by an id.
fn targets(tree: &Tree<'_>) -> HashMap<String, String> {
    let links = tree.root_element().children().filter(Node::is_element);
    links.filter_map(|link| Some((value(link, "Id")?.to_owned(), value(link, "Target")?.to_owned()))).collect()
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct DocxFace {
    bold: bool,
    italic: bool,
    underline: bool,
    strike: bool,
    colour: Option<String>,
    highlight: Option<String>,
    script: Script,
}

impl DocxFace {
    /// This face with what the properties of a run or a style say.
    fn with(mut self, properties: Node<'_, '_>) -> Self {
        for property in properties.children().filter(Node::is_element) {
            let setting = value(property, "val").unwrap_or("");
            let on = !matches!(setting, "0" | "false" | "off" | "none");
            match property.tag_name().name() {
                "b" => self.bold = on,
                "i" => self.italic = on,
                "u" => self.underline = on,
                "strike" | "dstrike" => self.strike = on,
                "color" => self.colour = usual(setting, &["auto", "000000"]),
                "highlight" => self.highlight = usual(setting, &["none", "white"]),
                "shd" => self.highlight = usual(value(property, "fill").unwrap_or(""), &["auto", "FFFFFF", "ffffff"]),
                "vertAlign" => {
                    self.script = match setting {
                        "superscript" => Script::Raised,
                        "subscript" => Script::Lowered,
                        _ => Script::Normal,
                    }
                }
                _ => {}
            }
        }
        self
    }

    fn looks(&self, looks: &mut Looks) -> Vec<TextLook> {
        let mut found = Vec::new();
        for (has, name) in [
            (self.bold, "bold type"),
            (self.italic, "italics"),
            (self.underline, "an underline"),
            (self.strike, "a line through it"),
            (self.colour.is_some(), "a colour"),
            (self.highlight.is_some(), "a highlight"),
        ] {
            found.extend(has.then(|| looks.intern(name)));
        }
        found.extend(self.colour.as_ref().map(|colour| looks.intern(&format!("the colour {colour}"))));
        found.extend(self.highlight.as_ref().map(|colour| looks.intern(&format!("a highlight in {colour}"))));
        found
    }
}

fn usual(setting: &str, nothing: &[&str]) -> Option<String> {
    (!setting.is_empty() && !nothing.contains(&setting)).then(|| setting.to_owned())
}

/// A style: what it is based on, and what it says itself.
#[derive(Clone, Debug, Default)]
struct DocxStyle {
    face: DocxFace,
    list: Option<(String, usize)>,
    heading: Option<usize>,
}

#[derive(Debug, Default)]
struct Styles(HashMap<String, DocxStyle>);

/// Styles are based on each other no deeper than this.
const DEEPEST: usize = 12;

impl Styles {
    fn from_tree(tree: &Tree<'_>) -> Self {
        let nodes: HashMap<&str, Node<'_, '_>> =
            tree.root_element().children().filter_map(|node| Some((value(node, "styleId")?, node))).collect();
        let style = |id: &str| {
            let (mut chain, mut next) = (Vec::new(), nodes.get(id).copied());
            while let Some(node) = next.filter(|_| chain.len() < DEEPEST) {
                chain.push(node);
                next = setting(node, "basedOn").and_then(|id| nodes.get(id).copied());
            }
            let mut style = DocxStyle::default();
            for node in chain.into_iter().rev() {
                style.add(node);
            }
            style
        };
        Self(nodes.keys().map(|id| ((*id).to_owned(), style(id))).collect())
    }

    fn get(&self, id: Option<&str>) -> DocxStyle {
        id.and_then(|id| self.0.get(id)).cloned().unwrap_or_default()
    }
}

impl DocxStyle {
    fn add(&mut self, node: Node<'_, '_>) {
        if let Some(properties) = inner(node, "rPr") {
            self.face = std::mem::take(&mut self.face).with(properties);
        }
        if let Some(properties) = inner(node, "pPr") {
            self.list = list_of(properties).or(self.list.take());
            let level = setting(properties, "outlineLvl").and_then(|level| level.parse::<usize>().ok());
            self.heading = level.filter(|level| *level < 9).map(|level| level + 1).or(self.heading);
        }
        let name = setting(node, "name").unwrap_or_default().to_lowercase();
        if name == "title" {
            self.heading = Some(1);
        }
    }
}

/// The list that the properties of a paragraph name, and the level in it.
fn list_of(properties: Node<'_, '_>) -> Option<(String, usize)> {
    let list = inner(properties, "numPr")?;
    let level = setting(list, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
    Some((setting(list, "numId")?.to_owned(), level))
}

struct DocxReader {
    styles: Styles,
    numbering: Numbering,
    links: HashMap<String, String>,
    looks: Looks,
    /// The paths of the pictures that were met.
    pictures: Vec<String>,
}

impl DocxReader {
    /// Adds the paragraphs and tables of an element. [`Xml`] limits the depth of elements.
    fn blocks(&mut self, parent: Node<'_, '_>, parts: &mut Vec<DocumentPart>) {
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" => {
                    let (paragraph, boxes) = self.paragraph(node);
                    parts.push(DocumentPart::Paragraph(paragraph));
                    boxes.into_iter().for_each(|inner| self.blocks(inner, parts));
                }
                "tbl" => parts.push(DocumentPart::Table(self.rows(node))),
                "del" | "moveFrom" | "Fallback" | "sectPr" => {}
                _ => self.blocks(node, parts),
            }
        }
    }

    fn rows(&mut self, table: Node<'_, '_>) -> Vec<DocumentRow> {
        let rows = table.descendants().filter(|row| is_called(*row, "tr") && nearest(*row, "tbl") == Some(table));
        let mut read = Vec::new();
        for row in rows {
            let mut cells = Vec::new();
            for cell in row.descendants().filter(|cell| is_called(*cell, "tc") && nearest(*cell, "tr") == Some(row)) {
                let mut parts = Vec::new();
                self.blocks(cell, &mut parts);
                cells.push(parts.into_iter().flat_map(super::tables::flat).collect());
                let spans = inner(cell, "tcPr").and_then(|properties| setting(properties, "gridSpan"));
                let more = spans.and_then(|spans| spans.parse::<usize>().ok()).unwrap_or(1).min(64);
                cells.extend((1..more).map(|_| Vec::new()));
            }
            read.push(cells);
        }
        read
    }

    /// A paragraph, and the text boxes that are anchored in it.
    fn paragraph<'a, 'i>(&mut self, node: Node<'a, 'i>) -> (DocumentParagraph, Vec<Node<'a, 'i>>) {
        let properties = inner(node, "pPr");
        let style = self.styles.get(properties.and_then(|properties| setting(properties, "pStyle")));
        let own = properties.and_then(list_of);
        let outline = properties.and_then(|properties| setting(properties, "outlineLvl")?.parse::<usize>().ok());
        let heading = outline.filter(|level| *level < 9).map(|level| level + 1).or(style.heading);
        let mut paragraph = DocumentParagraph { heading, ..DocumentParagraph::default() };
        if let Some((number, level)) = own.or(style.list) {
            paragraph.label = self.numbering.next(&number, level).unwrap_or_default();
            paragraph.level = level;
        }
        let mut face = style.face;
        // The shade of a paragraph is the highlight of its text.
        if let Some(shade) = properties.and_then(|properties| inner(properties, "shd")) {
            face.highlight =
                usual(value(shade, "fill").unwrap_or(""), &["auto", "FFFFFF", "ffffff"]).or(face.highlight);
        }
        let mut boxes = Vec::new();
        self.inline(node, &face, &mut paragraph, &mut boxes);
        (paragraph, boxes)
    }

    fn inline<'a, 'i>(
        &mut self,
        parent: Node<'a, 'i>,
        face: &DocxFace,
        to: &mut DocumentParagraph,
        boxes: &mut Vec<Node<'a, 'i>>,
    ) {
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "r" => {
                    let properties = inner(node, "rPr");
                    let style = properties.and_then(|properties| setting(properties, "rStyle"));
                    let base = match self.styles.get(style) {
                        style if style.face == DocxFace::default() => face.clone(),
                        style => DocxFace {
                            highlight: style.face.highlight.clone().or(face.highlight.clone()),
                            ..style.face
                        },
                    };
                    let face = properties.map_or_else(|| base.clone(), |properties| base.clone().with(properties));
                    self.inline(node, &face, to, boxes);
                }
                "t" => {
                    let looks = face.looks(&mut self.looks);
                    to.push(&face.script.write(node.text().unwrap_or("")), &looks);
                }
                "tab" | "ptab" => to.push("\t", &[]),
                "br" | "cr" => to.push("\n", &[]),
                "noBreakHyphen" => to.push("-", &[]),
                "sym" => {
                    let char = value(node, "char").and_then(|code| u32::from_str_radix(code, 16).ok());
                    // Some programs write the place in the font alone.
                    let char = char.map(|code| if code < 0x100 { code + 0xf000 } else { code });
                    let sign = char.and_then(char::from_u32).and_then(|char| symbol(char).or(Some(char)));
                    to.push(&sign.map(String::from).unwrap_or_default(), &face.looks(&mut self.looks));
                }
                "blip" | "imagedata" => self.picture(node, to),
                "oMath" => to.push(&super::formula::linear(node), &[]),
                "txbxContent" => boxes.push(node),
                "del" | "moveFrom" | "Fallback" | "instrText" | "pPr" | "rPr" | "delText" => {}
                _ => self.inline(node, face, to, boxes),
            }
        }
    }

    fn picture(&mut self, node: Node<'_, '_>, to: &mut DocumentParagraph) {
        let id = value(node, "embed").or_else(|| value(node, "id"));
        let Some(path) = id.and_then(|id| self.links.get(id)).filter(|path| path.starts_with("media/")).cloned() else {
            return;
        };
        to.push(&pictures::named(pictures::file_name(&path)), &[]);
        if !self.pictures.contains(&path) {
            self.pictures.push(path);
        }
    }
}

/// The nearest element of this name around a node.
fn nearest<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.ancestors().skip(1).find(|around| around.tag_name().name() == name)
}
