//! Texts that are data except for a slip: they are reported as broken data and never read as loose text.

use super::name::FieldRole;

/// Lines of a text that say something and are no comments.
fn content_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
}

/// A name of a field of data: one short word in small letters.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() < 40
        && name.chars().all(|char| char.is_alphanumeric() || "_-".contains(char))
        && !name.starts_with(char::is_uppercase)
}

/// The names in records that are written one field below another.
#[derive(Default)]
struct Names {
    asks: usize,
    answers: usize,
    /// Lines that are no field and no part of one.
    strange: usize,
    lines: usize,
}

impl Names {
    fn field(&mut self, name: &str) {
        match FieldRole::from_name(name) {
            FieldRole::Question | FieldRole::Front => self.asks += 1,
            FieldRole::Text if ["text", "stem", "prompt", "title"].contains(&name) => self.asks += 1,
            FieldRole::Answer | FieldRole::Back => self.answers += 1,
            _ => {}
        }
    }

    /// Whether these are records that ask: each question has an answer, and hardly a line is of another shape.
    fn are_records(&self) -> bool {
        self.asks > 1 && self.answers * 3 > self.asks * 2 && self.strange * 10 <= self.lines
    }
}

/// Whether a text that does not parse is YAML except for some lines: a list of maps that ask and answer.
pub(super) fn yaml(text: &str) -> bool {
    let mut names = Names::default();
    let mut dashed = 0;
    for line in content_lines(text).filter(|line| *line != "---") {
        let bare = line.trim_start();
        let (inner, item) = bare.strip_prefix("- ").map_or((bare, false), |inner| (inner.trim_start(), true));
        let indented = bare.len() < line.len();
        names.lines += 1;
        match inner.split_once(':').filter(|(name, rest)| is_name(name) && (rest.is_empty() || rest.starts_with(' '))) {
            Some((name, _)) if item || indented => {
                dashed += usize::from(
                    item && matches!(
                        FieldRole::from_name(name),
                        FieldRole::Question | FieldRole::Front | FieldRole::Text
                    ),
                );
                dashed += usize::from(item && FieldRole::from_name(name) == FieldRole::Id);
                names.field(name);
            }
            Some(_) => {}
            None => names.strange += usize::from(!item && !indented && !bare.starts_with([']', '}'])),
        }
    }
    dashed > 1 && names.are_records()
}

/// Whether a text has the sections and fields of TOML or of INI (`[one]`, `question = …`), and they ask and answer.
pub(super) fn sections(text: &str) -> bool {
    let mut names = Names::default();
    let mut heads = 0;
    for line in content_lines(text).map(str::trim).filter(|line| !line.starts_with(';')) {
        names.lines += 1;
        match line.split_once('=').map(|(name, _)| name.trim().trim_matches('"')) {
            Some(name) if is_name(name) => names.field(name),
            _ if line.starts_with('[') && line.ends_with(']') => heads += 1,
            _ => names.strange += 1,
        }
    }
    heads > 1 && names.are_records()
}

/// Whether most lines of a text are objects of JSON.
pub(super) fn json_lines(text: &str) -> bool {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let opens = |line: &&str| {
        line.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"')) && !line.ends_with(['{', '['])
    };
    let objects = lines().filter(|line| opens(line) && line.ends_with('}')).count();
    objects > 1 && objects * 2 > lines().count() && lines().next().as_ref().is_some_and(opens)
}

/// Whether a text is JSON except for comments or missing double quotes.
pub(super) fn json(text: &str) -> bool {
    let start = uncommented(text);
    let Some(inner) = start.strip_prefix(['{', '[']).map(uncommented) else { return false };
    let inner = inner.trim_start_matches(|char: char| char == '{' || char == '[' || char.is_whitespace());
    let end = text.trim_end().trim_end_matches([';', ',']);
    let closed = end.ends_with(['}', ']']) || end.lines().next_back().is_some_and(|line| line.trim().starts_with("//"));
    // A name, quoted or not, and a colon behind it.
    let named = |line: &str| {
        let line = uncommented(line).trim_start_matches(['{', '[', ' ']);
        let quoted = line.strip_prefix(['"', '\'']);
        let name = quoted.unwrap_or(line);
        let end = name.find(|char: char| !char.is_alphanumeric() && !"_-".contains(char)).unwrap_or(name.len());
        let rest = name.get(end..).unwrap_or_default().trim_start_matches(['"', '\'']).trim_start();
        end > 0 && rest.starts_with(':') && is_name(&name[..end])
    };
    closed && named(inner)
}

/// A text behind the comments at its beginning.
fn uncommented(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let behind = match () {
            () if rest.starts_with("//") => rest.split_once('\n'),
            () if rest.starts_with("/*") => rest.split_once("*/"),
            () => None,
        };
        let Some((_, behind)) = behind else { return rest };
        rest = behind.trim_start();
    }
}

/// What to do about a text that is not JSON, by the content of the line that breaks it.
pub(super) fn json_hint(why: &str, line: &str, column: usize) -> Option<&'static str> {
    let at: String = line.chars().skip(column.saturating_sub(1)).take(2).collect();
    let bare = line.trim_start();
    match () {
        () if why.contains("trailing comma") => Some("leave out the comma before the bracket that closes"),
        () if at.starts_with("//") || at.starts_with("/*") || bare.starts_with("//") || bare.starts_with("/*") => {
            Some("JSON has no comments; leave them out")
        }
        () if at.starts_with('\'') || why.contains("key must be a string") => {
            Some("write names and texts between double quotes, as `\"question\": \"…\"`")
        }
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::detect::notation;
    use super::super::notation::Notation;
    use super::*;

    #[test]
    fn data_with_a_slip_is_told_from_text() {
        let broken = "- question: Is it red?\n  options: [yes, no]\n  answer: A\n- question: What: blue?\n  options: [yes, no]\n  answer: B\n";
        let front = "- front: dog\n  back: \"Hund\" (m)\n- front: cat\n  back: Katze\n";
        let tabbed = "- q: Two?\n\ta: zwei\n- q: Three?\n\ta: drei\n";
        for text in [broken, front, tabbed] {
            assert_eq!(notation(text), Some(Notation::Yaml), "{text}");
        }
        let ini = "[one]\nquestion = Is it red?\nanswer = no\n[two]\nquestion = Is it blue?\nanswer = yes\n";
        assert_eq!(notation(ini), Some(Notation::Toml));
        for text in [
            "[Animals]\ndog = Hund\ncat = Katze\n[Colours]\nred = rot\n",
            "Q: What: is it?\nA: a boat\n\nQ: Who: is it?\nA: a man\n",
            "- Q: What: is it: a?\n  A: a boat\n- Q: Who: is: it?\n  A: a man\n",
            "question: What: is it?\nanswer: a boat\n\nquestion: Who: is it?\nanswer: a man\n",
        ] {
            assert_eq!(notation(text), None, "{text}");
        }
    }

    #[test]
    fn json_with_a_slip_is_json() {
        for text in [
            "[\n // first\n {\"q\": \"x\"}\n]\n",
            "/* quiz */\n{\"q\": \"x\"}",
            "{\n  questions: [\n  {question: 'x'}\n]}",
            "// quiz\n{'questions': []}",
        ] {
            assert_eq!(notation(text), Some(Notation::Json), "{text}");
        }
        assert!(!json("[Topic]\nWhat is it: x?\n") && !json("{1} What: x\n") && !json("// What?\n[x] a\n[ ] b"));
        let lines = "{\"q\": \"x\"\n{\"q\": \"y\"}\n{\"q\": \"z\"}\n{\"q\": \"u\",}\n";
        assert_eq!(notation(lines), Some(Notation::JsonLines));
        assert!(!json_lines("{ \"a\": [\n{\"q\": 1},\n{\"q\": 2}\n]}"));
        assert_eq!(json_hint("expected value", "  // x", 3), Some("JSON has no comments; leave them out"));
    }
}
