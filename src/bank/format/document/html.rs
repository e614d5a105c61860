//! HTML pages: headings, paragraphs, lists, tables, boxes to tick, answers that are folded away.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use super::fold::Folds;
use super::html_hints::PageHints;
use super::html_looks::looks;
use super::label::Counting;
use super::script::Script;
use super::{DocumentParagraph, DocumentPart, DocumentRow, Looks, TextDocument, TextLook, pictures};
use crate::bank::word_set::WordSet;
use crate::bank::{Media, base64, xml};

/// Elements whose content is no text of the page.
static SKIPPED: WordSet = WordSet::new("script style head template nav svg iframe select noscript math object");
/// Elements that begin and end a line.
static BLOCKS: WordSet = WordSet::new(
    "p div section article h1 h2 h3 h4 h5 h6 ul ol li dl dt dd pre blockquote form fieldset legend details summary \
    body header footer main figure figcaption address center button",
);
/// Other elements of pages.
static OTHERS: WordSet = WordSet::new("table tr td th hr br b strong input label tbody thead title meta link img");
/// Elements are remembered this deep.
const DEEPEST: usize = 256;
/// This many characters distinguish a page from text with some elements.
const HEAD: usize = 400;

/// Whether a text is a page of HTML: it says so, or nearly all of its lines begin with elements.
pub(in crate::bank) fn is_page(text: &str) -> bool {
    let begin = text.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{feff}');
    if !begin.starts_with('<') {
        return false;
    }
    let head: String = begin.chars().take(HEAD).collect::<String>().to_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") || xml::root_name(text) == Some("html") {
        return true;
    }
    let known = |line: &str| {
        let name: String =
            line.trim_start_matches(['<', '/', '!']).chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        BLOCKS.contains(&name) || SKIPPED.contains(&name) || OTHERS.contains(&name)
    };
    let (mut lines, mut elements) = (0, 0);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        // Cells of HTML that tabs part are a table of cards.
        lines += 1 + 4 * usize::from(line.contains('\t'));
        elements += usize::from(line.starts_with('<') && (line.starts_with("<!--") || known(line)));
    }
    elements * 10 >= lines * 8
}

/// Reads a page. Nothing is refused: unknown elements are read for their content.
pub(super) fn open(text: &str) -> TextDocument {
    let mut reader = HtmlReader { hints: PageHints::from_page(text), ..HtmlReader::default() };
    let mut emitter = DefaultEmitter::default();
    // The content of `script` and `style` is not HTML.
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(text, emitter).flatten() {
        match token {
            Token::StartTag(tag) => reader.start(&tag),
            Token::EndTag(tag) => reader.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(words) => reader.words(&String::from_utf8_lossy(&words)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    reader.finish()
}

#[derive(Debug)]
struct OpenElement {
    name: String,
    looks: Vec<TextLook>,
    script: Script,
    /// The key for the question within it, and the number of parts before it.
    key: Option<(String, usize)>,
}

#[derive(Debug)]
struct HtmlList {
    counting: Counting,
    next: usize,
}

#[derive(Debug, Default)]
struct HtmlTable {
    rows: Vec<DocumentRow>,
    /// Whether a cell is open in its last row.
    in_cell: bool,
}

#[derive(Default)]
struct HtmlReader {
    parts: Vec<DocumentPart>,
    media: Vec<Media>,
    looks: Looks,
    open: Vec<OpenElement>,
    lists: Vec<HtmlList>,
    tables: Vec<HtmlTable>,
    paragraph: DocumentParagraph,
    /// How many elements that are skipped are open, and their name.
    skipped: Option<(String, usize)>,
    preformatted: usize,
    folds: Folds,
    hints: PageHints,
    /// The looks of the box above the text that is read.
    boxed: Vec<TextLook>,
}

impl HtmlReader {
    fn start(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
        let attribute = |name: &str| {
            tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(&value.value).into_owned())
        };
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth += usize::from(*skipped == name && !tag.self_closing);
            return;
        }
        if SKIPPED.contains(name.as_str()) {
            self.skipped = (!tag.self_closing).then_some((name, 1));
            return;
        }
        self.close_left_open(&name);
        if BLOCKS.contains(name.as_str()) {
            self.flush();
        }
        match name.as_str() {
            "br" => {
                self.boxed.clear();
                return self.paragraph.push("\n", &[]);
            }
            "hr" => {
                self.flush();
                return self.add(DocumentParagraph::default());
            }
            "img" => return self.picture(attribute("src").unwrap_or_default(), &attribute("alt").unwrap_or_default()),
            "input" => {
                let kind = attribute("type").unwrap_or_default().to_ascii_lowercase();
                if kind == "radio" || kind == "checkbox" {
                    self.boxed = looks(&name, &attribute, &mut self.looks);
                    self.boxed.extend(self.hints.verdict(&name, &attribute).map(|look| self.looks.intern(look)));
                    // A box begins an option, even if nothing else separates the options.
                    if self.paragraph.runs.iter().any(|run| !run.text.trim().is_empty()) {
                        self.paragraph.push("\n", &[]);
                    }
                    self.paragraph.push(if attribute("checked").is_some() { "☑ " } else { "☐ " }, &[]);
                }
                return;
            }
            "ul" => self.lists.push(HtmlList { counting: Counting::Nothing, next: 1 }),
            "ol" => {
                let counting = Counting::of_first(&attribute("type").unwrap_or_else(|| style_of(attribute("style"))));
                let next = attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.lists.push(HtmlList { counting, next });
            }
            "li" => self.item(attribute("value").and_then(|value| value.parse().ok())),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.paragraph.heading = name[1..].parse().ok(),
            "pre" => self.preformatted += 1,
            "details" => self.folds.opens(self.parts.len()),
            // A term, or what it means: a line each; a term with one meaning is a row of a table.
            "dt" | "dd" => self.paragraph = labelled(if name == "dd" { "•" } else { "" }.into(), 0),
            "table" => {
                self.flush();
                self.tables.push(HtmlTable::default());
            }
            "tr" => self.row(),
            "td" | "th" => self.cell(attribute("colspan").and_then(|span| span.parse().ok()).unwrap_or(1)),
            _ => {}
        }
        if !tag.self_closing && self.open.len() < DEEPEST {
            let around = self.open.last();
            let script = match name.as_str() {
                "sup" => Script::Raised,
                "sub" => Script::Lowered,
                _ => around.map_or(Script::Normal, |open| open.script),
            };
            let mut all = around.map_or_else(Vec::new, |open| open.looks.clone());
            all.extend(looks(&name, &attribute, &mut self.looks));
            all.extend(self.hints.verdict(&name, &attribute).map(|look| self.looks.intern(look)));
            all.sort_unstable();
            all.dedup();
            if let Some(side) = self.hints.side(&attribute) {
                self.flush();
                self.paragraph.push(side, &[]);
            }
            let key = self.hints.key(&attribute).map(|key| (key, self.parts.len()));
            self.open.push(OpenElement { name, looks: all, script, key });
        }
    }

    /// Ends elements that HTML need not end: an item before the next one, a paragraph before a block.
    fn close_left_open(&mut self, name: &str) {
        let (closes, until): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            name if BLOCKS.contains(name) => (&["p"], &["li", "td", "th", "div", "ul", "ol", "table"]),
            _ => return,
        };
        let found = self.open.iter().rposition(|open| closes.contains(&open.name.as_str()));
        let barred = self.open.iter().rposition(|open| until.contains(&open.name.as_str()));
        if let Some(place) = found.filter(|place| barred.is_none_or(|barred| barred < *place)) {
            self.flush();
            self.open.truncate(place);
        }
    }

    fn end(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth -= usize::from(*skipped == name && *depth > 0);
            self.skipped.take_if(|(_, depth)| *depth == 0);
            return;
        }
        if BLOCKS.contains(name.as_str()) {
            self.flush();
        }
        match name.as_str() {
            "ul" | "ol" => {
                self.lists.pop();
                if self.lists.is_empty() && self.tables.is_empty() {
                    self.add(DocumentParagraph::default());
                }
            }
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "summary" => self.folds.summarised(self.parts.len()),
            "details" => self.folds.closes(self.parts.len()),
            "td" | "th" => {
                self.flush();
                if let Some(table) = self.tables.last_mut() {
                    table.in_cell = false;
                }
            }
            "table" => self.end_table(),
            _ => {}
        }
        if let Some(place) = self.open.iter().rposition(|open| open.name == name) {
            let key = self.open[place].key.take();
            self.open.truncate(place);
            // A key applies to an element with a question and its options; the key of a single option does not.
            if let Some((key, _)) = key.filter(|(_, above)| self.parts.len() > above + 1) {
                self.flush();
                let mut answer = DocumentParagraph::default();
                answer.push(&format!("Answer: {key}"), &[]);
                self.add(answer);
            }
        }
    }

    fn words(&mut self, words: &str) {
        if self.skipped.is_some() {
            return;
        }
        let (script, looks) = self.open.last().map_or((Script::Normal, &[][..]), |open| (open.script, &open.looks[..]));
        let looks = &[looks, &self.boxed[..]].concat()[..];
        if self.preformatted > 0 {
            return self.paragraph.push(words, looks);
        }
        let fresh = self.paragraph.runs.last().is_none_or(|run| run.text.ends_with([' ', '\n', '\t']));
        let mut out = String::with_capacity(words.len());
        for char in words.chars() {
            match char {
                ' ' | '\n' | '\r' | '\t' | '\u{c}' if out.ends_with(' ') || (out.is_empty() && fresh) => {}
                ' ' | '\n' | '\r' | '\t' | '\u{c}' => out.push(' '),
                _ => out.push(char),
            }
        }
        self.paragraph.push(&script.write(&out), looks);
    }

    fn item(&mut self, value: Option<usize>) {
        let level = self.lists.len().saturating_sub(1);
        let label = match self.lists.last_mut() {
            Some(HtmlList { counting: Counting::Nothing, .. }) | None => "•".to_owned(),
            Some(list) => {
                let number = value.unwrap_or(list.next);
                list.next = number + 1;
                format!("{}.", list.counting.write(number))
            }
        };
        self.paragraph = labelled(label, level);
    }

    fn row(&mut self) {
        self.flush();
        if let Some(table) = self.tables.last_mut() {
            table.rows.push(Vec::new());
            table.in_cell = false;
        }
    }

    fn cell(&mut self, span: usize) {
        self.flush();
        if let Some(table) = self.tables.last_mut() {
            if table.rows.is_empty() {
                table.rows.push(Vec::new());
            }
            if let Some(row) = table.rows.last_mut() {
                row.push(Vec::new());
                row.extend((1..span.min(64)).map(|_| Vec::new()));
            }
            table.in_cell = true;
        }
    }

    fn end_table(&mut self) {
        self.flush();
        let Some(table) = self.tables.pop() else { return };
        let part = DocumentPart::Table(table.rows);
        match self.tables.last().map(|table| table.in_cell) {
            Some(true) => super::tables::flat(part).into_iter().for_each(|paragraph| self.add(paragraph)),
            _ => self.parts.push(part),
        }
    }

    fn picture(&mut self, source: String, alt: &str) {
        if let Some(data) = source.strip_prefix("data:image/") {
            let decoded = data.split_once(";base64,").and_then(|(kind, data)| Some((kind, base64::decode(data)?)));
            let Some((kind, bytes)) = decoded else { return };
            let kind = kind.split(['+', ';']).next().unwrap_or("png");
            let name = format!("picture-{}.{kind}", self.media.len() + 1);
            self.paragraph.push(&pictures::named(&name), &[]);
            self.media.push(Media { name, bytes: bytes.into() });
        } else if crate::bank::media::ending(&source).is_some() && !source.contains(['(', ')', ' ']) {
            self.paragraph.push(&pictures::named(&source), &[]);
            // The picture lies next to the page or on the network: its question names it and contains nothing.
            self.media.push(Media { name: source, ..Media::default() });
        } else if !alt.is_empty() {
            self.paragraph.push(alt, &[]);
        }
    }

    /// Ends the line that is open.
    fn flush(&mut self) {
        self.boxed.clear();
        let paragraph = std::mem::take(&mut self.paragraph);
        if paragraph.runs.iter().all(|run| run.text.trim().is_empty()) {
            // The text of an item may be a paragraph of its own.
            if !paragraph.label.is_empty() {
                self.paragraph = DocumentParagraph { runs: Vec::new(), ..paragraph };
            }
            return;
        }
        self.add(paragraph);
    }

    fn add(&mut self, paragraph: DocumentParagraph) {
        let cell = self.tables.last_mut().filter(|table| table.in_cell);
        match cell.and_then(|table| table.rows.last_mut()?.last_mut()) {
            Some(cell) => cell.push(paragraph),
            None => self.parts.push(DocumentPart::Paragraph(paragraph)),
        }
    }

    fn finish(mut self) -> TextDocument {
        self.flush();
        while !self.tables.is_empty() {
            self.end_table();
        }
        self.folds.unfold(&mut self.parts);
        TextDocument { parts: self.parts, media: self.media, looks: self.looks }
    }
}

fn labelled(label: String, level: usize) -> DocumentParagraph {
    DocumentParagraph { label, level, ..DocumentParagraph::default() }
}

/// What a list counts with, by the style of its element.
fn style_of(style: Option<String>) -> String {
    let style = style.unwrap_or_default();
    let kind = style.split(';').find_map(|property| {
        let (name, value) = property.split_once(':')?;
        name.trim().starts_with("list-style").then(|| value.trim().to_owned())
    });
    kind.unwrap_or_else(|| "1".into())
}
