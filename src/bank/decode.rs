//! Bytes to lines: encodings, line ends, and white space that nobody sees.

use super::Refusal;

/// A longer line is no text of a bank; it is refused rather than searched.
const LONGEST_LINE: usize = 1 << 20;

/// A text and the encoding that it was read in.
#[derive(Debug, PartialEq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: &'static str,
}

/// Decodes UTF-8 and UTF-16, with and without a byte-order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Refusal> {
    if bytes.is_empty() {
        return Err(refuse("the file is empty", "a bank holds questions with options: see `docs/banks.md`"));
    }
    let decoded = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest, "utf-8-bom")?,
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes, "utf-16le")?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes, "utf-16be")?,
        _ => match zeros(bytes) {
            [0, 0] => utf8(bytes, "utf-8")?,
            // Half of the bytes of Western text in UTF-16 are zero, all in even or all in odd places.
            [even, odd] if odd > bytes.len() / 8 && even * 8 < odd => utf16(bytes, u16::from_le_bytes, "utf-16le")?,
            [even, odd] if even > bytes.len() / 8 && odd * 8 < even => utf16(bytes, u16::from_be_bytes, "utf-16be")?,
            _ => return Err(refuse("the file is binary, not text", "save the bank as text in UTF-8")),
        },
    };
    if decoded.text.trim().is_empty() {
        return Err(refuse(
            "the file holds nothing but white space",
            "a bank holds questions with options: see `docs/banks.md`",
        ));
    }
    match longest_line(&decoded.text) {
        Some(line) => Err(refuse(
            &format!("line {line} is longer than a mebibyte"),
            "a bank has a question or an option on each line; is this the right file?",
        )),
        None => Ok(decoded),
    }
}

fn refuse(message: &str, hint: &str) -> Refusal {
    Refusal { message: message.into(), hint: Some(hint.into()), problems: Vec::new() }
}

fn zeros(bytes: &[u8]) -> [usize; 2] {
    let mut zeros = [0; 2];
    for (place, byte) in bytes.iter().enumerate() {
        zeros[place % 2] += usize::from(*byte == 0);
    }
    zeros
}

fn utf8(bytes: &[u8], encoding: &'static str) -> Result<Decoded, Refusal> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text: text.into(), encoding }),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            Err(refuse(
                &format!("line {line} is not UTF-8 (byte {})", error.valid_up_to() + 1),
                "save the bank as text in UTF-8",
            ))
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, encoding: &'static str) -> Result<Decoded, Refusal> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text: Result<String, _> = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect();
    match text {
        Ok(text) if rest.is_empty() => Ok(Decoded { text, encoding }),
        _ => Err(refuse(&format!("the file begins as {encoding}, but is not"), "save the bank as text in UTF-8")),
    }
}

fn longest_line(text: &str) -> Option<usize> {
    lines(text).position(|line| line.len() > LONGEST_LINE).map(|place| place + 1)
}

/// The lines of a text, ended by LF, CRLF or CR.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find(['\n', '\r']) else {
            rest = None;
            return (!text.is_empty()).then_some(text);
        };
        let ended = if text[end..].starts_with("\r\n") { end + 2 } else { end + 1 };
        rest = Some(&text[ended..]);
        Some(&text[..end])
    })
}

/// The line without what nobody sees: zero-width characters and byte-order marks go, other spaces become plain ones.
pub(super) fn clean(line: &str) -> String {
    if line.is_ascii() && !line.contains(['\t', '\0']) {
        return line.trim_end().to_owned();
    }
    let mut clean = String::with_capacity(line.len());
    for char in line.chars() {
        match char {
            '\u{200b}' | '\u{2060}' | '\u{feff}' | '\0' => {}
            '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{3000}' | '\t' => clean.push(' '),
            _ => clean.push(char),
        }
    }
    clean.truncate(clean.trim_end().len());
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_of(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn encodings_are_told_apart() {
        let text = "What?\nA. yes\n";
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), "utf-8"),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), "utf-8-bom"),
            ([vec![0xff, 0xfe], utf16_of(text, u16::to_le_bytes)].concat(), "utf-16le"),
            ([vec![0xfe, 0xff], utf16_of(text, u16::to_be_bytes)].concat(), "utf-16be"),
            (utf16_of(text, u16::to_le_bytes), "utf-16le"),
            (utf16_of(text, u16::to_be_bytes), "utf-16be"),
        ] {
            assert_eq!(decode(&bytes), Ok(Decoded { text: text.into(), encoding }));
        }
    }

    #[test]
    fn what_is_no_text_is_refused_in_words() {
        let message = |bytes: &[u8]| decode(bytes).expect_err("no text").message;
        assert_eq!(message(b""), "the file is empty");
        assert_eq!(message(b" \n\t\n"), "the file holds nothing but white space");
        assert_eq!(message(&[0, 1, 2, 0, 0, 0, 9, 0, 0, 4]), "the file is binary, not text");
        assert_eq!(message(b"good\nb\xffd"), "line 2 is not UTF-8 (byte 7)");
        assert_eq!(message(&[0xff, 0xfe, 1]), "the file begins as utf-16le, but is not");
        assert_eq!(message(&vec![b'x'; LONGEST_LINE + 1]), "line 1 is longer than a mebibyte");
    }

    #[test]
    fn lines_end_in_three_ways() {
        assert_eq!(lines("a\r\nb\rc\n\nd").collect::<Vec<_>>(), ["a", "b", "c", "", "d"]);
        assert_eq!(clean("\u{feff}\ta\u{a0}b\u{200b}  "), " a b");
    }
}
