//! Whether the texts of a table or of data are HTML: entities or tags in most questions decide.

use crate::bank::collect::Collected;
use crate::bank::word_set::WordSet;
use crate::bank::{BankQuestion, Decision};
use crate::model::Markup;

/// Elements that texts of questions have.
static PAIRED: WordSet =
    WordSet::new("b i u em strong p div span sub sup code pre ul ol li a table tr td font small h3 h4 blockquote");
/// Elements that nothing closes.
static ALONE: WordSet = WordSet::new("br img hr");

/// What the texts of a question are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    Plain,
    /// Tags or entities among words.
    Html,
    /// A text that is a tag or an entity and nothing else: the question is about HTML.
    Spoken,
}

/// Reads the texts as HTML if most questions have tags or entities among their words, and none is about HTML itself.
pub(in crate::bank) fn decide(read: &mut Collected) {
    let plain = |question: &&BankQuestion| question.markup == Markup::Plain;
    let written: Vec<(usize, Written)> =
        read.questions.iter().filter(plain).map(|question| (question.line, of_question(question))).collect();
    let count = |wanted: Written| written.iter().filter(|(_, written)| *written == wanted).count();
    let (html, spoken) = (count(Written::Html), count(Written::Spoken));
    if html * 2 <= written.len() || spoken * 10 > written.len() {
        return;
    }
    for question in read.questions.iter_mut().filter(|question| question.markup == Markup::Plain) {
        question.markup = Markup::Html;
    }
    let lines = written.iter().filter(|(_, written)| *written == Written::Html).map(|(line, _)| *line);
    let text = format!("tags or entities in {html} of {} questions", written.len());
    read.evidence.push(Decision::new("markup", "html").because(text, lines));
}

fn of_question(question: &BankQuestion) -> Written {
    let options = question.options.iter().map(|option| option.text.as_str());
    let texts = || options.clone().chain([question.stem.as_str()]);
    if texts().any(|text| of_text(text) == Written::Spoken) {
        return Written::Spoken;
    }
    let explained = question.explanation.as_deref().unwrap_or_default();
    let is_html = texts().chain([explained]).any(|text| of_text(text) == Written::Html);
    if is_html { Written::Html } else { Written::Plain }
}

fn of_text(text: &str) -> Written {
    let text = text.trim();
    if let Some(tag) = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'))
        && !tag.contains(['<', '>'])
    {
        return Written::Spoken;
    }
    let mut found = false;
    for (at, _) in text.match_indices('&') {
        if let Some(length) = entity(&text[at..]) {
            if length == text.len() {
                return Written::Spoken;
            }
            found = true;
        }
    }
    if found || has_tag(text) { Written::Html } else { Written::Plain }
}

/// How long the entity at the beginning of a text is.
fn entity(text: &str) -> Option<usize> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let known = match name.strip_prefix('#') {
        Some(number) => {
            !number.is_empty() && number.trim_start_matches(['x', 'X']).bytes().all(|byte| byte.is_ascii_hexdigit())
        }
        None => html_escape::decode_html_entities(&text[..=end]) != text[..=end],
    };
    known.then_some(end + 1)
}

/// Whether a text has an element that is closed, or one that needs no end.
fn has_tag(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = &text[at + 1..];
        let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).flat_map(char::to_lowercase).collect();
        let ends = rest[name.len()..].starts_with(['>', ' ', '/']);
        let closed = || rest.get(name.len()..).is_some_and(|rest| closes(rest, &name));
        ends && (ALONE.contains(name.as_str()) && rest.contains('>') || PAIRED.contains(name.as_str()) && closed())
    })
}

/// Whether the end of an element follows within a limited distance.
fn closes(text: &str, name: &str) -> bool {
    let near = text.char_indices().nth(4000).map_or(text, |(end, _)| &text[..end]);
    near.match_indices("</")
        .any(|(at, _)| near.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_entities_among_words_are_html() {
        for (text, wanted) in [
            ("What is H<sub>2</sub>O?", Written::Html),
            ("Salt &amp; pepper", Written::Html),
            ("first<br>second", Written::Html),
            ("It&#039;s so", Written::Html),
            ("<p>", Written::Spoken),
            ("&lt;", Written::Spoken),
            ("a < b and c > d", Written::Plain),
            ("AT&T; and more", Written::Plain),
            ("vector<int> is a type", Written::Plain),
            ("What does <b> do?", Written::Plain),
        ] {
            assert_eq!(of_text(text), wanted, "{text}");
        }
    }

    #[test]
    fn most_questions_decide() {
        let question = |stem: &str| BankQuestion { stem: stem.into(), ..BankQuestion::default() };
        let read = |stems: [&str; 3]| {
            let mut read = Collected { questions: stems.map(question).to_vec(), ..Collected::default() };
            decide(&mut read);
            read.questions[0].markup
        };
        assert_eq!(read(["a &amp; b", "x<sup>2</sup> is", "plain"]), Markup::Html);
        assert_eq!(read(["a &amp; b", "plain", "plain too"]), Markup::Plain);
        assert_eq!(read(["a &amp; b", "x<sup>2</sup> is", "<b>"]), Markup::Plain);
    }
}
