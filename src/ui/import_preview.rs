//! The questions of a bank as they were understood, and the evidence for how it was read.

use std::collections::HashSet;
use std::fmt::Write;

use ratatui::style::Style;

use super::paint::Paint;
use super::rich::{Text, line};
use super::theme::{Theme, ThemeName};
use super::words;
use crate::bank::plan::{ImportPlan, Status};
use crate::bank::{Bank, BankQuestion, Decision, Severity};
use crate::model::cloze;
use crate::model::{KeyOrigin, Kind, Markup, letter};

/// The most doubtful questions that are shown unless all are asked for.
const MOST_DOUBTFUL: usize = 10;
/// Narrower terminals get lines of this width.
const NARROWEST: usize = 20;

/// How questions are shown.
#[derive(Clone, Copy, Debug)]
pub struct PreviewStyle {
    /// The widest line, in columns.
    pub width: usize,
    /// The colours.
    pub paint: Paint,
    /// Whether right-to-left lines are set for a terminal that does not do it; never for a pipe or a file.
    pub reorder: bool,
}

/// The places of the questions to show first (one of each kind, and the doubtful ones), and how many doubtful ones are left out.
pub fn first_shown(bank: &Bank) -> (Vec<usize>, usize) {
    let mut kinds = HashSet::new();
    let of_kinds = (0..bank.questions.len()).filter(|&place| kinds.insert(bank.questions[place].kind));
    let mut places: Vec<usize> = of_kinds.collect();
    let doubtful: Vec<usize> = doubtful(bank).into_iter().filter(|place| !places.contains(place)).collect();
    let left_out = doubtful.len().saturating_sub(MOST_DOUBTFUL);
    places.extend(doubtful.into_iter().take(MOST_DOUBTFUL));
    places.sort_unstable();
    (places, left_out)
}

/// The places of the questions that have a warning.
fn doubtful(bank: &Bank) -> Vec<usize> {
    let mut order: Vec<usize> = (0..bank.questions.len()).collect();
    order.sort_by_key(|&place| bank.questions[place].line);
    let mut found: Vec<usize> = bank
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Warning)
        .filter_map(|problem| {
            let after = order.partition_point(|&place| bank.questions[place].line <= problem.line);
            Some(order[after.checked_sub(1)?])
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The questions at these places, as they were understood.
pub fn questions(bank: &Bank, places: &[usize], look: PreviewStyle) -> String {
    let all = bank.questions.len();
    let shown = places.iter().filter_map(|&place| Some((place, bank.questions.get(place)?)));
    shown.map(|(place, shown)| question(shown, place + 1, all, look)).collect()
}

/// One question of a bank: its place, its kind, its texts and its key.
pub fn question(question: &BankQuestion, number: usize, all: usize, look: PreviewStyle) -> String {
    let mut head = format!("question {number} of {all}, line {}, {}", question.line, question.kind);
    if let Some(topic) = &question.topic {
        let _ = write!(head, ", topic {}", line(topic));
    }
    let mut page = PreviewPage { question, look, text: String::new() };
    for line in page.wrapped(&head, Markup::Plain, 0) {
        page.text += &format!("{}\n", look.paint.dim(&line));
    }
    page.stem();
    page.answers();
    if let Some(explanation) = &question.explanation {
        page.part("explanation: ", explanation);
    }
    match &question.key_rule {
        _ if question.key == KeyOrigin::Missing => page.note("no answer is marked: it is a draft"),
        Some(rule) => page.note(&format!("the right option is declared, not marked ({})", line(rule))),
        None => {}
    }
    page.text.push('\n');
    page.text
}

/// A question that is being written.
struct PreviewPage<'a> {
    question: &'a BankQuestion,
    look: PreviewStyle,
    text: String,
}

impl PreviewPage<'_> {
    /// The lines of a text, without control characters, next to a margin of this many columns.
    fn wrapped(&self, text: &str, markup: Markup, margin: usize) -> Vec<String> {
        let width = self.look.width.max(NARROWEST).saturating_sub(margin + 1);
        let text = Text::parse(text, markup);
        text.lines(width, &Theme::named(ThemeName::None).reordering(self.look.reorder), Style::new())
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    /// A text after a lead, both indented by two columns; further lines are below the text.
    fn part(&mut self, lead: &str, text: &str) {
        let margin = 2 + lead.chars().count();
        let lines = self.wrapped(text, self.question.markup, margin);
        self.text += &format!("  {lead}{}\n", lines.first().map_or("", String::as_str));
        for line in lines.iter().skip(1) {
            self.text += &format!("{}{line}\n", " ".repeat(margin));
        }
    }

    fn note(&mut self, note: &str) {
        let painted = self.look.paint.odd(note);
        self.text += &format!("  {painted}\n");
    }

    fn stem(&mut self) {
        let stem = match self.question.kind {
            Kind::Cloze => cloze::split(&self.question.stem).0,
            _ => self.question.stem.clone(),
        };
        self.part("", &stem);
    }

    fn answers(&mut self) {
        let question = self.question;
        for (place, option) in question.options.iter().enumerate() {
            match question.kind {
                Kind::Single | Kind::Multiple | Kind::TrueFalse => {
                    let right = option.correct && question.key != KeyOrigin::Missing;
                    self.option(place, &option.text, right);
                }
                Kind::Match => {
                    let pair = option.pair.as_deref().unwrap_or_default();
                    self.part(&format!("{}. ", letter(place)), &format!("{} -> {pair}", option.text));
                }
                Kind::Order => self.part(&format!("{}. ", place + 1), &option.text),
                Kind::Card => self.part("back: ", &option.text),
                Kind::Short | Kind::Numeric => {
                    let off = option.tolerance.filter(|off| *off > 0.0).map(|off| format!(" ± {off}"));
                    self.part("answer: ", &format!("{}{}", option.text, off.unwrap_or_default()));
                }
                Kind::Cloze | Kind::Open => self.part("- ", &option.text),
            }
        }
        if question.kind == Kind::Cloze {
            for (place, gap) in cloze::split(&question.stem).1.iter().enumerate() {
                let answers: Vec<&str> = gap.answers.iter().map(|answer| answer.text.as_str()).collect();
                self.part(&format!("gap {}: ", place + 1), &answers.join(" | "));
            }
        }
    }

    /// An option; a right one has a star, so that no meaning rests on colour alone.
    fn option(&mut self, place: usize, text: &str, right: bool) {
        let from = self.text.len();
        self.part(&format!("{} {}. ", if right { "*" } else { " " }, letter(place)), text);
        if right {
            let lines = self.text.split_off(from);
            self.text.extend(lines.lines().map(|line| format!("{}\n", self.look.paint.good(line))));
        }
    }
}

/// The status of every question, one a line.
pub fn names(file: &str, bank: &Bank, plan: &ImportPlan) -> String {
    plan.planned
        .iter()
        .map(|planned| {
            let question = &bank.questions[planned.place];
            let stem: String = line(&question.stem).chars().take(70).collect();
            let status = match planned.status {
                Status::KeyChanged => "key changed",
                status => status.name(),
            };
            format!("  {status}: {file}:{}: {stem}\n", question.line)
        })
        .collect()
}

/// The decisions about how a file was read, with the lines on which they rest.
pub fn evidence(bank: &Bank, evidence: &[Decision], paint: Paint) -> String {
    let mut text = String::new();
    let first = [("format", bank.format), ("encoding", bank.encoding.as_str())];
    let has = |subject: &str| evidence.iter().any(|evidence| evidence.subject == subject);
    for (subject, outcome) in first.into_iter().filter(|(subject, _)| !has(subject)) {
        let _ = writeln!(text, "{}: {outcome}", paint.strong(subject));
    }
    for Decision { subject, outcome, reasons } in evidence {
        let _ = writeln!(text, "{}: {}", paint.strong(subject), line(outcome));
        for reason in reasons {
            let lines: Vec<String> = reason.lines.iter().map(usize::to_string).collect();
            let at = match lines.len() {
                0 => String::new(),
                1 => format!(" (line {})", lines[0]),
                _ => format!(" (lines {})", lines.join(", ")),
            };
            let _ = writeln!(text, "  {}{at}", line(&reason.text));
        }
    }
    let keys = |wanted: KeyOrigin| bank.questions.iter().filter(|question| question.key == wanted).count();
    let of_origin = [
        (keys(KeyOrigin::Marked), "marked in the file"),
        (keys(KeyOrigin::Declared), "declared by a rule"),
        (keys(KeyOrigin::Missing), "not known"),
    ];
    let parts: Vec<String> =
        of_origin.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let _ = writeln!(text, "{}: {}", paint.strong("key"), parts.join(", "));
    text
}

/// The note below the first questions if doubtful ones are left out.
pub fn left_out(count: usize) -> String {
    match count {
        0 => String::new(),
        _ => format!("{} more with a warning; `--preview` shows all\n", words::count(count as u64, "question")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{ReadOptions, read};

    const LOOK: PreviewStyle = PreviewStyle { width: 40, paint: Paint::OFF, reorder: false };

    fn bank(text: &str) -> Bank {
        read(text.as_bytes(), &ReadOptions::default()).expect("a bank")
    }

    #[test]
    fn a_question_is_shown_as_it_was_understood() {
        let bank = bank(
            "# Routing\nWhich protocol floods the states of its links to all?\n- A. OSPF *\n- B. SMTP\nExplanation: It runs Dijkstra's algorithm.\n",
        );
        assert_eq!(
            questions(&bank, &[0], LOOK),
            "question 1 of 1, line 2, single, topic\nRouting\n  Which protocol floods the states of\n  its links to all?\n  * A. OSPF\n    B. SMTP\n  explanation: It runs Dijkstra's\n               algorithm.\n\n"
        );
    }

    #[test]
    fn what_steers_a_terminal_is_not_shown() {
        let bank = bank("Which \u{1b}[31mone?\n- A. x\u{202e}y *\n- B. y\n");
        let shown = questions(&bank, &[0], LOOK);
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown}");
    }

    #[test]
    fn one_of_each_kind_and_the_doubtful_are_shown_first() {
        let mut text: String = (1..9).map(|number| format!("Which {number}?\n- A. x{number} *\n- B. y\n\n")).collect();
        text += "Several?\n- A. u *\n- B. v *\n\nOdd?\n- A. r *\n- B. s\n- C. s\n\nLast?\n- A. l *\n- B. m\n";
        assert_eq!(first_shown(&bank(&text)), (vec![0, 8, 9], 0));
        let odd: String = (1..=15).map(|number| format!("Odd {number}?\n- A. r *\n- B. s\n- C. s\n\n")).collect();
        assert_eq!(first_shown(&bank(&odd)), ((0..11).collect(), 4));
    }
}
