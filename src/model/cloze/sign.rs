//! The signs of deletions in each format, and their places in a text.

use std::ops::Range;

use super::gap;

/// A deletion is asked by at most so many cards besides the first.
const MOST_NUMBERS: usize = 50;

/// A deletion as a text writes it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FoundDeletion {
    /// All of it, signs included.
    pub(super) whole: Range<usize>,
    /// The deleted text, if it is in the text.
    pub(super) inside: Range<usize>,
    /// The text to fill in, if it is not in the text literally.
    pub(super) said: Option<String>,
    /// The hint shown in its place.
    pub(super) hint: Option<String>,
    /// Deletions of one number are left out together. It counts from 0; `None` if each is on its own.
    pub(super) number: Option<u32>,
}

/// The signs of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    /// Anki's: `{{c1::text::hint}}`, also within each other.
    Anki,
    /// Moodle's: `{1:SHORTANSWER:=Paris~=Lutetia}`.
    Moodle,
    /// Obsidian's: `==text==` and `{{text}}`, but for code and comparisons.
    Obsidian,
    /// Org's: `[text||hint]`, but for links, footnotes, dates, boxes and counts of done things.
    Org,
    /// Those of hashcards and Mnemosyne: `[text]`, but for pictures, links and escaped brackets.
    Brackets,
}

/// The deletions of a text in the signs of one format.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Finds {
    /// In the order in which they end; one may be in another.
    pub(super) found: Vec<FoundDeletion>,
    /// Whether one is empty or never closed.
    pub(super) broken: bool,
}

/// The deletions of a text whose format is unknown: the signs are tried from the least to the most likely to be meant
/// otherwise.
pub(super) fn find(text: &str) -> Vec<FoundDeletion> {
    let tries = [Signs::Anki, Signs::Moodle, Signs::Obsidian, Signs::Org, Signs::Brackets];
    tries.iter().map(|signs| find_in(text, *signs).found).find(|found| !found.is_empty()).unwrap_or_default()
}

/// The deletions of a text in the signs of this format.
pub(super) fn find_in(text: &str, signs: Signs) -> Finds {
    let mut finds = match signs {
        Signs::Anki => anki(text),
        Signs::Moodle => Finds { found: moodle(text), broken: false },
        Signs::Obsidian => obsidian(text),
        Signs::Org => brackets(text, true),
        Signs::Brackets => brackets(text, false),
    };
    let all = finds.found.len();
    finds.found.retain(|deletion| deletion.said.is_some() || !text[deletion.inside.clone()].trim().is_empty());
    finds.broken |= finds.found.len() < all;
    finds
}

fn anki(text: &str) -> Finds {
    let (mut found, mut open, mut at) = (Vec::new(), Vec::<(usize, usize, u32)>::new(), 0);
    while let Some(next) = text[at..].find(['{', '}']) {
        at += next;
        let rest = &text[at..];
        if let Some((length, number)) = opening(rest) {
            open.push((at, at + length, number));
            at += length;
        } else if rest.starts_with("}}") && !open.is_empty() {
            if let Some((from, inside, number)) = open.pop() {
                let (answer, hint) = hinted(text, inside..at, "::");
                found.push(FoundDeletion {
                    whole: from..at + 2,
                    inside: answer,
                    said: None,
                    hint,
                    number: Some(number),
                });
            }
            at += 2;
        } else {
            at += 1;
        }
    }
    Finds { found, broken: !open.is_empty() }
}

/// The length of `{{c1::` at the beginning of a text, and its number from 0.
fn opening(text: &str) -> Option<(usize, u32)> {
    let rest = text.strip_prefix("{{c")?;
    let numbers = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b',').count();
    let number: u32 = rest[..numbers].split(',').next()?.parse().ok()?;
    rest[numbers..].starts_with("::").then_some((5 + numbers, number.saturating_sub(1)))
}

/// The numbers of `{{c1,2::` behind the first, from 0: such a deletion is asked by several cards.
pub(super) fn other_numbers(text: &str) -> Vec<u32> {
    let Some(rest) = text.strip_prefix("{{c") else { return Vec::new() };
    let end = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b',').count();
    let numbers = rest[..end].split(',').skip(1).take(MOST_NUMBERS);
    numbers.filter_map(|number| number.parse::<u32>().ok()?.checked_sub(1)).collect()
}

/// Splits off the hint after the last `sign` outside inner deletions.
fn hinted(text: &str, inside: Range<usize>, sign: &str) -> (Range<usize>, Option<String>) {
    let said = &text[inside.clone()];
    let after_inner = said.rfind("}}").map_or(0, |at| at + 2);
    match said[after_inner..].find(sign) {
        Some(at) => {
            let end = after_inner + at;
            let hint = said[end + sign.len()..].trim();
            (inside.start..inside.start + end, Some(hint.to_owned()).filter(|hint| !hint.is_empty()))
        }
        None => (inside, None),
    }
}

fn moodle(text: &str) -> Vec<FoundDeletion> {
    let gaps = gap::placed(text).into_iter();
    gaps.map(|(whole, gap)| {
        let best = gap.answers.iter().map(|answer| answer.weight).fold(f64::NEG_INFINITY, f64::max);
        let full = |weight: f64| if gap.kind == gap::GapKind::Choices { weight > 0.0 } else { weight >= best.min(1.0) };
        let texts = |wanted: &dyn Fn(&gap::GapAnswer) -> bool| {
            let texts = gap.answers.iter().filter(|answer| wanted(answer)).map(|answer| answer.text.as_str());
            texts.collect::<Vec<_>>().join(" / ")
        };
        let picked = matches!(gap.kind, gap::GapKind::Choice | gap::GapKind::Choices);
        FoundDeletion {
            inside: whole.clone(),
            whole,
            said: Some(texts(&|answer| full(answer.weight))),
            hint: picked.then(|| texts(&|_| true)),
            number: None,
        }
    })
    .collect()
}

fn obsidian(text: &str) -> Finds {
    let (mut found, mut broken, mut at) = (Vec::new(), false, 0);
    let alone = |whole: Range<usize>, inside: Range<usize>| FoundDeletion {
        whole,
        inside,
        said: None,
        hint: None,
        number: None,
    };
    while let Some(next) = text[at..].find(['=', '{', '`']) {
        at += next;
        let rest = &text[at..];
        if let Some(code) = rest.strip_prefix('`') {
            at += code.find('`').map_or(rest.len(), |end| end + 2);
        } else if rest.starts_with("==") {
            let run = rest.bytes().take_while(|byte| *byte == b'=').count();
            let inside = &rest[run..];
            let begins = run == 2
                && inside.starts_with(|char: char| !char.is_whitespace())
                && !text[..at].ends_with(char::is_alphanumeric);
            let end = if begins { inside.find("==") } else { None };
            at += run;
            if let Some(end) = end {
                found.push(alone(at - 2..at + end + 2, at..at + end));
                at += end + 2;
            }
        } else if let Some(inside) = rest.strip_prefix("{{") {
            let Some(end) = inside.find("}}") else {
                broken = true;
                break;
            };
            found.push(alone(at..at + end + 4, at + 2..at + 2 + end));
            at += end + 4;
        } else {
            at += 1;
        }
    }
    Finds { found, broken }
}

fn brackets(text: &str, org: bool) -> Finds {
    let (mut found, mut open, mut at) = (Vec::new(), None::<usize>, 0);
    while let Some(next) = text[at..].find(['[', ']', '\\', '!']) {
        at += next;
        let rest = &text[at..];
        let past = |end: &str| rest.find(end).map(|place| at + place + end.len());
        let skipped = match rest.as_bytes() {
            [b'\\', b'[' | b']', ..] => Some(at + 2),
            [b'!', b'[', ..] => past("]").or(Some(text.len())),
            [b'[', b'[', ..] => past("]]"),
            [b'\\' | b'!', ..] => Some(at + 1),
            _ => None,
        };
        if let Some(end) = skipped {
            at = end;
            continue;
        }
        if rest.starts_with('[') {
            open = Some(at + 1);
        } else if let Some(from) = open.take()
            && !rest.starts_with("](")
            && !(org && means_something_in_org(&text[from..at]))
        {
            let (inside, hint) = hinted(text, from..at, "||");
            found.push(FoundDeletion { whole: from - 1..at + 1, inside, said: None, hint, number: None });
        }
        at += 1;
    }
    // In Org a bracket alone is a bracket.
    Finds { found, broken: open.is_some() && !org }
}

/// Whether the text in brackets is a box, a date, a count of done items or a footnote of Org.
fn means_something_in_org(inside: &str) -> bool {
    let date = inside.len() >= 10
        && inside.bytes().take(10).enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let count = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit() || b"/%".contains(&byte));
    let done = count && inside.contains(['/', '%']);
    inside.trim().is_empty() || inside == "X" || inside == "-" || date || done || inside.starts_with("fn:")
}
