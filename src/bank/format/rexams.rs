//! R/exams: an exercise in Markdown (`.Rmd`) or LaTeX (`.Rnw`): a question with its list of answers, a solution, and below them what
//! is right (`exsolution: 0100`).

use std::collections::HashMap;

use super::FormatFit;
use super::latex::{bare, group, plain};
use crate::bank::collect::{Collected, Collector};
use crate::bank::defect::Defect;
use crate::bank::source::Source;
use crate::bank::{BankOption, BankQuestion};
use crate::model::{KeyOrigin, Kind, Markup};

const COMPUTED: &str = "let R fill it in (`exams2moodle`, `exams2qti12`), and import what it writes";
const SOLUTION: &str = "write `exsolution` as a 0 or 1 for each answer (`0100`)";

/// An exercise: its texts as they are written, and what it says of itself.
#[derive(Debug, Default)]
struct Exercise {
    line: usize,
    stem: Vec<String>,
    options: Vec<String>,
    solution: Vec<String>,
    feedback: Vec<String>,
    meta: HashMap<String, String>,
    latex: bool,
}

/// Whether the text says what kind of exercise it is and what is right.
pub(super) fn explains(source: &Source<'_>) -> Option<FormatFit> {
    // One look at the whole text is cheaper than one at each line.
    if !source.text.contains("extype") {
        return None;
    }
    let declares = |name: &str| {
        source
            .body()
            .iter()
            .any(|line| line.trim_start_matches(['%', ' ', '\\']).starts_with(name) && line.contains([':', '{']))
    };
    let exercise = source.text.contains("\\begin{question}")
        || source.body().iter().any(|line| section(line.trim_start_matches('#')) == Some(Section::Question));
    (exercise && declares("extype")).then_some(FormatFit::Sure)
}

/// Reads the exercises; most files hold one.
pub(super) fn read_exercises(source: &Source<'_>) -> Collected {
    let lines = source.lines();
    let exercises = if source.text.contains("\\begin{question}") { of_latex(lines) } else { of_markdown(lines) };
    let mut collector = Collector::new(lines);
    for exercise in exercises {
        collector.add(exercise.line, exercise.question());
    }
    collector.finish()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Question,
    Solution,
    Answers,
    Meta,
}

fn section(title: &str) -> Option<Section> {
    Some(match title.trim().to_ascii_lowercase().as_str() {
        "question" => Section::Question,
        "solution" => Section::Solution,
        "answerlist" => Section::Answers,
        "meta-information" | "metainformation" | "meta information" => Section::Meta,
        _ => return None,
    })
}

/// The section that a line begins, by a title with a rule below it or with signs before it.
fn begins(line: &str, next: Option<&String>) -> Option<Section> {
    let ruled = next.is_some_and(|next| {
        let rule = next.trim();
        rule.len() > 2 && (rule.bytes().all(|byte| byte == b'=') || rule.bytes().all(|byte| byte == b'-'))
    });
    section(line.trim_start_matches('#')).filter(|_| ruled || line.starts_with('#'))
}

fn of_markdown(lines: &[String]) -> Vec<Exercise> {
    let mut exercises: Vec<Exercise> = Vec::new();
    let (mut at, mut solved, mut rule, mut code) = (None, false, false, false);
    for (place, line) in lines.iter().enumerate() {
        if rule || is_chunk(line, &mut code) {
            rule = false;
            continue;
        }
        if let Some(section) = begins(line, lines.get(place + 1)) {
            rule = !line.starts_with('#');
            if section == Section::Question {
                exercises.push(Exercise { line: place + 1, ..Exercise::default() });
            }
            solved = section == Section::Solution || (solved && section == Section::Answers);
            at = Some(section);
            continue;
        }
        let Some(exercise) = exercises.last_mut() else { continue };
        match at {
            Some(Section::Question) => {
                if exercise.stem.is_empty() && !line.trim().is_empty() {
                    exercise.line = place + 1;
                }
                exercise.stem.push(line.clone());
            }
            Some(Section::Solution) => exercise.solution.push(line.clone()),
            Some(Section::Answers) => {
                let list = if solved { &mut exercise.feedback } else { &mut exercise.options };
                item(list, line, line.strip_prefix(['*', '-', '+']).filter(|rest| rest.starts_with(' ')));
            }
            Some(Section::Meta) => {
                if let Some((name, value)) = line.split_once(':') {
                    exercise.meta.insert(name.trim().to_ascii_lowercase(), value.trim().to_owned());
                }
            }
            None => {}
        }
    }
    exercises
}

/// Whether the line is of a chunk of R, or begins or ends one. Other code is text.
fn is_chunk(line: &str, code: &mut bool) -> bool {
    if *code {
        *code = !line.trim_start().starts_with("```");
        return true;
    }
    *code = line.trim_start().starts_with("```{");
    *code
}

/// Adds a line to a list: the text after the bullet begins an entry, and other lines continue it.
fn item(list: &mut Vec<String>, line: &str, begins: Option<&str>) {
    match (begins, list.last_mut()) {
        (Some(text), _) => list.push(text.trim().to_owned()),
        (None, Some(last)) if !line.trim().is_empty() => {
            last.extend(["\n", line.trim()]);
        }
        _ => {}
    }
}

fn of_latex(lines: &[String]) -> Vec<Exercise> {
    let mut exercises: Vec<Exercise> = Vec::new();
    let (mut at, mut solved, mut code) = (None, false, false);
    for (place, whole) in lines.iter().enumerate() {
        // The metadata of an exercise is in comments.
        if let Some((name, value)) = command(whole.trim_start_matches(['%', ' ']))
            && let Some(exercise) = exercises.last_mut().filter(|_| name.starts_with("ex"))
        {
            exercise.meta.insert(name.to_ascii_lowercase(), value.to_owned());
            continue;
        }
        let line = bare(whole);
        let text = line.trim();
        // `<<echo=FALSE>>=` … `@` is R.
        if code || (text.starts_with("<<") && text.ends_with(">>=")) {
            code = text != "@";
            continue;
        }
        match text {
            _ if text.starts_with("\\begin{question}") => {
                exercises.push(Exercise { line: place + 1, latex: true, ..Exercise::default() });
                (at, solved) = (Some(Section::Question), false);
                add(&mut exercises, at, solved, &text["\\begin{question}".len()..]);
            }
            _ if text.starts_with("\\begin{solution}") => {
                (at, solved) = (Some(Section::Solution), true);
                add(&mut exercises, at, solved, &text["\\begin{solution}".len()..]);
            }
            "\\begin{answerlist}" => at = Some(Section::Answers),
            "\\end{answerlist}" => at = Some(if solved { Section::Solution } else { Section::Question }),
            "\\end{question}" | "\\end{solution}" => at = None,
            _ => add(&mut exercises, at, solved, &line),
        }
    }
    exercises
}

fn command(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix('\\')?;
    let end = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let behind = rest[end..].trim_start();
    // `\exextra[x]{…}`
    let behind = behind.strip_prefix('[').and_then(|inner| inner.split_once(']')).map_or(behind, |(_, behind)| behind);
    Some((&rest[..end], group(behind)?.0))
}

fn add(exercises: &mut [Exercise], at: Option<Section>, solved: bool, line: &str) {
    let Some(exercise) = exercises.last_mut() else { return };
    match at {
        Some(Section::Question) => exercise.stem.push(line.replace("\\end{question}", "")),
        Some(Section::Solution) => exercise.solution.push(line.replace("\\end{solution}", "")),
        Some(Section::Answers) => {
            let list = if solved { &mut exercise.feedback } else { &mut exercise.options };
            for (place, part) in line.split("\\item").enumerate() {
                item(list, part, (place > 0).then_some(part));
            }
        }
        Some(Section::Meta) | None => {}
    }
}

impl Exercise {
    fn text(&self, lines: &[String]) -> String {
        let text = lines.join("\n");
        if self.latex { plain(&text) } else { text.trim().to_owned() }
    }

    fn meta(&self, name: &str) -> &str {
        self.meta.get(name).map_or("", String::as_str)
    }

    fn question(self) -> Result<BankQuestion, Defect> {
        let computed = |text: &String| text.contains("`r ") || text.contains("\\Sexpr");
        let texts = || self.stem.iter().chain(&self.options).chain(self.meta.get("exsolution"));
        if texts().any(computed) {
            return Err(Defect::KindNotRead { name: "computed by R".into(), hint: COMPUTED });
        }
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        let markup = if self.latex { Markup::Plain } else { Markup::Markdown };
        let tags = self.meta("extags").split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned);
        let asked = BankQuestion {
            line: self.line,
            id: some(self.meta("exname").split_whitespace().collect::<Vec<_>>().join("-")),
            topic: some(self.meta("exsection").replace('/', "::")),
            stem: self.text(&self.stem),
            explanation: some(self.text(&self.solution)),
            tags: tags.collect(),
            key: KeyOrigin::Marked,
            markup,
            ..BankQuestion::default()
        };
        if asked.stem.is_empty() {
            return Err(Defect::NoStem);
        }
        let solution = self.meta("exsolution").trim().to_owned();
        let typed = |text: &str, tolerance| vec![BankOption { tolerance, ..BankOption::new(text.trim(), true) }];
        match self.meta("extype") {
            "schoice" | "mchoice" => self.choice(asked, &solution),
            "num" => {
                let number = solution.replace(',', ".");
                number.parse::<f64>().map_err(|_| Defect::NoNumber("write `exsolution` as a number"))?;
                let tolerance = self.meta("extol").parse::<f64>().ok().filter(|tolerance| *tolerance > 0.0);
                Ok(BankQuestion { kind: Kind::Numeric, options: typed(&number, tolerance), ..asked })
            }
            "string" if solution.is_empty() => Ok(BankQuestion { kind: Kind::Open, ..asked }),
            "string" => Ok(BankQuestion { kind: Kind::Short, options: typed(&solution, None), ..asked }),
            other => Err(Defect::KindNotRead {
                name: other.to_owned(),
                hint: "known are `schoice`, `mchoice`, `num` and `string` of R/exams; `exams2moodle` writes the others",
            }),
        }
    }

    fn choice(&self, asked: BankQuestion, solution: &str) -> Result<BankQuestion, Defect> {
        let right: Vec<bool> = solution.chars().filter(|char| !char.is_whitespace()).map(|char| char == '1').collect();
        let bits = solution.chars().all(|char| char == '0' || char == '1' || char.is_whitespace());
        if self.options.is_empty() {
            return Err(Defect::NoOptions("write them below `Answerlist`"));
        }
        if !solution.is_empty() && (!bits || right.len() != self.options.len()) {
            return Err(Defect::NoAnswer(SOLUTION));
        }
        let single = self.meta("extype") == "schoice";
        let count = right.iter().filter(|right| **right).count();
        if single && count > 1 {
            return Err(Defect::SeveralAnswers);
        }
        let text = |text: &String| self.text(std::slice::from_ref(text));
        let options = self.options.iter().enumerate().map(|(place, option)| BankOption {
            feedback: self.feedback.get(place).map(text).filter(|text| !text.is_empty()),
            ..BankOption::new(text(option), right.get(place).copied().unwrap_or(false))
        });
        let kind = if single { Kind::Single } else { Kind::Multiple };
        let key = if count == 0 { KeyOrigin::Missing } else { KeyOrigin::Marked };
        Ok(BankQuestion { kind, options: options.collect(), key, ..asked })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{Bank, ReadOptions, read};

    fn bank(text: &str) -> Bank {
        read(text.as_bytes(), &ReadOptions::default()).expect("a bank")
    }

    #[test]
    fn an_exercise_in_markdown() {
        let text = "```{r data, echo = FALSE}\nx <- 1\n```\nQuestion\n========\nWhich are **gases**?\n\nAnswerlist\n----------\n* argon\n* iron,\n  a metal\n* neon\n\n\
                    Solution\n========\nLook at the table.\n\nAnswerlist\n----------\n* Yes.\n* No.\n* Yes.\n\n\
                    Meta-information\n================\nexname: noble gases\nextype: mchoice\nexsolution: 101\nexsection: Air/Gases\n";
        let question = &bank(text).questions[0];
        assert_eq!((question.stem.as_str(), question.kind), ("Which are **gases**?", Kind::Multiple));
        assert_eq!(question.correct(), [0, 2]);
        assert_eq!(question.options[1].text, "iron,\na metal");
        assert_eq!(question.options[1].feedback.as_deref(), Some("No."));
        assert_eq!(question.topic.as_deref(), Some("Air::Gases"));
        assert_eq!(question.explanation.as_deref(), Some("Look at the table."));
    }

    #[test]
    fn exercises_in_latex() {
        let text = "\\begin{question}\nWhat is $2 + 2$?\n\\end{question}\n\\begin{solution}\nFour.\n\\end{solution}\n\\exname{sum}\n\\extype{num}\n\\exsolution{4}\n\\extol{0.01}\n";
        let question = &bank(text).questions[0];
        assert_eq!((question.stem.as_str(), question.kind), ("What is 2 + 2?", Kind::Numeric));
        assert_eq!((question.options[0].text.as_str(), question.options[0].tolerance), ("4", Some(0.01)));
    }

    #[test]
    fn what_r_computes_and_keys_of_another_length_are_told() {
        let exercise = |stem: &str, solution: &str| {
            format!(
                "Question\n========\n{stem}\n\nAnswerlist\n----------\n* a\n* b\n\nMeta-information\n================\nextype: schoice\nexsolution: {solution}\n"
            )
        };
        for (text, code) in [
            (exercise("Is `r x` even?", "10"), "kind-not-read"),
            (exercise("Which?", "100"), "no-answer"),
            (exercise("Which?", "11"), "several-answers"),
        ] {
            let refusal = read(text.as_bytes(), &ReadOptions::default()).expect_err("its only question is broken");
            assert_eq!(refusal.problems[0].code, code, "{text}");
        }
    }
}
