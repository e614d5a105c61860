//! Options in one cell of a table: a list of data, lines, or texts with a separator.

use super::{RecordOption, inline};

/// The options of a cell. A separator counts only if it makes two or more.
pub(in crate::bank) fn options(cell: &str) -> Vec<RecordOption> {
    // Each may have its label (`A) red B) blue`).
    let in_line = || inline::in_line(&format!(": {cell} ")).map(|(_, options)| options);
    if let Some(labelled) = inline::options(cell).or_else(in_line) {
        return labelled;
    }
    let texts = data(cell).unwrap_or_else(|| {
        let signs = ["\n", "|", ";", " / ", ","];
        let parts = |sign: &str| cell.split(sign).map(str::trim).filter(|part| !part.is_empty()).count();
        let sign = signs.into_iter().find(|sign| parts(sign) > 1).unwrap_or("\n");
        cell.split(sign).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    });
    texts.iter().map(|text| RecordOption::new(text, false)).collect()
}

/// A list as JSON or Python write it: `["a", "b"]`, `['a', "b's"]`.
pub(in crate::bank) fn data(cell: &str) -> Option<Vec<String>> {
    if let Ok(texts) = serde_json::from_str::<Vec<String>>(cell) {
        return Some(texts);
    }
    let mut rest = cell.trim().strip_prefix('[')?.strip_suffix(']')?.trim_start();
    let mut texts = Vec::new();
    while !rest.is_empty() {
        let quote = rest.chars().next().filter(|char| matches!(char, '\'' | '"'))?;
        let mut text = String::new();
        let mut chars = rest[1..].char_indices();
        let end = loop {
            match chars.next()? {
                (_, '\\') => text.push(chars.next()?.1),
                (at, char) if char == quote => break at + 2,
                (_, char) => text.push(char),
            }
        };
        texts.push(text);
        rest = rest[end..].trim_start_matches([' ', '\n']);
        // NumPy leaves the commas out.
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    Some(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_lists() {
        for cell in [
            r#"["red", "green, or so"]"#,
            "['red', 'green, or so']",
            "['red' 'green, or so']",
            "red\ngreen, or so",
            "red | green, or so",
            "red; green, or so",
            "A) red B) green, or so",
            "1. red\n2. green, or so",
        ] {
            let texts: Vec<String> = options(cell).into_iter().map(|option| option.text).collect();
            assert_eq!(texts, ["red", "green, or so"], "{cell}");
        }
        assert_eq!(options("['unclosed").len(), 1);
        assert_eq!(options(r"['it\'s', 'é']")[0].text, "it's");
    }
}
