//! What single lines of Markdown are: headings, boxes, lettered options, fences, folds.

use crate::bank::lines::label::{bullet, label};
use crate::bank::lines::mark;
use crate::bank::word_set::WordSet;

/// The sign of a fence and how often it is repeated.
pub(super) fn fence(line: &str) -> Option<(char, usize)> {
    let text = line.trim_start();
    let sign = text.chars().next().filter(|char| matches!(char, '`' | '~'))?;
    let count = text.chars().take_while(|char| *char == sign).count();
    (count >= 3 && !text[count..].contains('`')).then_some((sign, count))
}

/// The level and the text of a heading; the blank after its signs may be missing before a number.
pub(super) fn heading(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start();
    let level = text.bytes().take_while(|byte| *byte == b'#').count();
    let rest = &text[level..];
    let set_off = rest.starts_with(' ') || numbered(rest).is_some();
    ((1..=6).contains(&level) && set_off && indent(line) < 4).then(|| (level, rest.trim().trim_end_matches('#').trim()))
}

/// Words for a question before its number.
static QUESTION: WordSet = WordSet::new(
    "question frage pregunta domanda pergunta questão вопрос питання въпрос câu 第 pytanie soal pertanyaan pitanje \
    vraag soru întrebarea otázka kérdés fråga spørsmål ερώτηση 問題 質問 문제",
);

/// The number of a question before its text: `Q12.`, `12.`, `C12.`, `Question 12:`.
pub(super) fn numbered(text: &str) -> Option<(usize, &str)> {
    let whole = text.trim_start();
    let text = whole.trim_start_matches(['*', '_']);
    let word: usize = text.chars().take_while(|char| char.is_alphabetic()).map(char::len_utf8).sum();
    let lower = text[..word].to_lowercase();
    let rest = text[word..].trim_start();
    let spaced = rest.len() < text.len() - word;
    let fits = word == 0 || QUESTION.contains(lower.as_str()) || (lower.chars().count() <= 2 && !spaced);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !fits || digits == 0 || digits > 4 {
        return None;
    }
    let number = rest[..digits].parse().ok()?;
    let after = rest[digits..].trim_start_matches(['*', '_']);
    // `Q57 . text`
    let after = Some(after.trim_start()).filter(|after| after.starts_with(". ") && word > 0).unwrap_or(after);
    let close = after.chars().next();
    match close {
        Some('.' | ')' | ':' | '．' | '：' | '、' | '。' | '题') => {
            let after = &after[close.map_or(0, char::len_utf8)..];
            let set_off = after.is_empty() || !after.starts_with(|char: char| char.is_ascii_digit());
            // `**Q1.** text`
            let after = if text.len() < whole.len() { after.trim_start_matches(['*', '_']) } else { after };
            set_off.then(|| (number, after.trim_start()))
        }
        Some(' ') | None if word > 0 && (lower == "q" || QUESTION.contains(lower.as_str())) => {
            Some((number, after.trim()))
        }
        _ => None,
    }
}

pub(super) fn plain_number(line: &str) -> bool {
    let text = line.trim_start();
    numbered(mark::bold(text).unwrap_or(text)).is_some_and(|(_, rest)| !rest.is_empty())
}

/// A question whose heading lost its signs: `Q70. …`
pub(super) fn begins_with_q(line: &str) -> bool {
    indent(line) == 0 && line.starts_with('Q') && plain_number(line)
}

/// A box, ticked or not, and what follows it.
pub(super) fn ticked(line: &str) -> Option<(bool, &str)> {
    let text = line.trim_start();
    let inner = text.strip_prefix(['-', '*', '+']).map_or(text, str::trim_start);
    if inner.len() == text.len() {
        return None;
    }
    let inside = inner.strip_prefix('[')?;
    let end = inside.find(']').filter(|end| *end <= 4)?;
    let right = match inside[..end].trim() {
        "" => false,
        "x" | "X" | "*" | "✓" | "✔" => true,
        _ => return None,
    };
    let rest = &inside[end + 1..];
    // `[ ](link)` is a link.
    (!rest.starts_with('(')).then(|| (right, rest.trim()))
}

/// A bullet with the letter that is due, or the letter alone.
pub(super) fn lettered(line: &str, due: usize) -> Option<&str> {
    let text = line.trim_start();
    let bare = bullet(text).unwrap_or(text);
    let inner = mark::bold(bare).unwrap_or(bare);
    label(inner)
        .filter(|label| !label.number && label.place == due)
        .filter(|label| label.set_off || bare.len() < text.len())
        .map(|label| label.rest)
}

pub(super) fn lettered_any(line: &str) -> bool {
    let text = line.trim_start();
    let bare = bullet(text).unwrap_or(text);
    label(bare).is_some_and(|label| !label.number && label.place < 12 && (label.set_off || bare.len() < text.len()))
}

pub(super) fn opens_fold(line: &str) -> bool {
    line.trim_start().get(..8).is_some_and(|tag| tag.eq_ignore_ascii_case("<details"))
}

/// `??? success "Answer"`, `!!! note`.
pub(super) fn admonition(line: &str) -> bool {
    let text = line.trim_start();
    ["???+ ", "??? ", "!!! "].iter().any(|sign| text.starts_with(sign))
}

pub(super) fn is_rule(line: &str) -> bool {
    let text = line.trim();
    text.len() >= 3 && ["-", "*", "_"].iter().any(|sign| text.split(sign).all(|part| part.trim().is_empty()))
}

pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

pub(super) fn plain(text: &str) -> &str {
    mark::bold(text).unwrap_or(text).trim_end_matches(':').trim()
}

/// The lines without the indentation that all of them have.
pub(super) fn dedent(lines: &[String]) -> String {
    let common = lines.iter().filter(|line| !line.trim().is_empty()).map(|line| indent(line)).min().unwrap_or(0);
    let lines: Vec<&str> = lines.iter().map(|line| line.get(common..).unwrap_or("")).collect();
    lines.join("\n").trim().to_owned()
}
