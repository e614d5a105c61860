//! The lines below the options of each question, which may name the answer, also under an unknown word.

use super::answer;
use super::key::{NamedLine, named};
use super::label::question_number;
use super::layout::Layout;
use super::pieces::LinePiece;

/// Lines that are looked at below the last option of a question.
const MOST_LINES: usize = 6;
/// A longer word is a sentence, in bytes.
const LONGEST_WORD: usize = 60;

/// The lines below the options of one question.
#[derive(Debug, Default)]
pub(super) struct Below<'a> {
    /// Whether a line is an answer under a word that is known, and under which.
    pub(super) known: Option<&'a str>,
    /// Lines that may be answers: a word, and an answer that fits the options.
    pub(super) lines: Vec<Answerlike<'a>>,
}

/// A line that may be an answer.
#[derive(Debug)]
pub(super) struct Answerlike<'a> {
    /// The place among the pieces.
    pub(super) at: usize,
    /// The place of the line with the answer, if it is the next one.
    pub(super) said_at: usize,
    /// The text before the answer in lower case, numbers as `#`; empty if there is none.
    pub(super) word: String,
    /// Whether a sign sets the word off (`:`, `-`), or it is the whole line.
    pub(super) set_off: bool,
    pub(super) said: &'a str,
    /// Whether the answer fills its line.
    pub(super) alone: bool,
}

/// Looks below the options of all questions. Also returns bullets among the options that repeat the right one (`- correct: blue`):
/// the place among the pieces, and the answer.
pub(super) fn look<'a>(pieces: &[LinePiece<'a>], layout: &Layout) -> (Vec<Below<'a>>, Vec<(usize, &'a str)>) {
    let mut found = Vec::new();
    let mut repeated = Vec::new();
    let mut options: Vec<&str> = Vec::new();
    let mut labels: Vec<Option<usize>> = Vec::new();
    let mut below: Vec<usize> = Vec::new();
    let mut open = false;
    let end =
        |options: &mut Vec<&'a str>, labels: &mut Vec<Option<usize>>, below: &mut Vec<usize>, found: &mut Vec<_>| {
            if options.len() > 1 {
                found.push(below_options(pieces, below, options, layout));
            }
            options.clear();
            labels.clear();
            below.clear();
        };
    for (at, piece) in pieces.iter().enumerate() {
        if piece.text.is_empty() {
            continue;
        }
        let lead = layout.lead(piece.text, piece.indent).filter(|lead| {
            // `(B)` alone is not an option of a question that has a B.
            let place = lead.label.map(|label| label.place);
            !(lead.text.is_empty() && place.is_some() && labels.contains(&place))
        });
        if let Some(NamedLine::Answer(said)) = lead.and_then(|lead| named(lead.text)).filter(|_| open)
            && lead.is_some_and(|lead| lead.label.is_none())
            && options.iter().any(|option| option.trim() == said.trim())
        {
            repeated.push((at, said));
            continue;
        }
        // `A: B` below options with an A names B.
        if let Some(label) = lead.and_then(|lead| lead.label).filter(|label| open && label.place == 0)
            && options.len() > 1
            && labels.contains(&Some(0))
            && matches!(piece.text.trim_start_matches(['*', '_']).get(1..), Some(rest) if rest.starts_with(':'))
            && is_letters(label.rest.trim_matches(['(', ')', '*', '.', ' ']))
            && answer::read_answer(label.rest, &options, layout.convention.labels)
                .is_some_and(|read| read.places.iter().all(|place| *place < options.len()))
        {
            repeated.push((at, label.rest));
            continue;
        }
        if let Some(lead) = lead {
            let place = lead.label.map(|label| label.place);
            let again = place == Some(0) && options.len() > 1;
            if !below.is_empty() && below.len() > 2 || again {
                // The line right above the options of the next question is its stem.
                below.pop();
                end(&mut options, &mut labels, &mut below, &mut found);
            }
            // Text between two options continues the first.
            below.clear();
            options.push(lead.text);
            labels.push(place);
            open = true;
        } else if open && below.len() < MOST_LINES && !asks(piece.text) {
            below.push(at);
        } else if open {
            end(&mut options, &mut labels, &mut below, &mut found);
            open = false;
        }
    }
    end(&mut options, &mut labels, &mut below, &mut found);
    (found, repeated)
}

/// Whether the line begins another question.
fn asks(text: &str) -> bool {
    let bare = text.trim_start_matches(['#', '*', ' ']);
    question_number(bare).is_some_and(|(_, rest)| !rest.is_empty()) || text.starts_with('#') && text.ends_with('?')
}

fn below_options<'a>(pieces: &[LinePiece<'a>], below: &[usize], options: &[&str], layout: &Layout) -> Below<'a> {
    let mut found = Below::default();
    let labels = layout.convention.labels;
    let fits = |said: &str| {
        let read = answer::read_answer(said, options, labels)?;
        let fits = read.differs.is_none() && read.places.iter().all(|place| *place < options.len());
        fits.then_some(read.more.is_none())
    };
    let mut due = false;
    for (nth, at) in below.iter().copied().enumerate() {
        let text = pieces[at].text.trim();
        if let Some(NamedLine::Answer(said)) = named(text) {
            found.known = found.known.or(Some(text));
            due = said.is_empty();
            continue;
        }
        // The line below `Answer:` is the answer.
        if std::mem::take(&mut due) || named(text).is_some() {
            continue;
        }
        let bare = adorned(text);
        if is_letters(bare)
            && let Some(alone) = fits(bare)
        {
            let said_at = at;
            found.lines.push(Answerlike { at, said_at, word: String::new(), set_off: true, said: bare, alone });
            continue;
        }
        if let Some((word, set_off, said)) = parted(bare)
            && let Some(alone) = fits(said)
        {
            found.lines.push(Answerlike { at, said_at: at, word: folded(word), set_off, said, alone });
            continue;
        }
        // `B is the right one`, in the same words everywhere.
        if let Some((letter, word)) = bare.split_once([' ', ','])
            && letter.len() == 1
            && letter.starts_with(char::is_uppercase)
            && bare.len() < LONGEST_WORD * 2
            && fits(letter).is_some()
        {
            let (word, said_at, alone) = (format!("… {}", folded(word)), at, false);
            found.lines.push(Answerlike { at, said_at, word, set_off: false, said: letter, alone });
            continue;
        }
        // The answer may be on the line below its word.
        let next = below.get(nth + 1).map(|at| (*at, adorned(pieces[*at].text.trim())));
        if let Some((said_at, said)) = next
            && bare.len() < LONGEST_WORD
            && !bare.ends_with(['.', '?', '!', ','])
            && starts_with_letters(said)
            && let Some(alone) = fits(said)
        {
            found.lines.push(Answerlike { at, said_at, word: folded(bare), set_off: true, said, alone });
        }
    }
    found
}

/// The line without bullets, bold type and brackets around it.
fn adorned(text: &str) -> &str {
    let bare =
        text.trim_start_matches(['*', '_', '#', '>', '-', '•', ' ', '`']).trim_end_matches(['*', '_', '#', ' ', '`']);
    let inner = bare.strip_prefix(['[', '(', '（', '【']).and_then(|inner| inner.strip_suffix([']', ')', '）', '】']));
    inner.filter(|inner| !inner.contains(['(', ')', '[', ']'])).unwrap_or(bare).trim()
}

/// Whether a text is nothing but letters of options: `B`, `bc`, `B, D`.
fn is_letters(text: &str) -> bool {
    let bare = text.trim_end_matches(['.', ')']);
    let letters = bare.chars().filter(|char| char.is_alphabetic()).count();
    (1..=5).contains(&letters)
        && bare.chars().all(|char| char.is_ascii_alphabetic() || " ,;&/+".contains(char))
        && (letters == 1
            || bare.chars().all(|char| !char.is_alphabetic() || char.is_uppercase())
            || bare.len() == letters
            || bare.split(|char: char| !char.is_alphabetic()).all(|part| part.len() < 2))
}

fn starts_with_letters(text: &str) -> bool {
    let end = text.find(|char: char| !char.is_alphanumeric()).unwrap_or(text.len());
    is_letters(&text[..end])
}

/// A word, whether a sign sets it off, and the rest: `Svar: B`, `Rätt svar - B`, `Svaret är B`.
fn parted(text: &str) -> Option<(&str, bool, &str)> {
    for sign in [":", "：", "=", " - ", " – ", " — ", "→", "->", "=>", ";", ". "] {
        if let Some((word, said)) = text.split_once(sign) {
            let said = said.trim_start_matches(['*', '_', ' ', '-', '>']);
            return (worded(word) && !said.is_empty()).then_some((word, true, said));
        }
    }
    let (word, said) = text.rsplit_once(' ')?;
    (worded(word) && is_letters(said.trim_matches(['*', '_', '.', '(', ')']))).then_some((word, false, said))
}

fn worded(word: &str) -> bool {
    word.len() < LONGEST_WORD && word.contains(char::is_alphabetic) && !word.contains(['?', '.', '!', '？'])
}

/// The word in lower case, its numbers as `#`.
fn folded(word: &str) -> String {
    let plain: String = word.trim_matches(['*', '_', ':', '：', ' ']).to_lowercase();
    plain.chars().map(|char| if char.is_ascii_digit() { '#' } else { char }).collect()
}
