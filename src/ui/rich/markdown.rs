//! Markdown (CommonMark with the tables, task lists and strikethrough of GFM, and formulas) to blocks.

use std::borrow::Cow;
use std::collections::HashMap;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::Text;
use super::block::Align;
use super::builder::{BlockKind, Builder};
use super::dollars;
use super::face::TextFace;
use super::html::Html;

/// Reads Markdown.
pub(super) fn parse(text: &str) -> Text {
    let text = dollar_signs(text);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_MATH;
    let mut reader = MarkdownReader::default();
    for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
        let named = text[range.end..].starts_with(dollars::is_name);
        reader.event(event, named);
    }
    reader.html.finish(&mut reader.builder);
    reader.builder.finish()
}

#[derive(Default)]
struct MarkdownReader {
    builder: Builder,
    html: Html,
    /// The faces around the text, innermost last.
    faces: Vec<TextFace>,
    /// The addresses of the links around the text.
    links: Vec<String>,
    /// The collected text of an image, of a block of code or of HTML.
    words: String,
    /// The language of the current block of code.
    code: Option<String>,
    /// The names of the images around the text.
    images: Vec<String>,
    in_html: bool,
}

impl MarkdownReader {
    fn face(&self) -> TextFace {
        self.faces.last().copied().unwrap_or_default().with(self.html.face())
    }

    /// `named`: whether a dollar sign after the event would begin a name.
    fn event(&mut self, event: Event<'_>, named: bool) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(words) => self.text(&words),
            Event::Code(words) => self.look(TextFace::CODE, &words),
            Event::InlineMath(source) if named || !dollars::is_likely(&source) => self.text(&format!("${source}$")),
            Event::InlineMath(source) => self.maths(&source, false),
            Event::DisplayMath(source) => self.maths(&source, true),
            Event::Html(source) | Event::InlineHtml(source) => {
                if self.in_html {
                    self.words.push_str(&source);
                } else {
                    self.html.feed(&mut self.builder, &source);
                }
            }
            Event::FootnoteReference(name) => self.text(&format!("[{name}]")),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.text("\n"),
            Event::Rule => {
                self.builder.flush();
                self.builder.block(super::block::RichBlock::Rule);
            }
            Event::TaskListMarker(done) => self.builder.task(done),
        }
    }

    /// Whether text is collected instead of shown.
    fn keeps(&self) -> bool {
        self.code.is_some() || self.in_html || !self.images.is_empty()
    }

    fn text(&mut self, words: &str) {
        if self.keeps() {
            self.words.push_str(words);
        } else if !self.html.is_skipping() {
            self.builder.text(words, self.face());
        }
    }

    fn look(&mut self, face: TextFace, words: &str) {
        if self.keeps() {
            self.words.push_str(words);
        } else if !self.html.is_skipping() {
            self.builder.text(words, self.face().with(face));
        }
    }

    fn maths(&mut self, source: &str, display: bool) {
        if self.keeps() {
            self.words.push_str(source);
        } else if !self.html.is_skipping() {
            self.builder.maths(source, display, self.face());
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => {
                self.builder.flush();
                self.builder.loose();
            }
            Tag::Heading { .. } => self.builder.heading(),
            Tag::BlockQuote(_) => self.builder.quote(false),
            Tag::CodeBlock(kind) => {
                self.words.clear();
                self.code = Some(match kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                });
            }
            Tag::HtmlBlock => {
                self.words.clear();
                self.in_html = true;
            }
            Tag::List(start) => self.builder.list(start, false),
            Tag::Item => self.builder.item(false),
            Tag::Table(aligns) => {
                let align = |align| match align {
                    Alignment::None | Alignment::Left => Align::Left,
                    Alignment::Center => Align::Center,
                    Alignment::Right => Align::Right,
                };
                self.builder.table(aligns.into_iter().map(align).collect(), false);
            }
            // The head has no row of its own: its cells simply come first.
            Tag::TableHead => self.builder.row(),
            Tag::TableRow => self.builder.row(),
            Tag::TableCell => self.builder.cell(true),
            Tag::Emphasis => self.push(TextFace::EMPHASIS),
            Tag::Strong => self.push(TextFace::STRONG),
            Tag::Strikethrough => self.push(TextFace::STRUCK),
            Tag::Link { dest_url, .. } => {
                self.links.push(dest_url.into_string());
                self.push(TextFace::LINK);
            }
            Tag::Image { dest_url, .. } => {
                if self.images.is_empty() && self.code.is_none() && !self.in_html {
                    self.words.clear();
                }
                self.images.push(dest_url.into_string());
            }
            _ => self.builder.flush(),
        }
    }

    fn push(&mut self, face: TextFace) {
        self.faces.push(self.faces.last().copied().unwrap_or_default().with(face));
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::BlockQuote(_) => self.builder.close(BlockKind::Quote, false),
            TagEnd::CodeBlock => {
                let language = self.code.take().unwrap_or_default();
                let words = std::mem::take(&mut self.words);
                self.builder.code(&language, &words);
            }
            TagEnd::HtmlBlock => {
                self.in_html = false;
                let words = std::mem::take(&mut self.words);
                self.html.feed(&mut self.builder, &words);
            }
            TagEnd::List(_) => self.builder.close(BlockKind::List, false),
            TagEnd::Item => self.builder.close(BlockKind::Item, false),
            TagEnd::Table => self.builder.close(BlockKind::Table, false),
            TagEnd::TableHead | TagEnd::TableRow => self.builder.row(),
            TagEnd::TableCell => {}
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                self.faces.pop();
            }
            TagEnd::Link => {
                self.faces.pop();
                let address = self.links.pop().unwrap_or_default();
                if !self.keeps() {
                    self.builder.address(&address, self.face());
                }
            }
            TagEnd::Image => {
                let name = self.images.pop().unwrap_or_default();
                if !self.keeps() {
                    let alt = std::mem::take(&mut self.words);
                    self.builder.image(&alt, &name, self.face());
                }
            }
            _ => self.builder.flush(),
        }
    }
}

/// The longest formula, in bytes.
const LONGEST: usize = 2_000;

/// Puts formulas between `\(` and `\)` or `\[` and `\]`, which CommonMark reads as escaped brackets, between dollar signs. Code and
/// brackets around other text stay as they are.
fn dollar_signs(text: &str) -> Cow<'_, str> {
    if !text.contains(r"\(") && !text.contains(r"\[") {
        return Cow::Borrowed(text);
    }
    let ticks = ticks(text);
    // The last found place of each of the four closing signs, so that none is searched twice.
    let mut closings = [0; 4];
    let (mut clean, mut from, mut at) = (String::with_capacity(text.len()), 0, 0);
    while let Some(found) = text[at..].find(['`', '\\']) {
        at += found;
        let rest = &text[at..];
        if rest.starts_with('`') {
            let length = rest.len() - rest.trim_start_matches('`').len();
            // Code ends at the next run of as many backticks.
            let end = ticks.get(&length).and_then(|places| {
                places.get(places.partition_point(|place| *place <= at)).map(|place| place + length)
            });
            at = end.unwrap_or(at + length);
            continue;
        }
        let slashes = if rest.starts_with(r"\\(") || rest.starts_with(r"\\[") { 2 } else { 1 };
        let (number, close, sign) = match rest.as_bytes().get(slashes) {
            Some(b'(') => (slashes - 1, ')', "$"),
            Some(b'[') => (slashes + 1, ']', "$$"),
            _ => {
                at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8);
                continue;
            }
        };
        let begin = at + slashes + 1;
        let closing = format!("{}{close}", &rest[..slashes]);
        if closings[number] < begin {
            closings[number] = text[begin..].find(&closing).map_or(usize::MAX, |end| begin + end);
        }
        at = begin;
        if closings[number].saturating_sub(begin) > LONGEST {
            continue;
        }
        let source = text[begin..closings[number]].trim();
        let is_formula = if slashes == 2 { dollars::is_likely } else { dollars::is_certain };
        if !source.is_empty() && !source.contains('$') && is_formula(source) {
            clean.push_str(&text[from..begin - slashes - 1]);
            clean.extend([sign, source, sign]);
            at = closings[number] + closing.len();
            from = at;
        }
    }
    clean.push_str(&text[from..]);
    Cow::Owned(clean)
}

/// The places of runs of backticks, by their length.
fn ticks(text: &str) -> HashMap<usize, Vec<usize>> {
    let mut places: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('`') {
        at += found;
        let length = text[at..].len() - text[at..].trim_start_matches('`').len();
        places.entry(length).or_default().push(at);
        at += length;
    }
    places
}
