//! Conventions of a file, decided once: how options are labelled, and whether blank lines part the questions.

use super::label::{bullet, label};
use super::mark::boxed;

/// How the options of a file are labelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) enum Labels {
    /// `A.`, `b)` …
    Letters,
    /// `1.`, `2)` …
    Numbers,
    /// Bullets or boxes alone.
    Bullets,
}

/// The conventions of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) struct Convention {
    pub(in crate::bank) labels: Labels,
    /// Whether questions are parted by blank lines, so that a line without one goes on with what stands above it.
    pub(in crate::bank) parted: bool,
    /// Whether letters are lower case, where a file writes nearly all of them alike.
    pub(in crate::bank) lower: Option<bool>,
    /// Whether stars, bold type and ticks within the text of an option mark it as right.
    pub(in crate::bank) marks: bool,
}

impl Convention {
    pub(in crate::bank) fn of(lines: &[String]) -> Self {
        let labels = labels(lines);
        Self { labels, parted: parted(lines, labels), lower: lower(lines, labels), marks: true }
    }
}

/// The place of an option line under a kind of labels.
fn place(line: &str, labels: Labels) -> Option<usize> {
    let text = line.trim_start();
    let bare = bullet(text).unwrap_or(text);
    let bare = boxed(bare).map_or(bare, |(_, rest)| rest).trim_start_matches('*');
    match labels {
        Labels::Bullets => (bullet(text).is_some() || boxed(text).is_some()).then_some(0),
        _ => label(bare).filter(|label| label.number == (labels == Labels::Numbers)).map(|label| label.place),
    }
}

fn labels(lines: &[String]) -> Labels {
    // An A with a B below it, with at most two lines between (an option may go on).
    let runs = |labels| {
        let places: Vec<Option<usize>> = lines.iter().map(|line| place(line, labels)).collect();
        let follows = |at: usize| (1..=3).any(|gap| places.get(at + gap).is_some_and(|place| *place == Some(1)));
        (0..places.len()).filter(|&at| places[at] == Some(0) && follows(at)).count()
    };
    if runs(Labels::Letters) > 0 {
        return Labels::Letters;
    }
    let adjacent = lines
        .windows(2)
        .any(|pair| place(&pair[0], Labels::Numbers) == Some(0) && place(&pair[1], Labels::Numbers) == Some(1));
    if adjacent {
        return Labels::Numbers;
    }
    let bullets = lines.iter().filter(|line| place(line, Labels::Bullets).is_some()).count();
    let letters = lines.iter().filter(|line| place(line, Labels::Letters) == Some(0)).count();
    if bullets > letters { Labels::Bullets } else { Labels::Letters }
}

fn lower(lines: &[String], labels: Labels) -> Option<bool> {
    let (mut all, mut lower) = (0_usize, 0_usize);
    for line in lines.iter().filter(|_| labels == Labels::Letters) {
        let text = line.trim_start();
        let bare = bullet(text).unwrap_or(text).trim_start_matches('*');
        if let Some(label) = label(bare).filter(|label| !label.number && label.place < 4) {
            all += 1;
            lower += usize::from(label.lower);
        }
    }
    match (all, lower) {
        (all, lower) if all > 3 && lower * 10 >= all * 9 => Some(true),
        (all, lower) if all > 3 && lower * 10 <= all => Some(false),
        _ => None,
    }
}

fn parted(lines: &[String], labels: Labels) -> bool {
    let (mut blank_before, mut starts) = (0, 0);
    let mut last_was_option = false;
    let mut blank_since = true;
    for line in lines {
        if line.trim().is_empty() {
            blank_since = true;
            continue;
        }
        let option = place(line, labels).is_some();
        if !option && last_was_option {
            starts += 1;
            blank_before += usize::from(blank_since);
        }
        if option {
            last_was_option = true;
        } else if super::key::named(line.trim()).is_none() {
            last_was_option = false;
        }
        blank_since = false;
    }
    starts > 0 && blank_before * 2 > starts
}
