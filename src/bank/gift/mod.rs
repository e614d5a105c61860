//! GIFT, Moodle's text format: `::name:: stem {answers}`, with all its kinds, and the missing-word format that is part of it.

use super::collect::{Collector, Rejected, category};
use super::text::Read;
use super::text::label::{bullet, label};
use super::{BankOption, BankQuestion};
use crate::model::{KeyOrigin, Kind, Markup};

/// A gap in a stem whose answer stands within it.
const BLANK: &str = "_____";

/// A paragraph of the file: a question or a category.
struct Part {
    line: usize,
    text: String,
    /// What the comments above it say: `[id:7]`, `[tag:x]`.
    notes: String,
}

/// Whether most paragraphs of the text are GIFT.
pub(super) fn explains(lines: &[String]) -> bool {
    let parts = parts(lines, 0);
    let (mut signs, mut others) = (0, 0);
    for part in &parts {
        let text = part.text.trim();
        let named = text.starts_with("::") || text.starts_with("$CATEGORY");
        let format = FORMATS.iter().any(|format| text.starts_with(format));
        let braces = braces(text).is_some_and(|(from, to)| {
            let inside = text[from + 1..to].trim();
            let word = inside.split('#').next().unwrap_or_default().trim();
            inside.is_empty()
                || inside.starts_with(['=', '~', '%'])
                // `{#q1}` is an identity of loose text.
                || inside.strip_prefix('#').is_some_and(|rest| rest.trim_start().starts_with(|char: char| !char.is_alphabetic()))
                || ["T", "F", "TRUE", "FALSE"].iter().any(|known| known.eq_ignore_ascii_case(word))
        });
        if named || format || braces { signs += 1 } else { others += 1 }
    }
    let labelled = lines.iter().filter(|line| label(bullet(line.trim()).unwrap_or(line.trim())).is_some()).count();
    signs > 0 && signs >= others && labelled < signs * 2
}

/// Reads the lines; the first `skip` are front matter.
pub(super) fn read(lines: &[String], skip: usize) -> Read {
    let mut collector = Collector::new(lines);
    let mut filed: Option<String> = None;
    for part in parts(lines, skip) {
        match part.text.trim().strip_prefix("$CATEGORY") {
            Some(path) => filed = Some(path.trim_start_matches(':').trim().to_owned()),
            None => collector.take(part.line, question(&part, filed.as_deref())),
        }
    }
    collector.finish()
}

/// Paragraphs, parted by blank lines outside of braces; comments go, but for what they note.
fn parts(lines: &[String], skip: usize) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut open: Option<Part> = None;
    let mut notes = String::new();
    let mut depth = false;
    for (number, line) in (1..).zip(lines).skip(skip) {
        let text = line.trim();
        if text.starts_with("//") {
            notes.push_str(text);
            continue;
        }
        let begins = text.starts_with("::") || text.starts_with("$CATEGORY");
        if (text.is_empty() && !depth) || (begins && depth && open.is_some()) || (begins && text.starts_with('$')) {
            parts.extend(open.take());
            depth = false;
        }
        if text.is_empty() && open.is_none() {
            continue;
        }
        let part =
            open.get_or_insert_with(|| Part { line: number, text: String::new(), notes: std::mem::take(&mut notes) });
        part.text.push_str(line);
        part.text.push('\n');
        depth = inside_after(line, depth);
        if text.starts_with("$CATEGORY") {
            parts.extend(open.take());
        }
    }
    parts.extend(open);
    parts
}

/// Whether a line that begins inside of braces (or not) ends inside.
fn inside_after(line: &str, mut inside: bool) -> bool {
    let mut escaped = false;
    for char in line.chars() {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => inside = true,
            '}' => inside = false,
            _ => {}
        }
    }
    inside
}

/// The places of the first brace that is not escaped and of the one that closes it.
fn braces(text: &str) -> Option<(usize, usize)> {
    let from = find(text, '{')?;
    Some((from, from + find(&text[from..], '}')?))
}

/// Where a sign stands that is not escaped.
fn find(text: &str, sign: char) -> Option<usize> {
    let mut escaped = false;
    for (at, char) in text.char_indices() {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if char == sign => return Some(at),
            _ => {}
        }
    }
    None
}

const FORMATS: [&str; 4] = ["[html]", "[markdown]", "[plain]", "[moodle]"];

fn formatted(text: &str) -> &str {
    let text = text.trim();
    FORMATS.iter().find_map(|format| text.strip_prefix(format)).unwrap_or(text).trim_start()
}

/// The format that a question names; Moodle's own is HTML for the most part.
fn markup(text: &str) -> Markup {
    match text.trim() {
        text if text.starts_with("[markdown]") => Markup::Markdown,
        text if text.starts_with("[plain]") => Markup::Plain,
        _ => Markup::Html,
    }
}

/// Text without escapes and without the name of its format.
fn plain(text: &str) -> String {
    let text = formatted(text);
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some(sign @ ('~' | '=' | '#' | '{' | '}' | ':' | '\\')) => out.push(sign),
                Some(other) => out.extend(['\\', other]),
                None => out.push('\\'),
            },
            _ => out.push(char),
        }
    }
    out.trim().to_owned()
}

fn question(part: &Part, filed: Option<&str>) -> Result<BankQuestion, Rejected> {
    let mut text = part.text.trim();
    if let Some(rest) = text.strip_prefix("::")
        && let Some(end) = name_end(rest)
    {
        text = rest[end + 2..].trim_start();
    }
    let (mut id, mut tags, mut key_rule) = (None, Vec::new(), None);
    for (name, value) in noted(&part.notes) {
        match name {
            "id:" => id = Some(value),
            "declared:" => key_rule = Some(value),
            _ => tags.push(value),
        }
    }
    let mut question = BankQuestion {
        line: part.line + part.text[..part.text.len() - part.text.trim_start().len()].matches('\n').count(),
        id,
        kind: Kind::Open,
        topic: filed.and_then(category),
        category: filed.map(str::to_owned),
        key: if key_rule.is_some() { KeyOrigin::Declared } else { KeyOrigin::Marked },
        key_rule,
        tags,
        markup: markup(text),
        ..BankQuestion::default()
    };
    let Some((from, to)) = braces(text) else {
        if find(text, '{').is_some() {
            return Err(("unclosed-answers", "these answers are never closed", "end them with `}`"));
        }
        question.stem = plain(text);
        return Ok(question);
    };
    let (before, inside, after) = (&text[..from], text[from + 1..to].trim(), text[to + 1..].trim());
    question.stem =
        if after.is_empty() { plain(before) } else { plain(&format!("{before}{BLANK}{}", &text[to + 1..])) };
    let (inside, general) =
        inside.split_once("####").map_or((inside, None), |(inside, general)| (inside, Some(general)));
    question.explanation = general.map(plain).filter(|text| !text.is_empty());
    answers(&mut question, inside.trim())?;
    if question.stem.is_empty() && question.kind.has_choices() {
        return Err(("no-stem", "these answers have no question", "write the question before them"));
    }
    Ok(question)
}

/// What comments note, as `[id:7]` and `[tag:x]`, and `[declared:--key first]` of our own; a closing bracket within stands behind a backslash, as Moodle has it.
fn noted(notes: &str) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let mut rest = notes;
    while let Some(open) = rest.find('[') {
        rest = &rest[open + 1..];
        let Some(name) = ["id:", "tag:", "declared:"].into_iter().find(|name| rest.starts_with(name)) else { continue };
        let end = rest.match_indices(']').map(|(end, _)| end).find(|end| !rest[..*end].ends_with('\\'));
        let Some(end) = end else { break };
        let value = rest[name.len()..end].replace("\\]", "]").trim().to_owned();
        if !value.is_empty() {
            found.push((name, value));
        }
        rest = &rest[end..];
    }
    found
}

/// Where the name of a question ends: at colons that are not escaped.
fn name_end(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + find(&text[from..], ':')?;
        if text[at + 1..].starts_with(':') {
            return Some(at);
        }
        from = at + 1;
    }
}

fn answers(question: &mut BankQuestion, inside: &str) -> Result<(), Rejected> {
    if inside.is_empty() {
        return Ok(());
    }
    if let Some(numbers) = inside.strip_prefix('#') {
        question.kind = Kind::Numeric;
        return numeric(question, numbers.trim());
    }
    let mut words = split(inside, '#').into_iter();
    let truth = words.next().map(|word| word.trim().to_ascii_uppercase()).unwrap_or_default();
    if matches!(truth.as_str(), "T" | "TRUE" | "F" | "FALSE") {
        let right = truth.starts_with('T');
        // The first feedback is for the wrong answer, the second for the right one.
        let mut feedback = words.map(plain).map(|text| Some(text).filter(|text| !text.is_empty()));
        let (wrong, good) = (feedback.next().flatten(), feedback.next().flatten());
        question.kind = Kind::TrueFalse;
        question.options = [("True", right), ("False", !right)]
            .map(|(text, correct)| BankOption {
                text: text.into(),
                correct,
                feedback: if correct { good.clone() } else { wrong.clone() },
                ..BankOption::default()
            })
            .into();
        return Ok(());
    }
    let marked = marked(inside);
    if marked.is_empty() {
        // A single right word needs no sign.
        question.kind = Kind::Short;
        question.options = vec![option('=', inside)];
        return Ok(());
    }
    let all_right = marked.iter().all(|(sign, _)| *sign == '=');
    if all_right && marked.iter().all(|(_, text)| text.contains("->")) {
        question.kind = Kind::Match;
        question.options = marked.iter().map(|(_, text)| pair(text)).collect();
        return if question.options.len() < 2 {
            Err(("few-pairs", "one pair alone cannot be matched", "give it at least two"))
        } else {
            Ok(())
        };
    }
    question.options = marked.iter().map(|(sign, text)| option(*sign, text)).collect();
    if all_right {
        question.kind = Kind::Short;
        return Ok(());
    }
    let single = marked.iter().any(|(sign, _)| *sign == '=');
    for option in &mut question.options {
        let weight = option.weight.unwrap_or(0.0);
        option.correct = if single { weight >= 1.0 } else { weight > 0.0 };
    }
    let right = question.correct().len();
    question.kind = if right > 1 || !single { Kind::Multiple } else { Kind::Single };
    match (question.options.len(), right) {
        (0 | 1, _) => Err(("one-option", "the question has one option only", "give it at least two")),
        (_, 0) => Err(("no-answer", "no option of this question is right", "begin the right one with `=`")),
        _ => Ok(()),
    }
}

/// The answers with the signs before them.
fn marked(inside: &str) -> Vec<(char, &str)> {
    let mut found: Vec<(char, &str)> = Vec::new();
    let mut begun: Option<(char, usize)> = None;
    let mut escaped = false;
    for (at, char) in inside.char_indices() {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '=' | '~' => {
                found.extend(begun.map(|(sign, from)| (sign, &inside[from..at])));
                begun = Some((char, at + 1));
            }
            _ => {}
        }
    }
    found.extend(begun.map(|(sign, from)| (sign, &inside[from..])));
    found
}

/// Parts between signs that are not escaped.
fn split(text: &str, sign: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = find(rest, sign) {
        parts.push(&rest[..at]);
        rest = &rest[at + sign.len_utf8()..];
    }
    parts.push(rest);
    parts
}

/// A share of the mark before an answer: `%50%`.
fn weighed(text: &str) -> (Option<f64>, &str) {
    let text = text.trim_start();
    let found = text.strip_prefix('%').and_then(|rest| {
        let (number, rest) = rest.split_once('%')?;
        Some((number.trim().parse::<f64>().ok().filter(|share| share.is_finite())? / 100.0, rest))
    });
    found.map_or((None, text), |(weight, rest)| (Some(weight), rest))
}

fn option(sign: char, text: &str) -> BankOption {
    let (weight, rest) = weighed(text);
    let mut parts = split(rest, '#').into_iter();
    let text = plain(parts.next().unwrap_or_default());
    let feedback = parts.map(plain).find(|text| !text.is_empty());
    let weight = weight.unwrap_or(if sign == '=' { 1.0 } else { 0.0 });
    BankOption { text, correct: weight >= 1.0, feedback, weight: Some(weight), ..BankOption::default() }
}

fn pair(text: &str) -> BankOption {
    let (left, right) = text.split_once("->").unwrap_or((text, ""));
    let right = split(right, '#').into_iter().next().unwrap_or_default();
    BankOption { text: plain(left), pair: Some(plain(right)), correct: true, ..BankOption::default() }
}

/// Numbers: `1822:5`, `3.141..3.142`, or several with `=`.
fn numeric(question: &mut BankQuestion, inside: &str) -> Result<(), Rejected> {
    let mut answers = marked(inside);
    let first = find(inside, '=').into_iter().chain(find(inside, '~')).min().unwrap_or(inside.len());
    if !inside[..first].trim().is_empty() {
        // The first number needs no sign.
        answers.insert(0, ('=', &inside[..first]));
    }
    for (sign, text) in answers {
        let mut option = option(sign, text);
        let written = option.text.replace(',', ".");
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        if let Some((low, high)) = written.split_once("..") {
            let (low, high) = number(low).zip(number(high)).ok_or(NO_NUMBER)?;
            let middle = f64::midpoint(low, high);
            option.text = middle.to_string();
            option.tolerance = Some((high - middle).abs());
        } else if let Some((value, tolerance)) = written.split_once(':') {
            number(value).ok_or(NO_NUMBER)?;
            option.text = value.trim().to_owned();
            option.tolerance = Some(number(tolerance).ok_or(NO_NUMBER)?.abs());
        } else if written.trim() != "*" && !written.trim().is_empty() {
            number(&written).ok_or(NO_NUMBER)?;
            option.tolerance = Some(0.0);
        } else {
            // Anything else, with what is said of it.
            option.text = "*".into();
        }
        question.options.push(option);
    }
    Ok(())
}

const NO_NUMBER: Rejected = ("no-number", "this answer is no number", "write `1822`, `1822:5` or `3.1..3.2`");

#[cfg(test)]
mod tests;
