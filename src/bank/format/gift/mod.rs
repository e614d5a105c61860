//! GIFT, Moodle's text format: `::name:: stem {answers}`, with all its kinds, including the missing-word format.

mod part;

use crate::bank::collect::{Collected, Collector, category};
use crate::bank::defect::Defect;
use crate::bank::format::moodle::check_gaps;
use crate::bank::lines::label::{bullet, label};
use crate::bank::{BankOption, BankQuestion, Refusal, Source};
use crate::model::cloze;
use crate::model::{KeyOrigin, Kind, Markup};
use part::{GiftParagraph, braces, find, parts, unescaped};

/// A gap in a stem that contains its answer.
const BLANK: &str = "_____";

/// What a comment of our own says of all questions: `[deck:Networks]`.
const DECK: &str = "deck:";

/// Whether most paragraphs of the text are GIFT.
pub(in crate::bank) fn explains(lines: &[String]) -> bool {
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
        if named || format || braces || holds_gaps(text) { signs += 1 } else { others += 1 }
    }
    let labelled = lines.iter().filter(|line| label(bullet(line.trim()).unwrap_or(line.trim())).is_some()).count();
    signs > 0 && signs >= others && labelled < signs * 2
}

/// Reads the lines below the front matter. Fails when they name categories, but hold no questions.
pub(in crate::bank) fn read_gift(source: &Source<'_>) -> Result<Collected, Refusal> {
    let mut collector = Collector::new(source.lines());
    let (mut filed, mut deck): (Option<String>, Option<String>) = (None, None);
    for part in parts(source.lines(), source.skip) {
        deck =
            deck.or_else(|| noted(&part.notes).into_iter().find_map(|(name, value)| (name == DECK).then_some(value)));
        match part.text.trim().strip_prefix("$CATEGORY") {
            Some(path) => filed = Some(path.trim_start_matches(':').trim().to_owned()),
            None => collector.add(part.lines[0], question(&part, filed.as_deref())),
        }
    }
    let read = Collected { deck, ..collector.finish() };
    match filed {
        Some(filed) if read.questions.is_empty() && read.rejected == 0 => Err(Refusal::new(
            format!("the category `{filed}` holds no questions, and nothing else is in the file"),
            "export the questions with their category",
        )),
        _ => Ok(read),
    }
}

const FORMATS: [&str; 4] = ["[html]", "[markdown]", "[plain]", "[moodle]"];

fn formatted(text: &str) -> &str {
    let text = text.trim();
    FORMATS.iter().find_map(|format| text.strip_prefix(format)).unwrap_or(text).trim_start()
}

/// The format that a question names; the default of Moodle is HTML.
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

fn question(part: &GiftParagraph, filed: Option<&str>) -> Result<BankQuestion, Defect> {
    let mut text = part.text.trim();
    if let Some(rest) = text.strip_prefix("::") {
        text = name_end(rest).map_or(rest, |end| &rest[end + 2..]).trim_start();
    }
    let (mut id, mut tags, mut key_rule) = (None, Vec::new(), None);
    for (name, value) in noted(&part.notes) {
        match name {
            "id:" => id = Some(value),
            "declared:" => key_rule = Some(value),
            DECK => {}
            _ => tags.push(value),
        }
    }
    let mut question = BankQuestion {
        line: part.lines[0],
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
    if holds_gaps(text) {
        check_gaps(text)?;
        question.kind = Kind::Cloze;
        formatted(text).clone_into(&mut question.stem);
        return Ok(question);
    }
    let Some((from, to)) = braces(text) else {
        if find(text, '{').is_some() {
            return Err(Defect::NeverClosed);
        }
        if find(text, '}').is_some() {
            return Err(Defect::NeverOpened);
        }
        question.stem = plain(text);
        return Ok(question);
    };
    let (before, inside, after) = (&text[..from], text[from + 1..to].trim(), text[to + 1..].trim());
    question.stem =
        if after.is_empty() { plain(before) } else { plain(&format!("{before}{BLANK}{}", &text[to + 1..])) };
    let (inside, general) = general(inside);
    question.explanation = general.map(plain).filter(|text| !text.is_empty());
    answers(&mut question, inside.trim())?;
    if question.stem.is_empty() && question.kind.has_choices() {
        return Err(Defect::NoStem);
    }
    Ok(question)
}

/// The notes in comments: `[id:7]` and `[tag:x]`, and our own `[declared:--key first]` and `[deck:Networks]`. As in
/// Moodle, a backslash precedes a closing bracket within a note.
fn noted(notes: &str) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let mut rest = notes;
    while let Some(open) = rest.find('[') {
        rest = &rest[open + 1..];
        let Some(name) = ["id:", "tag:", "declared:", DECK].into_iter().find(|name| rest.starts_with(name)) else {
            continue;
        };
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

/// Whether answers are gaps as Moodle's cloze writes them: `{1:MC:=this~that}`.
fn holds_gaps(text: &str) -> bool {
    let Some((from, _)) = braces(text) else { return false };
    let inside = text[from + 1..].trim_start();
    inside.starts_with(|char: char| char.is_ascii_digit() || char == ':') && !cloze::split(text).1.is_empty()
}

/// The answers, and the feedback to them all behind the last `####`.
fn general(inside: &str) -> (&str, Option<&str>) {
    let mut from = 0;
    let mut found = None;
    while let Some(at) = find(&inside[from..], '#').map(|at| from + at) {
        let signs = inside[at..].bytes().take_while(|byte| *byte == b'#').count();
        if signs >= 4 {
            found = Some((at + signs - 4, at + signs));
        }
        from = at + signs;
    }
    found.map_or((inside, None), |(end, begin)| (&inside[..end], Some(&inside[begin..])))
}

/// Where the name of a question ends: at the first double colon that is not escaped.
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

fn answers(question: &mut BankQuestion, inside: &str) -> Result<(), Defect> {
    if inside.is_empty() {
        return Ok(());
    }
    if let Some(numbers) = inside.strip_prefix('#') {
        question.kind = Kind::Numeric;
        return numeric(question, numbers.trim());
    }
    let (truth, feedback) = parted(inside);
    let truth = truth.trim().to_ascii_uppercase();
    if matches!(truth.as_str(), "T" | "TRUE" | "F" | "FALSE") {
        let right = truth.starts_with('T');
        // The first feedback is for the wrong answer, the second for the right one.
        let (wrong, good) = feedback.map_or((None, None), |feedback| {
            let (wrong, good) = parted(feedback);
            (some_text(wrong), good.and_then(some_text))
        });
        question.kind = Kind::TrueFalse;
        question.options = BankOption::verdicts(("True", "False"), right);
        for option in &mut question.options {
            option.feedback = if option.correct { good.clone() } else { wrong.clone() };
        }
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
        return if question.options.len() < 2 { Err(Defect::FewPairs) } else { Ok(()) };
    }
    question.options = marked.iter().map(|(sign, text)| option(*sign, text)).collect();
    if all_right {
        question.kind = Kind::Short;
        return some_right(question);
    }
    let single = marked.iter().any(|(sign, _)| *sign == '=');
    for option in &mut question.options {
        let weight = option.weight.unwrap_or(0.0);
        option.correct = if single { weight >= 1.0 } else { weight > 0.0 };
    }
    let right = question.correct().len();
    question.kind = if right > 1 || !single { Kind::Multiple } else { Kind::Single };
    match (question.options.len(), right) {
        (0 | 1, _) => Err(Defect::OneOption),
        (_, 0) => Err(Defect::NoAnswer("begin the right one with `=`")),
        _ => Ok(()),
    }
}

/// The answers with the signs before them.
fn marked(inside: &str) -> Vec<(char, &str)> {
    let mut found: Vec<(char, &str)> = Vec::new();
    let mut begun: Option<(char, usize)> = None;
    for (at, char) in unescaped(inside).filter(|(_, char)| matches!(char, '=' | '~')) {
        // `~=right` is one of several right answers.
        let empty = |(sign, from): &(char, usize)| *sign == '~' && char == '=' && inside[*from..at].trim().is_empty();
        let before = begun.filter(|begun| !empty(begun));
        found.extend(before.map(|(sign, from)| (sign, &inside[from..at])));
        begun = Some((char, at + 1));
    }
    found.extend(begun.map(|(sign, from)| (sign, &inside[from..])));
    found
}

/// The text before the first `#`, and the feedback after it.
fn parted(text: &str) -> (&str, Option<&str>) {
    find(text, '#').map_or((text, None), |at| (&text[..at], Some(&text[at + 1..])))
}

fn some_text(text: &str) -> Option<String> {
    Some(plain(text)).filter(|text| !text.is_empty())
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
    let (text, feedback) = parted(rest);
    let (text, feedback) = (plain(text), feedback.and_then(some_text));
    let weight = weight.unwrap_or(if sign == '=' { 1.0 } else { 0.0 });
    BankOption { feedback, weight: Some(weight), ..BankOption::new(text, weight >= 1.0) }
}

fn pair(text: &str) -> BankOption {
    let (left, right) = text.split_once("->").unwrap_or((text, ""));
    let (right, _) = parted(right);
    BankOption::paired(plain(left), plain(right))
}

/// Numbers: `1822:5`, `3.141..3.142`, or several with `=`.
fn numeric(question: &mut BankQuestion, inside: &str) -> Result<(), Defect> {
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
            // Any other number, with its feedback.
            option.text = "*".into();
        }
        question.options.push(option);
    }
    match question.options.first() {
        Some(_) => some_right(question),
        None => Err(NO_NUMBER),
    }
}

/// Typed answers need one that is wholly right.
fn some_right(question: &BankQuestion) -> Result<(), Defect> {
    let right = question.options.iter().any(|option| option.correct);
    right.then_some(()).ok_or(Defect::NoAnswer("leave out its share, or write `=%100%`"))
}

/// An answer that is no number, and how one is written.
const NO_NUMBER: Defect = Defect::NoNumber("write `1822`, `1822:5` or `3.1..3.2`");

#[cfg(test)]
mod tests;
