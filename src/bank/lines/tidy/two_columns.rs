//! Options in two columns: `a. white   c. blue` above `b. red   d. green`.

use super::super::alphabet::Alphabet;
use super::super::label::{Label, label_in};
use super::sheet::Sheet;

/// The most rows of such options.
const MOST_ROWS: usize = 6;

/// Writes such options row by row, in the order of their letters.
pub(super) fn write(sheet: &mut Sheet<'_>) {
    let mut written = Vec::new();
    let mut at = 0;
    while at < sheet.lines.len() {
        let most = (sheet.lines.len() - at).min(MOST_ROWS);
        let rows = (2..=most).rev().find_map(|rows| {
            (at..at + rows)
                .all(|at| sheet.is_text(at))
                .then_some(rows)
                .and_then(|rows| Some((rows, in_order(&sheet.lines[at..at + rows])?)))
        });
        let Some((rows, lines)) = rows else {
            at += 1;
            continue;
        };
        written.push(at);
        lines.into_iter().zip(at..).for_each(|(line, at)| sheet.lines[at] = line);
        at += rows;
    }
    if !written.is_empty() {
        let text = format!("questions with options in two columns: {}", written.len());
        sheet.explain("options", "in two columns", text, &written);
    }
}

/// The options of these rows, two to a row and in order; `None` if the letters do not go down one column and then the
/// other.
fn in_order(rows: &[String]) -> Option<Vec<String>> {
    let mut left = Vec::new();
    let mut right = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let text = row.trim();
        labelled(text).filter(|label| label.place == place)?;
        let second = second(text, rows.len() + place);
        match second {
            Some(from) => {
                left.push(text[..from].trim_end());
                right.push(text[from..].trim_end());
            }
            // The last row may be half a row.
            None if place + 1 == rows.len() && place > 0 => left.push(text),
            None => return None,
        }
    }
    let options: Vec<&str> = left.into_iter().chain(right).collect();
    // Rows that are left over stay empty.
    let mut lines: Vec<String> = options.chunks(2).map(|pair| pair.join("  ")).collect();
    lines.resize(rows.len(), String::new());
    Some(lines)
}

/// Where the option with this place begins, after a gap of two spaces or a tab.
fn second(text: &str, place: usize) -> Option<usize> {
    let double = text.match_indices("  ").map(|(at, _)| at);
    let gaps = double.chain(text.match_indices('\t').map(|(at, _)| at));
    let mut starts = gaps.map(|at| text.len() - text[at..].trim_start().len());
    starts.find(|from| labelled(&text[*from..]).is_some_and(|label| label.place == place))
}

fn labelled(text: &str) -> Option<Label<'_>> {
    label_in(text, Alphabet::Latin).filter(|label| label.set_off && !label.dashed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Option<Vec<String>> {
        in_order(&text.lines().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn two_columns_are_read_one_after_the_other() {
        let four = "a.  white   c.  blue\nb.  red     d.  green";
        assert_eq!(written(four), Some(vec!["a.  white  b.  red".into(), "c.  blue  d.  green".into()]));
        let five = "A) one\tD) four\nB) two\tE) five\nC) three";
        assert_eq!(written(five), Some(vec!["A) one  B) two".into(), "C) three  D) four".into(), "E) five".into()]));
        for other in
            ["a. white   b. red\nc. blue   d. green", "a. white\nb. red", "a. white  c. blue\nc. red  d. green"]
        {
            assert_eq!(written(other), None, "{other}");
        }
    }
}
