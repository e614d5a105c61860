//! HTML as question banks hold it, to blocks. Elements are what they look like; what is unknown is its content.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, StartTag, Token, Tokenizer};

use super::Text;
use super::block::Block;
use super::builder::{Builder, Kind};
use super::dollars::{self, Piece};
use super::face::Face;

/// Reads HTML.
pub(super) fn parse(text: &str) -> Text {
    let (mut builder, mut html) = (Builder::default(), Html::default());
    html.feed(&mut builder, text);
    html.finish(&mut builder);
    builder.finish()
}

/// Elements within a line are remembered this deep.
const DEEPEST: usize = 64;

/// An element within a line.
#[derive(Debug)]
struct Open {
    name: Vec<u8>,
    /// All looks that hold in it.
    face: Face,
    /// The address, for a link.
    address: Option<String>,
}

/// What is open in a text of HTML, also over several pieces of it.
#[derive(Debug, Default)]
pub(super) struct Html {
    open: Vec<Open>,
    /// The element whose content is not shown, until it ends.
    skip: Option<Vec<u8>>,
    /// Code of `pre` and its language, or a formula of Anki's element.
    raw: Option<Raw>,
}

#[derive(Debug)]
enum Raw {
    Code(String, String),
    Maths(String, bool),
}

impl Html {
    /// The look that the open elements give.
    pub(super) fn face(&self) -> Face {
        self.open.last().map_or(Face::PLAIN, |open| open.face)
    }

    /// Whether words now are not shown.
    pub(super) fn is_skipping(&self) -> bool {
        self.skip.is_some()
    }

    /// Reads a piece of HTML.
    pub(super) fn feed(&mut self, builder: &mut Builder, source: &str) {
        let mut emitter = DefaultEmitter::default();
        // What stands in `script` and `style` is not HTML.
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

    /// What is still open ends.
    pub(super) fn finish(&mut self, builder: &mut Builder) {
        self.end_raw(builder);
    }

    fn words(&mut self, builder: &mut Builder, words: &str) {
        if self.is_skipping() {
            return;
        }
        if let Some(Raw::Code(raw, _) | Raw::Maths(raw, _)) = &mut self.raw {
            raw.push_str(words);
            return;
        }
        let face = self.face();
        if face.has(Face::CODE) {
            return flow(builder, words, face);
        }
        for piece in dollars::split(words, false) {
            match piece {
                Piece::Words(words) => flow(builder, &words, face),
                // Learning platforms know no single dollar signs, people do.
                Piece::Maths { source, whole, display: false }
                    if whole.starts_with('$') && !dollars::is_likely(source) =>
                {
                    flow(builder, whole, face);
                }
                Piece::Maths { source, display, .. } => builder.maths(source, display, face),
            }
        }
    }

    fn start(&mut self, builder: &mut Builder, tag: &StartTag<()>) {
        let name = tag.name.as_slice();
        if self.is_skipping() {
            return;
        }
        if let Some(Raw::Code(raw, language)) = &mut self.raw {
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
                self.raw = Some(Raw::Code(String::new(), language_of(tag)));
            }
            b"anki-mathjax" => {
                self.raw = Some(Raw::Maths(String::new(), attribute(tag, b"block").is_some_and(|on| on != "false")));
            }
            b"br" => builder.text("\n", Face::PLAIN),
            b"hr" => {
                builder.flush();
                builder.block(Block::Rule);
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
            b"b" | b"strong" | b"mark" => Face::STRONG,
            b"i" | b"em" | b"cite" | b"dfn" | b"var" => Face::EMPHASIS,
            b"u" | b"ins" => Face::UNDER,
            b"s" | b"strike" | b"del" => Face::STRUCK,
            b"code" | b"tt" | b"kbd" | b"samp" => Face::CODE,
            b"sup" => Face::SUP,
            b"sub" => Face::SUB,
            b"a" => Face::LINK,
            _ => return,
        };
        let address = if name == b"a" { attribute(tag, b"href") } else { None };
        // An anchor that leads nowhere is no link.
        let look = if name == b"a" && address.is_none() { Face::PLAIN } else { look };
        if !tag.self_closing && self.open.len() < DEEPEST {
            self.open.push(Open { name: name.to_vec(), face: self.face().with(look), address });
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
            (Some(Raw::Code(..)), b"pre") | (Some(Raw::Maths(..)), b"anki-mathjax") => return self.end_raw(builder),
            (Some(_), _) => return,
            _ => {}
        }
        match name {
            b"blockquote" => builder.close(Kind::Quote, true),
            b"ul" | b"ol" | b"menu" => builder.close(Kind::List, true),
            b"li" => {
                builder.flush();
                builder.end_item();
            }
            b"table" => builder.close(Kind::Table, true),
            b"q" => builder.text("”", self.face()),
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => builder.flush(),
            _ if is_block(name) => builder.flush(),
            _ => {
                let Some(at) = self.open.iter().rposition(|open| open.name == name) else { return };
                // What was opened in it and not closed goes on.
                let closed = self.open.remove(at);
                let outer = at.checked_sub(1).map_or(Face::PLAIN, |before| self.open[before].face);
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
            Some(Raw::Code(code, language)) => builder.code(&language, code.strip_prefix('\n').unwrap_or(&code)),
            Some(Raw::Maths(source, display)) => builder.maths(&source, display, self.face()),
            None => {}
        }
    }
}

/// Words of a paragraph: white space is one space.
fn flow(builder: &mut Builder, words: &str, face: Face) {
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

/// The language that a class `language-…` or `lang-…` names.
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
