//! Keys in or above the question itself: `The heart is (B).`, `（A）`, `T1A01 (C) [97.1]` above the question.

use super::alphabet::Labels;
use super::block::{Blocks, QuestionBlock};
use crate::bank::Decision;

/// Letters in brackets within a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bracket<'a> {
    /// Where it opens and ends, in bytes.
    from: usize,
    to: usize,
    letters: &'a str,
}

/// Removes the keys from the questions, if most questions have one and nothing else names their answers.
pub(in crate::bank) fn take_keys(blocks: &mut Blocks, labels: Labels) -> Option<Decision> {
    if !matches!(labels, Labels::Letters) {
        return None;
    }
    let open = |block: &&QuestionBlock| block.options.len() > 1 && block.answers.is_empty();
    let all = blocks.questions.iter().filter(|block| block.options.len() > 1).count();
    let unanswered = blocks.questions.iter().filter(open).count();
    if all < 2 || unanswered * 3 < all * 2 || !blocks.keys.is_empty() {
        return None;
    }
    let heads = blocks.questions.iter().filter(open).filter(|block| head_at(block).is_some()).count();
    let keyed = blocks.questions.iter().filter(open).filter(|block| key_at(block).is_some()).count();
    let mut lines = Vec::new();
    let decision = if heads * 3 >= unanswered * 2 {
        for block in blocks.questions.iter_mut().filter(|block| open(&&**block)) {
            lines.extend(take_head(block));
        }
        "a line above each question"
    } else if keyed * 3 >= unanswered * 2 && keyed > 1 && vary(&blocks.questions) {
        for block in blocks.questions.iter_mut().filter(|block| open(&&**block)) {
            lines.extend(take_key(block));
        }
        "letters in brackets in the questions"
    } else {
        return None;
    };
    let reason = format!("in {} of {all} questions", lines.len());
    Some(Decision::new("answer lines", decision).because(reason, lines))
}

/// Whether the keys differ: `Vitamin (A)` in every question is a subject.
fn vary(questions: &[QuestionBlock]) -> bool {
    let mut keys = questions.iter().filter_map(|block| {
        let (line, bracket) = key_at(block)?;
        Some((bracket.letters, &block.stem[line].text[..bracket.from]))
    });
    let Some((first, before)) = keys.next() else { return false };
    keys.any(|(letters, text)| letters != first || text != before)
}

/// The line above the question that names its key: a code, the letter in brackets, perhaps a rule (`T1A01 (C) [97.1]`).
fn head_at(block: &QuestionBlock) -> Option<usize> {
    let last = block.stem.len().checked_sub(1)?;
    (0..last).rev().find(|line| head(&block.stem[*line].text, block.options.len()).is_some())
}

/// The code and the letters of such a line.
fn head(text: &str, options: usize) -> Option<(&str, &str)> {
    let (code, rest) = text.trim().split_once([' ', '\t']).unwrap_or(("", text.trim()));
    let (code, rest) = if code.starts_with(['(', '[']) { ("", text.trim()) } else { (code, rest.trim_start()) };
    let coded = code.is_empty() || code.len() < 16 && code.chars().any(|char| char.is_ascii_digit());
    let bracket = brackets(rest, options).into_iter().next().filter(|bracket| bracket.from == 0)?;
    let more = rest[bracket.to..].trim();
    let closed = more.is_empty() || more.starts_with(['[', '(', '{']) && more.ends_with([']', ')', '}']);
    (coded && closed).then_some((code.trim_end_matches(['.', ':', ')']), bracket.letters))
}

fn take_head(block: &mut QuestionBlock) -> Option<usize> {
    let at = head_at(block)?;
    let line = block.stem[at].clone();
    let (code, letters) = head(&line.text, block.options.len())?;
    block.answers.push((line.number, letters.to_owned()));
    if block.id.is_none() && !code.is_empty() {
        block.id = Some(code.to_owned());
    }
    block.stem.remove(at);
    // Lines above are a title, or belong to no question. Lines below are the question.
    block.numbered_at.get_or_insert(at);
    Some(line.number)
}

/// The line of the stem with the key, and its place: the only letters in brackets.
fn key_at(block: &QuestionBlock) -> Option<(usize, Bracket<'_>)> {
    let mut found = block.stem.iter().enumerate().flat_map(|(line, text)| {
        brackets(&text.text, block.options.len()).into_iter().map(move |bracket| (line, bracket))
    });
    let key = found.next()?;
    found.next().is_none().then_some(key)
}

fn take_key(block: &mut QuestionBlock) -> Option<usize> {
    let (line, Bracket { from, to, letters }) = key_at(block)?;
    let letters = letters.to_owned();
    let text = &block.stem[line].text;
    let (before, after) = (text[..from].trim_end(), text[to..].trim_start());
    let asked = before.ends_with(['?', '？', '.', '。', ':', '：', '!']) || before.is_empty();
    let bracket = if text[from..].starts_with('（') { "（ ）" } else { "( )" };
    let bare = match () {
        // It is next to the question, not a gap in it.
        () if asked && after.is_empty() => before.to_owned(),
        () if before.is_empty() => after.to_owned(),
        () => format!("{}{bracket}{}", &text[..from], &text[to..]),
    };
    let number = block.stem[line].number;
    if bare.trim().is_empty() && block.stem.len() > 1 {
        block.stem.remove(line);
    } else {
        block.stem[line].text = bare;
    }
    block.answers.push((number, letters));
    Some(number)
}

/// The brackets of a text that hold nothing but letters of options.
fn brackets(text: &str, options: usize) -> Vec<Bracket<'_>> {
    let mut found = Vec::new();
    for (from, open) in text.match_indices(['(', '（', '[', '【']) {
        let inner = &text[from + open.len()..];
        let Some(end) = inner.find([')', '）', ']', '】']) else { break };
        let close = inner[end..].chars().next().map_or(1, char::len_utf8);
        let letters = inner[..end].trim();
        let plain = letters.chars().filter(|char| !" ,、，".contains(*char)).collect::<String>();
        let upper = plain.bytes().all(|byte| byte.is_ascii_uppercase());
        let single = plain.len() == 1 && plain.bytes().all(|byte| byte.is_ascii_alphabetic());
        let places = || plain.bytes().map(|byte| usize::from(byte.to_ascii_uppercase() - b'A'));
        let rises = plain.as_bytes().windows(2).all(|pair| pair[0] < pair[1]);
        if !plain.is_empty()
            && (upper || single)
            && rises
            && plain.len() <= options
            && places().all(|place| place < options)
        {
            found.push(Bracket { from, to: from + open.len() + end + close, letters });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::bank::{Bank, ReadOptions, read};

    fn bank(text: &str) -> Bank {
        read(text.as_bytes(), &ReadOptions::default()).unwrap_or_else(|refusal| panic!("{}: {text}", refusal.message))
    }

    #[test]
    fn letters_in_brackets_are_the_key_where_nothing_else_names_it() {
        let text = "1. Blood is (B).\nA. blue\nB. red\n\n2. Warm are (AC).\nA. fire\nB. ice\nC. tea\n\n3. What is green? (A)\nA. grass\nB. milk\n";
        let bank = bank(text);
        let found: Vec<_> =
            bank.questions.iter().map(|question| (question.stem.as_str(), question.correct())).collect();
        assert_eq!(found, [("Blood is ( ).", vec![1]), ("Warm are ( ).", vec![0, 2]), ("What is green?", vec![0])]);
    }

    #[test]
    fn letters_in_brackets_are_text_beside_answer_lines() {
        let text = "1. Is vitamin (A) red?\nA. yes\nB. no\nAnswer: B\n\n2. Is vitamin (C) sour?\nA. yes\nB. no\nC. who knows\nAnswer: A\n";
        assert_eq!(bank(text).questions[0].stem, "Is vitamin (A) red?");
    }

    #[test]
    fn a_line_above_each_question_names_its_key() {
        let text = "SECTION Q1 - COLOURS\n\nQ1A01 (B) [12.3]\nWhat is red?\nA. sky\nB. blood\n~~\n\nQ1A02 (A)\nWhat is\ngreen?\nA. grass\nB. milk\n~~\n";
        let bank = bank(text);
        let found: Vec<_> = bank
            .questions
            .iter()
            .map(|question| (question.id.as_deref(), question.stem.as_str(), question.correct()))
            .collect();
        assert_eq!(found, [(Some("Q1A01"), "What is red?", vec![1]), (Some("Q1A02"), "What is\ngreen?", vec![0])]);
        assert_eq!(bank.questions[0].options[1].text, "blood");
        assert_eq!(bank.questions[0].topic.as_deref(), Some("SECTION Q1 - COLOURS"));
    }
}
