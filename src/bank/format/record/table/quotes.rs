//! Quotation marks as people type them: behind a blank, or around one word of a cell.

use std::borrow::Cow;

/// The text with every cell quoted as in CSV: a blank before a quotation mark is dropped (`, "a, b"`), and if a cell
/// continues after its quotation mark (`"Hamlet" is by`), the marks are text.
pub(super) fn quoted(text: &str, delimiter: u8) -> Cow<'_, str> {
    if !text.contains('"') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let (mut out, mut copied, mut at) = (String::new(), 0, 0);
    while at < bytes.len() {
        let start = at;
        let open = start + blanks(&bytes[start..], delimiter);
        at = if bytes.get(open) == Some(&b'"') {
            let Some(end) = closing(bytes, open + 1) else { break };
            let behind = end + blanks(&bytes[end..], delimiter);
            if bytes.get(behind).is_none_or(|byte| *byte == delimiter || matches!(byte, b'\n' | b'\r')) {
                if open > start {
                    out.push_str(&text[copied..start]);
                    copied = open;
                }
                behind
            } else {
                let whole = start + cell(&bytes[start..], delimiter);
                let marks = bytes[start..whole].iter().filter(|byte| **byte == b'"').count();
                let around = around(bytes, open + 1, delimiter);
                // Marks that close in another cell are left to the rules of CSV.
                if let Some(close) = around {
                    out.push_str(&text[copied..start]);
                    out.extend(["\"", &doubled(&text[open + 1..close]), "\""]);
                    copied = close + 1;
                    close + 1 + blanks(&bytes[close + 1..], delimiter)
                } else {
                    if end <= whole && (marks.is_multiple_of(2) || !bytes[end..whole].ends_with(b"\"")) {
                        out.push_str(&text[copied..start]);
                        out.extend(["\"", &text[start..whole].trim().replace('"', "\"\""), "\""]);
                        copied = whole;
                    }
                    whole.max(end)
                }
            }
        } else {
            start + cell(&bytes[start..], delimiter)
        };
        at += 1;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// How many blanks there are.
fn blanks(bytes: &[u8], delimiter: u8) -> usize {
    bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t') && **byte != delimiter).count()
}

/// The end of the cell.
fn cell(bytes: &[u8], delimiter: u8) -> usize {
    bytes.iter().position(|byte| *byte == delimiter || *byte == b'\n').unwrap_or(bytes.len())
}

/// The mark that closes a cell with other marks as text (`"the word "sea", or none", b`): each that opens within it is
/// closed before, and the closing one ends the cell on the same line.
fn around(bytes: &[u8], from: usize, delimiter: u8) -> Option<usize> {
    let (mut depth, mut at) = (1_usize, from);
    loop {
        at += bytes[at..].iter().position(|byte| matches!(byte, b'"' | b'\n'))?;
        let next = bytes.get(at + 1);
        match bytes[at] {
            b'\n' => return None,
            _ if next == Some(&b'"') => at += 1,
            _ => {
                let behind = bytes.get(at + 1 + blanks(&bytes[at + 1..], delimiter));
                let ends = behind.is_none_or(|byte| *byte == delimiter || matches!(byte, b'\n' | b'\r'));
                let apart = matches!(bytes[at - 1], b' ' | b'(' | b'"') && !ends;
                depth = if apart { depth + 1 } else { depth - 1 };
                match (depth, ends) {
                    (0, true) => return Some(at),
                    (0, false) => return None,
                    _ => {}
                }
            }
        }
        at += 1;
    }
}

/// The text with each single quotation mark doubled.
fn doubled(text: &str) -> String {
    text.split("\"\"").map(|part| part.replace('"', "\"\"")).collect::<Vec<_>>().join("\"\"")
}

/// Behind the quotation mark that closes a cell; two of them are one within it.
fn closing(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == b'"')? + 1;
        if bytes.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_behind_blanks_open_cells() {
        for (text, wanted) in [
            ("a, \"b, c\" ,d\n", "a,\"b, c\" ,d\n"),
            ("\"a\", \"b\",  \n", "\"a\",\"b\",  \n"),
            ("\"Hamlet\" is by, x\n", "\"\"\"Hamlet\"\" is by\", x\n"),
            ("\"The word \"sea\":\", 1\n", "\"The word \"\"sea\"\":\", 1\n"),
            ("\"Hear \"one, two\", then:\", 1\n", "\"Hear \"\"one, two\"\", then:\", 1\n"),
            ("\"Yes\" or \"no\",b\n", "\"\"\"Yes\"\" or \"\"no\"\"\",b\n"),
            ("\"a, b\" c, \"d\"\n", "\"a, b\" c,\"d\"\n"),
            ("plain, x \"y\" z\n", "plain, x \"y\" z\n"),
            ("\"two \"\"q\"\" lines\n, more\",b\n", "\"two \"\"q\"\" lines\n, more\",b\n"),
            ("\"never closed, b\nc, \"d\n", "\"never closed, b\nc, \"d\n"),
        ] {
            assert_eq!(quoted(text, b','), wanted, "{text}");
        }
    }
}
