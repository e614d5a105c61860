//! Options within the text of a question: lines with labels below it (`A. red`, `**A:** red`, `(a) red`).

use super::RecordOption;
use crate::bank::lines::label::{LabelShape, label};

/// A question of more lines holds no options.
const MOST_LINES: usize = 200;

/// A line that begins with a label.
struct LabelledLine {
    place: usize,
    number: bool,
    shape: LabelShape,
    rest: String,
}

/// Splits a text into the question and its options; `None` without two lines with labels in order.
pub(in crate::bank) fn split(text: &str) -> Option<(String, Vec<RecordOption>)> {
    let lines: Vec<&str> = text.lines().take(MOST_LINES + 1).collect();
    if lines.len() > MOST_LINES {
        return None;
    }
    // The last run of labels that begins with the first one: numbers above it are part of the question.
    let first = (0..lines.len()).rev().find(|at| run(&lines[*at..]).is_some())?;
    let options = run(&lines[first..])?;
    let stem = lines[..first].join("\n").trim().to_owned();
    (!stem.is_empty()).then_some((stem, options))
}

/// Splits a text with its options in one line (`Which? A) red B) blue`). Other texts contain letters as well, so
/// callers check that an answer names one of them.
pub(in crate::bank) fn in_line(text: &str) -> Option<(String, Vec<RecordOption>)> {
    let shapes = [("(", ")"), ("", ")"), ("", "."), ("", ":"), ("[", "]")];
    shapes
        .into_iter()
        .find_map(|(open, close)| ['A', 'a'].into_iter().find_map(|first| parted(text, open, close, first)))
}

fn parted(text: &str, open: &str, close: &str, first: char) -> Option<(String, Vec<RecordOption>)> {
    let mut stem = None;
    let (mut rest, mut options) = (text, Vec::new());
    for letter in (first..).take(10) {
        let sign = format!(" {open}{letter}{close} ");
        let Some((before, behind)) = rest.split_once(&sign) else { break };
        match stem {
            None => stem = Some(before.trim().to_owned()),
            Some(_) => options.push(RecordOption::new(before.trim_end_matches([',', ';']), false)),
        }
        rest = behind;
    }
    options.push(RecordOption::new(rest, false));
    let whole = options.len() > 1 && options.iter().all(|option| !option.text.is_empty());
    stem.filter(|stem| whole && !stem.is_empty()).map(|stem| (stem, options))
}

/// The options of a text that holds nothing else.
pub(in crate::bank) fn options(text: &str) -> Option<Vec<RecordOption>> {
    let lines: Vec<&str> = text.trim().lines().take(MOST_LINES + 1).collect();
    if lines.len() > MOST_LINES { None } else { run(&lines) }
}

/// The options of lines that begin with the label of the first one.
fn run(lines: &[&str]) -> Option<Vec<RecordOption>> {
    let start = labelled(lines.first()?).filter(|label| label.place == 0)?;
    let (shape, number) = (start.shape, start.number);
    let mut options: Vec<RecordOption> = Vec::new();
    let mut apart = false;
    for line in lines {
        match labelled(line).filter(|label| label.place == options.len() && label.shape == shape) {
            Some(label) if label.number == number => options.push(RecordOption::new(&label.rest, false)),
            // An option continues on the next line; after an empty one something else begins.
            _ if line.trim().is_empty() => {}
            _ if apart => return None,
            _ => {
                let last = options.last_mut()?;
                last.text.extend(["\n", line.trim()]);
            }
        }
        apart = line.trim().is_empty();
    }
    (options.len() > 1 && options.iter().all(|option| !option.text.is_empty())).then_some(options)
}

/// The label of a line, with or without bold type (`**A:** red`, `**A**: red`).
fn labelled(line: &str) -> Option<LabelledLine> {
    let bare = line.trim().trim_start_matches(['-', '•', '+']).trim_start();
    let bare = bare.strip_prefix("* ").unwrap_or(bare);
    let Some(inner) = bare.strip_prefix("**") else {
        let found = label(bare).filter(|label| label.set_off)?;
        let (place, number, shape) = (found.place, found.number, found.shape);
        return Some(LabelledLine { place, number, shape, rest: found.rest.to_owned() });
    };
    let plain = inner.replacen("**", "", 1);
    let found = label(&plain)?;
    Some(LabelledLine { place: found.place, number: found.number, shape: found.shape, rest: found.rest.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_stand_below_their_question() {
        for text in [
            "Which?\nA. red\nB. blue",
            "Which?\n\n**A:** red\n\n**B:** blue",
            "Which?\n**A**: red\n**B**: blue",
            "Which?\n(a) red\n(b) blue\n",
            "Which?\n1) red\n2) blue",
            "Which?\n- A) red\n- B) blue",
        ] {
            let (stem, options) = split(text).unwrap_or_default();
            let texts: Vec<&str> = options.iter().map(|option| option.text.as_str()).collect();
            assert_eq!((stem.as_str(), texts), ("Which?", vec!["red", "blue"]), "{text}");
        }
        let (stem, options) = split("Which are true?\n1. ice\n2. fire\n\nA. 1\nB. 2\nC. both").unwrap_or_default();
        assert_eq!((stem.as_str(), options.len()), ("Which are true?\n1. ice\n2. fire", 3));
        let line = in_line("Which? A) red, B) blue C) grey").map(|(stem, options)| (stem, options.len()));
        assert_eq!(line, Some(("Which?".into(), 3)));
        assert_eq!(in_line("Vitamin A) only"), None);
        assert_eq!(split("Which?\nA. red"), None);
        assert_eq!(split("A. red\nB. blue"), None);
        assert_eq!(split("Read:\nA. one\nB. two\n\nWhat follows?"), None);
    }
}
