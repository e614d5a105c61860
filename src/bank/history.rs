//! Histories from other trainers in the open FSRS schema: CSV with the columns `card_id`, `review_time` (ms since the
//! epoch), `review_rating` (1–4), `review_state` (0 new, 1 learning, 2 review, 3 relearning) and `review_duration`
//! (ms).

use std::borrow::Cow;

use super::decode::decode;
use super::{Problem, Refusal, Severity};
use crate::model::{FIRST_MS, LONGEST_ANSWER_MS, Rating};

/// An answer of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryAnswer {
    /// The line in the file, from 1.
    pub line: usize,
    /// The id of the card, as the bank gives it.
    pub card_id: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// The grade.
    pub rating: Rating,
    /// The state before the answer, 0–3, if the file has it.
    pub state: Option<u8>,
    /// Milliseconds taken, at most a minute: who took longer was not there.
    pub took_ms: u32,
}

/// A whole history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReviewHistory {
    /// The answers, in the order of the file.
    pub answers: Vec<HistoryAnswer>,
    /// Lines that cannot be used.
    pub problems: Vec<Problem>,
    /// Lines that are not answers (rating 0: a card moved manually).
    pub skipped: usize,
}

/// A header is not longer, in bytes.
const LONGEST_HEADER: usize = 4_096;

/// Whether a file begins with the header of a history.
pub fn is_history(bytes: &[u8]) -> bool {
    delimiter(&head(bytes)).is_some()
}

/// The beginning of a file, as text.
fn head(bytes: &[u8]) -> String {
    let (head, ..) = encoding_rs::UTF_8.decode(&bytes[..bytes.len().min(LONGEST_HEADER)]);
    head.into_owned()
}

/// What is between the columns of a history: spreadsheets of many countries write semicolons, and text editors tabs.
fn delimiter(text: &str) -> Option<char> {
    let line = text.split(['\n', '\r']).next()?;
    [',', ';', '\t'].into_iter().find(|between| {
        let columns: Vec<&str> = line.split(*between).map(|column| column.trim().trim_matches('"')).collect();
        ["card_id", "review_time", "review_rating"].iter().all(|column| columns.contains(column))
    })
}

/// Clocks go wrong and files come from other time zones: an answer so far ahead of now is taken.
const SLACK_MS: i64 = 86_400_000;

/// Reads a history. All problems are reported at once; an answer that is more than a day ahead of `now_ms` (UTC
/// milliseconds) is one.
///
/// # Errors
/// If the file cannot be read as CSV at all.
pub fn read_history(bytes: &[u8], now_ms: i64) -> Result<ReviewHistory, Refusal> {
    let refuse = |error: csv::Error| {
        Refusal::new(
            format!("the history cannot be read: {error}"),
            "the columns are card_id,review_time,review_rating,review_state,review_duration",
        )
    };
    let text = match bytes {
        // Spreadsheets write "Unicode text" so.
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Cow::Owned(decode(bytes)?.text.into_owned().into_bytes()),
        _ => Cow::Borrowed(bytes),
    };
    let bytes = &*text;
    let between = delimiter(&head(bytes)).unwrap_or(',');
    let mut csv =
        csv::ReaderBuilder::new().delimiter(between as u8).flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let header = csv.headers().map_err(refuse)?.clone();
    let column = |name: &str| header.iter().position(|column| column.trim_start_matches('\u{feff}') == name);
    let (Some(card), Some(time), Some(rating)) = (column("card_id"), column("review_time"), column("review_rating"))
    else {
        return Err(Refusal::new(
            "the header of a history is missing",
            "it is card_id,review_time,review_rating,review_state,review_duration",
        ));
    };
    let (state, duration) = (column("review_state"), column("review_duration"));
    let mut history = ReviewHistory::default();
    let mut lines = LineCount { bytes, at: 0, line: 1 };
    let mut record = csv::StringRecord::new();
    while csv.read_record(&mut record).map_err(refuse)? {
        let begin = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(0);
        let line = lines.line_at(begin);
        let text = |at: usize| record.get(at).unwrap_or("");
        let parsed = (|| {
            if text(card).is_empty() {
                return Err((card, "the line names no card".to_owned(), "write the bank's id of the card"));
            }
            let at_ms = moment(text(time)).map_err(|(message, hint)| (time, message, hint))?;
            let number: u8 = text(rating).parse().unwrap_or(u8::MAX);
            let rating = match (number, Rating::from_number(number)) {
                (0, _) => return Ok(None),
                (_, Some(rating)) => rating,
                _ => return Err((rating, format!("`{}` is not a rating", text(rating)), "ratings are 1, 2, 3 and 4")),
            };
            if at_ms > now_ms.saturating_add(SLACK_MS) {
                let message = format!("the answer at `{}` is ahead of now", text(time));
                return Err((
                    time,
                    message,
                    "times are milliseconds since 1970, and this one is in the future: is the clock right?",
                ));
            }
            let state = match state.map(text).filter(|state| !state.is_empty()) {
                None => None,
                Some(number) => Some(number.parse().ok().filter(|state| *state <= 3_u8).ok_or_else(|| {
                    (card, format!("`{number}` is no state"), "states are 0 new, 1 learning, 2 review, 3 relearning")
                })?),
            };
            // Times of answers are a comfort, not a fact to refuse a line for.
            let took = duration.and_then(|duration| text(duration).parse::<f64>().ok()).unwrap_or(0.0);
            Ok(Some(HistoryAnswer {
                line,
                card_id: text(card).into(),
                at_ms,
                rating,
                state,
                took_ms: (took.max(0.0) as u32).min(LONGEST_ANSWER_MS),
            }))
        })();
        match parsed {
            Ok(Some(answer)) => history.answers.push(answer),
            Ok(None) => history.skipped += 1,
            Err((at, message, hint)) => {
                let before: usize = record.iter().take(at).map(|field| field.chars().count() + 1).sum();
                history.problems.push(Problem {
                    line,
                    column: before + 1,
                    width: text(at).chars().count().max(1),
                    severity: Severity::Error,
                    code: "history",
                    message,
                    hint: Some(hint.into()),
                    excerpt: record.iter().collect::<Vec<_>>().join(between.encode_utf8(&mut [0; 4])),
                });
            }
        }
    }
    Ok(history)
}

/// Counts the lines of a text from its beginning on.
struct LineCount<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
}

impl LineCount<'_> {
    /// The line of the first sign from this place on that ends no line. Places come in order.
    fn line_at(&mut self, place: usize) -> usize {
        while let Some(byte) = self.bytes.get(self.at) {
            let ends = match byte {
                b'\n' => true,
                b'\r' => self.bytes.get(self.at + 1) != Some(&b'\n'),
                _ => false,
            };
            if self.at >= place && !matches!(byte, b'\n' | b'\r') {
                break;
            }
            self.line += usize::from(ends);
            self.at += 1;
        }
        self.line
    }
}

/// The year 2200.
const LATEST_MS: i64 = 7_258_118_400_000;

/// A time in milliseconds since 1970, or what is wrong with it and what to do.
fn moment(text: &str) -> Result<i64, (String, &'static str)> {
    let number: Option<i64> = text.parse().ok();
    match number {
        Some(ms) if (FIRST_MS..=LATEST_MS).contains(&ms) => Ok(ms),
        // Seconds since 1970 stay below this number for twenty thousand years.
        Some(seconds) if (FIRST_MS / 1_000..FIRST_MS).contains(&seconds) => Err((
            format!("`{text}` milliseconds are a day before 1990: are these seconds?"),
            "times are milliseconds since 1970: multiply seconds by 1,000",
        )),
        Some(more) if more > LATEST_MS => Err((
            format!("`{text}` milliseconds are after the year 2200: are these microseconds?"),
            "times are milliseconds since 1970: divide microseconds by 1,000",
        )),
        _ => Err((
            format!("`{text}` is not the time of an answer"),
            "times are milliseconds since 1970, such as 1790000000000",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_MS: i64 = 1_800_000_000_000;

    #[test]
    fn answers_ahead_of_now_are_problems_but_for_a_day() {
        let text = format!(
            "card_id,review_time,review_rating\nq1,{},3\nq1,{},3\nq1,{},0\n",
            NOW_MS + SLACK_MS,
            NOW_MS + SLACK_MS + 1,
            NOW_MS + 2 * SLACK_MS
        );
        let history = read_history(text.as_bytes(), NOW_MS).expect("a history");
        assert_eq!(history.answers.iter().map(|answer| answer.line).collect::<Vec<_>>(), [2]);
        let told: Vec<_> =
            history.problems.iter().map(|problem| (problem.line, problem.column, &*problem.message)).collect();
        assert_eq!(
            told,
            [(3, 4, "the answer at `1800086400001` is ahead of now")],
            "a card moved by hand is no answer"
        );
    }

    #[test]
    fn lines_are_counted_by_all_line_ends() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["card_id,review_time,review_rating", "a,1700000000000,3", "a,5,3", "a,6,3"].join(end);
            let history = read_history(text.as_bytes(), NOW_MS).expect("a history");
            assert_eq!(history.answers[0].line, 2, "{end:?}");
            assert_eq!(history.problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [3, 4], "{end:?}");
        }
    }

    #[test]
    fn columns_are_parted_as_spreadsheets_part_them() {
        for between in [";", "\t"] {
            let text = "card_id,review_time,review_rating\na,1700000000000,3\nb,5,3\n".replace(',', between);
            let utf16: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
            for bytes in [text.into_bytes(), utf16] {
                assert!(is_history(&bytes), "{between:?}");
                let history = read_history(&bytes, NOW_MS).expect("a history");
                assert_eq!(history.answers.len(), 1, "{between:?}");
                let problem = &history.problems[0];
                assert_eq!((problem.line, problem.column, &*problem.excerpt), (3, 3, &*["b", "5", "3"].join(between)));
            }
        }
    }

    #[test]
    fn a_history_is_read() {
        let text = "\u{feff}card_id,review_time,review_rating,review_state,review_duration\nq1,1700000000000,3,0,4200\nq1,1700000600000,0,1,\n";
        assert!(is_history(text.as_bytes()) && !is_history(b"question,a,b"));
        let history = read_history(text.as_bytes(), NOW_MS).expect("a history");
        assert_eq!(
            history.answers,
            [HistoryAnswer {
                line: 2,
                card_id: "q1".into(),
                at_ms: 1_700_000_000_000,
                rating: Rating::Good,
                state: Some(0),
                took_ms: 4_200
            }]
        );
        assert_eq!((history.skipped, history.problems.len()), (1, 0));
    }

    #[test]
    fn all_bad_lines_are_told() {
        let text = "card_id,review_time,review_rating\n,1,3\nq1,soon,3\nq1,1700000000000,9\nq1,5,3\n";
        let problems = read_history(text.as_bytes(), NOW_MS).expect("a history").problems;
        let told: Vec<_> =
            problems.iter().map(|problem| (problem.line, problem.column, problem.message.as_str())).collect();
        let expected = [
            (2, 1, "the line names no card"),
            (3, 4, "`soon` is not the time of an answer"),
            (4, 18, "`9` is not a rating"),
            (5, 4, "`5` is not the time of an answer"),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn seconds_and_microseconds_do_not_enter() {
        let text = "card_id,review_time,review_rating\nq1,1767258000,3\nq1,1767258000000000,3\nq1,1767258000000,3\n";
        let history = read_history(text.as_bytes(), NOW_MS).expect("a history");
        assert_eq!(history.answers.iter().map(|answer| answer.line).collect::<Vec<_>>(), [4]);
        let told: Vec<_> = history.problems.iter().map(|problem| (problem.line, &*problem.message)).collect();
        let expected = [
            (2, "`1767258000` milliseconds are a day before 1990: are these seconds?"),
            (3, "`1767258000000000` milliseconds are after the year 2200: are these microseconds?"),
        ];
        assert_eq!(told, expected);
    }
}
