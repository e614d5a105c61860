//! Options that a few questions label otherwise than the rest of the file: `1)` or bullets among letters. They are
//! relabelled if an answer line below them names one of them.

use std::collections::BTreeMap;

use super::alphabet::{Alphabet, Labels};
use super::answer;
use super::convention::Convention;
use super::key::{NamedLine, named};
use super::label::{bullet, label_in, question_number};
use super::lead::lead;
use super::tidy::Tidy;
use crate::model::letter;

/// The lines of such questions with the labels of the others.
pub(super) fn relabel(tidy: &Tidy, convention: Convention) -> BTreeMap<usize, String> {
    let mut found = BTreeMap::new();
    if convention.labels != Labels::Letters {
        return found;
    }
    let lines: Vec<usize> =
        (0..tidy.lines.len()).filter(|at| !tidy.code[*at] && !tidy.lines[*at].trim().is_empty()).collect();
    let Some(own) = lines.iter().find_map(|at| setting(&tidy.lines[*at])) else { return found };
    let starts: Vec<usize> =
        (0..lines.len()).filter(|nth| setting(&tidy.lines[lines[*nth]]) == Some(own)).chain([lines.len()]).collect();
    for part in starts.windows(2) {
        let part = &lines[part[0] + 1..part[1]];
        let text = |at: &usize| tidy.lines[*at].trim();
        if part.iter().any(|at| lead(text(at), Labels::Letters).is_some_and(|lead| lead.label.is_some())) {
            continue;
        }
        let options: Vec<(usize, &str)> = part.iter().filter_map(|at| Some((*at, option(text(at))?))).collect();
        let texts: Vec<&str> = options.iter().map(|(_, text)| *text).collect();
        // They are one below the other, and the answer below them.
        let Some(first) = part.iter().position(|at| option(text(at)).is_some()).filter(|_| texts.len() > 1) else {
            continue;
        };
        let run = part[first..].iter().take(texts.len()).all(|at| option(text(at)).is_some());
        let Some(below) = part.get(first + texts.len()).filter(|_| run && texts.len() <= 12) else { continue };
        let Some(NamedLine::Answer(said)) = named(text(below)) else { continue };
        let numbered = label_in(text(&options[0].0), Alphabet::Numbers).is_some();
        let labels = if numbered { Labels::Numbers } else { Labels::Bullets };
        let Some(read) = answer::read_answer(said, &texts, labels).filter(|read| read.differs.is_none()) else {
            continue;
        };
        if read.places.iter().any(|place| *place >= texts.len()) || (numbered && !rises(&options, tidy)) {
            continue;
        }
        let label = |place: usize| match convention.lower {
            Some(true) => letter(place).to_lowercase(),
            _ => letter(place),
        };
        for (place, (at, text)) in options.iter().enumerate() {
            found.insert(*at, format!("{}. {text}", label(place)));
        }
        let keys: Vec<String> = read.places.iter().map(|place| label(*place)).collect();
        let more = read.more.map(|more| format!(" ({more})")).unwrap_or_default();
        found.insert(*below, format!("Answer: {}{more}", keys.join(", ")));
    }
    found
}

/// The style of the number at the beginning of a line, if it counts a question: the sign that closes it, and whether it
/// is indented.
fn setting(line: &str) -> Option<(char, bool)> {
    let text = line.trim_start();
    let (_, rest) = question_number(text).filter(|(_, rest)| !rest.is_empty())?;
    let number = text[..text.len() - rest.len()].trim_end();
    Some((number.chars().next_back()?, text.len() < line.len()))
}

/// The text of an option after a number or a bullet.
fn option(text: &str) -> Option<&str> {
    let label = label_in(text, Alphabet::Numbers).filter(|label| label.set_off && !label.dashed);
    label.map(|label| label.rest).or_else(|| bullet(text)).filter(|text| !text.is_empty())
}

/// Whether the numbers count from 1.
fn rises(options: &[(usize, &str)], tidy: &Tidy) -> bool {
    options.iter().enumerate().all(|(place, (at, _))| {
        label_in(tidy.lines[*at].trim(), Alphabet::Numbers).is_some_and(|label| label.place == place)
    })
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};

    #[test]
    fn numbers_and_bullets_among_letters_are_options() {
        let lettered = |number: usize| format!("{number}. Good {number}?\nA. yes\nB. no\nAnswer: B\n\n");
        for odd in [
            "2. What is red?\n   1) sea\n   2) blood\n   3) coal\nAnswer: 2\n\n",
            "2. What is red?\n1) sea\n2) blood\n3) coal\nAnswer: 2) blood\n\n",
            "2. What is red?\n- sea\n- blood\n- coal\nAnswer: blood\n\n",
        ] {
            let text = lettered(1) + odd + &lettered(3);
            let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
            let question = &bank.questions[1];
            let texts: Vec<_> = question.options.iter().map(|option| option.text.as_str()).collect();
            assert_eq!(
                (bank.questions.len(), texts, question.correct()),
                (3, vec!["sea", "blood", "coal"], vec![1]),
                "{odd}"
            );
        }
    }

    #[test]
    fn lists_in_stems_stay_where_they_are() {
        let text = "1. Which are true?\n1) one\n2) two\nA. the first\nB. both\nAnswer: B\n\n2. Good?\nA. yes\nB. no\nAnswer: A\n";
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        assert_eq!((bank.questions.len(), bank.questions[0].options.len()), (2, 2));
    }
}
