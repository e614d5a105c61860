//! Templates of cards: `{{Field}}`, filters, and parts that are shown if a field says something.

mod part;

use std::collections::HashMap;

use part::{TemplatePart, parse};

/// How deep parts within parts are looked into.
const DEEPEST: usize = 32;
/// A side of a card is no longer than this, in bytes: fields within fields could make more of them.
const LONGEST: usize = 4 << 20;

/// The fields of a note, as a template asks for them.
#[derive(Clone, Copy, Debug)]
pub struct FieldValues<'a> {
    /// The names of the fields.
    pub names: &'a [String],
    /// Their values, in the same order.
    pub values: &'a [String],
    /// `Tags`, `Type`, `Deck`, `Card` and the like.
    pub special: &'a HashMap<&'static str, String>,
}

/// How a side is rendered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RenderStyle {
    /// The number of the card's deletion, from 1; 0 if it has none.
    pub deletion: u32,
    /// Whether deletions of a text are left out, with the text.
    pub without_cloze: bool,
}

/// A side of a card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RenderedSide {
    /// What is shown, HTML.
    pub html: String,
    /// The name of the field that is to be typed, if there is one.
    pub typed: Option<String>,
    /// Whether a field says something in it, other than what the template says itself.
    pub says_something: bool,
    /// Filters that are not known.
    pub unknown_filters: Vec<String>,
    /// Whether it names a field that is not there, or a part that is never closed.
    pub broken: bool,
}

impl FieldValues<'_> {
    /// The value of a field; `None` if there is none of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        let own = self.names.iter().position(|known| known == name).and_then(|place| self.values.get(place));
        own.or_else(|| self.special.get(name)).map(String::as_str)
    }
}

/// Renders a side. `{{FrontSide}}` is left out: a question shows its front by itself.
pub fn render(template: &str, fields: &FieldValues<'_>, style: RenderStyle) -> RenderedSide {
    let mut side = RenderedSide::default();
    match parse(template) {
        Some(parts) => write(&parts, fields, style, &mut side, 0),
        None => side.broken = true,
    }
    side
}

fn write(
    parts: &[TemplatePart<'_>],
    fields: &FieldValues<'_>,
    style: RenderStyle,
    side: &mut RenderedSide,
    depth: usize,
) {
    if depth > DEEPEST || side.html.len() > LONGEST {
        side.broken = true;
        return;
    }
    for part in parts {
        match part {
            TemplatePart::Words(words) => side.html.push_str(words),
            TemplatePart::Field { name: "FrontSide", .. } => {}
            TemplatePart::Field { name, filters } => field(name, filters, fields, style, side),
            TemplatePart::Section { name, negative, inside } => {
                if is_shown(name, fields, style) != *negative {
                    write(inside, fields, style, side, depth + 1);
                }
            }
        }
    }
}

/// Whether a part that depends on a field is shown: `c1` asks for the first deletion.
fn is_shown(name: &str, fields: &FieldValues<'_>, style: RenderStyle) -> bool {
    match fields.get(name) {
        Some(value) => says_something(value),
        None => {
            name.strip_prefix('c').and_then(|number| number.parse().ok()) == Some(style.deletion).filter(|it| *it > 0)
        }
    }
}

/// Whether a field is more than white space and empty elements.
pub fn says_something(html: &str) -> bool {
    let mut rest = html.trim();
    loop {
        rest = rest.trim_start().trim_start_matches("&nbsp;");
        if rest.is_empty() {
            return false;
        }
        let Some(element) = rest.strip_prefix('<') else { return !rest.trim().is_empty() };
        let name: String = element
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_lowercase();
        if !matches!(name.as_str(), "br" | "div" | "p" | "span") {
            return true;
        }
        match element.find('>') {
            Some(end) => rest = &element[end + 1..],
            None => return true,
        }
    }
}

fn field(name: &str, filters: &[&str], fields: &FieldValues<'_>, style: RenderStyle, side: &mut RenderedSide) {
    let Some(value) = fields.get(name) else {
        side.broken |= !name.is_empty();
        return;
    };
    let mut value = value.to_owned();
    // The filter next to the field comes first.
    for filter in filters.iter().rev() {
        let (filter, arguments) = filter.split_once(' ').unwrap_or((filter, ""));
        value = match filter.trim() {
            "" => value,
            "text" => plain(&value),
            "hint" => format!("<i>({name})</i> {value}"),
            "cloze" | "cloze-only" if style.without_cloze => String::new(),
            "cloze" | "cloze-only" => value,
            "type" => {
                side.typed = Some(name.to_owned());
                String::new()
            }
            "furigana" => ruby(&value, |base, above| format!("<ruby>{base}<rt>{above}</rt></ruby>")),
            "kanji" => ruby(&value, |base, _| base.to_owned()),
            "kana" => ruby(&value, |_, above| above.to_owned()),
            // A voice reads the field aloud, which is no part of the text.
            tts if tts == "tts" || tts == "tts-voices" => String::new(),
            other => {
                if !(other == "nc" || arguments.starts_with("lang=")) {
                    side.unknown_filters.push(other.to_owned());
                }
                value
            }
        };
    }
    side.says_something |= says_something(&value);
    if side.html.len() + value.len() <= LONGEST {
        side.html.push_str(&value);
    }
}

/// The text without elements, with its entities decoded.
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        let inside = &rest[open + 1..];
        let is_element = inside.starts_with(|char: char| char.is_ascii_alphabetic() || matches!(char, '/' | '!'));
        match inside.find('>').filter(|_| is_element) {
            Some(end) => {
                let name = inside.trim_start_matches('/').to_ascii_lowercase();
                if ["br", "div", "p>", "p ", "li", "tr"].iter().any(|block| name.starts_with(block)) {
                    text.push('\n');
                }
                rest = &inside[end + 1..];
            }
            None => {
                text.push('<');
                rest = inside;
            }
        }
    }
    text.push_str(rest);
    html_escape::decode_html_entities(&text).replace('\u{a0}', " ").trim().to_owned()
}

/// `漢字[かんじ]`: a base, which begins after a blank, and what is written above it.
fn ruby(text: &str, join: impl Fn(&str, &str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let Some(close) = rest[open..].find(']').map(|at| open + at) else { break };
        let above = &rest[open + 1..close];
        let from = rest[..open].rfind([' ', '>', ';']).map_or(0, |at| at + 1);
        if above.starts_with("sound:") || from == open {
            out.push_str(&rest[..=close]);
        } else {
            out.push_str(rest[..from].strip_suffix(' ').unwrap_or(&rest[..from]));
            out.push_str(&join(&rest[from..open], above));
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(template: &str, fields: &[(&str, &str)]) -> RenderedSide {
        let names: Vec<String> = fields.iter().map(|(name, _)| (*name).to_owned()).collect();
        let values: Vec<String> = fields.iter().map(|(_, value)| (*value).to_owned()).collect();
        let special = HashMap::from([("Tags", "a b".to_owned())]);
        let fields = FieldValues { names: &names, values: &values, special: &special };
        render(template, &fields, RenderStyle { deletion: 2, ..RenderStyle::default() })
    }

    #[test]
    fn fields_parts_and_filters_are_rendered() {
        let fields = [("Front", "<b>1</b> &lt; 2"), ("Back", ""), ("日本", " 漢字[かんじ]です 日[に]"), ("a:b", "odd")];
        for (template, html) in [
            ("{{Front}}!", "<b>1</b> &lt; 2!"),
            ("{{ Front }}", "<b>1</b> &lt; 2"),
            ("{{text:Front}}", "1 < 2"),
            ("{{#Back}}no{{/Back}}{{^Back}}yes{{/Back}}", "yes"),
            ("{{#Front}}a{{^Back}}b{{/Back}}c{{/Front}}", "abc"),
            ("{{FrontSide}}<hr id=answer>{{Tags}}", "<hr id=answer>a b"),
            ("{{furigana:日本}}", "<ruby>漢字<rt>かんじ</rt></ruby>です<ruby>日<rt>に</rt></ruby>"),
            ("{{kana:日本}}", "かんじですに"),
            ("{{kanji:日本}}", "漢字です日"),
            ("{{#c2}}second{{/c2}}{{#c1}}first{{/c1}}", "second"),
            ("{{tts en_US voices=A:Front}}x", "x"),
            ("{{=<% %>=}}<%Front%>", "<b>1</b> &lt; 2"),
            ("{{edit:Front}}", "<b>1</b> &lt; 2"),
        ] {
            assert_eq!(rendered(template, &fields).html, html, "{template}");
        }
    }

    #[test]
    fn what_is_typed_and_what_is_wrong_is_said() {
        let fields = [("Front", "q"), ("Back", "a")];
        assert_eq!(rendered("{{Front}} {{type:Back}}", &fields).typed.as_deref(), Some("Back"));
        assert!(rendered("{{#Front}}", &fields).broken && rendered("{{None}}", &fields).broken);
        assert!(rendered("{{Front", &fields).broken && rendered("{{/Front}}", &fields).broken);
        assert_eq!(rendered("{{shout:Front}}", &fields).unknown_filters, ["shout"]);
        assert!(!rendered("words {{#Back}}{{/Back}}", &fields).says_something);
    }

    #[test]
    fn empty_elements_say_nothing() {
        for html in ["", " ", "<br>", "<div><br></div>", "&nbsp;", "<p> </p>"] {
            assert!(!says_something(html), "{html}");
        }
        for html in ["a", "<img src=\"a.png\">", "<div>a</div>", "<"] {
            assert!(says_something(html), "{html}");
        }
    }
}
