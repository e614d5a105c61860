//! Cards of one line each, with a tab between the sides (or a dash, if the person says so): exports of Quizlet,
//! Mnemosyne and many spreadsheets, without a header.

use super::{CardCollector, NO_BACK, card, characters, markup};
use crate::bank::BankQuestion;
use crate::bank::collect::Collected;
use crate::bank::decode;
use crate::bank::source::Source;

/// Whose habits a file follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TabbedStyle {
    /// Quizlet's: a line without a tab continues the previous one.
    Quizlet,
    /// Mnemosyne's: three cells are a word, its pronunciation and its meaning.
    Mnemosyne,
}

/// Signs between the sides of lines without a tab.
const DASHES: [&str; 3] = [" - ", " – ", " — "];

fn rows<'s>(source: &'s Source<'_>) -> impl Iterator<Item = (usize, &'s str)> {
    (1..).zip(decode::lines(&source.text)).skip(source.skip).filter(|(_, line)| !line.trim().is_empty())
}

pub(super) fn read_tabbed(source: &Source<'_>, style: TabbedStyle) -> Collected {
    let mut cards = CardCollector::new(source.lines());
    let sign = sign(source, style);
    let mut open: Option<(usize, Vec<String>)> = None;
    for (number, line) in rows(source) {
        let cells: Vec<String> = match sign {
            "\t" => line.split('\t').map(self::cell).collect(),
            sign => line.splitn(2, sign).map(self::cell).collect(),
        };
        match (&mut open, style, &cells[..]) {
            (Some((_, above)), TabbedStyle::Quizlet, [more]) if above.len() > 1 => {
                if let Some(last) = above.last_mut() {
                    last.extend(["\n", more]);
                }
            }
            _ => {
                close(&mut cards, open.take(), style);
                open = Some((number, cells));
            }
        }
    }
    close(&mut cards, open, style);
    cards.finish()
}

/// The separator of the sides: a tab if most lines have one, otherwise the most frequent dash.
fn sign(source: &Source<'_>, style: TabbedStyle) -> &'static str {
    let count = |sign: &str| rows(source).filter(|(_, line)| line.contains(sign)).count();
    if style != TabbedStyle::Quizlet || count("\t") * 2 >= rows(source).count() {
        return "\t";
    }
    DASHES.into_iter().rev().max_by_key(|dash| count(dash)).filter(|dash| count(dash) > 0).unwrap_or("\t")
}

fn cell(cell: &str) -> String {
    decode::clean(cell).trim().to_owned()
}

fn close(cards: &mut CardCollector<'_>, row: Option<(usize, Vec<String>)>, style: TabbedStyle) {
    let Some((line, cells)) = row else { return };
    match style {
        TabbedStyle::Mnemosyne => mnemosyne(cards, line, &cells),
        TabbedStyle::Quizlet if cells.len() < 2 => cards.reject(line, NO_BACK),
        TabbedStyle::Quizlet => cards.card(card(line, &cells[0], &cells[1..].join("\t"))),
    }
}

/// Two cells are a front and a back. Three are a word, its pronunciation and its meaning, a fourth holds notes: these
/// are asked from the word and from the meaning.
fn mnemosyne(cards: &mut CardCollector<'_>, line: usize, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| characters(cell)).collect();
    let markup = markup(cells.iter().map(String::as_str));
    match &cells[..] {
        [] | [_] => cards.reject(line, NO_BACK),
        [front, back] => cards.card(BankQuestion { markup, ..card(line, front, back) }),
        [word, pronunciation, meaning, notes @ ..] => {
            let explanation = Some(notes.join("\n")).filter(|notes| !notes.is_empty());
            let asked = |front: &str, back: String| BankQuestion {
                markup,
                explanation: explanation.clone(),
                ..card(line, front, &back)
            };
            cards.card(asked(word, format!("{pronunciation}\n{meaning}")));
            if !meaning.is_empty() {
                cards.card(asked(meaning, format!("{word}\n{pronunciation}")));
            }
        }
    }
}
