//! Advice for a bank that marks no answer. `--key first` is advised only if nothing in the file can be the key.

use std::collections::HashMap;

use super::{AlternativeReading, readings};
use crate::bank::{Bank, ReadOptions, decode, lines};

/// A possible key in the file, and its lines.
struct PossibleKey {
    what: String,
    lines: Vec<usize>,
}

/// More lines are not named.
const MOST_LINES: usize = 4;
/// A longer word before a letter names no answer.
const LONGEST_WORD: usize = 30;

/// Advice for a bank without known answers, the best first; and whether nothing in the file can be the key, so that a
/// rule may be meant.
pub fn without_key(bytes: &[u8], options: &ReadOptions, bank: &Bank) -> (Vec<String>, bool) {
    let mut hints: Vec<String> = readings(bytes, options)
        .iter()
        .filter(|reading| is_better(&reading.bank, bank))
        .map(AlternativeReading::words)
        .collect();
    let seen = seen(bytes, bank);
    hints.extend(seen.iter().map(|seen| {
        let lines: Vec<String> = seen.lines.iter().take(MOST_LINES).map(usize::to_string).collect();
        let more = if seen.lines.len() > MOST_LINES { " …" } else { "" };
        let noun = if lines.len() == 1 { "line" } else { "lines" };
        format!(
            "{} ({noun} {}{more}): that may be the key; mark right options with `*`, or write lines `Answer: B`",
            seen.what,
            lines.join(", ")
        )
    }));
    let nothing = hints.is_empty();
    if nothing && is_record(bank.format) {
        hints.push(
            if is_table(bank.format) {
                "name the column of the right answer `answer`, or name all columns with `--columns question,a,b,c,d,answer`"
            } else {
                "give each question a field that names the right option, as `\"answer\": \"B\"`"
            }
            .into(),
        );
        if !has_more_columns(bytes, bank) {
            hints.push("or say which option is right with `--key first`, `--key last`, `--key B`, or `--key FILE` (lines such as `1. c`)".into());
        }
    } else if nothing {
        hints.push("say which option is right with `--key first`, `--key last`, `--key B`, or `--key FILE` (lines such as `1. c`)".into());
    } else {
        hints.push("or give the key in a file of lines such as `1. c`: `--key FILE`".into());
    }
    (hints, nothing)
}

/// Whether a reading also has the answers of these questions. Cards do not answer questions with options.
fn is_better(reading: &Bank, bank: &Bank) -> bool {
    let choices = reading.questions.iter().filter(|question| question.kind.has_choices()).count();
    choices * 2 > bank.questions.len()
}

fn is_record(format: &str) -> bool {
    is_table(format) || ["json", "jsonl", "yaml", "toml", "xml"].contains(&format)
}

fn is_table(format: &str) -> bool {
    ["csv", "xlsx"].contains(&format)
}

/// Whether rows have more fields than a question and its options: one of them may be the key.
fn has_more_columns(bytes: &[u8], bank: &Bank) -> bool {
    let Some(head) = bytes.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty()) else { return true };
    let options = bank.questions.iter().map(|question| question.options.len()).max().unwrap_or(0);
    let fields = [b',', b';', b'\t', b'|'].map(|sign| head.iter().filter(|byte| **byte == sign).count() + 1);
    bank.format != "csv" || fields.into_iter().max().unwrap_or(0) > options + 1
}

/// What may be the key of the file.
fn seen(bytes: &[u8], bank: &Bank) -> Vec<PossibleKey> {
    let mut seen: Vec<PossibleKey> = sign(bank).into_iter().chain(wrong_sign(bank)).chain(unread(bank)).collect();
    if !is_record(bank.format)
        && let Ok(decoded) = decode::decode(bytes)
    {
        let lines: Vec<(usize, String)> = (1..).zip(decode::lines(&decoded.text).map(decode::clean)).collect();
        seen.extend(word(&lines, bank.questions.len()));
        seen.extend(list(&lines, bank.questions.len()));
        if seen.is_empty() {
            seen.extend(spoken(&lines, bank));
        }
    }
    seen
}

/// A list of answers that was found, but not understood.
fn unread(bank: &Bank) -> Option<PossibleKey> {
    let of_list = ["empty-key", "no-such-question"];
    let lines: Vec<usize> =
        bank.problems.iter().filter(|problem| of_list.contains(&problem.code)).map(|problem| problem.line).collect();
    (!lines.is_empty()).then(|| PossibleKey { what: "a list of answers in the file is not understood".into(), lines })
}

/// Lines outside the questions that begin with a word for answers, or that were not understood.
fn spoken(lines: &[(usize, String)], bank: &Bank) -> Option<PossibleKey> {
    let texts: std::collections::HashSet<&str> = bank
        .questions
        .iter()
        .flat_map(|question| {
            question.stem.lines().chain(question.options.iter().flat_map(|option| option.text.lines()))
        })
        .map(str::trim)
        .collect();
    let begins = |text: &str| {
        let lower = text.trim_start_matches(|char: char| !char.is_alphabetic()).to_lowercase();
        let end = |word: &str| lower.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        lines::ANSWER.iter().filter(|word| word.chars().count() > 2).any(end)
    };
    let spoken =
        lines.iter().filter(|(_, line)| !texts.contains(line.trim()) && begins(line)).map(|(number, _)| *number);
    let stray = bank.problems.iter().filter(|problem| problem.code == "stray-text").map(|problem| problem.line);
    let mut found: Vec<usize> = spoken.chain(stray).collect();
    found.sort_unstable();
    found.dedup();
    (!found.is_empty()).then(|| PossibleKey { what: "text among the questions is not understood".into(), lines: found })
}

/// A sign on all options but one of more than half of the questions (`(falsch)`).
fn wrong_sign(bank: &Bank) -> Option<PossibleKey> {
    let (sign, lines) = commonest_sign(bank, |count, options| options > 2 && count + 1 == options)?;
    let what = format!("`{sign}` is on all options but one of {} of {} questions", lines.len(), bank.questions.len());
    (lines.len() * 2 > bank.questions.len()).then_some(PossibleKey { what, lines })
}

/// A sign on exactly one option of more than half of the questions.
fn sign(bank: &Bank) -> Option<PossibleKey> {
    let (sign, lines) = commonest_sign(bank, |count, _| count == 1)?;
    let what = format!("`{sign}` is on one option of {} of {} questions", lines.len(), bank.questions.len());
    (lines.len() >= 2 && lines.len() * 2 > bank.questions.len()).then_some(PossibleKey { what, lines })
}

/// The sign that is on a fitting number of options in most questions, and the lines of these. `fits` gets the number of options with the
/// sign, and of all.
fn commonest_sign(bank: &Bank, fits: impl Fn(usize, usize) -> bool) -> Option<(String, Vec<usize>)> {
    let mut found: HashMap<String, Vec<usize>> = HashMap::new();
    for question in &bank.questions {
        let mut signs: HashMap<String, usize> = HashMap::new();
        let all = question.options.iter().flat_map(|option| signs_of(&option.text));
        all.for_each(|sign| *signs.entry(sign).or_default() += 1);
        for (sign, _) in signs.into_iter().filter(|(_, count)| fits(*count, question.options.len())) {
            found.entry(sign).or_default().push(question.line);
        }
    }
    found.into_iter().max_by_key(|(sign, lines)| (lines.len(), std::cmp::Reverse(sign.clone())))
}

/// The marks at both ends of an option: `>>`, `#`, `(T)`. Punctuation is none.
fn signs_of(text: &str) -> Vec<String> {
    let usual = |char: char| char.is_alphanumeric() || char.is_whitespace() || ".,;:?!…'\"%()[]{}°".contains(char);
    let text = text.trim();
    let end: String = text.chars().rev().take_while(|char| !usual(*char)).collect();
    let start: String = text.chars().take_while(|char| !usual(*char)).collect();
    let word = text.strip_suffix([')', ']']).and_then(|open| open.rfind(['(', '[']).map(|at| &text[at..]));
    let word = word.filter(|word| word.len() < text.len() && word.chars().count() <= 12).map(str::to_lowercase);
    [end.chars().rev().collect(), start].into_iter().filter(|sign: &String| !sign.is_empty()).chain(word).collect()
}

/// Lines of the same word and a letter, as many as half of the questions.
fn word(lines: &[(usize, String)], questions: usize) -> Option<PossibleKey> {
    let mut found: HashMap<String, Vec<(usize, &str)>> = HashMap::new();
    for (number, line) in lines {
        if let Some((word, _)) = worded(line) {
            found.entry(word.to_lowercase()).or_default().push((*number, line.trim()));
        }
    }
    let (_, lines) = found.into_iter().max_by_key(|(word, lines)| (lines.len(), std::cmp::Reverse(word.clone())))?;
    (lines.len() >= 2 && lines.len() * 2 >= questions).then(|| PossibleKey {
        what: format!("{} lines such as `{}` name a letter each", lines.len(), lines[0].1),
        lines: lines.iter().map(|(number, _)| *number).collect(),
    })
}

/// `Tick: b` is the word and the letter.
fn worded(line: &str) -> Option<(&str, char)> {
    let (word, rest) = line.split_once([':', '：', '=', '>', '-', '–', '—'])?;
    let around = |char: char| char.is_whitespace() || "()[]*._>-–—".contains(char);
    let word = word.trim_matches(around);
    let mut chars = rest.trim_matches(around).chars();
    let letter = chars.next().filter(|char| ('A'..='H').contains(&char.to_ascii_uppercase()))?;
    let long = word.chars().count();
    let is_word = (2..=LONGEST_WORD).contains(&long) && word.starts_with(char::is_alphabetic);
    (chars.next().is_none() && is_word).then_some((word, letter))
}

/// Lines that name a number and a letter each, as many as half of the questions: a list of answers that nothing calls so.
fn list(lines: &[(usize, String)], questions: usize) -> Option<PossibleKey> {
    let mut found = Vec::new();
    let mut pairs = 0;
    for (number, line) in lines {
        let named = lines::answer_pairs(line.trim()).map_or(0, |pairs| pairs.len());
        if named > 0 && line.trim().chars().count() <= 6 * named {
            pairs += named;
            found.push(*number);
        }
    }
    (pairs >= 2 && pairs * 2 >= questions).then(|| PossibleKey {
        what: format!("numbers with letters look like a list of {pairs} answers"),
        lines: found,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::read;

    fn advice(text: &str) -> (Vec<String>, bool) {
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        without_key(text.as_bytes(), &ReadOptions::default(), &bank)
    }

    #[test]
    fn a_rule_is_advised_where_nothing_can_be_the_key() {
        let (hints, nothing) = advice("What?\n- A. x\n- B. y\n\nWho?\n- A. u\n- B. v\n");
        assert!(nothing && hints.iter().any(|hint| hint.contains("--key first")), "{hints:?}");
    }

    #[test]
    fn what_may_be_the_key_is_told_instead_of_a_rule() {
        let questions = |first: &str, second: &str| {
            let of = |number: usize, at: usize, text: &str| {
                let mark = if at == number % 3 { text } else { "" };
                format!("{}. {number}{mark}\n", ["A", "B", "C"][at])
            };
            (1..=4)
                .map(|number| {
                    let options: String = (0..3).map(|at| of(number, at, first)).collect();
                    format!(
                        "{number}. Which one is it, {number}?\n{options}{}\n",
                        second.replace('@', ["a", "b", "c"][number % 3])
                    )
                })
                .collect::<String>()
        };
        for (text, what) in [(questions(" ¤¤", ""), "`¤¤`"), (questions(" (zz)", ""), "`(zz)`")] {
            let Ok(bank) = read(text.as_bytes(), &ReadOptions::default()) else { continue };
            if bank.questions.iter().any(|question| !question.correct().is_empty()) {
                continue;
            }
            let (hints, nothing) = without_key(text.as_bytes(), &ReadOptions::default(), &bank);
            assert!(!nothing && hints.iter().any(|hint| hint.contains(what)), "{hints:?}");
            assert!(hints.iter().all(|hint| !hint.contains("--key first")), "{hints:?}");
        }
    }

    #[test]
    fn signs_and_words_are_found() {
        assert_eq!(signs_of("Saturn ##"), ["##"]);
        assert_eq!(signs_of(">> Saturn"), [">>"]);
        assert_eq!(signs_of("Saturn (T)"), ["(t)"]);
        assert_eq!(signs_of("It rises."), Vec::<String>::new());
        assert_eq!(worded("Tick: b"), Some(("Tick", 'b')));
        assert_eq!(worded("**Lösung** = (C)."), Some(("Lösung", 'C')));
        for none in ["A: b", "Tick: blue", "12: c", "What is it: a or b?"] {
            assert_eq!(worded(none), None, "{none}");
        }
    }
}
