//! Cards a line each, both sides parted by a tab (or, where the person says so, by a dash): what Quizlet, Mnemosyne and many
//! spreadsheets write, without a header that says what it is.

use super::{Cards, Deletions, NO_BACK, Signs, card, characters, cloze, markup};
use crate::bank::BankQuestion;
use crate::bank::collect::Read;
use crate::bank::decode;
use crate::bank::format::Fit;
use crate::bank::lines::label::label;
use crate::bank::source::Source;

/// Whose habits a file follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Anki's: `#` begins a comment, cells may stand in quotation marks, `{{c1::…}}` is a deletion.
    Anki,
    /// Quizlet's: a line without a tab goes on the one above it.
    Quizlet,
    /// Mnemosyne's: three cells are a word, how it is said, and what it means.
    Mnemosyne,
}

/// Signs between the sides, where no tab stands there.
const DASHES: [&str; 3] = [" - ", " – ", " — "];

fn rows<'s>(source: &'s Source<'_>) -> impl Iterator<Item = (usize, &'s str)> {
    (1..).zip(decode::lines(&source.text)).skip(source.skip).filter(|(_, line)| !line.trim().is_empty())
}

/// Whether the text is plainly a table of two columns that are parted by tabs, and no list of options or of answers. A line
/// alone may be anything.
pub(super) fn explains(source: &Source<'_>) -> Option<Fit> {
    let (mut pairs, mut others, mut labelled) = (0_usize, 0_usize, 0_usize);
    for (_, line) in rows(source).filter(|(_, line)| !line.starts_with('#')) {
        match line.split_once('\t') {
            Some((front, back)) if !front.trim().is_empty() && !back.trim().is_empty() && !back.contains('\t') => {
                let short = |text: &str| text.trim().chars().nth(1).is_none() || text.trim().parse::<u32>().is_ok();
                let listed = label(front.trim()).is_some_and(|label| label.set_off);
                labelled += usize::from(listed || (short(front) && short(back)));
                pairs += 1;
            }
            _ => others += 1,
        }
        if others > 20 && others > pairs {
            return None;
        }
    }
    let plain = pairs > 0 && pairs >= others * 3 && labelled * 2 < pairs;
    plain.then_some(if pairs > 1 { Fit::Likely } else { Fit::Possible })
}

/// Reads the lines.
pub(super) fn read(source: &Source<'_>, style: Style) -> Read {
    let mut cards = Cards::new(source.lines());
    let sign = sign(source, style);
    let quoted = style == Style::Anki && rows(source).all(|(_, line)| line.split('\t').all(is_well_quoted));
    let mut open: Option<(usize, Vec<String>)> = None;
    for (number, line) in rows(source) {
        if style == Style::Anki && line.starts_with('#') {
            continue;
        }
        let cells: Vec<String> = match sign {
            "\t" => line.split('\t').map(|cell| self::cell(cell, quoted)).collect(),
            sign => line.splitn(2, sign).map(|cell| self::cell(cell, false)).collect(),
        };
        match (&mut open, style, &cells[..]) {
            (Some((_, above)), Style::Quizlet, [more]) if above.len() > 1 => {
                if let Some(last) = above.last_mut() {
                    last.push('\n');
                    last.push_str(more);
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

/// What parts the sides: a tab where most lines have one, else the dash that most have.
fn sign(source: &Source<'_>, style: Style) -> &'static str {
    let count = |sign: &str| rows(source).filter(|(_, line)| line.contains(sign)).count();
    if style != Style::Quizlet || count("\t") * 2 >= rows(source).count() {
        return "\t";
    }
    DASHES.into_iter().rev().max_by_key(|dash| count(dash)).filter(|dash| count(dash) > 0).unwrap_or("\t")
}

/// Whether quotation marks at the ends of a cell are signs of the table, or there are none.
fn is_well_quoted(cell: &str) -> bool {
    cell.strip_prefix('"')
        .is_none_or(|rest| rest.strip_suffix('"').is_some_and(|inside| !inside.replace("\"\"", "").contains('"')))
}

fn cell(cell: &str, quoted: bool) -> String {
    let cell = cell
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|_| quoted)
        .map_or_else(|| decode::clean(cell), |inside| decode::clean(&inside.replace("\"\"", "\"")));
    cell.trim().to_owned()
}

fn close(cards: &mut Cards<'_>, row: Option<(usize, Vec<String>)>, style: Style) {
    let Some((line, cells)) = row else { return };
    match style {
        Style::Mnemosyne => mnemosyne(cards, line, &cells),
        Style::Quizlet if cells.len() < 2 => cards.reject(line, NO_BACK),
        Style::Quizlet => cards.card(card(line, &cells[0], &cells[1..].join("\t"))),
        Style::Anki => {
            let front = cells.first().map_or("", String::as_str);
            let markup = markup(cells.iter().map(String::as_str));
            let tags =
                cells.get(2).map(|tags| tags.split_whitespace().map(str::to_owned).collect()).unwrap_or_default();
            let deletions = Deletions::of(front, Signs::Anki);
            if deletions == Deletions::default() {
                let back = cells.get(1).map_or("", String::as_str);
                cards.card(BankQuestion { markup, tags, ..card(line, front, back) });
            } else {
                let explanation = cells.get(1).filter(|text| !text.is_empty()).cloned();
                cards.cloze(BankQuestion { markup, tags, explanation, ..cloze(line, front) }, deletions);
            }
        }
    }
}

/// Two cells are a front and a back. Three are a word, how it is said and what it means, and a fourth holds notes: these are
/// asked from the word and from the meaning.
fn mnemosyne(cards: &mut Cards<'_>, line: usize, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| characters(cell)).collect();
    let markup = markup(cells.iter().map(String::as_str));
    match &cells[..] {
        [] | [_] => cards.reject(line, NO_BACK),
        [front, back] => cards.card(BankQuestion { markup, ..card(line, front, back) }),
        [word, said, meaning, notes @ ..] => {
            let explanation = Some(notes.join("\n")).filter(|notes| !notes.is_empty());
            let asked = |front: &str, back: String| BankQuestion {
                markup,
                explanation: explanation.clone(),
                ..card(line, front, &back)
            };
            cards.card(asked(word, format!("{said}\n{meaning}")));
            if !meaning.is_empty() {
                cards.card(asked(meaning, format!("{word}\n{said}")));
            }
        }
    }
}
