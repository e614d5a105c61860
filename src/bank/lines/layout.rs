//! Decisions of the text reader beyond its [`Convention`]: which signs before an option mark it as right, and which
//! numbers label options.

use std::collections::HashMap;

use super::alphabet::Labels;
use super::convention::{Convention, Setting, numbers};
use super::lead::{OptionLead, lead};
use super::outline::Outline;
use super::tidy::Tidy;

/// How a file is laid out.
#[derive(Clone, Debug)]
pub(in crate::bank) struct Layout {
    pub(in crate::bank) convention: Convention,
    /// The signs before an option that mark it as right: those that some options of nearly every question have.
    marking: Vec<String>,
    /// The setting of the numbers that label options.
    numbers: Option<Setting>,
    /// Whether no question is numbered but in brackets (`(1)`).
    pub(in crate::bank) bracketed: bool,
    /// Which bullets ask.
    pub(in crate::bank) outline: Outline,
}

impl Layout {
    pub(in crate::bank) fn detect(tidy: &Tidy, convention: Convention) -> Self {
        let lines = &tidy.lines;
        let outline = Outline::find(lines, &tidy.numbers);
        let numbers = numbers(lines).filter(|_| convention.labels == Labels::Numbers);
        let plain = lines.iter().any(|line| super::label::question_number(line.trim_start()).is_some());
        let mut layout = Self { convention, marking: Vec::new(), numbers, bracketed: !plain, outline };
        layout.marking = layout.marking(lines);
        layout
    }

    /// The beginning of an option, if the line may be one.
    pub(in crate::bank) fn lead<'t>(&self, text: &'t str, indent: usize) -> Option<OptionLead<'t>> {
        let found = lead(text, self.convention.labels)?;
        let set = |setting: &Setting| found.label.is_none_or(|label| *setting == (label.shape, indent > 0));
        self.numbers.as_ref().is_none_or(set).then_some(found)
    }

    /// Whether the signs before an option mark it as right.
    pub(in crate::bank) fn marks(&self, signs: &str) -> bool {
        self.marking.iter().any(|marking| *marking == packed(signs))
    }

    fn marking(&self, lines: &[String]) -> Vec<String> {
        let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
        let mut questions = 0_usize;
        let mut run: Vec<String> = Vec::new();
        let mut end = |run: &mut Vec<String>| {
            let signs = std::mem::take(run);
            if signs.len() < 2 {
                return;
            }
            questions += 1;
            let mut own = signs.clone();
            own.sort_unstable();
            own.dedup();
            for sign in own.into_iter().filter(|sign| sign.contains(MARKING)) {
                let of = signs.iter().filter(|other| **other == sign).count();
                let (some, all) = counts.entry(sign).or_default();
                *some += usize::from(of < signs.len());
                *all += of;
            }
        };
        let mut options = 0;
        for line in lines.iter().filter(|line| !line.trim().is_empty()) {
            let text = line.trim_start();
            match self.lead(text, line.len() - text.len()) {
                Some(lead) => {
                    if lead.label.is_some_and(|label| label.place == 0) {
                        end(&mut run);
                    }
                    options += 1;
                    run.push(packed(lead.signs));
                }
                None => end(&mut run),
            }
        }
        end(&mut run);
        let often = |(some, all): (usize, usize)| some * 5 >= questions * 4 && all * 2 <= options;
        counts.into_iter().filter(|(_, count)| questions > 0 && often(*count)).map(|(sign, _)| sign).collect()
    }
}

/// Signs that may mark an option.
const MARKING: [char; 12] = ['*', '+', '>', '→', '⇒', 'x', 'X', '●', '◉', '■', '◆', '~'];

/// Signs without the spaces between them.
fn packed(signs: &str) -> String {
    signs.split_whitespace().collect()
}
