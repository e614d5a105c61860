//! The meaning of a typed line.

use crate::session::{Action, Feedback, Form, GivenAnswer, Half, Showing, ShownChoice, StatedRating};
use crate::ui::Wish;

/// The meaning of a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    Wish(Wish),
    GoOn,
    /// Print what can be typed.
    Help,
    /// Print the question or the feedback again.
    Repeat,
    /// Print this.
    Say(String),
    /// Print this list of the questions of an exam, so many of them; a number goes to one of them then.
    List(String, usize),
    /// Why the line has no meaning.
    Unclear(String),
}

fn act(action: Action) -> Meaning {
    Meaning::Wish(Wish::Act(action))
}

fn given(given: GivenAnswer) -> Meaning {
    act(Action::Answer { given, took_ms: None, sure: None })
}

fn no_answer(line: &str) -> Meaning {
    Meaning::Unclear(format!("`{line}` is not an answer here."))
}

/// A line while the choices are hidden: anything but a command shows them.
pub(super) fn recalled(line: &str) -> Meaning {
    command(line, true).unwrap_or(Meaning::GoOn)
}

/// A line while the session is paused.
pub(super) fn paused(line: &str) -> Meaning {
    match line {
        "" => Meaning::GoOn,
        line => command(line, true).unwrap_or_else(|| no_answer(line)),
    }
}

/// A line in answer to a question.
pub(super) fn answer(line: &str, showing: &Showing) -> Meaning {
    match marked_sure(line, showing) {
        Some(rest) => surely(unmarked(rest, showing)),
        None => unmarked(line, showing),
    }
}

/// The answer of a line that says that the person is sure: `B!`, or for typed answers, which may end in any sign, `:sure` first.
fn marked_sure<'a>(line: &'a str, showing: &Showing) -> Option<&'a str> {
    if !showing.ask_sure {
        return None;
    }
    let word = |rest: &'a str| rest.is_empty() || rest.starts_with(char::is_whitespace);
    let prefixed =
        line.split_at_checked(5).filter(|(word, _)| word.eq_ignore_ascii_case(":sure")).map(|(_, rest)| rest);
    let marked = || line.strip_suffix('!').filter(|_| !matches!(showing.form, Form::Type { .. }));
    prefixed.filter(|rest| word(rest)).or_else(marked).map(str::trim)
}

/// The same answer, given as sure.
fn surely(meaning: Meaning) -> Meaning {
    match meaning {
        Meaning::Wish(Wish::Act(Action::Answer { given, took_ms, .. })) => {
            act(Action::Answer { given, took_ms, sure: Some(true) })
        }
        other => other,
    }
}

/// A line in answer to a question, without a mark of sureness.
fn unmarked(line: &str, showing: &Showing) -> Meaning {
    let typed = matches!(showing.form, Form::Type { .. });
    if let Some(command) = command(line, !typed) {
        return command;
    }
    match &showing.form {
        Form::Type { .. } if line.is_empty() => Meaning::Unclear("Please type an answer.".into()),
        // An answer that begins with a colon is typed with two.
        Form::Type { .. } => given(GivenAnswer::Typed(line.strip_prefix(':').unwrap_or(line).to_owned())),
        Form::Reveal { .. } if line.is_empty() => given(GivenAnswer::Revealed),
        Form::Reveal { .. } => match help(line) {
            Some(help) => help,
            None => Meaning::Unclear(format!("`{line}` is not an answer here: Enter shows the answer.")),
        },
        Form::Pick { several } => match picks(line, showing, *several) {
            Some(places) => given(GivenAnswer::Picked(places)),
            None => help(line).unwrap_or_else(|| unclear(line, "Please answer with a letter.")),
        },
        Form::Order => match picks(line, showing, true) {
            Some(places) => given(GivenAnswer::Picked(places)),
            None => help(line).unwrap_or_else(|| unclear(line, "Please answer with the letters in their order.")),
        },
        Form::Pair { halves } => match pairs(line, &showing.choices, halves) {
            Some(pairs) => given(GivenAnswer::Paired(pairs)),
            None => {
                help(line).unwrap_or_else(|| unclear(line, "Please answer with a number for each letter, as in A2."))
            }
        },
    }
}

/// A line in answer to the feedback.
pub(super) fn rating(line: &str, feedback: &Feedback) -> Meaning {
    if let Some(command) = command(line, true).or_else(|| help(line)) {
        return command;
    }
    let verdict = match line.to_lowercase().as_str() {
        "" => StatedRating::GoOn,
        "o" => return act(Action::Overrule),
        // A wrong answer is rated again by going on.
        "1" | "again" if !feedback.right => StatedRating::GoOn,
        "1" | "again" | "g" | "guessed" => StatedRating::Guessed,
        "2" | "hard" => StatedRating::Hard,
        "3" | "good" => StatedRating::Good,
        "4" | "easy" => StatedRating::Easy,
        _ => return Meaning::Unclear(format!("`{line}` is not a rating.")),
    };
    act(Action::Rate(verdict))
}

fn unclear(line: &str, ask: &str) -> Meaning {
    if line.is_empty() { Meaning::Unclear(ask.into()) } else { no_answer(line) }
}

fn help(line: &str) -> Option<Meaning> {
    ["?", "h", "H"].contains(&line).then_some(Meaning::Help)
}

/// A command: a word after a colon; if `bare`, also without a colon.
fn command(line: &str, bare: bool) -> Option<Meaning> {
    let marked = line.strip_prefix(':').filter(|rest| !rest.starts_with(':'));
    let line = marked.or(bare.then_some(line))?;
    let (word, rest) = line.trim_start().split_once(char::is_whitespace).unwrap_or((line.trim_start(), ""));
    let rest = rest.trim();
    Some(match (word.to_lowercase().as_str(), rest) {
        ("undo", "") => act(Action::Undo),
        ("skip", "") => act(Action::Skip),
        ("bury", "") => act(Action::Bury),
        ("suspend", "") => act(Action::Suspend),
        ("quit" | "exit", "") => act(Action::Quit),
        ("pause", "") => act(Action::Pause),
        ("overrule", "") => act(Action::Overrule),
        ("flag", note) => act(Action::Flag(Some(note.to_owned()))),
        ("unflag", "") => act(Action::Flag(None)),
        ("about", "") => Meaning::Wish(Wish::About),
        ("edit", "") => Meaning::Wish(Wish::Edit),
        ("help", "") => Meaning::Help,
        ("repeat", "") => Meaning::Repeat,
        _ => {
            let line = marked?;
            Meaning::Unclear(format!("`:{line}` is not a command; `:help` lists them."))
        }
    })
}

/// The place of a letter, or of a number from 1.
fn place(word: &str, choices: &[ShownChoice]) -> Option<usize> {
    let upper = word.to_uppercase();
    let by_label = choices.iter().position(|choice| choice.label == upper);
    by_label.or_else(|| word.parse::<usize>().ok()?.checked_sub(1).filter(|place| *place < choices.len()))
}

/// The places picked by a line of letters or numbers.
fn picks(line: &str, showing: &Showing, glued: bool) -> Option<Vec<usize>> {
    let words: Vec<&str> = line.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let places: Option<Vec<usize>> = words.iter().map(|word| place(word, &showing.choices)).collect();
    let places = places.or_else(|| {
        // `ACE` for A, C and E.
        let letters = words.first().filter(|_| words.len() == 1 && glued)?;
        letters.chars().map(|letter| place(&letter.to_string(), &showing.choices)).collect()
    })?;
    (!places.is_empty()).then_some(places)
}

/// The pairs of a line: `A2 B1 C3`, `A-2, B-1`, or the numbers alone in the order of the letters.
fn pairs(line: &str, choices: &[ShownChoice], halves: &[Half]) -> Option<Vec<(usize, usize)>> {
    let runs = runs(line)?;
    let half = |label: &str| halves.iter().position(|half| half.label == label);
    if runs.iter().all(|run| run.starts_with(|char: char| char.is_ascii_digit())) {
        let numbers: Option<Vec<usize>> = runs.iter().map(|run| half(run)).collect();
        // `213` for 2, 1 and 3.
        let glued = || {
            let digits = runs.first().filter(|_| runs.len() == 1)?;
            digits.chars().map(|digit| half(&digit.to_string())).collect::<Option<Vec<usize>>>()
        };
        let numbers = numbers.filter(|numbers| numbers.len() == choices.len()).or_else(glued)?;
        return (numbers.len() == choices.len()).then(|| numbers.into_iter().enumerate().collect());
    }
    let pair = |pair: &[String]| match pair {
        [letter, number] if letter.starts_with(char::is_alphabetic) => Some((place(letter, choices)?, half(number)?)),
        _ => None,
    };
    runs.chunks(2).map(pair).collect()
}

/// Runs of letters and of digits, with only white space and separators between them.
fn runs(line: &str) -> Option<Vec<String>> {
    let mut runs: Vec<String> = Vec::new();
    let mut last = None;
    for char in line.chars() {
        let kind = if char.is_ascii_digit() {
            Some(true)
        } else if char.is_alphabetic() {
            Some(false)
        } else if char.is_whitespace() || ",;:=->.".contains(char) {
            None
        } else {
            return None;
        };
        match (kind, runs.last_mut()) {
            (Some(_), Some(run)) if kind == last => run.push(char),
            (Some(_), _) => runs.push(char.into()),
            (None, _) => {}
        }
        last = kind;
    }
    (!runs.is_empty()).then_some(runs)
}

#[cfg(test)]
mod tests;
