//! Letters and numbers without a space after them: `1.What? a.red b.blue c.green`, `1 What?`.

use super::super::label::question_number;
use super::sheet::Sheet;

/// Fewer options on a line may be something else.
const FEWEST: usize = 3;

/// Adds the space if at least half of the lines hold rows of such letters, and a full stop to numbers that count the
/// lines above options.
pub(super) fn set_off(sheet: &mut Sheet<'_>) {
    let filled = sheet.find(|text| !text.is_empty());
    let rows: Vec<(usize, String)> = filled.iter().filter_map(|at| Some((*at, spaced(&sheet.lines[*at])?))).collect();
    if rows.len() > 1 && rows.len() * 2 >= filled.len() {
        let at: Vec<usize> = rows.iter().map(|(at, _)| *at).collect();
        sheet.explain("options", "rows of letters that no space sets off", "on these lines", &at);
        for (at, line) in rows {
            sheet.lines[at] = line;
        }
    }
    let counted = counted(sheet, &filled);
    for at in &counted {
        let line = sheet.lines[*at].trim().to_owned();
        if let Some((number, text)) = line.split_once(' ') {
            sheet.lines[*at] = format!("{number}. {}", text.trim_start());
        }
    }
    if !counted.is_empty() {
        sheet.explain("numbers", "before a space", "they count the lines above options", &counted);
    }
}

/// The line with a space after each of its letters, if three or more are in order.
fn spaced(line: &str) -> Option<String> {
    let mut found: Vec<usize> = Vec::new();
    let bytes = line.as_bytes();
    for at in 0..bytes.len().saturating_sub(2) {
        let letter = bytes[at].to_ascii_lowercase();
        let due = b'a' + u8::try_from(found.len()).ok()?;
        let begins = at > 0 && bytes[at - 1] == b' ';
        let tight = matches!(bytes[at + 1], b'.' | b')') && !bytes[at + 2].is_ascii_whitespace();
        if letter == due && begins && tight {
            found.push(at + 2);
        }
    }
    if found.len() < FEWEST {
        return None;
    }
    let mut spaced = String::with_capacity(line.len() + found.len());
    let mut from = 0;
    for end in found {
        spaced.push_str(line.get(from..end)?);
        spaced.push(' ');
        from = end;
    }
    spaced.push_str(line.get(from..)?);
    Some(spaced)
}

/// Lines that begin with numbers from 1 on and a capital, each right above an option A, if no other numbers count.
fn counted(sheet: &Sheet<'_>, filled: &[usize]) -> Vec<usize> {
    let mut found = Vec::new();
    for pair in filled.windows(2) {
        let (text, below) = (sheet.lines[pair[0]].trim(), sheet.lines[pair[1]].trim());
        if question_number(text).is_some() {
            return Vec::new();
        }
        let Some((number, rest)) = text.split_once(' ') else { continue };
        let first =
            below.strip_prefix(['A', 'a', '(']).is_some_and(|rest| rest.starts_with(['.', ')', ' ', 'A', 'a', '\t']));
        let due = number.parse::<usize>().is_ok_and(|number| number == found.len() + 1);
        if due && first && rest.trim_start().starts_with(char::is_uppercase) {
            found.push(pair[0]);
        }
    }
    Some(found).filter(|found| found.len() > 1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::tidy;

    fn tidied(text: &str) -> Vec<String> {
        tidy(&text.lines().map(str::to_owned).collect::<Vec<_>>(), 0).lines
    }

    #[test]
    fn tight_letters_and_bare_numbers_are_set_off() {
        let tight = "1.Red? a.sky b.blood c.grass Ans:b\n2.Green? a.sky b.blood c.grass Ans:c";
        assert_eq!(tidied(tight)[0], "1.Red? a. sky b. blood c. grass Ans:b");
        let bare = "1 Which is red?\nA. sky\nB. blood\n\n2 Which is green?\nA. grass\nB. milk";
        assert_eq!((tidied(bare)[0].as_str(), tidied(bare)[4].as_str()), ("1. Which is red?", "2. Which is green?"));
    }

    #[test]
    fn numbers_in_sentences_stay() {
        for text in ["3 Men in a boat\nA. one\nB. two", "1. What?\nA. a\nB. b\n1 Apple is what?\nA. a\nB. b"] {
            assert_eq!(tidied(text), text.lines().collect::<Vec<_>>());
        }
    }
}
