//! The review as plain lines: one thing a line, no escape codes, fit for a screen reader and for a pipe.

use std::io::{BufRead, Read, Write};

use super::{FrontEnd, Wish, words};
use crate::error::Result;
use crate::model::{CardId, KeyOrigin, Kind, Moment};
use crate::session::{Event, Feedback, Given, Notice, Phase, Session, Showing, Summary, Verdict};

/// A longer line is no answer.
const LONGEST_LINE: u64 = 1 << 16;

/// The front end of plain lines.
#[derive(Debug)]
pub struct Plain<R, W> {
    input: R,
    output: W,
    asked: usize,
    /// What was printed last: a question (false) or its feedback (true) of this card.
    shown: Option<(CardId, bool)>,
    /// Whether the choices of the question are still hidden.
    hidden: bool,
}

impl<R: BufRead, W: Write> Plain<R, W> {
    /// Reads answers from `input` and prints to `output`.
    pub fn new(input: R, output: W) -> Self {
        Self { input, output, asked: 0, shown: None, hidden: false }
    }

    fn say(&mut self, text: &str) -> Result<()> {
        // What a bank holds must not steer the terminal.
        let text: String = text.chars().filter(|char| !char.is_control() || *char == '\n').collect();
        self.output.write_all(text.as_bytes()).and_then(|()| self.output.flush()).map_err(super::broken_stream)
    }

    /// The next line; none at the end of the input.
    fn line(&mut self) -> Result<Option<String>> {
        let mut bytes = Vec::new();
        let mut input = (&mut self.input).take(LONGEST_LINE);
        let read = input.read_until(b'\n', &mut bytes).map_err(super::broken_stream)?;
        Ok((read > 0).then(|| String::from_utf8_lossy(&bytes).trim().to_owned()))
    }

    fn ask(&mut self, showing: &Showing) -> Result<Event> {
        if self.shown != Some((showing.card, false)) {
            self.shown = Some((showing.card, false));
            self.asked += 1;
            self.hidden = showing.recall_first;
            self.say(&question(showing, self.asked))?;
            if !self.hidden {
                self.say(&choices(showing))?;
            }
        }
        while self.hidden {
            self.say("Recall the answer, then Enter to see the choices (or undo, skip, bury, suspend, quit): ")?;
            let Some(line) = self.line()? else {
                self.say("\n")?;
                return Ok(Event::Quit);
            };
            if let Some(event) = command(&line) {
                return Ok(event);
            }
            self.hidden = false;
            self.say(&choices(showing))?;
        }
        loop {
            let last = showing.choices.last().map_or("A", |choice| choice.label.as_str());
            self.say(&format!("Your answer (A-{last}, or undo, skip, bury, suspend, quit, help): "))?;
            let Some(line) = self.line()? else {
                self.say("\n")?;
                return Ok(Event::Quit);
            };
            if let Some(event) = command(&line) {
                return Ok(event);
            }
            match picks(&line, showing) {
                Some(places) => return Ok(Event::Answer { given: Given::Picked(places), took_ms: None }),
                None if ["help", "?", "h"].contains(&line.to_lowercase().as_str()) => self.say(HELP)?,
                None => {
                    let text = if line.is_empty() {
                        "Please answer with a letter.\n".into()
                    } else {
                        format!("`{line}` is no answer here.\n")
                    };
                    self.say(&text)?;
                }
            }
        }
    }

    fn rate(&mut self, showing: &Showing, feedback: &Feedback) -> Result<Event> {
        if self.shown != Some((showing.card, true)) {
            self.shown = Some((showing.card, true));
            let text = verdict(showing, feedback);
            self.say(&text)?;
        }
        loop {
            let prompt = if feedback.right && showing.ask_rating {
                "How was it: 1 guessed, 2 hard, 3 good, 4 easy (or undo, bury, suspend, quit)? "
            } else if feedback.right {
                "Enter to go on, or 1 guessed, 2 hard, 3 good, 4 easy (or undo, bury, suspend, quit): "
            } else {
                "Enter to go on (or undo, bury, suspend, quit): "
            };
            self.say(prompt)?;
            let Some(line) = self.line()? else {
                self.say("\n")?;
                return Ok(Event::Quit);
            };
            if let Some(event) = command(&line) {
                return Ok(event);
            }
            let said = match line.to_lowercase().as_str() {
                "" => Some(Verdict::GoOn),
                "1" | "g" | "guessed" => Some(Verdict::Guessed),
                "2" | "hard" => Some(Verdict::Hard),
                "3" | "good" => Some(Verdict::Good),
                "4" | "easy" => Some(Verdict::Easy),
                _ => None,
            };
            match said {
                Some(said) => return Ok(Event::Rate(said)),
                None => self.say(&format!("`{line}` is no rating.\n"))?,
            }
        }
    }
}

const HELP: &str = "Answer with the letter of a choice; with several letters where several are right.\n\
undo takes back the last answer. skip shows the card later. bury hides it until tomorrow.\n\
suspend takes it out of the schedule. quit ends the session; every answer is kept.\n";

impl<R: BufRead, W: Write> FrontEnd for Plain<R, W> {
    fn act(&mut self, session: &Session, _now: Moment) -> Result<Wish> {
        match session.phase() {
            Phase::Asking(showing) => self.ask(showing).map(Wish::Event),
            Phase::Answered(showing, feedback) => self.rate(showing, feedback).map(Wish::Event),
            Phase::Between | Phase::Finished(_) => Ok(Wish::Event(Event::Quit)),
        }
    }

    fn tell(&mut self, notice: &Notice, _now: Moment) -> Result<()> {
        if !matches!(notice, Notice::Refused(_)) {
            self.shown = None;
        }
        match notice {
            Notice::Recorded { leech: None, .. } => Ok(()),
            Notice::Recorded { leech: Some(leech), .. } => self.say(&format!("{}.\n", words::leech(*leech))),
            Notice::Undone { .. } => self.say("The last answer is taken back.\n"),
            Notice::NothingToUndo => self.say("There is no answer to take back.\n"),
            Notice::Flagged | Notice::Unflagged | Notice::Paused | Notice::Resumed | Notice::TimeUp => Ok(()),
            Notice::Buried => self.say("Buried until tomorrow.\n"),
            Notice::Suspended => self.say("Suspended.\n"),
            Notice::Skipped => self.say("Skipped for now.\n"),
            Notice::Refused(why) => self.say(&format!("That does not work: {why}.\n")),
        }
    }

    fn edit(&mut self, _text: &str, _problems: Option<&str>) -> Result<Option<String>> {
        Ok(None)
    }

    fn finish(&mut self, summary: &Summary, now: Moment) -> Result<()> {
        let text = closing(summary, now);
        self.say(&text)
    }
}

/// The end of a session in words.
pub(super) fn closing(summary: &Summary, now: Moment) -> String {
    // Only the difference between days is shown, so the usual beginning of a day will do.
    let today = now.study_day(crate::model::DayStart::default());
    let mut text = String::new();
    if summary.answered == 0 {
        text += if summary.stopped { "No answers this time.\n" } else { "Nothing is due now.\n" };
    } else {
        let share = words::share(summary.right as f64 / summary.answered as f64);
        text += &format!("{}, {} right ({share}).\n", words::count(summary.answered as u64, "answer"), summary.right);
        if summary.guessed > 0 {
            text += &format!("{} of them guessed.\n", summary.guessed);
        }
        if summary.new > 0 {
            text += &format!("{} for the first time.\n", words::count(summary.new as u64, "card"));
        }
    }
    match summary.outlook.next_due {
        Some(due) => text += &format!("The next card is due {}.\n", words::due(due, now, today)),
        None => text += "No card waits to be reviewed.\n",
    }
    if summary.outlook.due_tomorrow > 0 {
        text += &format!("Due tomorrow: {}.\n", words::count(summary.outlook.due_tomorrow as u64, "card"));
    }
    if summary.outlook.new_left > 0 {
        text += &format!("Not seen yet: {}.\n", words::count(summary.outlook.new_left as u64, "card"));
    }
    text
}

fn command(line: &str) -> Option<Event> {
    Some(match line.to_lowercase().as_str() {
        "undo" => Event::Undo,
        "skip" => Event::Skip,
        "bury" => Event::Bury,
        "suspend" => Event::Suspend,
        "quit" | "exit" => Event::Quit,
        _ => return None,
    })
}

/// The places that a line of letters (or numbers) picks.
fn picks(line: &str, showing: &Showing) -> Option<Vec<usize>> {
    let place = |word: &str| {
        let upper = word.to_uppercase();
        let by_label = showing.choices.iter().position(|choice| choice.label == upper);
        by_label.or_else(|| word.parse::<usize>().ok()?.checked_sub(1).filter(|place| *place < showing.choices.len()))
    };
    let words: Vec<&str> = line.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let places: Option<Vec<usize>> = words.iter().map(|word| place(word)).collect();
    let places = places.or_else(|| {
        // `ACE` for A, C and E.
        let letters = words.first().filter(|_| words.len() == 1 && showing.kind == Kind::Multiple)?;
        letters.chars().map(|letter| place(&letter.to_string())).collect()
    })?;
    (!places.is_empty()).then_some(places)
}

fn question(showing: &Showing, number: usize) -> String {
    let state = if showing.ahead { "ahead of time" } else { showing.state.name() };
    let mut text = format!("\nQuestion {number}, {state}, {} left.\n", showing.left.total());
    match &showing.topic {
        Some(topic) => text += &format!("Deck: {}. Topic: {topic}.\n", showing.deck),
        None => text += &format!("Deck: {}.\n", showing.deck),
    }
    text + &format!("{}\n", showing.stem)
}

fn choices(showing: &Showing) -> String {
    let mut text = String::new();
    if showing.kind == Kind::Multiple {
        text += "Pick all that apply.\n";
    }
    for choice in &showing.choices {
        text += &format!("{}. {}\n", choice.label, choice.text);
    }
    text
}

fn verdict(showing: &Showing, feedback: &Feedback) -> String {
    let mut text = if feedback.right { "Right.\n".to_owned() } else { "Wrong.\n".to_owned() };
    if !feedback.right {
        for &place in &feedback.correct {
            text += &format!("The answer is {}. {}\n", showing.choices[place].label, showing.choices[place].text);
        }
    }
    for place in feedback.picked() {
        if let Some(said) = &showing.choices[place].feedback {
            text += &format!("{}: {said}\n", showing.choices[place].label);
        }
    }
    if let Some(explanation) = &showing.explanation {
        text += &format!("{explanation}\n");
        let letters: Vec<String> =
            showing.choices.iter().map(|choice| format!("{} is {}", choice.label, choice.bank_letter)).collect();
        text += &format!("In the bank, {}.\n", letters.join(", "));
    }
    if showing.key == KeyOrigin::Declared
        && let Some(rule) = &showing.key_rule
    {
        text += &format!("The key is declared ({rule}).\n");
    }
    if let Some(known) = feedback.known_probability.filter(|known| *known < 1.0) {
        text += &format!("Counted as known with {}.\n", words::share(known));
    }
    let ratings = &feedback.ratings;
    let after = |forecast: &crate::session::Forecast| words::interval(forecast.interval_days);
    let mut ways = Vec::new();
    if !(feedback.right && showing.ask_rating) {
        ways.push(after(&ratings.auto));
    }
    if feedback.right {
        let [again, hard, good, easy] = [&ratings.again, &ratings.hard, &ratings.good, &ratings.easy].map(after);
        ways.push(format!("guessed {again}, hard {hard}, good {good}, easy {easy}"));
    }
    text + &format!("Comes back in {}.\n", ways.join("; "))
}
