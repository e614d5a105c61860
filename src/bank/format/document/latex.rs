//! LaTeX that has no commands for questions: lists of items (`enumerate`, `itemize`, `tasks`) and paragraphs, as a document.

use super::{DocumentParagraph, DocumentPart, TextDocument, TextLook, TextRun};
use crate::bank::format::latex::{CODE, comment_start, group, plain, without_group, without_options};
use crate::bank::word_set::WordSet;

/// Signs that mark an item, alone or between dollars.
static SIGNS: WordSet =
    WordSet::new("correct right answer ans checkmark star ast surd boxtimes blacksquare CheckedBox XBox cmark faCheck");
/// Commands that change how their argument looks, in words.
static LOOKS: WordSet = WordSet::of_phrases(
    "textbf/bold type, underline/a line below it, uline/a line below it, emph/italics, textit/italics, hl/a highlight, \
    fbox/a frame, boxed/a frame, textcolor/a colour, colorbox/a highlight",
);
/// Lists whose items are questions or options.
static LISTS: WordSet = WordSet::new("enumerate itemize tasks compactenum compactitem inparaenum choices description");

/// Whether a text is a document of LaTeX, from its first line on.
pub(in crate::bank) fn is_document(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('%'));
    let lists = || LISTS.iter().any(|list| text.contains(&format!("\\begin{{{list}}}"))) && text.contains("\\item");
    first.is_some_and(|line| line.starts_with('\\')) && (text.contains("\\begin{document}") || lists())
}

pub(super) fn open(text: &str) -> TextDocument {
    let begin = text.find("\\begin{document}").map_or(0, |at| at + "\\begin{document}".len());
    let end = text[begin..].find("\\end{document}").map_or(text.len(), |at| begin + at);
    let mut reader = LatexReader { macros: macros(&text[..begin]), ..LatexReader::default() };
    let first = text[..begin].matches('\n').count() + 1;
    for (number, line) in (first..).zip(text[begin..end].lines()) {
        reader.number = number;
        reader.line(line);
    }
    reader.end();
    reader.document
}

/// The names of the commands that a document makes for itself.
fn macros(preamble: &str) -> Vec<String> {
    let defines = ["\\newcommand", "\\renewcommand", "\\def", "\\DeclareRobustCommand"];
    let mut found = Vec::new();
    for define in defines {
        for (at, _) in preamble.match_indices(define) {
            let rest = preamble[at + define.len()..].trim_start_matches(['*', '{', ' ']);
            found.extend(rest.strip_prefix('\\').map(name).filter(|name| !name.is_empty()).map(str::to_owned));
        }
    }
    found
}

/// The letters at the beginning of a text.
fn name(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_alphabetic).count()]
}

#[derive(Debug)]
struct LatexList {
    bullets: bool,
    /// Whether its settings ask for letters or for numbers.
    letters: Option<bool>,
    count: usize,
}

#[derive(Default)]
struct LatexReader {
    document: TextDocument,
    macros: Vec<String>,
    lists: Vec<LatexList>,
    /// The line that is read, from 1.
    number: usize,
    /// The open paragraph, in LaTeX.
    open: DocumentParagraph,
    raw: String,
    looks: Vec<TextLook>,
    /// The end of the code that is open.
    code: Option<String>,
}

impl LatexReader {
    fn line(&mut self, line: &str) {
        if let Some(end) = &self.code {
            if line.contains(end.as_str()) {
                self.code = None;
                self.push_line("```");
            } else {
                self.push_line(line);
            }
            return;
        }
        let (text, comment) = parted(line);
        let text = text.trim();
        if text.is_empty() {
            if comment.is_none() {
                self.end();
                self.document.parts.push(DocumentPart::Paragraph(self.paragraph()));
            }
            return;
        }
        self.commands(text);
        let comment = comment.map(str::trim).filter(|comment| !comment.is_empty() && comment.len() < 30);
        if let Some(comment) = comment.filter(|_| !self.open.label.is_empty()) {
            self.look(&format!("the comment `% {}`", comment.to_lowercase()));
        }
        self.raw.push('\n');
    }

    fn commands(&mut self, line: &str) {
        let mut rest = line;
        while let Some(at) = rest.find('\\') {
            self.write(&rest[..at]);
            let behind = &rest[at + 1..];
            let word = name(behind);
            let after = &behind[word.len()..];
            rest = match word {
                "begin" | "end" => match group(after) {
                    Some((inner, after)) if self.environment(word == "begin", inner, after) => without_settings(after),
                    found => found.map_or(after, |(_, after)| after),
                },
                "item" | "task" | "choice" => self.item(after),
                "section" | "subsection" | "subsubsection" | "paragraph" | "chapter" | "part" => {
                    let bare = after.trim_start_matches('*');
                    match group(bare) {
                        Some((title, after)) => {
                            self.end();
                            self.open = DocumentParagraph { heading: Some(2), ..self.paragraph() };
                            self.raw = title.to_owned();
                            self.end();
                            after
                        }
                        None => bare,
                    }
                }
                "maketitle" | "tableofcontents" => after,
                "title" | "author" | "date" => without_group(after),
                "par" | "newline" => {
                    self.write("\\\\ ");
                    after
                }
                "" => {
                    let end = behind.chars().next().map_or(0, char::len_utf8);
                    self.write(&rest[at..at + 1 + end]);
                    &behind[end..]
                }
                _ => {
                    self.write(&rest[at..at + 1 + word.len()]);
                    after
                }
            };
        }
        self.write(rest);
    }

    /// Enters or leaves an environment; says whether settings may follow its name.
    fn environment(&mut self, begins: bool, name: &str, after: &str) -> bool {
        self.end();
        let bare = name.trim_end_matches('*');
        if CODE.contains(&name) && begins {
            self.code = Some(format!("\\end{{{name}}}"));
            self.push_line("```");
        } else if LISTS.contains(bare) || bare.contains("choices") {
            if begins {
                let settings = after.strip_prefix('[').and_then(|inner| inner.split(']').next()).unwrap_or_default();
                let letters = ["lph", "(a", "a)", "A)", "a.", "A."].iter().any(|sign| settings.contains(sign));
                let numbers = ["arabic", "1.", "1)", "(1", "oman"].iter().any(|sign| settings.contains(sign));
                let letters = (letters || numbers).then_some(letters);
                let bullets = bare.contains("item") || bare == "description";
                self.lists.push(LatexList { bullets, letters, count: 0 });
            } else {
                self.lists.pop();
            }
        }
        begins
    }

    fn item<'t>(&mut self, after: &'t str) -> &'t str {
        self.end();
        let level = self.lists.len().saturating_sub(1);
        let Some(list) = self.lists.last_mut() else { return after };
        list.count += 1;
        let letter = char::from_u32(u32::from('A') + u32::try_from(list.count - 1).unwrap_or(0)).unwrap_or('A');
        let label = match (list.bullets, list.letters) {
            (true, _) => "•".to_owned(),
            (_, Some(true)) => format!("{letter}."),
            (_, None) if level > 0 => format!("{letter}."),
            _ => format!("{}.", list.count),
        };
        self.open = DocumentParagraph { label, level, ..self.paragraph() };
        let starred = after.strip_prefix('*');
        let after = starred.unwrap_or(after).trim_start();
        if starred.is_some() {
            self.look("the star of `\\item*`");
        }
        let settled = without_options(after);
        if settled.len() < after.len() {
            let raw = after[1..after.len() - settled.len()].trim_end().trim_end_matches(']');
            let sign = raw.trim_matches(['$', ' ']).strip_prefix('\\').is_some_and(|word| name(word) == word);
            let given = plain(raw);
            if given.contains(char::is_alphanumeric) && !sign {
                // `\item[b)]` is the label that is shown.
                self.open.label = if given.ends_with([')', '.', ']', ':']) { given } else { format!("{given}.") };
            } else if let Some(ticked) = boxed(raw) {
                self.open.label = if ticked { "☑" } else { "☐" }.into();
            } else {
                self.look(&format!("the label `{given}`"));
            }
        }
        settled
    }

    fn look(&mut self, name: &str) {
        let look = self.document.looks.intern(name);
        self.looks.push(look);
    }

    fn write(&mut self, text: &str) {
        if self.raw.trim().is_empty() && self.open.label.is_empty() && self.open.from == 0 && !text.trim().is_empty() {
            self.open.from = self.number;
        }
        self.raw.push_str(text);
    }

    /// A paragraph that begins in this line.
    fn paragraph(&self) -> DocumentParagraph {
        DocumentParagraph { from: self.number, ..DocumentParagraph::default() }
    }

    fn push_line(&mut self, text: &str) {
        let runs = vec![TextRun { text: text.to_owned(), looks: Vec::new() }];
        self.document.parts.push(DocumentPart::Paragraph(DocumentParagraph { runs, ..self.paragraph() }));
    }

    fn end(&mut self) {
        let mut paragraph = std::mem::take(&mut self.open);
        let raw = std::mem::take(&mut self.raw);
        let mut looks = std::mem::take(&mut self.looks);
        let bare = self.unmarked(raw.trim(), &mut looks);
        let text = plain(bare);
        if text.is_empty() && paragraph.label.is_empty() {
            return;
        }
        paragraph.runs.push(TextRun { text, looks });
        self.document.parts.push(DocumentPart::Paragraph(paragraph));
    }

    /// The text within the commands that enclose all of it; these become looks.
    fn unmarked<'t>(&mut self, raw: &'t str, looks: &mut Vec<TextLook>) -> &'t str {
        let mut bare = raw;
        for _ in 0..4 {
            let Some((text, look)) = self.sign_behind(bare).or_else(|| self.covering(bare)) else { break };
            looks.push(self.document.looks.intern(&look));
            bare = text.trim();
        }
        bare
    }

    /// A sign at the beginning or the end of a text: `\checkmark`, `$\star$`, a command of the document's own.
    fn sign_behind<'t>(&self, text: &'t str) -> Option<(&'t str, String)> {
        let marks = |word: &str| SIGNS.contains(word) || self.macros.iter().any(|own| own == word);
        let inner = |sign: &str| {
            let bare = sign.trim().trim_matches(['$', ' ', '(', ')', '{', '}']);
            bare.strip_prefix('\\').map(|bare| bare.trim_end_matches(['{', '}', ' '])).map(str::to_owned)
        };
        let last = text.rfind('\\').map(|at| text[..at].trim_end_matches(['$', '(', '{', ' ']).len());
        if let Some(at) = last
            && let Some(word) = inner(&text[at..]).filter(|word| marks(word))
            && at > 0
        {
            return Some((&text[..at], format!("the sign `\\{word}`")));
        }
        let start = text.trim_start_matches(['$', '{']);
        let word = name(start.strip_prefix('\\')?);
        let behind = &start[1 + word.len()..];
        // An argument is covered, not signed.
        (marks(word) && !behind.starts_with('{') && !behind.trim().is_empty())
            .then(|| (behind.trim_start_matches(['$', '}']), format!("the sign `\\{word}`")))
    }

    /// A command around all of a text: `\textbf{…}`, `{\color{red} …}`, one of the document's own.
    fn covering<'t>(&self, text: &'t str) -> Option<(&'t str, String)> {
        if let Some((inner, "")) = group(text) {
            let word = name(inner.trim_start().strip_prefix('\\')?);
            let rest = &inner.trim_start()[1 + word.len()..];
            return match word {
                "bf" | "bfseries" => Some((rest, "bold type".into())),
                "it" | "em" | "itshape" => Some((rest, "italics".into())),
                "color" => group(rest).map(|(colour, rest)| (rest, format!("the colour {colour}"))),
                _ => None,
            };
        }
        let word = name(text.strip_prefix('\\')?);
        let mut rest = &text[1 + word.len()..];
        let own = self.macros.iter().any(|own| own == word) || SIGNS.contains(word);
        let mut look = LOOKS.pairs().find(|(known, _)| *known == word).map(|(_, look)| look.to_owned());
        if own {
            look = Some(format!("the command `\\{word}`"));
        }
        if matches!(word, "textcolor" | "colorbox") {
            let (colour, after) = group(rest)?;
            look = Some(format!("the colour {colour}"));
            rest = after;
        }
        let (inner, end) = group(rest)?;
        let end = end.trim();
        look.filter(|_| end.is_empty() || end == ".").map(|look| (inner, look))
    }
}

/// A line and the comment behind it.
fn parted(line: &str) -> (&str, Option<&str>) {
    match comment_start(line) {
        Some(at) => (&line[..at], Some(&line[at + 1..])),
        None => (line, None),
    }
}

/// Whether a label is a box or a circle, and whether that is ticked.
fn boxed(label: &str) -> Option<bool> {
    match label.trim_matches(['$', ' ', '\\', '{', '}']) {
        "square" | "Square" | "Box" | "bigcirc" | "circ" | "Circle" | "fbox" | "xmark" => Some(false),
        "boxtimes" | "blacksquare" | "XBox" | "CheckedBox" | "checkmark" | "cmark" | "boxdot" | "CIRCLE" | "rlap"
        | "checkedbox" => Some(true),
        _ => None,
    }
}

/// What follows the settings of an environment: `[label=\alph*]`, `{2}`, `(2)`.
fn without_settings(after: &str) -> &str {
    let bare = without_group(without_options(after));
    match bare.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
        Some((columns, rest)) if columns.parse::<u8>().is_ok() => rest,
        _ => bare,
    }
}

#[cfg(test)]
mod tests {
    use crate::bank::{BankQuestion, ReadOptions, read};

    fn right(text: &str) -> Vec<(String, Vec<usize>)> {
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        assert_eq!(bank.format, "latex");
        bank.questions.iter().map(|question| (question.stem.clone(), BankQuestion::correct(question))).collect()
    }

    /// Two questions, of which the second and the first option are set so.
    fn two(set: impl Fn(&str) -> String, end: &str) -> String {
        format!(
            "\\documentclass{{article}}\n\\newcommand{{\\yes}}[1]{{\\textbf{{#1}}}}\n\\begin{{document}}\n\\begin{{enumerate}}\n\
             \\item Which is \\emph{{wet}}?\n  \\begin{{enumerate}}[label=\\alph*)]\n  \\item sand\n  \\item {}\n  \\item wood\n  \
             \\end{{enumerate}}\n\n\\item Which burns? % no comment\n  \\begin{{enumerate}}\n  \\item {}\n  \\item 5\\,\\% of salt\n  \
             \\item stone\n  \\end{{enumerate}}\n\\end{{enumerate}}\n{end}\n\\end{{document}}\n",
            set("water"),
            set("coal")
        )
    }

    #[test]
    fn nested_lists_are_questions_and_their_options() {
        let expected = [("Which is wet?".to_owned(), vec![1]), ("Which burns?".to_owned(), vec![0])];
        let marked: [fn(&str) -> String; 9] = [
            |text| format!("\\textbf{{{text}}}"),
            |text| format!("{{\\bf {text}}}"),
            |text| format!("\\textcolor{{red}}{{{text}}}"),
            |text| format!("{text} $\\checkmark$"),
            |text| format!("{text} \\checkmark"),
            |text| format!("{text} % correct"),
            |text| format!("\\yes{{{text}}}"),
            |text| format!("\\underline{{{text}}}"),
            |text| format!("\\correct {text}"),
        ];
        for set in marked {
            let text = two(set, "");
            assert_eq!(right(&text), expected, "{text}");
        }
        for end in
            ["Answers: 1. b, 2. a", "\\section*{Answers}\n\\begin{enumerate}\n\\item b\n\\item a\n\\end{enumerate}"]
        {
            assert_eq!(right(&two(str::to_owned, end)), expected, "{end}");
        }
    }

    #[test]
    fn the_labels_of_items_may_be_boxes() {
        let items = |one: &str, two: &str| {
            format!(
                "\\item Which?\n\\begin{{itemize}}\n\\item[$\\{one}$] air\n\\item[$\\{two}$] sea\n\\end{{itemize}}\n"
            )
        };
        let text = format!(
            "\\begin{{enumerate}}\n{}{}\\end{{enumerate}}\n",
            items("square", "boxtimes"),
            items("boxtimes", "square").replace("Which", "Who")
        );
        assert_eq!(right(&text), [("Which?".to_owned(), vec![1]), ("Who?".to_owned(), vec![0])]);
    }

    #[test]
    fn problems_name_the_lines_of_the_file() {
        let text = two(|text| format!("{text} % correct"), "\\begin{enumerate}\\item Which?\\end{enumerate}");
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        assert_eq!(bank.questions.iter().map(|question| question.line).collect::<Vec<_>>(), [5, 12]);
    }
}
