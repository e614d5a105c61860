//! hashcards: Markdown with `Q:`, `A:` and `C:` at the beginning of lines, `---` between cards, and TOML above them.

use super::{CardCollector, Deletions, NO_BACK, Signs, card, cloze, supermemo};
use crate::bank::collect::Collected;
use crate::bank::defect::Defect;
use crate::bank::format::FormatFit;
use crate::bank::lines::label::{bullet, label};
use crate::bank::source::Source;
use crate::bank::{BankQuestion, Refusal};
use crate::model::Markup;

#[derive(Debug, Default, PartialEq)]
struct HashcardsPart {
    line: usize,
    front: Option<String>,
    back: Option<String>,
    cloze: Option<String>,
    /// Whether it has a second line `A:`.
    again: bool,
}

impl HashcardsPart {
    fn is_good(&self) -> bool {
        !self.again && (self.front.is_some() && self.back.is_some() || self.cloze.is_some())
    }

    /// The text that the next line continues.
    fn last(&mut self) -> Option<&mut String> {
        self.cloze.as_mut().or(self.back.as_mut()).or(self.front.as_mut())
    }
}

/// The parts of the file, and the lines outside of them.
fn parts(lines: &[String], skip: usize) -> (Vec<HashcardsPart>, Vec<usize>) {
    let mut parts: Vec<HashcardsPart> = Vec::new();
    let mut stray = Vec::new();
    let mut open = false;
    for (line, text) in (1..).zip(lines).skip(skip) {
        let after = |sign: &str| text.strip_prefix(sign).map(|rest| rest.trim().to_owned());
        if let Some(front) = after("Q:") {
            parts.push(HashcardsPart { line, front: Some(front), ..HashcardsPart::default() });
            open = true;
        } else if let Some(cloze) = after("C:") {
            parts.push(HashcardsPart { line, cloze: Some(cloze), ..HashcardsPart::default() });
            open = true;
        } else if let Some(back) = after("A:") {
            match parts.last_mut().filter(|part| open && part.cloze.is_none()) {
                Some(part) if part.back.is_none() => part.back = Some(back),
                Some(part) => part.again = true,
                None => parts.push(HashcardsPart { line, back: Some(back), ..HashcardsPart::default() }),
            }
            open = true;
        } else if text.trim() == "---" {
            open = false;
        } else if let Some(last) = parts.last_mut().filter(|_| open).and_then(HashcardsPart::last) {
            last.extend(["\n", text]);
        } else if !text.trim().is_empty() {
            stray.push(line);
        }
    }
    (parts, stray)
}

/// Whether the text is hashcards', rather than loose text that says `Q:` and `A:` around its options.
pub(in crate::bank) fn explains(source: &Source<'_>) -> Option<FormatFit> {
    let begins = |line: &String| line.starts_with("Q:") || line.starts_with("C:");
    if !source.body().iter().any(begins) || supermemo::is_text(source.lines()) {
        return None;
    }
    let (_, skip) = name(source.lines(), source.skip).ok()?;
    let (parts, stray) = parts(source.lines(), skip);
    // If most questions have a `B:` or an answer line as well as `A:`, these are letters of options.
    let keys = ["B:", "D:", "Answer:", "ANSWER:", "Correct answer"];
    let keyed = |line: &&String| keys.iter().any(|key| line.trim_start().starts_with(key));
    let keyed = source.lines()[skip..].iter().filter(keyed).count();
    let named = |part: &HashcardsPart| {
        part.front.as_deref().zip(part.back.as_deref()).is_some_and(|(front, back)| names_option(front, back))
    };
    let good = parts.iter().filter(|part| part.is_good()).count();
    if keyed * 2 >= parts.len() || parts.iter().any(named) || good * 2 <= parts.len() {
        return None;
    }
    // hashcards knows no headings; those right above questions are topics of another format.
    let texts = || source.lines()[skip..].iter().filter(|line| !line.trim().is_empty());
    let heads = |(above, line): (&String, &String)| {
        above.trim_start_matches('#').starts_with(' ') && above.starts_with('#') && line.starts_with("Q:")
    };
    if texts().zip(texts().skip(1)).any(heads) {
        return None;
    }
    let whole = stray.is_empty() && parts.iter().all(HashcardsPart::is_good);
    Some(if whole || skip > source.skip { FormatFit::Sure } else { FormatFit::Likely })
}

/// Whether the answer names one of several options in the question, so that this is no card.
pub(super) fn names_option(front: &str, back: &str) -> bool {
    let options: Vec<&str> = front.lines().skip(1).filter_map(option).collect();
    let answer = back.trim().trim_end_matches(['.', ')']);
    let letter = answer.len() == 1 && answer.bytes().all(|byte| byte.is_ascii_alphanumeric());
    options.len() > 1 && (letter || options.contains(&answer) || label(back.trim()).is_some())
}

fn option(line: &str) -> Option<&str> {
    let text = bullet(line.trim()).unwrap_or(line.trim());
    let text = ["[ ]", "[x]", "[X]"].iter().find_map(|sign| text.strip_prefix(sign)).unwrap_or(text);
    match label(text) {
        Some(label) => Some(label.rest),
        None => (text.len() < line.trim().len()).then(|| text.trim()),
    }
}

/// The name of the deck in the TOML at the top, and the number of lines before the cards.
fn name(lines: &[String], skip: usize) -> Result<(Option<String>, usize), Refusal> {
    let refuse = |line: usize, what: &str| {
        Refusal::new(
            format!("line {line}: the front matter block {what}"),
            "write `name = \"…\"` between two lines of `---`",
        )
    };
    let Some(first) = lines.iter().position(|line| !line.trim().is_empty()).filter(|first| *first >= skip) else {
        return Ok((None, skip));
    };
    let setting =
        |line: &String| line.split_once('=').is_some_and(|(key, _)| !key.contains([':', ' ']) || key.trim() == "name");
    if lines[first].trim() != "---" || !lines.get(first + 1).is_some_and(setting) {
        return Ok((None, skip));
    }
    let inside = &lines[first + 1..];
    let end =
        inside.iter().position(|line| line.trim() == "---").ok_or_else(|| refuse(first + 1, "is never closed"))?;
    let block: toml::Table = inside[..end].join("\n").parse().map_err(|_| refuse(first + 2, "is no TOML"))?;
    let name = block.get("name").and_then(toml::Value::as_str).map(|name| name.trim().to_owned());
    Ok((name.filter(|name| !name.is_empty()), first + end + 2))
}

/// Reads the cards. Fails when the block at the top cannot be read.
pub(in crate::bank) fn read_hashcards(source: &Source<'_>) -> Result<Collected, Refusal> {
    let lines = source.lines();
    let (name, skip) = name(lines, source.skip)?;
    let (parts, stray) = parts(lines, skip);
    let mut cards = CardCollector::new(lines);
    cards.deck = name;
    stray.into_iter().for_each(|line| cards.stray(line));
    for HashcardsPart { line, front, back, cloze: text, again } in parts {
        let markup = Markup::Markdown;
        match (text, front, back) {
            (Some(text), ..) => {
                let deletions = Deletions::count_in(&text, Signs::Brackets);
                cards.cloze(BankQuestion { markup, ..cloze(line, &text) }, deletions);
            }
            _ if again => cards.reject(line, Defect::TwoBacks),
            (None, Some(front), Some(back)) => cards.card(BankQuestion { markup, ..card(line, &front, &back) }),
            (None, Some(_), None) => cards.reject(line, NO_BACK),
            (None, None, _) => cards.reject(line, Defect::NoFrontAbove),
        }
    }
    Ok(cards.finish())
}
