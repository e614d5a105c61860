//! The identity of a question: what stays the same when a bank is re-lettered, re-ordered, or filed under another topic.

use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::BankQuestion;
use crate::model::{Kind, Question};

/// Identities of this program's questions are derived from this name.
const NAMESPACE: Uuid = Uuid::from_u128(0x7265_7461_696e_5175_8573_7469_6f6e_7300);

/// What a question says, as three numbers: FNV-1a (64 bits) over the normalised texts.
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
        Self::of(question.kind, &question.stem, question.options.iter().map(|option| option.text.as_str()))
    }

    /// Of a question as the database has it.
    pub fn of_known(question: &Question) -> Self {
        Self::of(question.kind, &question.stem, question.choices.iter().map(|choice| choice.text.as_str()))
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
    pub fn of<'a>(kind: Kind, stem: &str, options: impl Iterator<Item = &'a str>) -> Self {
        let stem = hash([normalise(stem).as_bytes()]);
        let mut options: Vec<u64> = options.map(|option| hash([normalise(option).as_bytes()])).collect();
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
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.as_ref() {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

/// The text without what does not matter: NFKC, lower case, without markup signs and final punctuation, white space collapsed.
pub fn normalise(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    if text.is_ascii() {
        // Most texts of most banks; a million of them are compared in an import.
        let mut bytes = Vec::with_capacity(text.len());
        for byte in text.bytes() {
            match byte {
                b'*' | b'_' | b'`' => {}
                b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => {
                    if bytes.last().is_some_and(|last| *last != b' ') {
                        bytes.push(b' ');
                    }
                }
                _ => bytes.push(byte.to_ascii_lowercase()),
            }
        }
        normal = String::from_utf8(bytes).unwrap_or(normal);
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
    // A text of signs alone is what it is.
    if end > 0 {
        normal.truncate(end);
    }
    normal
}

/// The identity of a question in a deck, the same on every machine: from the bank's own id where it has one, else from what the
/// question says. `repeat` tells apart what would otherwise be the same.
pub fn question_uid(deck: &str, id: Option<&str>, print: Fingerprint, repeat: u32) -> Uuid {
    let identity = match id {
        Some(id) => format!("id:{id}"),
        None => format!("text:{:016x}", print.whole),
    };
    let name = format!("{}\n{identity}\n{repeat}", deck.to_lowercase());
    Uuid::new_v5(&NAMESPACE, name.as_bytes())
}

/// The identity of a card of a question.
pub fn card_uid(question: Uuid, ordinal: u32) -> Uuid {
    Uuid::new_v5(&question, &ordinal.to_le_bytes())
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
