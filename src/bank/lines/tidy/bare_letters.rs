//! Options with only a space or a tab after their letters: `A Lima`, `ア　大阪`.

use super::super::alphabet::Alphabet;
use super::super::label::label_in;
use super::sheet::Sheet;

/// Alphabets of such options.
const ALPHABETS: [Alphabet; 4] = [Alphabet::Latin, Alphabet::Kana, Alphabet::Hangul, Alphabet::Stems];
/// Fewer lines in a row may be sentences.
const FEWEST: usize = 2;
/// This many rows are needed if none is longer.
const ROWS_OF_TWO: usize = 3;

/// Adds a full stop to such letters, if nearly all options of the file are written so.
pub(super) fn set_off(sheet: &mut Sheet<'_>) {
    for alphabet in ALPHABETS {
        let runs = runs(sheet, alphabet);
        let lines: usize = runs.iter().map(Vec::len).sum();
        let long = runs.iter().filter(|run| run.len() > FEWEST).count();
        let otherwise = (0..sheet.lines.len()).filter(|at| is_labelled(sheet, *at, alphabet)).count();
        if runs.is_empty() || otherwise * 4 > lines || (long < 2 && runs.len() < ROWS_OF_TWO) {
            continue;
        }
        let mut found = Vec::new();
        for at in runs.into_iter().flatten() {
            let line = &sheet.lines[at];
            let text = line.trim_start();
            let indent = &line[..line.len() - text.len()];
            if let Some((letter, rest)) = bare(text, alphabet) {
                sheet.lines[at] = format!("{indent}{letter}. {rest}");
                found.push(at);
            }
        }
        let reason = format!("{} lines that begin with such letters in order", found.len());
        return sheet.explain("options", "letters with nothing but a space behind them", reason, &found);
    }
}

fn is_labelled(sheet: &Sheet<'_>, at: usize, alphabet: Alphabet) -> bool {
    sheet.is_text(at) && label_in(sheet.lines[at].trim(), alphabet).is_some_and(|label| label.set_off && !label.dashed)
}

/// A capital letter and the text after it.
fn bare(text: &str, alphabet: Alphabet) -> Option<(char, &str)> {
    let letter = text.chars().next().filter(|letter| !letter.is_lowercase())?;
    let rest = &text[letter.len_utf8()..];
    let said = rest.trim_start();
    let place = alphabet.place(letter.encode_utf8(&mut [0; 4]));
    // `A - red` is set off by its dash.
    let begins = said.starts_with(|char: char| char.is_alphanumeric() || "\"'“„«$([`".contains(char));
    (place.is_some() && said.len() < rest.len() && begins).then_some((letter, said))
}

/// Lines one below the other whose letters are the first ones, in order.
fn runs(sheet: &Sheet<'_>, alphabet: Alphabet) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    for at in (0..sheet.lines.len()).filter(|at| !sheet.gone[*at] && !sheet.lines[*at].trim().is_empty()) {
        let found = bare(sheet.lines[at].trim(), alphabet).filter(|_| sheet.is_text(at));
        let place = found.and_then(|(letter, _)| alphabet.place(letter.encode_utf8(&mut [0; 4])));
        if place == Some(run.len()) {
            run.push(at);
            continue;
        }
        runs.extend(Some(std::mem::take(&mut run)).filter(|run| run.len() >= FEWEST));
        if place == Some(0) {
            run.push(at);
        }
    }
    runs.extend(Some(run).filter(|run| run.len() >= FEWEST));
    runs
}

#[cfg(test)]
mod tests {
    use super::super::tidy;

    fn tidied(text: &str) -> Vec<String> {
        tidy(&text.lines().map(str::to_owned).collect::<Vec<_>>(), 0).lines
    }

    #[test]
    fn letters_before_a_space_are_labels_where_all_options_have_them() {
        let text = "1. Red?\nA sky\nB blood\nC\tgrass\n2. Green?\n  A sky\n  B blood\n  C grass";
        let expected =
            ["1. Red?", "A. sky", "B. blood", "C. grass", "2. Green?", "  A. sky", "  B. blood", "  C. grass"];
        assert_eq!(tidied(text), expected);
        let text = "問1 赤は？\nア　空\nイ　血\nウ　草\n問2 緑は？\nア　空\nイ　血\nウ　草";
        assert_eq!(tidied(text)[1..4], ["ア. 空", "イ. 血", "ウ. 草"]);
    }

    #[test]
    fn sentences_are_no_options() {
        for text in [
            "A dog barks.\nB is a letter.\nA cat purrs.\nB is another.",
            "1. What?\nA. red\nB. blue\nA rose is red.\nB flat is a note.\nC is one.\nAnswer: A\n2. Who?\nA. me\nB. you\nC. she",
        ] {
            assert_eq!(tidied(text), text.lines().collect::<Vec<_>>());
        }
    }
}
