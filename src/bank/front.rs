//! The front matter block: `key: value` lines between two lines of `---` at the top.

use std::borrow::Cow;

use super::lines::place_of_letter;
use super::{Problem, Refusal, Severity};
use crate::model::{Kind, Markup};

/// The front matter block of a bank.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Front {
    /// The deck that the bank belongs in.
    pub deck: Option<String>,
    /// The right option of questions without a mark.
    pub key: Option<KeyRule>,
    /// The kind of all questions.
    pub kind: Option<Kind>,
    /// Tags of all questions.
    pub tags: Vec<String>,
    /// Whether options are shuffled; `false` pins them all.
    pub shuffle: Option<bool>,
    /// Whether the bank is written in the exact form.
    pub exact: bool,
    /// How the texts of all questions are written.
    pub markup: Option<Markup>,
    /// The rule that declared the marked answers of an exact bank, in words.
    pub declared: Option<String>,
}

/// A declared rule for the right option of questions without a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyRule {
    /// The first option.
    First,
    /// The last option.
    Last,
    /// The option in this place, from 0.
    Place(usize),
    /// By a file of lines such as `1. c`: place of the question in the bank (from 1) and places of its right options (from 0).
    Listed(Vec<(usize, Vec<usize>)>),
}

/// Reads the block, if there is one. Returns its contents, its length in lines, and warnings.
pub(super) fn read_front(lines: &[String]) -> Result<(Front, usize, Vec<Problem>), Refusal> {
    let mut front = Front::default();
    let first = lines.iter().position(|line| !line.trim().is_empty()).filter(|first| lines[*first].trim() == "---");
    let Some(first) = first else { return Ok((front, 0, Vec::new())) };
    let inside = &lines[first + 1..];
    // A rule at the top of a bank without front matter has no `key: value` after it; TOML (`key = value`) is its format's own.
    if inside.first().and_then(|line| line.split_once(':')).is_none_or(|(key, _)| key.contains('=')) {
        return Ok((front, 0, Vec::new()));
    }
    let Some(end) = inside.iter().position(|line| line.trim() == "---") else {
        return Err(Refusal::new(
            format!("line {}: the front matter block is never closed", first + 1),
            "end it with a line of `---`",
        ));
    };
    let (mut problems, mut errors) = (Vec::new(), Vec::new());
    for (number, line) in (first + 2..).zip(&inside[..end]) {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        let problem = |severity: Severity, column: usize, message: String, hint: Option<String>| {
            let rest: String = line.chars().skip(column).collect();
            let column = column + rest.chars().take_while(|char| *char == ' ').count() + 1;
            let (width, excerpt) = (rest.trim().chars().count().max(1), line.clone());
            Problem { line: number, column, width, severity, code: "front-matter", message, hint, excerpt }
        };
        let Some((key, value)) = line.split_once(':') else {
            errors.push(problem(Severity::Error, 0, "this is no `key: value`".into(), None));
            continue;
        };
        let (column, key, value) = (key.chars().count() + 1, key.trim(), value.trim());
        match set(&mut front, key, value) {
            Ok(true) => {}
            Ok(false) => {
                let hint = "known are `deck`, `key`, `kind`, `tags`, `shuffle`, `markup` and `form`".to_owned();
                let message = format!("no setting of a bank is called `{key}`");
                problems.push(problem(Severity::Warning, 0, message, Some(hint)));
            }
            Err(allowed) => {
                let message = format!("`{key}` cannot be `{value}`");
                errors.push(problem(Severity::Error, column + 1, message, Some(format!("it takes {allowed}"))));
            }
        }
    }
    if !errors.is_empty() {
        let message = "the front matter block cannot be used".into();
        return Err(Refusal { message, hint: None, problems: errors });
    }
    Ok((front, first + end + 2, problems))
}

fn set(front: &mut Front, key: &str, written: &str) -> Result<bool, &'static str> {
    let value = &*unquoted(written);
    match key.to_lowercase().as_str() {
        "deck" if value.is_empty() => return Err("a name"),
        "deck" => front.deck = Some(value.into()),
        "key" => front.key = Some(parse_key_rule(value).ok_or("`first`, `last` or a letter")?),
        "kind" => {
            front.kind = Some(match value {
                "single" => Kind::Single,
                "multiple" => Kind::Multiple,
                _ => return Err("`single` or `multiple`"),
            });
        }
        "tags" => {
            let list = written.strip_prefix('[').and_then(|list| list.strip_suffix(']')).unwrap_or(written);
            // Tags hold no comma, so quotation marks around several are around a list.
            let list = if list.contains("\",") { list.into() } else { unquoted(list) };
            let tags = list.split(',').map(|tag| unquoted(tag.trim()).trim().to_owned());
            front.tags = tags.filter(|tag| !tag.is_empty()).collect();
        }
        "shuffle" => {
            front.shuffle = Some(match value {
                "on" | "true" | "yes" => true,
                "off" | "false" | "no" => false,
                _ => return Err("`on` or `off`"),
            });
        }
        "markup" => front.markup = Some(Markup::from_name(value).ok_or("`plain`, `markdown` or `html`")?),
        "form" if value == "exact" => front.exact = true,
        "form" => return Err("`exact`"),
        "declared" if front.exact => front.declared = Some(value.into()),
        _ => return Ok(false),
    }
    Ok(true)
}

/// A value without the quotation marks around it, as YAML writes them. Those that are part of a name stay.
fn unquoted(written: &str) -> Cow<'_, str> {
    let between = |mark: char| written.strip_prefix(mark).and_then(|after| after.strip_suffix(mark));
    if let Some(inside) = between('\'').filter(|inside| !inside.replace("''", "").contains('\'')) {
        return Cow::Owned(inside.replace("''", "'"));
    }
    let Some(inside) = between('"') else { return Cow::Borrowed(written) };
    let (mut text, mut chars) = (String::with_capacity(inside.len()), inside.chars().peekable());
    while let Some(char) = chars.next() {
        match char {
            '\\' => text.push(chars.next_if(|next| matches!(next, '"' | '\\')).unwrap_or('\\')),
            // The first quotation mark and the last are no pair.
            '"' => return Cow::Borrowed(written),
            char => text.push(char),
        }
    }
    Cow::Owned(text)
}

/// A value as it is written so that it is read as it is.
pub(super) fn front_value(text: &str) -> Cow<'_, str> {
    if unquoted(text) == text {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// The rule that `--key` and `key:` name: `first`, `last`, or a letter.
pub fn parse_key_rule(text: &str) -> Option<KeyRule> {
    match text.trim().to_lowercase().as_str() {
        "first" => Some(KeyRule::First),
        "last" => Some(KeyRule::Last),
        letter => {
            let mut chars = letter.chars();
            chars.next().and_then(place_of_letter).filter(|_| chars.next().is_none()).map(KeyRule::Place)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(String::from).collect()
    }

    #[test]
    fn a_block_is_read_and_counted() {
        let (front, taken, problems) =
            read_front(&lines("---\ndeck: A::B\nkey: C\nkind: single\ntags: x, y\nshuffle: off\n---\nWhat?"))
                .expect("a block");
        assert_eq!((front.deck.as_deref(), front.key, taken), (Some("A::B"), Some(KeyRule::Place(2)), 7));
        assert_eq!((front.tags, front.shuffle, problems), (vec!["x".to_owned(), "y".into()], Some(false), vec![]));
        for none in ["What?\n---", "---\nname = \"a: b\"\n---\nWhat?"] {
            assert_eq!(read_front(&lines(none)).map(|(_, taken, _)| taken), Ok(0), "{none}");
        }
    }

    #[test]
    fn quotation_marks_belong_to_the_form_unless_they_belong_to_the_name() {
        let tags = |list: &str| {
            let (front, ..) = read_front(&lines(&format!("---\ntags: {list}\n---"))).expect("a block");
            front.tags
        };
        assert_eq!(tags("[a b, \"c;d\"]"), ["a b", "c;d"]);
        assert_eq!(tags("\"a\", 'b', c"), ["a", "b", "c"]);
        assert_eq!(tags("\"a, b\""), ["a", "b"]);
        assert_eq!(tags("[ ' x ', \"\", it's ]"), ["x", "it's"]);
        assert_eq!(tags(r#"["\"q\"", 5" disk]"#), ["\"q\"", "5\" disk"]);
        let deck = |written: &str| {
            let (front, ..) = read_front(&lines(&format!("---\ndeck: {written}\n---"))).expect("a block");
            front.deck.unwrap_or_default()
        };
        for name in [
            "Sea",
            "My \"best\" deck",
            "\"q\"",
            "'q'",
            "\"a\" and \"b\"",
            "My \"best\"",
            r"back\slash",
            r#""a\""#,
            "it's",
        ] {
            assert_eq!(deck(&front_value(name)), name);
        }
        assert_eq!(deck("\"Two Words\""), "Two Words");
        assert_eq!(deck("'it''s'"), "it's");
        assert_eq!(deck("My \"best\""), "My \"best\"", "a name may end with a quotation mark");
    }

    #[test]
    fn bad_values_refuse_the_file_and_unknown_keys_warn() {
        let refusal = read_front(&lines("---\nkey: fifth one\nkind: odd\n---")).expect_err("bad values");
        let told: Vec<_> =
            refusal.problems.iter().map(|problem| (problem.line, problem.column, problem.message.as_str())).collect();
        assert_eq!(told, [(2, 6, "`key` cannot be `fifth one`"), (3, 7, "`kind` cannot be `odd`")]);
        assert!(read_front(&lines("---\ndeck: a")).expect_err("unclosed").message.contains("never closed"));
        let (_, _, problems) = read_front(&lines("---\ncolour: blue\n---")).expect("a block");
        assert_eq!(problems[0].message, "no setting of a bank is called `colour`");
    }
}
