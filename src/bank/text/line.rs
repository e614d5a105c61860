//! Lines, each as what it is.

use super::convention::{Convention, Labels};
use super::key::{Named, named};
use super::label::{bullet, label, question_number};
use super::mark::{self, boxed};

/// A line of the file and what it is.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// From 1.
    pub(super) number: usize,
    /// Spaces before the text.
    pub(super) indent: usize,
    pub(super) what: What<'a>,
}

/// What a line is.
#[derive(Clone, Debug)]
pub(super) enum What<'a> {
    Blank,
    /// A line of dashes or equals signs.
    Rule,
    Option(OptionLine<'a>),
    Named(Named<'a>),
    /// A heading, without its signs.
    Heading(&'a str),
    /// A question that begins with its number.
    Numbered(usize, &'a str),
    Text(&'a str),
}

/// A line that may begin an option.
#[derive(Clone, Debug)]
pub(super) struct OptionLine<'a> {
    /// The place that its label names; none where it has none.
    pub(super) place: Option<usize>,
    pub(super) text: &'a str,
    /// A star before the label, or a ticked box.
    pub(super) right: bool,
    /// Whether bold type covers label and text.
    pub(super) bold: bool,
    /// Whether nothing else than an option can look so.
    pub(super) sure: bool,
    /// The whole line, in case that it turns out to be none.
    pub(super) whole: &'a str,
}

/// Says of each line what it is. Code fences are text throughout.
pub(super) fn classify(lines: &[String], skip: usize, convention: Convention) -> Vec<Line<'_>> {
    let mut fenced = false;
    let mut classified = Vec::with_capacity(lines.len() - skip);
    for (place, line) in lines.iter().enumerate().skip(skip) {
        let text = line.trim_start();
        let fence = text.starts_with("```") || text.starts_with("~~~");
        let what = if fenced || fence { What::Text(line) } else { what(text, convention) };
        fenced ^= fence;
        classified.push(Line { number: place + 1, indent: line.len() - text.len(), what });
    }
    classified
}

fn what(text: &str, convention: Convention) -> What<'_> {
    if text.is_empty() {
        return What::Blank;
    }
    if text.len() >= 3
        && ["-", "=", "*", "_", "~"].iter().any(|sign| text.split(sign).all(|part| part.trim().is_empty()))
    {
        return What::Rule;
    }
    if let Some((number, rest)) = question_number(text).filter(|_| text.starts_with(['Q', 'q'])) {
        return What::Numbered(number, rest);
    }
    if let Some(option) = option(text, convention) {
        return What::Option(option);
    }
    if let Some(named) = named(text) {
        return What::Named(named);
    }
    let heading = text.trim_start_matches('#');
    if heading.len() < text.len() && (heading.starts_with(' ') || heading.starts_with(['Q', 'q'])) {
        let heading = heading.trim();
        return match question_number(heading) {
            Some((number, rest)) => What::Numbered(number, rest),
            None => What::Heading(heading.trim_end_matches('#').trim()),
        };
    }
    let bare = mark::bold(text).unwrap_or(text);
    match question_number(bare) {
        Some((number, rest)) => What::Numbered(number, rest),
        None => What::Text(text),
    }
}

fn option(text: &str, convention: Convention) -> Option<OptionLine<'_>> {
    let behind = bullet(text);
    let inner = behind.unwrap_or(text);
    let (ticked, inner) = boxed(inner).map_or((None, inner), |(ticked, rest)| (Some(ticked), rest));
    let unbolded = mark::bold(inner);
    let bare = unbolded.unwrap_or(inner);
    let (starred, bare) = match bare.strip_prefix('*').filter(|_| unbolded.is_none() && !bare.starts_with("**")) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, bare),
    };
    let wanted = convention.labels == Labels::Numbers;
    let known = label(bare).filter(|label| convention.labels != Labels::Bullets && label.number == wanted);
    match known {
        Some(label) => Some(OptionLine {
            place: Some(label.place),
            text: label.rest,
            right: starred || ticked == Some(true),
            bold: unbolded.is_some(),
            // `i)` is no option of a file that labels them `A)`.
            sure: label.set_off && convention.lower.is_none_or(|lower| lower == label.lower),
            whole: text,
        }),
        None if ticked.is_some() || (behind.is_some() && convention.labels == Labels::Bullets) => Some(OptionLine {
            place: None,
            text: inner,
            right: ticked == Some(true),
            bold: false,
            sure: true,
            whole: text,
        }),
        None => None,
    }
}
