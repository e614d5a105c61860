//! A command line as bash has it, up to the cursor: its words without quotation marks, and how a value is inserted into it.

/// A command line up to the cursor.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BashLine {
    /// The words, without the program; the last one is being typed.
    words: Vec<String>,
    /// The quotation mark that is open at the cursor.
    quote: Option<char>,
    /// The part of the last word that bash leaves as it is: up to the last character that breaks words for it.
    kept: usize,
}

impl BashLine {
    /// Reads a line. `point` is the place of the cursor in bytes, `breaks` the value of `COMP_WORDBREAKS`.
    pub(super) fn parse(line: &str, point: usize, breaks: &str) -> Self {
        let typed = line.get(..point).unwrap_or(line);
        let mut words = vec![String::new()];
        let (mut quote, mut kept, mut begun) = (None, 0, false);
        let mut chars = typed.chars();
        while let Some(char) = chars.next() {
            let last = words.len() - 1;
            match (quote, char) {
                (None, ' ' | '\t' | '\n') => {
                    if begun {
                        words.push(String::new());
                        (kept, begun) = (0, false);
                    }
                    continue;
                }
                // What comes before belongs to another command.
                (None, ';' | '|' | '&' | '(' | ')' | '<' | '>') => {
                    words = vec![String::new()];
                    (kept, begun) = (0, false);
                    continue;
                }
                (None, '"' | '\'') => {
                    quote = Some(char);
                    kept = words[last].len();
                }
                (Some(open), char) if open == char => quote = None,
                (None, '\\') => words[last].extend(chars.next()),
                (Some('"'), '\\') => match chars.next() {
                    Some(next @ ('"' | '\\' | '$' | '`')) => words[last].push(next),
                    next => {
                        words[last].push('\\');
                        words[last].extend(next);
                    }
                },
                (open, char) => {
                    words[last].push(char);
                    if open.is_none() && breaks.contains(char) {
                        kept = words[last].len();
                    }
                }
            }
            begun = true;
        }
        // The program itself, and variables that are set for it, come first.
        let program = words.iter().position(|word| !word.contains('=')).unwrap_or(0);
        let words = if words.len() > program + 1 { words.split_off(program + 1) } else { vec![String::new()] };
        Self { words, quote, kept }
    }

    /// The words before the one that is typed.
    pub(super) fn before(&self) -> &[String] {
        self.words.split_last().map_or(&[], |(_, before)| before)
    }

    /// The word that is typed.
    pub(super) fn word(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// What bash puts in the place of what it takes for the word; `None` if the value cannot be written there.
    pub(super) fn insertion(&self, value: &str) -> Option<String> {
        if value.contains(char::is_control) {
            return None;
        }
        let rest = value.get(self.kept..)?;
        match self.quote {
            Some('\'') => (!rest.contains('\'')).then(|| rest.to_owned()),
            // Bash takes a mark at the end for the one that closes the word.
            Some(_) => (!rest.ends_with('"')).then(|| escaped(rest, |char| ['"', '\\', '$', '`'].contains(&char))),
            None => Some(escaped(rest, |char| {
                char.is_ascii() && !char.is_ascii_alphanumeric() && !"-_./:=+,@%^".contains(char)
            })),
        }
    }
}

fn escaped(text: &str, special: impl Fn(char) -> bool) -> String {
    let mut written = String::new();
    for char in text.chars() {
        if special(char) {
            written.push('\\');
        }
        written.push(char);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    const BREAKS: &str = " \t\n\"'><=;|&(:";

    fn line(text: &str) -> BashLine {
        BashLine::parse(text, text.len(), BREAKS)
    }

    #[test]
    fn words_are_those_of_the_shell() {
        let words = |text: &str| line(text).words;
        assert_eq!(words("retain review Net"), ["review", "Net"]);
        assert_eq!(words("retain review "), ["review", ""]);
        assert_eq!(words("retain  deck   set 'My deck' new"), ["deck", "set", "My deck", "new"]);
        assert_eq!(words("retain deck show My\\ deck::\"In"), ["deck", "show", "My deck::In"]);
        assert_eq!(words("echo x; RETAIN_DB=x retain re"), ["re"]);
        assert_eq!(words("ret"), [""]);
        assert_eq!(words(""), [""]);
        assert_eq!(BashLine::parse("retain due x", 10, BREAKS).words, ["due"]);
        assert_eq!(BashLine::parse("retain due 操", 12, BREAKS).words, ["due", "操"], "not within a character");
    }

    #[test]
    fn a_value_goes_where_bash_has_the_word() {
        let insertion = |text: &str, value: &str| line(text).insertion(value);
        assert_eq!(insertion("retain review Exam::N", "Exam::Net works").as_deref(), Some("Net\\ works"));
        assert_eq!(insertion("retain review \"Exam::N", "Exam::Net works").as_deref(), Some("Exam::Net works"));
        assert_eq!(insertion("retain review 'Exam::N", "Exam::Net \"x\"").as_deref(), Some("Exam::Net \"x\""));
        assert_eq!(insertion("retain review 'It", "It's"), None);
        assert_eq!(insertion("retain review \"a", "a \"b\""), None);
        assert_eq!(insertion("retain review \"", "a$b").as_deref(), Some("a\\$b"));
        assert_eq!(insertion("retain review ", "It's; (all) 操作").as_deref(), Some("It\\'s\\;\\ \\(all\\)\\ 操作"));
        assert_eq!(insertion("retain deck set Net fuzz=o", "fuzz=on").as_deref(), Some("on"));
        assert_eq!(insertion("retain review a\\:", "a:b").as_deref(), Some("a:b"));
        // Without breaks of their own, the whole word is replaced.
        assert_eq!(BashLine::parse("retain review a::b", 18, " ").insertion("a::bc").as_deref(), Some("a::bc"));
        assert_eq!(insertion("retain review x", "two\nlines"), None);
    }
}
