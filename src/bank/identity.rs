//! The identity of a question, which survives new letters, a new order and another topic.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::BankQuestion;
use crate::model::{Kind, Question};

/// Identities of this program's questions are derived from this name.
const NAMESPACE: Uuid = Uuid::from_u128(0x7265_7461_696e_5175_8573_7469_6f6e_7300);

/// The offset basis of FNV-1a.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// The content of a question as three numbers: FNV-1a (64 bits) over the normalised texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint {
    /// Kind, stem and the sorted options.
    pub whole: u64,
    /// The stem.
    pub stem: u64,
    /// The sorted options.
    pub options: u64,
}

impl Fingerprint {
    /// Of a question as a bank has it.
    pub fn of_bank(question: &BankQuestion) -> Self {
        Self::new(question.kind, &question.stem, question.options.iter().map(|option| option.text.as_str()))
    }

    /// Of a question as the database has it.
    pub fn of_known(question: &Question) -> Self {
        Self::new(question.kind, &question.stem, question.choices.iter().map(|choice| choice.text.as_str()))
    }

    /// From the numbers that the database keeps.
    pub fn from_numbers([whole, stem, options]: [u64; 3]) -> Self {
        Self { whole, stem, options }
    }

    /// The numbers that the database keeps.
    pub fn numbers(self) -> [u64; 3] {
        [self.whole, self.stem, self.options]
    }

    /// Of a kind, a stem and options.
    pub fn new<'a>(kind: Kind, stem: &str, options: impl Iterator<Item = &'a str>) -> Self {
        let mut normal = String::new();
        let mut print = |text: &str| {
            normalise_into(text, &mut normal);
            hash([normal.as_bytes()])
        };
        let stem = print(stem);
        let mut options: Vec<u64> = options.map(print).collect();
        options.sort_unstable();
        let options = hash(options.iter().map(|option| option.to_le_bytes()));
        // Single and multiple differ by a corrected key alone, and a corrected key keeps the identity.
        let choices = u8::from(kind.has_choices());
        let whole = hash([
            &stem.to_le_bytes()[..],
            &options.to_le_bytes()[..],
            &[if choices == 1 { 0 } else { kind.number() }],
        ]);
        Self { whole, stem, options }
    }
}

fn hash<B: AsRef<[u8]>>(parts: impl IntoIterator<Item = B>) -> u64 {
    let mut hash = SEED;
    for part in parts {
        for byte in part.as_ref() {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

/// The text without differences that do not matter: NFKC, lower case, no markup and final punctuation, white space
/// collapsed.
pub fn normalise(text: &str) -> String {
    let mut normal = String::new();
    normalise_into(text, &mut normal);
    normal
}

/// Normalises into a buffer that is used again and again: a million texts are compared in an import.
fn normalise_into(text: &str, normal: &mut String) {
    normal.clear();
    if text.is_ascii() {
        // Most texts of most banks.
        for byte in text.bytes() {
            match byte {
                b'*' | b'_' | b'`' => {}
                b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => {
                    if !normal.is_empty() && !normal.ends_with(' ') {
                        normal.push(' ');
                    }
                }
                _ => normal.push(char::from(byte.to_ascii_lowercase())),
            }
        }
    } else {
        for char in text.nfkc() {
            match char {
                '*' | '_' | '`' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
                _ if char.is_whitespace() => {
                    if !normal.is_empty() && !normal.ends_with(' ') {
                        normal.push(' ');
                    }
                }
                _ => normal.extend(char.to_lowercase()),
            }
        }
    }
    let end = normal.trim_end_matches([' ', '.', '?', '!', ':', ';', ',', '。', '？', '！', '：', '؟']).len();
    // A text of punctuation alone is kept.
    if end > 0 {
        normal.truncate(end);
    }
}

/// A fingerprint of the exact content of a question: texts, marks, places, topic and tags. Two questions of the same
/// content are unchanged copies.
pub fn content(question: &BankQuestion) -> u64 {
    let mut content = Content(SEED);
    content.text(&question.stem);
    content.number(u64::from(question.kind.number()) | u64::from(question.markup.number()) << 8);
    content.number(u64::from(question.key.number()));
    for text in [&question.explanation, &question.topic, &question.key_rule] {
        content.optional(text.as_deref());
    }
    content.number(question.tags.len() as u64);
    question.tags.iter().for_each(|tag| content.text(tag));
    for option in &question.options {
        content.text(&option.text);
        content.number(u64::from(option.correct) | u64::from(option.pinned) << 1);
        content.optional(option.feedback.as_deref());
        content.optional(option.pair.as_deref());
        for number in [option.weight, option.tolerance] {
            content.number(number.map_or(u64::MAX, f64::to_bits));
        }
    }
    content.0
}

struct Content(u64);

impl Content {
    fn number(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(23) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 ^= self.0 >> 29;
    }

    fn text(&mut self, text: &str) {
        let (words, rest) = text.as_bytes().as_chunks::<8>();
        words.iter().for_each(|word| self.number(u64::from_le_bytes(*word)));
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.number(u64::from_le_bytes(last));
        self.number(text.len() as u64);
    }

    fn optional(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.number(u64::MAX),
        }
    }
}

/// Fewer questions are not worth a thread.
const MANY: usize = 5_000;

/// Applies `of` to each question, in order; on all cores if there are many.
pub(super) fn of_each<R: Send>(questions: &[BankQuestion], of: fn(&BankQuestion) -> R) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    if questions.len() < MANY || threads == 1 {
        return questions.iter().map(of).collect();
    }
    let share = questions.len().div_ceil(threads);
    thread::scope(|scope| {
        let shares: Vec<_> = questions
            .chunks(share)
            .map(|share| scope.spawn(move || share.iter().map(of).collect::<Vec<R>>()))
            .collect();
        let made = shares.into_iter().map(|made| made.join().unwrap_or_else(|panic| resume_unwind(panic)));
        made.flatten().collect()
    })
}

/// The identity of a question in a deck, the same on every machine. It is derived from the bank's own id if there is
/// one, else from the content. `repeat` distinguishes copies.
pub fn question_uid(deck: &str, id: Option<&str>, print: Fingerprint, repeat: u32) -> Uuid {
    let identity = match id {
        Some(id) => format!("id:{id}"),
        None => format!("text:{:016x}", print.whole),
    };
    let name = format!("{}\n{identity}\n{repeat}", deck.to_lowercase());
    Uuid::new_v5(&NAMESPACE, name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_matter_is_left_out() {
        for (a, b) in [
            ("What  is *it*?", "what is it"),
            ("Ｆｕｌｌ width", "full width"),
            ("A “quote”.", "a “quote”"),
            ("...", "..."),
        ] {
            assert_eq!(normalise(a), normalise(b));
        }
        assert_ne!(normalise("a.b"), normalise("ab"));
    }
}
