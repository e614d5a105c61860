//! The review as JSON Lines, so that an editor, a script or another screen can be the front end.
//!
//! Out: `question`, `feedback`, `recorded`, `undone`, `done`, `error`. In: `answer`, `rate`, `undo`, `skip`, `bury`, `suspend`,
//! `quit`. A line that cannot be used gets an `error`, and the session goes on.

use std::io::{self, BufRead, Write};

use serde::{Deserialize, Serialize};

use super::{FrontEnd, Wish};
use crate::error::{Error, Result};
use crate::model::{CardId, Moment};
use crate::session::{Event, Feedback, Forecast, Given, Notice, Phase, Session, Showing, Summary, Verdict};

/// A longer line is no answer, and is not kept in memory.
const LONGEST_LINE: usize = 1 << 20;

/// The front end for programs.
#[derive(Debug)]
pub struct JsonLines<R, W> {
    input: R,
    output: W,
    /// What was printed last: a question (false) or its feedback (true) of this card.
    printed: Option<(CardId, bool)>,
}

impl<R: BufRead, W: Write> JsonLines<R, W> {
    /// Reads lines from `input` and prints to `output`.
    pub fn new(input: R, output: W) -> Self {
        Self { input, output, printed: None }
    }

    fn print(&mut self, line: &impl Serialize) -> Result<()> {
        let text = serde_json::to_string(line).map_err(|error| Error::fault(format!("cannot write JSON: {error}")))?;
        writeln!(self.output, "{text}").and_then(|()| self.output.flush()).map_err(super::broken_stream)
    }

    /// The next line; none at the end of the input. A line that is too long or not UTF-8 comes as an error.
    fn line(&mut self) -> Result<Option<std::result::Result<String, &'static str>>> {
        let mut bytes = Vec::new();
        let mut too_long = false;
        loop {
            let chunk = match self.input.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(super::broken_stream(error)),
            };
            let end = chunk.iter().position(|byte| *byte == b'\n');
            let taken = end.unwrap_or(chunk.len());
            too_long |= bytes.len() + taken > LONGEST_LINE;
            if !too_long {
                bytes.extend_from_slice(&chunk[..taken]);
            }
            let over = chunk.is_empty();
            self.input.consume(end.map_or(taken, |end| end + 1));
            if over && bytes.is_empty() && !too_long {
                return Ok(None);
            }
            if over || end.is_some() {
                break;
            }
        }
        if too_long {
            return Ok(Some(Err("the line is longer than a mebibyte")));
        }
        Ok(Some(String::from_utf8(bytes).map_err(|_| "the line is not UTF-8")))
    }
}

impl<R: BufRead, W: Write> FrontEnd for JsonLines<R, W> {
    fn act(&mut self, session: &Session, now: Moment) -> Result<Wish> {
        let labels: Vec<String> = match session.phase() {
            Phase::Asking(showing) => {
                if self.printed != Some((showing.card, false)) {
                    self.printed = Some((showing.card, false));
                    self.print(&Out::question(showing))?;
                }
                showing.choices.iter().map(|choice| choice.label.clone()).collect()
            }
            Phase::Answered(showing, feedback) => {
                if self.printed != Some((showing.card, true)) {
                    self.printed = Some((showing.card, true));
                    self.print(&Out::feedback(showing, feedback, now))?;
                }
                Vec::new()
            }
            Phase::Between | Phase::Finished(_) => return Ok(Wish::Event(Event::Quit)),
        };
        loop {
            let line = match self.line()? {
                None => return Ok(Wish::Event(Event::Quit)),
                Some(Ok(line)) if line.trim().is_empty() => continue,
                Some(line) => line,
            };
            let event = match line {
                Ok(line) => read(line.trim_start_matches('\u{feff}'), &labels),
                Err(problem) => Err(problem.into()),
            };
            match event {
                Ok(event) => return Ok(Wish::Event(event)),
                Err(message) => self.print(&Out::Error { message })?,
            }
        }
    }

    fn tell(&mut self, notice: &Notice, now: Moment) -> Result<()> {
        match notice {
            Notice::Recorded { review, due, leech } => {
                self.printed = None;
                self.print(&Out::Recorded {
                    review: review.0.to_string(),
                    due: due.text(now),
                    leech: leech.is_some(),
                    suspended: leech.is_some_and(|leech| leech.suspended),
                })
            }
            Notice::Undone { review } => {
                self.printed = None;
                self.print(&Out::Undone { review: review.0.to_string() })
            }
            Notice::NothingToUndo => self.print(&Out::Error { message: "there is no answer to take back".into() }),
            Notice::Refused(why) => self.print(&Out::Error { message: (*why).into() }),
            Notice::Flagged | Notice::Unflagged | Notice::Paused | Notice::Resumed | Notice::TimeUp => Ok(()),
            Notice::Buried | Notice::Suspended | Notice::Skipped => {
                self.printed = None;
                Ok(())
            }
        }
    }

    fn edit(&mut self, _text: &str, _problems: Option<&str>) -> Result<Option<String>> {
        Ok(None)
    }

    fn finish(&mut self, summary: &Summary, now: Moment) -> Result<()> {
        let next_due = summary.outlook.next_due.map(|due| due.text(now));
        self.print(&Out::Done { answered: summary.answered, right: summary.right, next_due })
    }
}

/// What a line of the input means, or why it means nothing.
fn read(line: &str, labels: &[String]) -> std::result::Result<Event, String> {
    let line: In = serde_json::from_str(line).map_err(|error| format!("the line cannot be used: {error}"))?;
    Ok(match line {
        In::Answer { pick, ms } => {
            let place = |label: &String| {
                let wanted = label.trim().to_uppercase();
                labels
                    .iter()
                    .position(|known| *known == wanted)
                    .ok_or_else(|| format!("there is no choice `{label}` now"))
            };
            let took_ms = ms.map(|ms| if ms.is_nan() { 0 } else { ms.round() as u32 });
            if labels.is_empty() {
                // The machine says why.
                return Ok(Event::Answer { given: Given::Picked(vec![0]), took_ms });
            }
            Event::Answer {
                given: Given::Picked(pick.iter().map(place).collect::<std::result::Result<_, _>>()?),
                took_ms,
            }
        }
        In::Rate { rating } => Event::Rate(match rating {
            // A wrong answer is rated again by just going on.
            None | Some(Said::Again) => Verdict::GoOn,
            Some(Said::Guessed) => Verdict::Guessed,
            Some(Said::Hard) => Verdict::Hard,
            Some(Said::Good) => Verdict::Good,
            Some(Said::Easy) => Verdict::Easy,
        }),
        In::Undo => Event::Undo,
        In::Skip => Event::Skip,
        In::Bury => Event::Bury,
        In::Suspend => Event::Suspend,
        In::Quit => Event::Quit,
    })
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum In {
    Answer { pick: Vec<String>, ms: Option<f64> },
    Rate { rating: Option<Said> },
    Undo,
    Skip,
    Bury,
    Suspend,
    Quit,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Said {
    Again,
    Guessed,
    Hard,
    Good,
    Easy,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Out<'a> {
    Question {
        card: String,
        deck: &'a str,
        topic: Option<&'a str>,
        stem: &'a str,
        kind: String,
        choices: Vec<OutChoice<'a>>,
        state: &'static str,
        left: OutLeft,
        /// The choices are to be hidden until the person has recalled the answer.
        recall_first: bool,
    },
    Feedback {
        right: bool,
        correct: Vec<&'a str>,
        explanation: Option<&'a str>,
        feedback: Vec<Option<&'a str>>,
        bank_letters: Vec<&'a str>,
        known_probability: Option<f64>,
        /// Just going on is refused: a rating has to be given.
        ask_rating: bool,
        ratings: OutRatings,
    },
    Recorded {
        review: String,
        due: String,
        leech: bool,
        suspended: bool,
    },
    Undone {
        review: String,
    },
    Done {
        answered: usize,
        right: usize,
        next_due: Option<String>,
    },
    Error {
        message: String,
    },
}

#[derive(Serialize)]
struct OutChoice<'a> {
    label: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct OutLeft {
    new: usize,
    learning: usize,
    review: usize,
}

#[derive(Serialize)]
struct OutRatings {
    auto: OutForecast,
    again: OutForecast,
    hard: OutForecast,
    good: OutForecast,
    easy: OutForecast,
}

#[derive(Serialize)]
struct OutForecast {
    interval_days: f64,
    due: String,
}

impl OutForecast {
    fn of(forecast: &Forecast, now: Moment) -> Self {
        Self { interval_days: forecast.interval_days, due: forecast.due.text(now) }
    }
}

impl<'a> Out<'a> {
    fn question(showing: &'a Showing) -> Self {
        Out::Question {
            card: showing.uid.to_string(),
            deck: &showing.deck,
            topic: showing.topic.as_deref(),
            stem: &showing.stem,
            kind: showing.kind.to_string(),
            choices: showing
                .choices
                .iter()
                .map(|choice| OutChoice { label: &choice.label, text: &choice.text })
                .collect(),
            state: showing.state.name(),
            left: OutLeft { new: showing.left.new, learning: showing.left.learning, review: showing.left.review },
            recall_first: showing.recall_first,
        }
    }

    fn feedback(showing: &'a Showing, feedback: &Feedback, now: Moment) -> Self {
        let ratings = &feedback.ratings;
        Out::Feedback {
            right: feedback.right,
            correct: feedback.correct.iter().map(|&place| showing.choices[place].label.as_str()).collect(),
            explanation: showing.explanation.as_deref(),
            feedback: showing.choices.iter().map(|choice| choice.feedback.as_deref()).collect(),
            bank_letters: showing.choices.iter().map(|choice| choice.bank_letter.as_str()).collect(),
            known_probability: feedback.known_probability,
            ask_rating: showing.ask_rating && feedback.right,
            ratings: OutRatings {
                auto: OutForecast::of(&ratings.auto, now),
                again: OutForecast::of(&ratings.again, now),
                hard: OutForecast::of(&ratings.hard, now),
                good: OutForecast::of(&ratings.good, now),
                easy: OutForecast::of(&ratings.easy, now),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels() -> Vec<String> {
        ["A", "B"].map(String::from).to_vec()
    }

    #[test]
    fn lines_become_events() {
        for (line, event) in [
            (
                r#"{"type":"answer","pick":["B"],"ms":4200}"#,
                Event::Answer { given: Given::Picked(vec![1]), took_ms: Some(4_200) },
            ),
            (
                r#"{"type":"answer","pick":["b","A"]}"#,
                Event::Answer { given: Given::Picked(vec![1, 0]), took_ms: None },
            ),
            (r#"{"type":"rate"}"#, Event::Rate(Verdict::GoOn)),
            (r#"{"type":"rate","rating":"again"}"#, Event::Rate(Verdict::GoOn)),
            (r#"{"type":"rate","rating":"guessed"}"#, Event::Rate(Verdict::Guessed)),
            (r#"{"type":"suspend"}"#, Event::Suspend),
            (r#"{"type":"quit"}"#, Event::Quit),
        ] {
            assert_eq!(read(line, &labels()), Ok(event), "{line}");
        }
    }

    #[test]
    fn lines_that_cannot_be_used_say_why() {
        for (line, why) in [
            ("", "EOF while parsing"),
            ("nonsense", "expected ident"),
            (r#"{"type":"dance"}"#, "unknown variant `dance`"),
            (r#"{"type":"answer","pick":["C"]}"#, "there is no choice `C` now"),
            (r#"{"type":"answer"}"#, "missing field `pick`"),
            (r#"{"type":"rate","rating":"splendid"}"#, "unknown variant `splendid`"),
        ] {
            let message = read(line, &labels()).expect_err(line);
            assert!(message.contains(why), "{line}: {message}");
        }
    }

    #[test]
    fn long_and_broken_lines_do_not_end_the_session() {
        let mut input = vec![b'x'; LONGEST_LINE + 5];
        input.extend(b"\n\xff\xfe\n{\"type\":\"quit\"}");
        let mut front = JsonLines::new(input.as_slice(), Vec::new());
        let mut next = || front.line().expect("a line");
        assert!(matches!(next(), Some(Err(why)) if why.contains("mebibyte")));
        assert!(matches!(next(), Some(Err(why)) if why.contains("UTF-8")));
        assert!(matches!(next(), Some(Ok(line)) if line.contains("quit")));
        assert_eq!(next(), None);
    }
}
