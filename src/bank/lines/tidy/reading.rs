//! Passages that are announced in words, without a range of numbers: `Read the text and answer the questions below.`,
//! `Passage 2`. They belong to the questions below, until the next passage, heading or title.

use super::super::key::named;
use super::super::label::{bullet, label, question_number};
use super::super::mark::{self, boxed};
use super::super::title::is_title_text;
use super::sheet::Sheet;
use crate::bank::word_set::WordSet;

/// The most lines of a passage.
pub(super) const LONGEST: usize = 200;
/// A longer line is the text itself, in characters.
const LONGEST_LINE: usize = 200;
/// A shorter text is not a passage, in characters.
const SHORTEST: usize = 20;

/// Words for a text that questions are about.
static TEXTS: WordSet = WordSet::of_phrases(
    "case, vignette, fall, fallbeispiel, szenario, caso, passage, passages, text, paragraph, story, article, extract, \
     excerpt, scenario, dialogue, poem, lesetext, abschnitt, texte, extrait, texto, pasaje, lectura, fragmento, \
     testo, brano, trecho, passagem, leitura, текст, отрывок, tekst, tekstu, tekstet, metin, metni, teks, texten, \
     teksten",
);
/// Such words in scripts without spaces.
const TEXTS_WITHIN: [&str; 6] = ["短文", "材料", "文章", "课文", "本文", "対話"];
/// Beginnings of words for questions.
static QUESTIONS: WordSet = WordSet::of_phrases(
    "question, item, frage, pregunta, domand, pergunta, questões, вопрос, питання, vragen, frågor, spørsmål, \
     spørgsmål, pytani, soru, pertanyaan, 题, 問, 问题",
);

/// Whether a line announces questions on a text, or is the title of one.
pub(super) fn announces(sheet: &Sheet<'_>, at: usize) -> bool {
    let line = sheet.lines[at].trim();
    let bare = line.trim_matches(['#', '*', '_', ' ', '>', '[', ']', ':', '=', '-']);
    if !sheet.is_text(at) || bare.chars().count() > LONGEST_LINE || is_item(bare) || line.ends_with(['?', '？']) {
        return false;
    }
    let lower = bare.to_lowercase();
    let words: Vec<&str> = lower.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let text = words.iter().any(|word| TEXTS.contains(word)) || TEXTS_WITHIN.iter().any(|word| lower.contains(word));
    if !text {
        return false;
    }
    let asks = words.iter().any(|word| QUESTIONS.iter().any(|question| word.contains(question)));
    // `Passage 1`, `Text B`, `Reading passage`
    let last = words.last().copied().unwrap_or_default();
    let counts =
        words.len() < 4 && words.len() > 1 && (last.len() == 1 || last.parse::<usize>().is_ok()) || last == "passage";
    let title = counts && words.len() < 4 && words.iter().any(|word| TEXTS.contains(word));
    asks || title
}

fn is_item(text: &str) -> bool {
    let lettered = label(text).is_some_and(|label| !label.number && label.set_off);
    lettered || bullet(text).is_some() || boxed(text).is_some() || question_number(text).is_some()
}

/// The number of the question that a line begins.
fn number(line: &str) -> Option<usize> {
    let bare = line.trim().trim_start_matches(['#', ' ']);
    let bare = mark::bold(bare).unwrap_or(bare).trim_start_matches('*');
    question_number(bare).map(|(number, _)| number)
}

/// The line of the first question after a text, if there is one.
pub(super) fn first_question(sheet: &Sheet<'_>, at: usize) -> Option<usize> {
    let mut length = 0;
    for line in (at + 1..sheet.lines.len()).take(LONGEST).filter(|line| sheet.is_text(*line)) {
        let text = sheet.lines[line].trim();
        if number(text).is_some() {
            return Some(line).filter(|_| length >= SHORTEST);
        }
        if is_item(text) || named(text).is_some() || text.starts_with('#') || announces(sheet, line) {
            return None;
        }
        length += text.chars().count();
    }
    None
}

/// The first and the last number of the questions on a text, and the line where it ends.
pub(super) fn extent(sheet: &Sheet<'_>, first: usize) -> Option<((usize, usize), usize)> {
    let from = number(&sheet.lines[first])?;
    let (mut to, mut end) = (from, sheet.lines.len());
    for line in (first..sheet.lines.len()).filter(|line| sheet.is_text(*line)) {
        match number(&sheet.lines[line]) {
            Some(found) => to = to.max(found),
            None if ends(sheet, line) => {
                end = line;
                break;
            }
            None => {}
        }
    }
    Some(((from, to), end))
}

/// Whether something else begins here: a heading, another passage, a title above a question.
fn ends(sheet: &Sheet<'_>, at: usize) -> bool {
    let text = sheet.lines[at].trim();
    if text.starts_with('#') || announces(sheet, at) {
        return named(text).is_none();
    }
    let apart = at > 0 && sheet.lines[at - 1].trim().is_empty();
    let above = || sheet.below(at).is_some_and(|below| number(&sheet.lines[below]).is_some());
    let title = is_title_text(text) && text.chars().count() > 4 && !text.contains([':', '：']);
    apart && title && !is_item(text) && named(text).is_none() && above()
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};

    #[test]
    fn words_announce_a_passage_for_the_questions_below() {
        for announced in [
            "Read the passage and answer the questions below.",
            "Passage 1",
            "**Text A**",
            "Lesen Sie den Text und beantworten Sie die Fragen.",
            "阅读短文，回答问题。",
        ] {
            let text = format!(
                "{announced}\n\nThe ferry left at noon.\n\n1. When?\nA. a\nB. b *\n\n2. What?\nA. a\nB. b *\n\n\
                 More on sheep\n\n3. Who?\nA. a\nB. b *\n"
            );
            let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
            let stems: Vec<&str> = bank.questions.iter().map(|question| question.stem.as_str()).collect();
            let with = |asked: &str| format!("The ferry left at noon.\n\n{asked}");
            assert_eq!(stems, [&with("When?"), &with("What?"), "Who?"], "{announced}");
            assert_eq!(bank.problems, [], "{announced}");
        }
    }

    #[test]
    fn other_introductions_are_no_passages() {
        for introduction in [
            "Read each question with care.\n\nThere are two of them and they are easy.",
            "Sheep and their wool\n\nThis is a quiz for those who like sheep.",
        ] {
            let text = format!("{introduction}\n\n1. When?\nA. a\nB. b *\n\n2. What?\nA. a\nB. b *\n");
            let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
            assert_eq!(bank.questions[0].stem, "When?", "{introduction}");
        }
    }
}
