//! What a typed line means.

use crate::session::{Event, Feedback, Form, Given, Half, Showing, ShownChoice, Verdict};
use crate::ui::Wish;

/// What a line means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// The person wants this.
    Wish(Wish),
    /// Go on.
    GoOn,
    /// Say what can be typed.
    Help,
    /// Say the question, or the feedback, again.
    Repeat,
    /// Nothing; why, in words.
    Unclear(String),
}

fn event(event: Event) -> Meaning {
    Meaning::Wish(Wish::Event(event))
}

fn given(given: Given) -> Meaning {
    event(Event::Answer { given, took_ms: None, sure: None })
}

fn no_answer(line: &str) -> Meaning {
    Meaning::Unclear(format!("`{line}` is no answer here."))
}

/// A line while the choices are hidden: whatever is no command shows them.
pub(super) fn recalled(line: &str) -> Meaning {
    command(line, true).unwrap_or(Meaning::GoOn)
}

/// A line while the clock stands still.
pub(super) fn paused(line: &str) -> Meaning {
    match line {
        "" => Meaning::GoOn,
        line => command(line, true).unwrap_or_else(|| no_answer(line)),
    }
}

/// A line in answer to a question.
pub(super) fn answer(line: &str, showing: &Showing) -> Meaning {
    match said_surely(line, showing) {
        Some(rest) => surely(unmarked(rest, showing)),
        None => unmarked(line, showing),
    }
}

/// What is left of a line that says that the person is sure: `B!`, or `:sure` and the answer, for a typed one may end in any sign.
fn said_surely<'a>(line: &'a str, showing: &Showing) -> Option<&'a str> {
    if !showing.ask_sure {
        return None;
    }
    let word = |rest: &'a str| rest.is_empty() || rest.starts_with(char::is_whitespace);
    let told = line.split_at_checked(5).filter(|(word, _)| word.eq_ignore_ascii_case(":sure")).map(|(_, rest)| rest);
    let marked = || line.strip_suffix('!').filter(|_| !matches!(showing.form, Form::Type { .. }));
    told.filter(|rest| word(rest)).or_else(marked).map(str::trim)
}

/// The same answer of a person who is sure of it.
fn surely(meaning: Meaning) -> Meaning {
    match meaning {
        Meaning::Wish(Wish::Event(Event::Answer { given, took_ms, .. })) => {
            event(Event::Answer { given, took_ms, sure: Some(true) })
        }
        other => other,
    }
}

/// A line in answer to a question, whether sure or not.
fn unmarked(line: &str, showing: &Showing) -> Meaning {
    let typed = matches!(showing.form, Form::Type { .. });
    if let Some(command) = command(line, !typed) {
        return command;
    }
    match &showing.form {
        Form::Type { .. } if line.is_empty() => Meaning::Unclear("Please type an answer.".into()),
        // An answer that begins with a colon has two.
        Form::Type { .. } => given(Given::Typed(line.strip_prefix(':').unwrap_or(line).to_owned())),
        Form::Reveal { .. } if line.is_empty() => given(Given::Revealed),
        Form::Reveal { .. } => match help(line) {
            Some(help) => help,
            None => Meaning::Unclear(format!("`{line}` is no answer here: Enter shows the answer.")),
        },
        Form::Pick { several } => match picks(line, showing, *several) {
            Some(places) => given(Given::Picked(places)),
            None => help(line).unwrap_or_else(|| unclear(line, "Please answer with a letter.")),
        },
        Form::Order => match picks(line, showing, true) {
            Some(places) => given(Given::Picked(places)),
            None => help(line).unwrap_or_else(|| unclear(line, "Please answer with the letters in their order.")),
        },
        Form::Pair { halves } => match pairs(line, &showing.choices, halves) {
            Some(pairs) => given(Given::Paired(pairs)),
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
        "" => Verdict::GoOn,
        "o" => return event(Event::Overrule),
        // A wrong answer is rated again by going on.
        "1" | "again" if !feedback.right => Verdict::GoOn,
        "1" | "again" | "g" | "guessed" => Verdict::Guessed,
        "2" | "hard" => Verdict::Hard,
        "3" | "good" => Verdict::Good,
        "4" | "easy" => Verdict::Easy,
        _ => return Meaning::Unclear(format!("`{line}` is no rating.")),
    };
    event(Event::Rate(verdict))
}

fn unclear(line: &str, ask: &str) -> Meaning {
    if line.is_empty() { Meaning::Unclear(ask.into()) } else { no_answer(line) }
}

fn help(line: &str) -> Option<Meaning> {
    ["?", "h", "H"].contains(&line).then_some(Meaning::Help)
}

/// A command: a word behind a colon, and where `bare` is true also without one.
fn command(line: &str, bare: bool) -> Option<Meaning> {
    let told = line.strip_prefix(':').filter(|rest| !rest.starts_with(':'));
    let line = told.or(bare.then_some(line))?;
    let (word, rest) = line.trim_start().split_once(char::is_whitespace).unwrap_or((line.trim_start(), ""));
    let rest = rest.trim();
    Some(match (word.to_lowercase().as_str(), rest) {
        ("undo", "") => event(Event::Undo),
        ("skip", "") => event(Event::Skip),
        ("bury", "") => event(Event::Bury),
        ("suspend", "") => event(Event::Suspend),
        ("quit" | "exit", "") => event(Event::Quit),
        ("pause", "") => event(Event::Pause),
        ("overrule", "") => event(Event::Overrule),
        ("flag", note) => event(Event::Flag(Some(note.to_owned()))),
        ("unflag", "") => event(Event::Flag(None)),
        ("about", "") => Meaning::Wish(Wish::About),
        ("edit", "") => Meaning::Wish(Wish::Edit),
        ("help", "") => Meaning::Help,
        ("repeat", "") => Meaning::Repeat,
        _ => {
            let line = told?;
            Meaning::Unclear(format!("`:{line}` is no command; `:help` lists them."))
        }
    })
}

/// The place of a letter, or of a number from 1.
fn place(word: &str, choices: &[ShownChoice]) -> Option<usize> {
    let upper = word.to_uppercase();
    let by_label = choices.iter().position(|choice| choice.label == upper);
    by_label.or_else(|| word.parse::<usize>().ok()?.checked_sub(1).filter(|place| *place < choices.len()))
}

/// The places that a line of letters or numbers picks.
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

/// Runs of letters and of digits, with nothing but white space and signs of separation between them.
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
