//! Lines, classified.

use super::answer_lines::{self, AnswerLines};
use super::key::{NamedLine, named};
use super::label::{bracketed_number, bullet, lettered, question_number};
use super::layout::Layout;
use super::mark::{self, boxed};
use super::pieces::LinePiece;

/// A classified line of the file.
#[derive(Clone, Debug)]
pub(in crate::bank) struct BankLine<'a> {
    /// From 1.
    pub(in crate::bank) number: usize,
    /// Spaces before the text.
    pub(in crate::bank) indent: usize,
    /// The whole line, without the spaces before it.
    pub(in crate::bank) text: &'a str,
    pub(in crate::bank) what: LineKind<'a>,
}

#[derive(Clone, Debug)]
pub(in crate::bank) enum LineKind<'a> {
    Blank,
    /// A line of dashes or equals signs.
    Rule,
    Option(OptionLine<'a>),
    Named(NamedLine<'a>),
    /// A heading, without its signs.
    Heading(&'a str),
    /// A question that begins with its number, or with a word for it (`Question:`).
    Numbered(Option<usize>, &'a str),
    Text(&'a str),
    /// A line that looks like an answer, but is not.
    Aside,
    /// A line that continues the option above it.
    More(&'a str),
    /// A deeper bullet, which comments on the option above it, or a bullet below an answer line.
    Note(&'a str),
    /// A line of code, or the fence around it.
    Code(&'a str),
}

/// A line that may begin an option.
#[derive(Clone, Debug)]
pub(in crate::bank) struct OptionLine<'a> {
    /// The place of its label; `None` if it has no label.
    pub(in crate::bank) place: Option<usize>,
    pub(in crate::bank) text: &'a str,
    /// A star before the label, or a ticked box.
    pub(in crate::bank) right: bool,
    /// Whether bold type covers label and text.
    pub(in crate::bank) bold: bool,
    /// Whether nothing else than an option can look so.
    pub(in crate::bank) sure: bool,
    /// Whether its label is written in the case that the file uses.
    pub(in crate::bank) usual: bool,
    /// The whole line, in case it is not an option after all.
    pub(in crate::bank) whole: &'a str,
}

/// The next line below that is not blank.
pub(super) fn below<'l, 'a>(lines: &'l [BankLine<'a>], at: usize) -> Option<&'l BankLine<'a>> {
    lines[at + 1..].iter().find(|line| !matches!(line.what, LineKind::Blank))
}

/// Classifies each line. Code fences are text throughout.
pub(in crate::bank) fn classify<'a>(
    pieces: &[LinePiece<'a>],
    layout: &Layout,
    answers: &AnswerLines<'a>,
) -> Vec<BankLine<'a>> {
    let line = |(at, piece): (usize, &LinePiece<'a>)| {
        let LinePiece { number, indent, text, code } = *piece;
        let what = match answers.at(at) {
            Some(answer_lines::AnswerLineKind::Answer(said)) => LineKind::Named(NamedLine::Answer(said)),
            Some(answer_lines::AnswerLineKind::List(rest)) => LineKind::Named(NamedLine::List(rest)),
            Some(answer_lines::AnswerLineKind::Aside) => LineKind::Aside,
            None if code => LineKind::Code(text),
            None => what(text, indent, layout),
        };
        BankLine { number, indent, text, what }
    };
    pieces.iter().enumerate().map(line).collect()
}

fn what<'a>(text: &'a str, indent: usize, layout: &Layout) -> LineKind<'a> {
    if text.is_empty() {
        return LineKind::Blank;
    }
    // `~~` ends a question in the pools of amateur radio.
    if text == "~~" {
        return LineKind::Rule;
    }
    if text.len() >= 3
        && ["-", "=", "*", "_", "~", "#", "—", "─"]
            .iter()
            .any(|sign| text.split(sign).all(|part| part.trim().is_empty()))
    {
        return LineKind::Rule;
    }
    let worded = |text: &str| text.starts_with(char::is_alphabetic);
    if let Some((number, rest)) = question_number(text).filter(|_| worded(text)) {
        return LineKind::Numbered(Some(number), rest);
    }
    if let Some(NamedLine::Question(rest)) = Some(text).filter(|text| text.starts_with(['Q', 'q'])).and_then(named) {
        return LineKind::Numbered(None, rest);
    }
    if let Some(inner) = bullet(text) {
        if layout.outline.asks() && indent == layout.outline.indent && lettered(inner).is_none() {
            let inner = mark::bold(inner).unwrap_or(inner);
            let numbered = question_number(inner);
            return LineKind::Numbered(numbered.map(|(number, _)| number), numbered.map_or(inner, |(_, rest)| rest));
        }
        // An answer line may be a bullet like the options.
        if let Some(named @ (NamedLine::Answer(_) | NamedLine::Explanation(_))) = named(inner)
            && inner.contains([':', '：'])
            && boxed(inner).is_none()
        {
            return LineKind::Named(named);
        }
    }
    if let Some(option) = option(text, indent, layout) {
        return LineKind::Option(option);
    }
    match named(text) {
        Some(NamedLine::Question(rest)) => return LineKind::Numbered(None, rest),
        Some(named) => return LineKind::Named(named),
        None => {}
    }
    let heading = text.trim_start_matches('#');
    if heading.len() < text.len() && (heading.starts_with(' ') || heading.starts_with(['Q', 'q'])) {
        let heading = heading.trim();
        let bare = mark::bold(heading).unwrap_or(heading);
        return match question_number(bare) {
            Some((number, rest)) => LineKind::Numbered(Some(number), rest),
            None => LineKind::Heading(heading.trim_end_matches('#').trim()),
        };
    }
    let bare = mark::bold(text).unwrap_or(text);
    // `**1.** What?`, `**Q1: What?** Choose one.`
    let inner = bare.strip_prefix("**").unwrap_or(bare);
    let bracketed = || bracketed_number(inner).filter(|_| layout.bracketed);
    match question_number(inner).or_else(bracketed) {
        Some((number, rest)) if inner.len() < bare.len() => {
            LineKind::Numbered(Some(number), rest.strip_prefix("**").map_or(rest, str::trim_start))
        }
        Some((number, rest)) => LineKind::Numbered(Some(number), rest),
        None => LineKind::Text(text),
    }
}

fn option<'a>(text: &'a str, indent: usize, layout: &Layout) -> Option<OptionLine<'a>> {
    let lead = layout.lead(text, indent)?;
    let right = lead.ticked == Some(true) || layout.marks(lead.signs);
    // `i)` is not an option of a file with labels such as `A)`. Nor is a label after an arrow that marks nothing.
    let usual = |lower: bool| layout.convention.lower.is_none_or(|known| known == lower);
    let sure = lead.label.is_none_or(|label| label.set_off && !label.dashed && usual(label.lower));
    Some(OptionLine {
        place: lead.label.map(|label| label.place),
        text: lead.text,
        right,
        bold: lead.bold,
        sure,
        usual: lead.label.is_none_or(|label| usual(label.lower)),
        whole: text,
    })
}
