//! A document as lines of text: a paragraph each, and a row of a table each.

use super::{DocumentParagraph, Looks, TextLook, TextRun};
use crate::bank::lines::label::label;

#[derive(Clone, Debug, Default)]
pub(super) struct TextLine {
    pub(super) text: String,
    pub(super) looks: Vec<TextLook>,
    /// Its line in the file, from 1; 0 if the file has no lines.
    pub(super) from: usize,
}

/// Adds a paragraph: one line, or several if it contains line breaks or several options.
pub(super) fn push_paragraph(
    lines: &mut Vec<TextLine>,
    paragraph: &DocumentParagraph,
    headings: bool,
    looks: &mut Looks,
) {
    let signs = match paragraph.heading.filter(|_| headings && paragraph.label.is_empty()) {
        Some(level) => format!("{} ", "#".repeat(level.min(6))),
        None => String::new(),
    };
    let (shown, bullet) = shown(&paragraph.label, looks);
    let parts = broken(&paragraph.runs);
    for (place, runs) in parts.iter().enumerate() {
        let (text, covering) = covered(runs);
        let text = text.trim();
        if text.is_empty() {
            // A break within a paragraph is a blank line if text follows; an empty paragraph is one blank line.
            if place == 0 && paragraph.is_empty() || place > 0 && place + 1 < parts.len() {
                lines.push(TextLine { from: paragraph.from, ..TextLine::default() });
            }
            continue;
        }
        let first = place == 0 && !shown.is_empty();
        let indent = if paragraph.label.is_empty() { 0 } else { paragraph.level * 2 + if first { 0 } else { 3 } };
        // A number that is typed and one that the list shows would be two.
        let shown = if first && !numbered_twice(&shown, text) { format!("{shown} ") } else { String::new() };
        let signs = if place == 0 { &signs } else { "" };
        let mut looks = covering;
        looks.extend(bullet.filter(|_| first));
        lines.push(TextLine {
            text: format!("{}{shown}{signs}{text}", " ".repeat(indent)),
            looks,
            from: paragraph.from,
        });
    }
}

fn numbered_twice(shown: &str, text: &str) -> bool {
    let typed = label(text).filter(|label| label.set_off);
    typed.is_some_and(|typed| label(&format!("{shown} x")).is_some_and(|own| own.place == typed.place))
}

/// What a list shows before a paragraph, as text; and the look that its bullet is.
fn shown(label: &str, looks: &mut Looks) -> (String, Option<TextLook>) {
    let label = label.trim();
    match label.chars().next_back() {
        None => (String::new(), None),
        // `A`, `Question 3`
        Some(last) if last.is_alphanumeric() && label != "o" => (format!("{label}."), None),
        Some(_) if label.contains(|char: char| char.is_alphanumeric()) && label != "o" => (label.to_owned(), None),
        Some(sign @ ('☐' | '☑' | '☒')) => (sign.to_string(), None),
        Some(sign) => ("-".into(), Some(looks.intern(&format!("the bullet `{sign}`")))),
    }
}

/// The runs of a paragraph, split at line breaks and before options behind tabs (`A. red⇥B. green`).
fn broken(runs: &[TextRun]) -> Vec<Vec<TextRun>> {
    let mut parts: Vec<Vec<TextRun>> = vec![Vec::new()];
    let whole: String = runs.iter().map(|run| run.text.as_str()).collect();
    let options = parted_by_tabs(&whole);
    let (mut at, mut cuts) = (0, options.iter().copied().peekable());
    for run in runs {
        let mut from = 0;
        for (place, char) in run.text.char_indices() {
            let cut = cuts.next_if_eq(&(at + place)).is_some();
            if cut || char == '\n' {
                push(&mut parts, &run.text[from..place], run);
                parts.push(Vec::new());
                from = if cut { place } else { place + 1 };
            }
        }
        push(&mut parts, &run.text[from..], run);
        at += run.text.len();
    }
    parts
}

fn push(parts: &mut [Vec<TextRun>], text: &str, run: &TextRun) {
    if let Some(last) = parts.last_mut().filter(|_| !text.is_empty()) {
        last.push(TextRun { text: text.to_owned(), looks: run.looks.clone() });
    }
}

/// Where options begin after a tab, if there are two labels or more in a row.
fn parted_by_tabs(text: &str) -> Vec<usize> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, _) in text.match_indices('\t') {
        let start = at + 1 + text[at + 1..].len() - text[at + 1..].trim_start_matches(['\t', ' ']).len();
        let next = label(&text[start..]).filter(|label| label.set_off && !label.rest.trim().is_empty());
        if let Some(next) = next.filter(|_| found.last().is_none_or(|(last, _)| *last < start)) {
            found.push((start, next.place));
        }
    }
    // What begins the line is the option before them, or asks.
    let first = label(text).filter(|label| !label.number && !text.starts_with(['\t', ' '])).map(|label| label.place);
    let runs = first.into_iter().chain(found.iter().map(|(_, place)| *place)).collect::<Vec<_>>();
    let rising = runs.windows(2).all(|pair| pair[1] == pair[0] + 1);
    if rising && runs.len() > 1 { found.into_iter().map(|(start, _)| start).collect() } else { Vec::new() }
}

/// More than this share of the letters of a line have a look that covers it.
const MOST: (usize, usize) = (6, 10);

/// The text of runs, and the looks that cover it: most of its letters, or the whole of its label.
pub(super) fn covered(runs: &[TextRun]) -> (String, Vec<TextLook>) {
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let lead = text.len() - text.trim_start().len();
    let rest =
        label(text.trim_start()).filter(|label| label.set_off).map_or(lead, |label| text.len() - label.rest.len());
    // A label may have a look alone (`B.` in red).
    let looks = match looks_of(runs, rest, text.len()) {
        looks if looks.is_empty() && rest > lead => looks_of(runs, lead, rest),
        looks => looks,
    };
    (text, looks)
}

fn looks_of(runs: &[TextRun], from: usize, to: usize) -> Vec<TextLook> {
    let (mut at, mut all) = (0, 0);
    let mut counts: Vec<(TextLook, usize)> = Vec::new();
    for run in runs {
        let letters = run
            .text
            .char_indices()
            .filter(|(place, char)| !char.is_whitespace() && (from..to).contains(&(at + place)))
            .count();
        all += letters;
        for look in &run.looks {
            match counts.iter_mut().find(|(known, _)| known == look) {
                Some((_, count)) => *count += letters,
                None => counts.push((*look, letters)),
            }
        }
        at += run.text.len();
    }
    let most = |count: usize| count > 0 && count * MOST.1 >= all * MOST.0;
    counts.into_iter().filter(|(_, count)| most(*count)).map(|(look, _)| look).collect()
}

#[cfg(test)]
mod tests {
    use super::super::page::PageText;
    use super::super::{DocumentPart, TextDocument};
    use super::*;

    fn lines(paragraphs: Vec<DocumentParagraph>) -> Vec<String> {
        let parts = paragraphs.into_iter().map(DocumentPart::Paragraph).collect();
        let mut document = TextDocument { parts, ..TextDocument::default() };
        PageText::from_document(&mut document).lines.into_iter().map(|line| line.text).collect()
    }

    fn plain(text: &str) -> DocumentParagraph {
        DocumentParagraph {
            runs: vec![TextRun { text: text.into(), looks: Vec::new() }],
            ..DocumentParagraph::default()
        }
    }

    #[test]
    fn a_paragraph_is_a_line() {
        let labelled = |label: &str, level, text: &str| DocumentParagraph { label: label.into(), level, ..plain(text) };
        let title = DocumentParagraph { heading: Some(2), ..plain("Air") };
        assert_eq!(
            lines(vec![
                title,
                labelled("1.", 0, "What?"),
                labelled("a)", 1, "red"),
                labelled("•", 1, "blue"),
                plain("")
            ]),
            ["## Air", "1. What?", "  a) red", "  - blue", ""]
        );
    }

    #[test]
    fn breaks_and_tabs_before_options_part_lines() {
        assert_eq!(lines(vec![plain("What?\nA. red\nB. green")]), ["What?", "A. red", "B. green"]);
        assert_eq!(lines(vec![plain("A. red\tB. green"), plain("\tC. blue\tD. grey")]).len(), 4);
        assert_eq!(lines(vec![plain("name\tvalue"), plain("1. one\tA. two")]), ["name\tvalue", "1. one\tA. two"]);
        assert_eq!(lines(vec![plain("1. What?\tA. red\tB. green")]), ["1. What?", "A. red", "B. green"]);
    }

    #[test]
    fn a_typed_number_is_not_shown_twice() {
        let paragraph = DocumentParagraph { label: "B.".into(), ..plain("B. green") };
        assert_eq!(lines(vec![paragraph]), ["B. green"]);
    }

    #[test]
    fn most_letters_or_the_whole_label_have_a_look() {
        let run = |text: &str, looks: &[TextLook]| TextRun { text: text.into(), looks: looks.to_vec() };
        let red = [TextLook(3)];
        assert_eq!(covered(&[run("B. ", &[]), run("green", &red)]).1, red);
        assert_eq!(covered(&[run("B.", &red), run(" green", &[])]).1, red);
        assert_eq!(covered(&[run("B. the ", &[]), run("big", &red), run(" green one", &[])]).1, []);
    }
}
