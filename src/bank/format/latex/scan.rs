//! The questions of a LaTeX file, in one pass over its commands.

use super::plain::{CODE, group, without_group, without_options};

/// A question, in LaTeX.
#[derive(Clone, Debug, Default)]
pub(super) struct LatexQuestion {
    pub(super) line: usize,
    pub(super) id: Option<String>,
    pub(super) topic: Option<String>,
    pub(super) stem: String,
    pub(super) options: Vec<LatexChoice>,
    /// Whether several choices may be picked, even if one is right.
    pub(super) multiple: bool,
    pub(super) solution: String,
    /// What is filled in.
    pub(super) answers: Vec<String>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct LatexChoice {
    pub(super) text: String,
    pub(super) right: bool,
}

/// The part that text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TextTarget {
    Stem,
    Choice,
    Solution,
    /// To nothing visible, such as settings of the class.
    Nowhere,
}

pub(super) fn items(text: &str) -> Vec<LatexQuestion> {
    let text = bare(text);
    let (from, to) = body(&text);
    let mut scanner = LatexScanner::new(&text, from, to);
    scanner.run();
    scanner.items
}

/// Where the comment of a line begins: at a percent sign that is not escaped.
pub(in crate::bank) fn comment_start(line: &str) -> Option<usize> {
    let slashes = |at: usize| line[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
    line.match_indices('%').map(|(at, _)| at).find(|at| slashes(*at) % 2 == 0)
}

/// The text without comments; its lines stay what they are.
pub(in crate::bank) fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut code: Option<String> = None;
    for line in text.split_inclusive('\n') {
        if let Some(end) = &code {
            out.push_str(line);
            code = if line.contains(end.as_str()) { None } else { code };
            continue;
        }
        let opens = CODE.iter().find(|name| line.contains(&format!("\\begin{{{name}}}")));
        let comment = line.contains("\\begin{comment}");
        if let Some(name) = opens.filter(|name| !line.contains(&format!("\\end{{{name}}}"))) {
            code = Some(format!("\\end{{{name}}}"));
        }
        match comment_start(line).filter(|_| opens.is_none() && !comment) {
            // A comment takes the end of its line with it, unless it is all there is.
            Some(at) => {
                out.extend([&line[..at], if line.ends_with('\n') { "\n" } else { "" }]);
            }
            None => out.push_str(line),
        }
    }
    out
}

/// The offsets at which the document begins and ends.
fn body(text: &str) -> (usize, usize) {
    let begin = "\\begin{document}";
    let from = text.find(begin).map_or(0, |at| at + begin.len());
    (from, text[from..].find("\\end{document}").map_or(text.len(), |at| from + at))
}

struct LatexScanner<'t> {
    text: &'t str,
    at: usize,
    to: usize,
    /// The offsets of lines.
    starts: Vec<usize>,
    items: Vec<LatexQuestion>,
    item: Option<LatexQuestion>,
    /// The text above the parts of the question that is open.
    shared: Option<String>,
    topic: Option<String>,
    stack: Vec<TextTarget>,
}

impl<'t> LatexScanner<'t> {
    fn new(text: &'t str, from: usize, to: usize) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, at: from, to, starts, items: Vec::new(), item: None, shared: None, topic: None, stack: Vec::new() }
    }

    fn run(&mut self) {
        while self.at < self.to {
            let rest = &self.text[self.at..self.to];
            let Some(next) = rest.find('\\') else {
                self.write(rest);
                break;
            };
            self.write(&rest[..next]);
            self.at += next;
            let rest = &rest[next..];
            let name_end = 1 + rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
            if name_end == 1 {
                // `\\`, `\%`: a sign.
                let end = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                self.write(&rest[..end]);
                self.at += end;
                continue;
            }
            self.command(&rest[1..name_end], &rest[name_end..], rest);
        }
        self.end_item();
    }

    /// Takes a command: `behind` follows its name in `rest`.
    fn command(&mut self, name: &str, behind: &'t str, rest: &'t str) {
        match name {
            "question" | "bonusquestion" => self.begin(without_options(behind), None),
            "titledquestion" | "bonustitledquestion" => {
                self.begin(without_options(without_group(behind.trim_start())), None);
            }
            "part" | "subpart" | "subsubpart" | "bonuspart" | "bonussubpart"
                if self.item.is_some() || self.shared.is_some() =>
            {
                self.part(without_options(behind));
            }
            "choice" | "wrongchoice" | "mauvaise" | "CorrectChoice" | "correctchoice" | "bonne" => {
                let right = matches!(name, "CorrectChoice" | "correctchoice" | "bonne");
                self.choice(right, without_options(behind));
            }
            "fillin" | "answerline" => {
                let bare = behind.strip_prefix('*').unwrap_or(behind).trim_start();
                let after = without_options(bare);
                let filling = bare.strip_prefix('[').map(|inner| &inner[..inner.len() - after.len() - 1]);
                if let Some(item) = &mut self.item {
                    item.answers.extend(filling.map(str::to_owned));
                }
                self.write(if name == "fillin" { " \\hrulefill{} " } else { "" });
                self.skip_to(without_options(after));
            }
            "section" | "subsection" | "chapter" => {
                let bare = behind.trim_start_matches('*').trim_start();
                let Some((title, after)) = group(bare) else { return self.keep(rest, name) };
                self.end_item();
                self.shared = None;
                self.topic = Some(title.to_owned());
                self.skip_to(after);
            }
            "begin" | "end" => self.environment(name, behind, rest),
            _ => self.keep(rest, name),
        }
    }

    /// Leaves a command in the text.
    fn keep(&mut self, rest: &'t str, name: &str) {
        let end = 1 + name.len();
        self.write(&rest[..end]);
        self.at += end;
    }

    fn skip_to(&mut self, after: &str) {
        self.at = self.to - after.len();
    }

    fn environment(&mut self, word: &str, behind: &'t str, rest: &'t str) {
        let Some((name, after)) = group(behind) else { return self.keep(rest, word) };
        if word == "begin" && CODE.contains(&name) {
            let close = format!("\\end{{{name}}}");
            let end = after.find(&close).map_or(after.len(), |at| at + close.len());
            self.write(&rest[..rest.len() - after.len() + end]);
            self.at += rest.len() - after.len() + end;
            return;
        }
        let kind = name.trim_end_matches('*');
        let choices =
            kind.contains("choices") || kind.contains("checkboxes") || kind == "reponses" || kind == "choiceshoriz";
        let solution = kind.starts_with("solution") || kind == "explanation" || kind == "explain";
        match (word, kind) {
            ("begin", "question" | "questionmult" | "questionmultx") => {
                let (id, inside) = group(after.trim_start()).map_or((None, after), |(id, after)| (Some(id), after));
                self.begin(inside, id.map(str::to_owned));
                if let Some(item) = &mut self.item {
                    item.multiple = kind != "question";
                }
                return;
            }
            ("end", "question" | "questionmult" | "questionmultx" | "parts") => self.end_item(),
            ("end", "questions") => {
                self.end_item();
                self.shared = None;
            }
            ("end", "subparts" | "subsubparts") => {}
            ("begin", "questions" | "parts" | "subparts" | "subsubparts") => {
                return self.skip_to(without_options(after));
            }
            ("begin", "comment") => self.stack.push(TextTarget::Nowhere),
            ("begin", _) if choices || solution => {
                self.stack.push(if choices { TextTarget::Nowhere } else { TextTarget::Solution });
                return self.skip_to(without_options(after));
            }
            ("end", _) if choices || solution || kind == "comment" => {
                self.stack.pop();
            }
            _ => self.write(&rest[..rest.len() - after.len()]),
        }
        self.skip_to(after);
    }

    fn begin(&mut self, inside: &str, id: Option<String>) {
        self.end_item();
        self.shared = None;
        self.stack.clear();
        let line = self.starts.partition_point(|start| *start <= self.at);
        self.item = Some(LatexQuestion { line, id, topic: self.topic.clone(), ..LatexQuestion::default() });
        self.skip_to(inside);
    }

    /// A part of a question asks below the text above all parts.
    fn part(&mut self, inside: &str) {
        if self.shared.is_none() {
            let whole = self.item.take_if(|item| item.options.is_empty() && item.solution.trim().is_empty());
            self.shared = Some(whole.map_or_else(String::new, |item| item.stem));
        }
        self.end_item();
        self.stack.clear();
        let line = self.starts.partition_point(|start| *start <= self.at);
        let stem = self.shared.as_deref().map_or_else(String::new, |shared| format!("{shared}\n\n"));
        self.item = Some(LatexQuestion { line, stem, topic: self.topic.clone(), ..LatexQuestion::default() });
        self.skip_to(inside);
    }

    fn choice(&mut self, right: bool, inside: &'t str) {
        let Some(item) = &mut self.item else { return self.skip_to(inside) };
        let bare = inside.trim_start();
        // If the text of a choice is an argument, nothing else belongs to it.
        if let Some((text, after)) = group(bare) {
            let alone = after.trim_start();
            if alone.starts_with('\\') || alone.is_empty() {
                item.options.push(LatexChoice { text: text.to_owned(), right });
                if let Some(last) = self.stack.last_mut() {
                    *last = TextTarget::Choice;
                }
                return self.skip_to(after);
            }
        }
        item.options.push(LatexChoice { text: String::new(), right });
        match self.stack.last_mut() {
            Some(last) => *last = TextTarget::Choice,
            None => self.stack.push(TextTarget::Choice),
        }
        self.skip_to(inside);
    }

    fn write(&mut self, text: &str) {
        let Some(item) = &mut self.item else { return };
        match self.stack.last().copied().unwrap_or(TextTarget::Stem) {
            TextTarget::Stem => item.stem.push_str(text),
            TextTarget::Choice => {
                if let Some(option) = item.options.last_mut() {
                    option.text.push_str(text);
                }
            }
            TextTarget::Solution => item.solution.push_str(text),
            TextTarget::Nowhere => {}
        }
    }

    fn end_item(&mut self) {
        self.items.extend(self.item.take());
        self.stack.clear();
    }
}
