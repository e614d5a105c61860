//! Conventions of a file, decided once: how options are labelled, and whether blank lines separate the questions.

use super::alphabet::{Alphabet, Labels, OWN};
use super::inline;
use super::key::{NamedLine, entries, named};
use super::label::LabelShape;
use super::lead::{OptionLead, lead};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) struct Convention {
    pub(in crate::bank) labels: Labels,
    /// Whether blank lines separate questions, so that any other line continues the one above.
    pub(in crate::bank) parted: bool,
    /// Whether letters are lower case, if a file writes most of them alike.
    pub(in crate::bank) lower: Option<bool>,
    /// Whether stars, bold type and ticks within the text of an option mark it as right.
    pub(in crate::bank) marks: bool,
}

impl Convention {
    pub(in crate::bank) fn detect(lines: &[String]) -> Self {
        let labels = labels(lines);
        Self { labels, parted: parted(lines, labels), lower: lower(lines, labels), marks: true }
    }
}

/// The next option begins within this many lines, if options have several lines.
const LONGEST_OPTION: usize = 3;

/// The place that the line names under a kind of labels.
fn place(line: &str, labels: Labels) -> Option<usize> {
    place_of(&lead(line.trim_start(), labels)?, labels)
}

fn place_of(lead: &OptionLead<'_>, labels: Labels) -> Option<usize> {
    match labels {
        Labels::Bullets => lead.label.is_none().then_some(0),
        _ => lead.label.map(|label| label.place),
    }
}

/// How often a first option has a second one within its line or the next ones.
fn runs(lines: &[String], labels: Labels) -> usize {
    let mut since = usize::MAX;
    let mut runs = 0;
    let foreign = labels.alphabet().is_some_and(|alphabet| OWN.contains(&alphabet));
    for line in lines {
        since = since.saturating_add(1);
        // None of the letters of these alphabets is of ASCII.
        if foreign && line.is_ascii() {
            continue;
        }
        let Some(lead) = lead(line.trim_start(), labels) else { continue };
        match place_of(&lead, labels) {
            Some(0) if inline::next(&lead, labels).is_some() => (runs, since) = (runs + 1, usize::MAX),
            Some(0) => since = 0,
            Some(1) if since <= LONGEST_OPTION => (runs, since) = (runs + 1, usize::MAX),
            _ => {}
        }
    }
    runs
}

fn labels(lines: &[String]) -> Labels {
    let lettered = OWN.into_iter().map(Labels::Other).chain([Labels::Letters, Labels::Other(Alphabet::Roman)]);
    // If numbers label far more often, a letter or two are something else.
    let numbered = number_runs(lines).map_or(0, |(_, count)| count);
    for labels in lettered {
        let runs = runs(lines, labels);
        if runs > 0 && numbered < runs * NUMBERS_PREVAIL {
            return labels;
        }
    }
    let asking = lines.iter().filter(|line| inline::holds_question(line)).count();
    if asking * 2 > lines.iter().filter(|line| !line.trim().is_empty()).count() {
        return Labels::Letters;
    }
    if numbered == 0 && scattered(lines) {
        return Labels::Letters;
    }
    if numbers(lines).is_some() && !(numbered == 1 && keyed(lines)) {
        return Labels::Numbers;
    }
    let bullets = lines.iter().filter(|line| place(line, Labels::Bullets).is_some()).count();
    let letters = lines.iter().filter(|line| place(line, Labels::Letters) == Some(0)).count();
    if bullets > letters { Labels::Bullets } else { Labels::Letters }
}

/// Whether a list of answers is for several numbers, which then are those of questions.
fn keyed(lines: &[String]) -> bool {
    let list = lines.iter().find_map(|line| match named(line.trim()) {
        Some(NamedLine::List(rest)) => Some(rest),
        _ => None,
    });
    list.and_then(entries).is_some_and(|entries| entries.len() > 1)
}

/// Whether letters label options in any order: three lines and more, each below the other, with letters of their own among the
/// first ones.
fn scattered(lines: &[String]) -> bool {
    let mut run: Vec<usize> = Vec::new();
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        let label = lead(line.trim_start(), Labels::Letters).and_then(|lead| lead.label);
        match label.filter(|label| label.set_off && !label.dashed && label.place < 6 && !run.contains(&label.place)) {
            Some(label) => run.push(label.place),
            None => run.clear(),
        }
        if run.len() > 2 && run.contains(&0) && run.contains(&1) {
            return true;
        }
    }
    false
}

/// How number labels are set, and whether they are further in than the margin.
pub(in crate::bank) type Setting = (LabelShape, bool);

/// The setting of the number labels that are options: that in which a 2 is right below a 1 most often. Numbers in other
/// settings count the questions.
pub(in crate::bank) fn numbers(lines: &[String]) -> Option<Setting> {
    number_runs(lines).map(|(setting, _)| setting)
}

/// Numbers are the labels if they occur this many times as often as letters.
const NUMBERS_PREVAIL: usize = 5;

/// That setting, and how often.
fn number_runs(lines: &[String]) -> Option<(Setting, usize)> {
    let mut found: Vec<(Setting, usize)> = Vec::new();
    let mut first: Option<Setting> = None;
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        let Some(lead) = lead(line.trim_start(), Labels::Numbers) else {
            first = None;
            continue;
        };
        let setting = lead.label.map(|label| (label.shape, line.starts_with(' ')));
        let place = lead.label.map(|label| label.place);
        let run =
            place == Some(1) && first == setting || place == Some(0) && inline::next(&lead, Labels::Numbers).is_some();
        first = setting.filter(|_| place == Some(0));
        let Some(setting) = setting.filter(|_| run) else { continue };
        match found.iter_mut().find(|(known, _)| *known == setting) {
            Some((_, count)) => *count += 1,
            None => found.push((setting, 1)),
        }
    }
    found.into_iter().rev().max_by_key(|(_, count)| *count)
}

fn lower(lines: &[String], labels: Labels) -> Option<bool> {
    let (mut all, mut lower) = (0_usize, 0_usize);
    for line in lines.iter().filter(|_| !matches!(labels, Labels::Numbers | Labels::Bullets)) {
        let label = lead(line.trim_start(), labels).and_then(|lead| lead.label);
        if let Some(label) = label.filter(|label| label.place < 4) {
            all += 1;
            lower += usize::from(label.lower);
        }
    }
    match (all, lower) {
        (all, lower) if all > 1 && lower * 4 >= all * 3 => Some(true),
        (all, lower) if all > 1 && lower * 4 <= all => Some(false),
        _ => None,
    }
}

fn parted(lines: &[String], labels: Labels) -> bool {
    let (mut blank_before, mut starts) = (0, 0);
    let mut last_was_option = false;
    let mut blank_since = true;
    // A line right below an option continues it, if the next option or the answer follows.
    let mut may_go_on = false;
    for line in lines {
        if line.trim().is_empty() {
            starts += usize::from(may_go_on);
            (blank_since, may_go_on) = (true, false);
            continue;
        }
        let place = place(line, labels);
        let introduced = place.is_none() && super::key::named(line.trim()).is_some();
        if may_go_on && (introduced || place.is_some()) {
            let goes_on = introduced || place.is_some_and(|place| place > 0);
            starts += usize::from(!goes_on);
            (may_go_on, last_was_option) = (false, goes_on);
        }
        if place.is_none() && last_was_option {
            starts += usize::from(blank_since);
            blank_before += usize::from(blank_since);
            may_go_on = !blank_since && !introduced;
        }
        if place.is_some() {
            last_was_option = true;
        } else if !introduced {
            last_was_option = false;
        }
        blank_since = false;
    }
    starts += usize::from(may_go_on);
    starts > 0 && blank_before * 2 > starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_labels_where_letters_are_rare() {
        let question = "1. What?\n1). red\n2). blue\n3). green\n\n";
        let text = question.repeat(6) + "7. What of code?\na. run();\nb. stop();\n1). one\n2). two\n";
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        assert_eq!(Convention::detect(&lines).labels, Labels::Numbers);
        let text = "1. What?\n1. this\n2. that\nA. one\nB. both\n\n".repeat(6);
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        assert_eq!(Convention::detect(&lines).labels, Labels::Letters);
    }
}
