//! HTML of question banks to blocks. Elements become what they look like; of unknown ones, only the content is kept.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, StartTag, Token, Tokenizer};

use super::Text;
use super::block::RichBlock;
use super::builder::{BlockKind, Builder};
use super::dollars::{self, FormulaPiece};
use super::face::TextFace;

/// Reads HTML.
pub(super) fn parse(text: &str) -> Text {
    let (mut builder, mut html) = (Builder::default(), Html::default());
    html.feed(&mut builder, text);
    html.finish(&mut builder);
    builder.finish()
}

/// The deepest nesting of elements within a line.
const DEEPEST: usize = 64;

/// An element within a line.
#[derive(Debug)]
struct OpenTag {
    name: Vec<u8>,
    /// The face of text in it.
    face: TextFace,
    /// The address of a link.
    address: Option<String>,
}

/// The open elements of HTML, kept between several pieces of a text.
#[derive(Debug, Default)]
pub(super) struct Html {
    open: Vec<OpenTag>,
    /// The element whose content is hidden until it ends.
    skip: Option<Vec<u8>>,
    /// The content of `pre` with its language, or of Anki's element for formulas.
    raw: Option<RawElement>,
}

#[derive(Debug)]
enum RawElement {
    Code(String, String),
    Maths(String, bool),
}

impl Html {
    /// The face given by the open elements.
    pub(super) fn face(&self) -> TextFace {
        self.open.last().map_or(TextFace::PLAIN, |open| open.face)
    }

    /// Whether text is hidden now.
    pub(super) fn is_skipping(&self) -> bool {
        self.skip.is_some()
    }

    /// Reads a piece of HTML.
    pub(super) fn feed(&mut self, builder: &mut Builder, source: &str) {
        let mut emitter = DefaultEmitter::default();
        // The content of `script` and `style` is not HTML.
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(source, emitter).flatten() {
            match token {
                Token::StartTag(tag) => self.start(builder, &tag),
                Token::EndTag(tag) => self.end(builder, &tag.name),
                Token::String(words) => self.words(builder, &String::from_utf8_lossy(&words)),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
    }

    /// Ends open code or formulas.
    pub(super) fn finish(&mut self, builder: &mut Builder) {
        self.end_raw(builder);
    }

    fn words(&mut self, builder: &mut Builder, words: &str) {
        if self.is_skipping() {
            return;
        }
        if let Some(RawElement::Code(raw, _) | RawElement::Maths(raw, _)) = &mut self.raw {
            raw.push_str(words);
            return;
        }
        let face = self.face();
        if face.has(TextFace::CODE) {
            return flow(builder, words, face);
        }
        for piece in dollars::split(words, false) {
            match piece {
                FormulaPiece::Words(words) => flow(builder, &words, face),
                // Learning platforms do not use single dollar signs, but people do.
                FormulaPiece::Maths { source, whole, display: false }
                    if whole.starts_with('$') && !dollars::is_likely(source) =>
                {
                    flow(builder, whole, face);
                }
                FormulaPiece::Maths { source, display, .. } => builder.maths(source, display, face),
            }
        }
    }

    fn start(&mut self, builder: &mut Builder, tag: &StartTag<()>) {
        let name = tag.name.as_slice();
        if self.is_skipping() {
            return;
        }
        if let Some(RawElement::Code(raw, language)) = &mut self.raw {
            match name {
                b"br" | b"p" | b"div" => raw.push('\n'),
                b"code" if language.is_empty() => *language = language_of(tag),
                _ => {}
            }
            return;
        }
        match name {
            b"script" | b"style" | b"template" | b"svg" | b"head" | b"annotation" | b"annotation-xml"
                if !tag.self_closing =>
            {
                self.skip = Some(name.to_vec());
            }
            b"pre" => {
                builder.flush();
                self.raw = Some(RawElement::Code(String::new(), language_of(tag)));
            }
            b"anki-mathjax" => {
                self.raw =
                    Some(RawElement::Maths(String::new(), attribute(tag, b"block").is_some_and(|on| on != "false")));
            }
            b"br" => builder.text("\n", TextFace::PLAIN),
            b"hr" => {
                builder.flush();
                builder.block(RichBlock::Rule);
            }
            b"img" => {
                let [alt, name, title] = [b"alt".as_slice(), b"src", b"title"].map(|name| attribute(tag, name));
                let alt = alt.filter(|alt| !alt.trim().is_empty()).or(title).unwrap_or_default();
                builder.image(&alt, &name.unwrap_or_default(), self.face());
            }
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => builder.heading(),
            b"blockquote" => builder.quote(true),
            b"ul" | b"menu" => builder.list(None, true),
            b"ol" => {
                let start = attribute(tag, b"start").and_then(|start| start.trim().parse().ok());
                builder.list(Some(start.unwrap_or(1)), true);
            }
            b"li" => {
                builder.end_item();
                builder.item(true);
            }
            b"table" => builder.table(Vec::new(), true),
            b"tr" => builder.row(),
            b"td" => builder.cell(false),
            b"th" => builder.cell(true),
            b"input" if attribute(tag, b"type").as_deref() == Some("checkbox") => {
                builder.task(attribute(tag, b"checked").is_some());
            }
            b"q" => builder.text("“", self.face()),
            _ if is_block(name) => builder.flush(),
            _ => self.open(tag),
        }
    }

    fn open(&mut self, tag: &StartTag<()>) {
        let name = tag.name.as_slice();
        let look = match name {
            b"b" | b"strong" | b"mark" => TextFace::STRONG,
            b"i" | b"em" | b"cite" | b"dfn" | b"var" => TextFace::EMPHASIS,
            b"u" | b"ins" => TextFace::UNDER,
            b"s" | b"strike" | b"del" => TextFace::STRUCK,
            b"code" | b"tt" | b"kbd" | b"samp" => TextFace::CODE,
            b"sup" => TextFace::SUP,
            b"sub" => TextFace::SUB,
            b"a" => TextFace::LINK,
            _ => return,
        };
        let address = if name == b"a" { attribute(tag, b"href") } else { None };
        // An anchor that leads nowhere is no link.
        let look = if name == b"a" && address.is_none() { TextFace::PLAIN } else { look };
        if !tag.self_closing && self.open.len() < DEEPEST {
            self.open.push(OpenTag { name: name.to_vec(), face: self.face().with(look), address });
        }
    }

    fn end(&mut self, builder: &mut Builder, name: &HtmlString) {
        let name = name.as_slice();
        if let Some(skipped) = &self.skip {
            if skipped == name {
                self.skip = None;
            }
            return;
        }
        match (&self.raw, name) {
            (Some(RawElement::Code(..)), b"pre") | (Some(RawElement::Maths(..)), b"anki-mathjax") => {
                return self.end_raw(builder);
            }
            (Some(_), _) => return,
            _ => {}
        }
        match name {
            b"blockquote" => builder.close(BlockKind::Quote, true),
            b"ul" | b"ol" | b"menu" => builder.close(BlockKind::List, true),
            b"li" => {
                builder.flush();
                builder.end_item();
            }
            b"table" => builder.close(BlockKind::Table, true),
            b"q" => builder.text("”", self.face()),
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => builder.flush(),
            _ if is_block(name) => builder.flush(),
            _ => {
                let Some(at) = self.open.iter().rposition(|open| open.name == name) else { return };
                // Elements that were opened in it and not closed continue.
                let closed = self.open.remove(at);
                let outer = at.checked_sub(1).map_or(TextFace::PLAIN, |before| self.open[before].face);
                for open in &mut self.open[at..] {
                    open.face = open.face.without(closed.face.without(outer));
                }
                if let Some(address) = closed.address {
                    builder.address(&address, self.face());
                }
            }
        }
    }

    fn end_raw(&mut self, builder: &mut Builder) {
        match self.raw.take() {
            Some(RawElement::Code(code, language)) => builder.code(&language, code.strip_prefix('\n').unwrap_or(&code)),
            Some(RawElement::Maths(source, display)) => builder.maths(&source, display, self.face()),
            None => {}
        }
    }
}

/// Text of a paragraph, with white space as single blanks.
fn flow(builder: &mut Builder, words: &str, face: TextFace) {
    let blank = |char: char| char.is_ascii_whitespace();
    let mut text = String::with_capacity(words.len());
    let mut parted = builder.at_start();
    for char in words.chars() {
        if !blank(char) {
            text.push(char);
        } else if !parted {
            text.push(' ');
        }
        parted = blank(char);
    }
    builder.text(&text, face);
}

fn attribute(tag: &StartTag<()>, name: &[u8]) -> Option<String> {
    tag.attributes.get(name).map(|value| String::from_utf8_lossy(&value.value).into_owned())
}

/// The language in a class `language-…` or `lang-…`.
fn language_of(tag: &StartTag<()>) -> String {
    let class = attribute(tag, b"class").unwrap_or_default();
    let named = class.split_whitespace().find_map(|class| {
        class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-")).or_else(|| class.strip_prefix("brush:"))
    });
    named.unwrap_or_default().to_owned()
}

fn is_block(name: &[u8]) -> bool {
    const BLOCKS: [&[u8]; 29] = [
        b"address",
        b"article",
        b"aside",
        b"body",
        b"caption",
        b"center",
        b"dd",
        b"details",
        b"div",
        b"dl",
        b"dt",
        b"fieldset",
        b"figcaption",
        b"figure",
        b"footer",
        b"form",
        b"header",
        b"html",
        b"legend",
        b"main",
        b"nav",
        b"p",
        b"section",
        b"summary",
        b"tbody",
        b"tfoot",
        b"thead",
        b"title",
        b"option",
    ];
    BLOCKS.contains(&name)
}
