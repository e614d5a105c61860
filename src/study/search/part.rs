//! The parts of a search as they are typed: a word, a phrase in quotation marks, or a filter.

use super::filter::FILTERS;
use crate::model::search_text::{Sought, has_words, spaced};
use crate::model::shell_word;

/// A part of what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// Whether it is excluded.
    pub(super) not: bool,
    /// The name of the filter.
    pub(super) filter: Option<&'static str>,
    pub(super) text: String,
    /// Whether it began with a quotation mark.
    pub(super) quoted: bool,
    /// Whether that quotation mark was never closed.
    unclosed: bool,
    /// Whether it ends with `*`.
    pub(super) prefix: bool,
    /// Whether it is being typed, so that more letters may follow.
    pub(super) goes_on: bool,
}

impl Part {
    /// A word without quotation marks, which ends with `*` if only its beginning is said.
    pub(super) fn word(word: &str) -> Self {
        let text = word.trim_end_matches('*');
        Self { text: text.into(), prefix: text.len() < word.len(), ..Self::default() }
    }

    /// A text that is one filter with a name of several words and without quotation marks: `deck:My Deck`.
    pub(super) fn of_several_words(text: &str) -> Option<Self> {
        let (not, rest) = text.trim().strip_prefix('-').map_or((false, text.trim()), |after| (true, after));
        let (filter, name) = after_filter(rest).filter(|(filter, _)| matches!(*filter, "deck" | "topic" | "tag"))?;
        let mut others = name.split_whitespace().skip(1).peekable();
        let is_one = others.peek().is_some()
            && !name.contains(is_quote)
            && others.all(|word| after_filter(word.strip_prefix('-').unwrap_or(word)).is_none());
        is_one.then(|| Self { not, filter: Some(filter), quoted: true, ..Self::word(name.trim()) })
    }

    pub(super) fn is_or(&self) -> bool {
        self.is_word() && !self.quoted && !self.prefix && self.text == "OR"
    }

    /// A word or a phrase that is to be found.
    pub(super) fn is_word(&self) -> bool {
        !self.not && self.filter.is_none()
    }

    /// Whether only its beginning is said.
    pub(super) fn only_begins(&self) -> bool {
        self.prefix || self.goes_on
    }

    /// The words as FTS5 reads them: one string, which it splits as it split the texts.
    pub(super) fn words(&self) -> String {
        let text = spaced(&self.text).replace('\0', " ").replace('"', "\"\"");
        format!("\"{text}\"{}", if self.only_begins() { " *" } else { "" })
    }

    pub(super) fn sought(&self) -> Sought {
        Sought { text: self.text.clone(), prefix: self.only_begins() }
    }

    /// The part is the last one of what is being typed, so more letters may follow. What stands in quotation marks is whole when they are closed.
    pub(super) fn go_on(&mut self) {
        let names = matches!(self.filter, None | Some("deck" | "topic" | "tag")) && !self.text.trim().is_empty();
        let is_open = !self.quoted || self.unclosed;
        self.goes_on = is_open && names && !self.is_or() && (self.filter.is_some() || has_words(&self.text));
    }

    /// Whether it is the first letter of a word: nearly all questions have a word that begins with it.
    pub(super) fn is_first_letter(&self) -> bool {
        let mut chars = self.text.chars();
        let first = chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none();
        let is_open = !self.quoted || self.unclosed;
        // Letters of scripts without blanks are words.
        self.filter.is_none() && is_open && first && spaced(&self.text).trim() == spaced(&self.text)
    }

    /// The part as it is typed.
    pub(super) fn typed(&self) -> String {
        let not = if self.not { "-" } else { "" };
        let filter = self.filter.map(|filter| format!("{filter}:")).unwrap_or_default();
        let star = if self.prefix { "*" } else { "" };
        let text = if self.quoted { quoted(&self.text) } else { self.text.clone() };
        format!("{not}{filter}{text}{star}")
    }
}

/// A filter for exactly this name as it is typed on the search screen, whatever the name holds: `deck:"My \"best\" deck"`.
pub fn filter_text(filter: &str, name: &str) -> String {
    format!("{filter}:{}", quoted(name))
}

/// A filter as an argument of a command that can be pasted into a shell. The search screen understands it too.
pub(super) fn filter_word(filter: &str, name: &str) -> String {
    let is_plain = |char: char| char.is_alphanumeric() || matches!(char, '-' | '_' | '.' | ':' | '/');
    if !name.is_empty() && name.chars().all(is_plain) {
        format!("{filter}:{name}")
    } else {
        shell_word(&filter_text(filter, name))
    }
}

/// A text in quotation marks; those inside, and a backslash that would be read with what follows, get a backslash.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    let mut rest = text.chars().peekable();
    while let Some(char) = rest.next() {
        let is_read = char == '"' || (char == '\\' && rest.peek().is_none_or(|next| *next == '\\' || is_quote(*next)));
        if is_read {
            quoted.push('\\');
        }
        quoted.push(char);
    }
    quoted.push('"');
    quoted
}

fn is_quote(char: char) -> bool {
    matches!(char, '"' | '“' | '”' | '„' | '«' | '»')
}

/// Splits what was typed. Nothing is refused here: a quotation mark that is not closed ends with the text.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let part;
        (part, rest) = match shell_quoted(rest) {
            Some((inside, after)) => (one(&inside).0, after),
            None => one(rest),
        };
        parts.push(part);
        rest = rest.trim_start();
    }
    parts
}

/// The text after a name of a filter.
fn after_filter(text: &str) -> Option<(&'static str, &str)> {
    FILTERS.into_iter().find_map(|name| {
        let begin = text.get(..name.len()).filter(|begin| begin.eq_ignore_ascii_case(name))?;
        text[begin.len()..].strip_prefix(':').map(|after| (name, after))
    })
}

/// A filter in the quotation marks of a shell, as hints and pages show it: `'due:<7'`. What is in them, and what follows.
fn shell_quoted(text: &str) -> Option<(String, &str)> {
    let begin = text.strip_prefix('\'')?;
    after_filter(begin.strip_prefix('-').unwrap_or(begin))?;
    let (mut inside, mut rest) = (String::new(), begin);
    loop {
        let (before, after) = rest.split_once('\'')?;
        inside += before;
        match after.strip_prefix(r"\''") {
            Some(further) => {
                inside.push('\'');
                rest = further;
            }
            None => return after.chars().next().is_none_or(char::is_whitespace).then_some((inside, after)),
        }
    }
}

/// The first part of a text that begins with one, and what follows.
fn one(text: &str) -> (Part, &str) {
    let (mut part, mut rest) = (Part::default(), text);
    let not = rest.strip_prefix('-').filter(|after| after.starts_with(|char: char| !char.is_whitespace()));
    if let Some(after) = not {
        (part.not, rest) = (true, after);
    }
    if let Some((name, after)) = after_filter(rest) {
        (part.filter, rest) = (Some(name), after);
    }
    if let Some(mark) = rest.chars().next().filter(|char| is_quote(*char)) {
        part.quoted = true;
        let inside = &rest[mark.len_utf8()..];
        // A keyboard that writes “ may write " at the end, and the other way round.
        let (taken, end) = match until(inside, |char| if mark == '"' { char == '"' } else { is_quote(char) }) {
            (_, None) => until(inside, is_quote),
            closed => closed,
        };
        (part.text, part.unclosed) = (taken, end.is_none());
        rest = end.map_or("", |end| &inside[end..]);
        rest = rest.strip_prefix(is_quote).unwrap_or(rest);
        if let Some(after) = rest.strip_prefix('*') {
            (part.prefix, rest) = (true, after);
        }
        return (part, rest);
    }
    let (word, end) = until(rest, |char| char.is_whitespace() || is_quote(char));
    let Part { text, prefix, .. } = Part::word(&word);
    (part.text, part.prefix) = (text, prefix);
    (part, end.map_or("", |end| &rest[end..]))
}

/// The text up to a sign that ends it, and where that sign is. A backslash takes its meaning from a quotation mark, and from a backslash.
fn until(text: &str, ends: impl Fn(char) -> bool) -> (String, Option<usize>) {
    let mut taken = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        if char == '\\'
            && let Some(next) = next.filter(|next| *next == '\\' || is_quote(*next))
        {
            taken.push(next);
            chars.next();
        } else if ends(char) {
            return (taken, Some(at));
        } else {
            taken.push(char);
        }
    }
    (taken, None)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str) -> Vec<String> {
        parts(text).iter().map(Part::typed).collect()
    }

    #[test]
    fn what_is_typed_is_split_and_never_refused() {
        assert_eq!(split("red  planet"), ["red", "planet"]);
        assert_eq!(split("\"red planet\" mon*"), ["\"red planet\"", "mon*"]);
        assert_eq!(split("“red planet” -deck:\"My Deck\""), ["\"red planet\"", "-deck:\"My Deck\""]);
        assert_eq!(split("\"red planet” mars"), ["\"red planet\"", "mars"]);
        assert_eq!(split("never \"closed at all"), ["never", "\"closed at all\""]);
        assert_eq!(split("DECK:a tag: -is:new due:<7"), ["deck:a", "tag:", "-is:new", "due:<7"]);
        assert_eq!(split("a:b 12:30 - -- ---x"), ["a:b", "12:30", "-", "--", "---x"]);
        assert_eq!(split("\"two words\"* *"), ["\"two words\"*", "*"]);
        assert!(split(" \t\n").is_empty());
    }

    #[test]
    fn a_backslash_writes_a_quotation_mark() {
        let names = |text: &str| parts(text).into_iter().map(|part| part.text).collect::<Vec<_>>();
        assert_eq!(names(r#"deck:"My \"best\" deck" red"#), ["My \"best\" deck", "red"]);
        assert_eq!(names(r#"tag:\"q\" deck:a\"b"#), ["\"q\"", "a\"b"]);
        assert_eq!(names(r#"topic:"back\\" x"#), ["back\\", "x"]);
        assert_eq!(names(r#""\frac ab""#), [r"\frac ab"], "a backslash before anything else is one");
        assert_eq!(names("deck:\"Das „Buch“\" x"), ["Das „Buch“", "x"], "quotation marks of another form are no end");
        assert_eq!(names(r#"deck:"a\"#), ["a\\"]);
    }

    #[test]
    fn the_quotation_marks_of_a_shell_are_understood_around_a_filter() {
        assert_eq!(split("'due:<7' mars"), ["due:<7", "mars"]);
        assert_eq!(split(r#"'deck:"it'\''s"' x"#), ["deck:\"it's\"", "x"]);
        assert_eq!(split("'-is:new'"), ["-is:new"]);
        assert_eq!(split("'tis 'deck:a"), ["'tis", "'deck:a"]);
    }

    #[test]
    fn a_name_of_several_words_may_come_without_quotation_marks() {
        let whole = |text: &str| Part::of_several_words(text).map(|part| part.typed());
        assert_eq!(whole("deck:My Deck").as_deref(), Some("deck:\"My Deck\""));
        assert_eq!(whole("-tag:a b*").as_deref(), Some("-tag:\"a b\"*"));
        for none in ["deck:Mars", "deck:My \"x\"", "deck:My Deck is:new", "is:new x", "mars deck:My Deck", ""] {
            assert_eq!(whole(none), None, "{none}");
        }
    }

    #[test]
    fn the_last_word_of_a_phrase_that_is_not_closed_may_go_on() {
        let last = |text: &str| {
            let mut last = parts(text).pop().expect("a part");
            last.go_on();
            last.words()
        };
        assert_eq!(last("\"version cont"), "\"version cont\" *");
        assert_eq!(last("\"version cont\""), "\"version cont\"");
        assert_eq!(last("cont"), "\"cont\" *");
    }

    #[test]
    fn quotation_marks_cannot_end_a_string_of_the_index() {
        let part = &parts("＂; drop table card; --")[0];
        assert_eq!(part.words(), "\"\"\";\"");
    }

    proptest! {
        #[test]
        fn whatever_a_name_holds_its_filter_names_it(name in "[ -~„“”«»é漢]{1,12}") {
            for text in [filter_text("tag", &name), filter_word("tag", &name), format!("x {} y", filter_text("tag", &name))] {
                let parts = parts(&text);
                let part = parts.iter().find(|part| part.filter.is_some()).expect("a filter");
                prop_assert_eq!(&part.text, &name, "{}", text);
                prop_assert!(!part.prefix);
                prop_assert!(parts.len() == 1 || parts.len() == 3);
            }
            let word = filter_word("tag", &name);
            let typed = shlex::split(&word).expect("words");
            prop_assert_eq!(typed.len(), 1, "{}", word);
            prop_assert_eq!(&parts(&typed[0])[0].text, &name);
        }
    }
}
