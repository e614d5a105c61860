//! Bytes to lines: encodings, line ends, and invisible characters.

use std::borrow::Cow;

use super::Refusal;
use crate::model::limits::{FILE_LINES, LINE_BYTES};

const LONGEST_LINE: usize = LINE_BYTES.most as usize;

/// A text and the encoding that it was read in.
#[derive(Debug, PartialEq)]
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    /// `utf-8`, `utf-8-bom`, `utf-16le`, `windows-1251` …; two joined by `+` if single lines differ from the rest.
    pub(super) encoding: String,
    /// The first line that was not UTF-8 and had to be guessed.
    pub(super) guessed: Option<usize>,
}

/// Decodes UTF-8 and UTF-16, with or without a byte-order mark. Older encodings are guessed from their letters, line by
/// line if a file mixes them with UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new("the file is empty", "a bank holds questions with options: see `retain help banks`"));
    }
    let decoded = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => eight_bits(rest, "utf-8-bom")?,
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes, "utf-16le")?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes, "utf-16be")?,
        _ => match zeros(bytes) {
            [0, 0] => eight_bits(bytes, "utf-8")?,
            // Half of the bytes of Western text in UTF-16 are zero, all in even or all in odd places.
            [even, odd] if odd > bytes.len() / 8 && even * 8 < odd => utf16(bytes, u16::from_le_bytes, "utf-16le")?,
            [even, odd] if even > bytes.len() / 8 && odd * 8 < even => utf16(bytes, u16::from_be_bytes, "utf-16be")?,
            _ => return Err(binary()),
        },
    };
    if decoded.text.trim().is_empty() {
        return Err(Refusal::new(
            "the file holds nothing but white space",
            "a bank holds questions with options: see `retain help banks`",
        ));
    }
    // The lines of a text are kept one by one.
    if ends(&decoded.text) > FILE_LINES.most as usize {
        return Err(Refusal::new(
            format!("the file has more than {} lines", FILE_LINES.figure()),
            "is this the right file? If it is, part it into several banks",
        ));
    }
    // Data may be in one line, and XML holds whole pictures.
    let nested = decoded.text.trim_start().starts_with(['<', '[', '{']);
    match longest_line(&decoded.text).filter(|_| !nested) {
        Some(line) => Err(too_long(line)),
        None => Ok(decoded),
    }
}

/// The refusal of a text with a line that is too long.
pub(super) fn too_long(line: usize) -> Refusal {
    Refusal::new(
        format!("line {line} is longer than a mebibyte"),
        "a bank has a question or an option on each line; is this the right file?",
    )
}

/// How many signs that end a line a text has.
fn ends(text: &str) -> usize {
    text.bytes().filter(|byte| matches!(byte, b'\n' | b'\r')).count()
}

fn binary() -> Refusal {
    Refusal::new("the file is binary, not text", "save the bank as text in UTF-8")
}

fn zeros(bytes: &[u8]) -> [usize; 2] {
    let mut zeros = [0; 2];
    if !bytes.contains(&0) {
        return zeros;
    }
    for (place, byte) in bytes.iter().enumerate() {
        zeros[place % 2] += usize::from(*byte == 0);
    }
    zeros
}

fn eight_bits<'a>(bytes: &'a [u8], encoding: &str) -> Result<Decoded<'a>, Refusal> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.into(), encoding: encoding.into(), guessed: None });
    }
    if let Some(declared) = declared(bytes) {
        let text = declared.decode_without_bom_handling(bytes).0.into_owned();
        return Ok(Decoded { text: text.into(), encoding: declared.name().to_ascii_lowercase(), guessed: None });
    }
    let control = |byte: &&u8| **byte < b' ' && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a);
    if bytes.iter().filter(control).count() * 50 > bytes.len() {
        return Err(binary());
    }
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let odd: Vec<bool> = lines.iter().map(|line| std::str::from_utf8(line).is_err()).collect();
    let others = odd.iter().filter(|odd| **odd).count();
    let meant = lines.iter().zip(&odd).filter(|(line, odd)| !**odd && !line.is_ascii()).count();
    // Text of an older encoding is hardly ever valid UTF-8 by chance. So such lines show that the file is meant to be
    // UTF-8.
    let mixed = meant > others;
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    for (line, odd) in lines.iter().zip(&odd) {
        if *odd || !mixed {
            detector.feed(line, false);
        }
    }
    detector.feed(&[], true);
    let mut legacy = detector.guess(None, chardetng::Utf8Detection::Deny);
    // A few letters prove little: odd lines among Latin text are Western, even if they look otherwise.
    if mixed && is_latin(lines.iter().zip(&odd).filter(|(_, odd)| !**odd).map(|(line, _)| *line)) {
        legacy = encoding_rs::WINDOWS_1252;
    }
    let name = legacy.name().to_ascii_lowercase();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    for (line, odd) in lines.iter().zip(&odd) {
        match std::str::from_utf8(line) {
            Ok(line) if mixed && !odd => text.push_str(line),
            _ => text.push_str(&legacy.decode_without_bom_handling(line).0),
        }
    }
    let encoding = if mixed { format!("{encoding}+{name}") } else { name };
    let guessed = odd.iter().position(|odd| *odd).map(|place| place + 1);
    Ok(Decoded { text: text.into(), encoding, guessed })
}

/// The encoding that the first line of XML names, if it is compatible with ASCII.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes.trim_ascii_start().strip_prefix(b"<?xml")?;
    let head: String = head.iter().take(200).take_while(|byte| **byte != b'?').copied().map(char::from).collect();
    let name = head.split_once("encoding")?.1.split(['"', '\'']).nth(1)?;
    encoding_rs::Encoding::for_label(name.trim().as_bytes())
        .filter(|found| *found != encoding_rs::UTF_8 && found.is_ascii_compatible())
}

/// Whether the letters of these UTF-8 lines are Latin ones, all but a few.
fn is_latin<'a>(lines: impl Iterator<Item = &'a [u8]>) -> bool {
    let (mut latin, mut others) = (0_usize, 0_usize);
    for text in lines.filter_map(|line| std::str::from_utf8(line).ok()) {
        for char in text.chars().filter(|char| char.is_alphabetic()) {
            if char < '\u{250}' { latin += 1 } else { others += 1 }
        }
    }
    latin > others * 8
}

fn utf16<'a>(bytes: &'a [u8], unit: fn([u8; 2]) -> u16, encoding: &str) -> Result<Decoded<'a>, Refusal> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text: Result<String, _> = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect();
    match text {
        Ok(text) if rest.is_empty() => Ok(Decoded { text: text.into(), encoding: encoding.into(), guessed: None }),
        _ => Err(Refusal::new(format!("the file begins as {encoding}, but is not"), "save the bank as text in UTF-8")),
    }
}

pub(super) fn longest_line(text: &str) -> Option<usize> {
    // If every half of that length contains a line end, no line is too long.
    let ended = |stretch: &[u8]| stretch.contains(&b'\n') || stretch.contains(&b'\r');
    if text.as_bytes().chunks_exact(LONGEST_LINE / 2).all(ended) {
        return None;
    }
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

/// The line without invisible characters: zero-width characters, soft hyphens and byte-order marks are removed, other
/// spaces become plain ones.
pub(super) fn clean(line: &str) -> String {
    if line.bytes().all(|byte| byte.is_ascii() && byte != b'\t' && byte != 0) {
        return line.trim_end().to_owned();
    }
    let mut clean = String::with_capacity(line.len());
    for char in line.chars() {
        match char {
            '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\0' => {}
            '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{3000}' | '\t' => clean.push(' '),
            _ => clean.push(char),
        }
    }
    clean.truncate(clean.trim_end().len());
    // Marks of direction and joiners belong to words; before a line they hide its label.
    match clean.trim_start_matches(|char| matches!(char, '\u{200c}'..='\u{200f}')) {
        bare if bare.len() < clean.len() => bare.to_owned(),
        _ => clean,
    }
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
            assert_eq!(decode(&bytes), Ok(Decoded { text: text.into(), encoding: encoding.into(), guessed: None }));
        }
    }

    #[test]
    fn what_is_no_text_is_refused_in_words() {
        let message = |bytes: &[u8]| decode(bytes).expect_err("no text").message;
        assert_eq!(message(b""), "the file is empty");
        assert_eq!(message(b" \n\t\n"), "the file holds nothing but white space");
        assert_eq!(message(&[0, 1, 2, 0, 0, 0, 9, 0, 0, 4]), "the file is binary, not text");
        assert_eq!(message(b"\x89PNG\x01\x02\x03\xff\xfe\x04"), "the file is binary, not text");
        assert_eq!(message(&[0xff, 0xfe, 1]), "the file begins as utf-16le, but is not");
        assert_eq!(message(&vec![b'x'; LONGEST_LINE + 1]), "line 1 is longer than a mebibyte");
        let document = format!("<questestinterop>{}</questestinterop>", "x".repeat(LONGEST_LINE));
        assert!(decode(document.as_bytes()).is_ok(), "a document of a course system needs no lines");
    }

    #[test]
    fn too_many_lines_are_refused() {
        let refusal = decode(&b"x\n".repeat(5_000_001)).expect_err("too many");
        assert_eq!(refusal.message, "the file has more than 5,000,000 lines");
    }

    #[test]
    fn older_encodings_are_told_by_their_letters() {
        let russian = "Сколько будет дважды два?\n+ четыре\n- пять\n";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(russian);
        let decoded = decode(&bytes).expect("text");
        assert_eq!((&*decoded.text, decoded.encoding.as_str(), decoded.guessed), (russian, "windows-1251", Some(1)));
        // One line of a file that is UTF-8 throughout.
        let mixed = [&b"Gr\xc3\xbc\xc3\x9fe\nt\xc3\xa9l\xc3\xa9\n"[..], b"caf\xe9 noir\n"].concat();
        let decoded = decode(&mixed).expect("text");
        assert_eq!((&*decoded.text, decoded.guessed), ("Grüße\ntélé\ncafé noir\n", Some(3)));
        assert_eq!(decoded.encoding, "utf-8+windows-1252");
        // On its own, the odd line looks like another alphabet.
        let mixed = [&b"Ren\xc3\xa9e, Zo\xc3\xab\nt\xc3\xa9l\xc3\xa9\n"[..], b"Pen\xe9lope\n"].concat();
        assert_eq!(decode(&mixed).expect("text").text, "Renée, Zoë\ntélé\nPenélope\n");
    }

    #[test]
    fn xml_says_its_encoding() {
        let text = "<?xml version='1.0' encoding='windows-1250'?>\n<a>žluťoučký</a>\n";
        let (bytes, ..) = encoding_rs::WINDOWS_1250.encode(text);
        let decoded = decode(&bytes).expect("text");
        assert_eq!((&*decoded.text, decoded.encoding.as_str(), decoded.guessed), (text, "windows-1250", None));
    }

    #[test]
    fn lines_end_in_three_ways() {
        assert_eq!(lines("a\r\nb\rc\n\nd").collect::<Vec<_>>(), ["a", "b", "c", "", "d"]);
        assert_eq!(clean("\u{feff}\ta\u{a0}b\u{200b}  "), " a b");
    }
}
