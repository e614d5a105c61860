//! Texts of banks as the HTML of fields.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

use crate::anki::note_type::tidy;
use crate::model::Markup;

/// What plays instead of being looked at.
const SOUNDS: [&str; 7] = ["mp3", "ogg", "wav", "m4a", "flac", "opus", "oga"];

/// Turns the texts of a question into HTML.
pub struct OutText<'a> {
    /// How they are written.
    pub markup: Markup,
    /// Pictures and sounds: what texts call them, and what the package does.
    pub media: &'a [(String, String)],
}

impl OutText<'_> {
    /// A text as HTML.
    pub fn html(&self, text: &str) -> String {
        match self.markup {
            Markup::Plain => escaped(text),
            Markup::Markdown => self.markdown(text),
            Markup::Html => {
                let mut out = tidy(text);
                for (written, name) in self.media.iter().filter(|(written, name)| written != name) {
                    for quote in ['"', '\''] {
                        out =
                            out.replace(&format!("src={quote}{written}{quote}"), &format!("src={quote}{name}{quote}"));
                    }
                }
                out
            }
        }
    }

    fn markdown(&self, text: &str) -> String {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH;
        let mut in_sound = false;
        let events = Parser::new_ext(text, options).filter_map(|event| {
            Some(match event {
                Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                    let name = self.name(&dest_url);
                    if is_sound(&name) {
                        in_sound = true;
                        return Some(Event::Html(CowStr::from(format!("[sound:{name}]"))));
                    }
                    Event::Start(Tag::Image { link_type, dest_url: CowStr::from(name), title, id })
                }
                Event::End(TagEnd::Image) if in_sound => {
                    in_sound = false;
                    return None;
                }
                _ if in_sound => return None,
                Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
                Event::InlineMath(text) => Event::InlineHtml(format!("\\({}\\)", escaped(&text)).into()),
                Event::DisplayMath(text) => Event::InlineHtml(format!("\\[{}\\]", escaped(&text)).into()),
                Event::SoftBreak => Event::HardBreak,
                other => other,
            })
        });
        let mut out = String::with_capacity(text.len() + 16);
        html::push_html(&mut out, events);
        let out = out.trim();
        let only = out.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
        only.filter(|inside| !inside.contains("<p>")).unwrap_or(out).to_owned()
    }

    fn name(&self, written: &str) -> String {
        let known = self.media.iter().find(|(name, _)| name == written);
        known.map_or_else(|| written.to_owned(), |(_, name)| name.clone())
    }
}

fn is_sound(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, end)| SOUNDS.iter().any(|known| end.eq_ignore_ascii_case(known)))
}

/// A plain text as HTML.
pub fn escaped(text: &str) -> String {
    if !text.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'\n' | b'\r' | 0x1f)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' => out.push_str("<br>"),
            '\r' | '\u{1f}' => {}
            char => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_html() {
        let media = [("pics/a.png".to_owned(), "a.png".to_owned()), ("b.mp3".to_owned(), "b.mp3".to_owned())];
        let html = |markup, text: &str| OutText { markup, media: &media }.html(text);
        for (markup, text, expected) in [
            (Markup::Plain, "a < b & c\n*d*", "a &lt; b &amp; c<br>*d*"),
            (Markup::Markdown, "**a** <b>\n`x<y>`", "<strong>a</strong> &lt;b&gt;<br />\n<code>x&lt;y&gt;</code>"),
            (Markup::Markdown, "$x<y$ and $$z$$", "\\(x&lt;y\\) and \\[z\\]"),
            (Markup::Markdown, "![dot](pics/a.png) ![word](b.mp3)", "<img src=\"a.png\" alt=\"dot\" /> [sound:b.mp3]"),
            (Markup::Html, "<img src=\"pics/a.png\"><script>x</script>", "<img src=\"a.png\">"),
        ] {
            assert_eq!(html(markup, text), expected);
        }
    }
}
