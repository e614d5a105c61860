//! How a file marks its right options: one decision for the whole file, after weighing all evidence. Any other sign is
//! text.

mod evidence;
mod sign;
mod unknown;

use super::block::{QuestionBlock, RawOption};
use super::list::Listed;
use evidence::{MarkTally, NamedPlaces, QuestionMarks};
use sign::{Sign, signs};

/// The marks of right options in this file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::bank) struct Marking {
    /// Whether signs within the texts of the options are looked at.
    within: bool,
    /// Signs that are marks next to an answer line or a key section, the most frequent first.
    beside_answers: Vec<Sign>,
    /// Signs that mark questions without a named answer, the most frequent first.
    alone: Vec<Sign>,
    /// Signs that are marks elsewhere, but not next to the answers of this file.
    rare: Vec<Sign>,
}

/// The signs of one question, read.
#[derive(Debug, Default)]
pub(in crate::bank) struct MarkReading {
    /// The places of the options that are marked.
    pub(in crate::bank) right: Vec<usize>,
    /// The text of each option without its marks, as a range.
    pub(in crate::bank) texts: Vec<std::ops::Range<usize>>,
    /// Options with a sign that is a mark elsewhere, but not here: place, and name of the sign.
    pub(in crate::bank) stray: Vec<(usize, String)>,
}

impl Marking {
    /// All known signs are marks, if nothing is known of the file.
    pub(in crate::bank) fn any() -> Self {
        let all = [Sign::Before, Sign::Said, Sign::Tick, Sign::Crossed, Sign::StarBehind, Sign::StarBefore, Sign::Bold];
        Self { within: true, beside_answers: all.to_vec(), alone: all.to_vec(), rare: Vec::new() }
    }

    /// Only boxes and signs before the labels mark; everything within the texts is text.
    pub(in crate::bank) fn boxes() -> Self {
        Self { beside_answers: vec![Sign::Before], alone: vec![Sign::Before], ..Self::default() }
    }

    /// Decides which signs are marks. `resolve` gives the options that an answer names.
    pub(in crate::bank) fn decide(
        questions: &[QuestionBlock],
        listed: &[Listed],
        resolve: &NamedPlaces<'_>,
    ) -> (Self, MarkTally) {
        let mut tally = MarkTally::default();
        for (block, listed) in questions.iter().zip(listed).filter(|(block, _)| block.options.len() > 1) {
            tally.add(&QuestionMarks::new(block, listed, resolve));
        }
        let (beside_answers, alone, rare) = (tally.beside_answers(), tally.alone(), tally.rare());
        let mut marking = Self { within: true, beside_answers, alone, rare };
        tally.known_marks(&marking.alone);
        if let Some(sign) = unknown::find(&tally, questions, listed, resolve) {
            tally.unknown = Some(sign.clone());
            marking.alone.push(sign.clone());
            marking.beside_answers.push(sign);
        }
        (marking, tally)
    }

    /// The names of the marks of questions without a named answer.
    pub(in crate::bank) fn names(&self) -> Vec<String> {
        self.alone.iter().map(Sign::name).collect()
    }

    /// Reads the signs of one question. `answered`: whether an answer line or a list names its answer.
    pub(in crate::bank) fn read_marks(&self, options: &[RawOption], answered: bool) -> MarkReading {
        if !self.within {
            let right = (0..options.len()).filter(|place| options[*place].right).collect();
            let texts = options.iter().map(|option| trimmed(&option.text)).collect();
            return MarkReading { right, texts, stray: Vec::new() };
        }
        let marking = if answered { &self.beside_answers } else { &self.alone };
        let found: Vec<Vec<(Sign, &str)>> = options.iter().map(|option| of_option(option, marking, answered)).collect();
        let all_bold = found.iter().all(|signs| signs.iter().any(|(sign, _)| *sign == Sign::Bold));
        let counts = |sign: &Sign| marking.contains(sign) && !(all_bold && *sign == Sign::Bold);
        let has = |place: usize, sign: &Sign| {
            let signs = &found[place];
            signs.iter().any(|(other, _)| other == sign) && !signs.iter().any(|(other, _)| *other == Sign::Wrong)
        };
        let with = |sign: &Sign| (0..options.len()).filter(|place| has(*place, sign)).collect::<Vec<_>>();
        let plain = [Sign::Before, Sign::Said];
        let mut deciding = marking
            .iter()
            .chain(plain.iter().filter(|sign| !marking.contains(sign)))
            .filter(|sign| !answered || !self.rare.contains(sign));
        let (right, by) = deciding
            .find_map(|sign| {
                let right = with(sign);
                (!right.is_empty() && (!all_bold || *sign != Sign::Bold)).then_some((right, Some(sign)))
            })
            .unwrap_or_default();
        // A cross next to an answer line is text, unless ticks mark.
        let crosses = !answered || marking.contains(&Sign::Tick) || marking.contains(&Sign::Said);
        let mut reading = MarkReading { right, ..MarkReading::default() };
        for (place, (option, signs)) in options.iter().zip(&found).enumerate() {
            let mut text = option.text.trim();
            for (sign, inner) in signs.iter().filter(|(sign, _)| *sign != Sign::Before) {
                // The bold type around label and text is gone already.
                let off = counts(sign)
                    || (*sign == Sign::Crossed && !answered)
                    || (sign.is_plain() && (*sign != Sign::Wrong || crosses))
                    || (all_bold && *sign == Sign::Bold);
                let voted = *sign == Sign::Wrong && text.ends_with("Voted") | text.ends_with("Voted)");
                if (off || voted) && inner.len() < text.len() {
                    text = inner;
                } else if !off && inner.len() < text.len() {
                    break;
                }
            }
            let from = text.as_ptr() as usize - option.text.as_ptr() as usize;
            reading.texts.push(from..from + text.len());
            let stray = signs.iter().map(|(sign, _)| sign).find(|sign| {
                !matches!(sign, Sign::Wrong | Sign::Crossed)
                    && Some(*sign) != by
                    && !reading.right.contains(&place)
                    && (!all_bold || **sign != Sign::Bold)
            });
            reading.stray.extend(stray.map(|sign| (place, sign.name())));
        }
        reading
    }
}

/// A text without any sign that is known.
pub(in crate::bank) fn bare(text: &str) -> &str {
    signs(text).last().map_or(text.trim(), |(_, inner)| inner)
}

/// The range of a text without white space at its ends.
fn trimmed(text: &str) -> std::ops::Range<usize> {
    let from = text.len() - text.trim_start().len();
    from..from + text.trim().len()
}

/// The signs of an option from the outside in. Unknown ones are included only if they are marks.
fn of_option<'a>(option: &'a RawOption, marking: &[Sign], answered: bool) -> Vec<(Sign, &'a str)> {
    let text = option.text.trim();
    // The votes of others are not part of the text, and not a key.
    let voted = text.strip_suffix("Most Voted").or(text.strip_suffix("(Most Voted)"));
    if let Some(inner) = voted.filter(|inner| answered && inner.ends_with([' ', '\t']) && !inner.trim().is_empty()) {
        return vec![(Sign::Wrong, inner.trim_end())];
    }
    let mut found = Vec::new();
    found.extend(option.right.then_some((Sign::Before, text)));
    found.extend(option.bold.then_some((Sign::Bold, text)));
    let mut rest = text;
    if marking.iter().any(|sign| matches!(sign, Sign::Unknown(..)))
        && let Some((sign, inner)) = sign::unknown(text).into_iter().find(|(sign, _)| marking.contains(sign))
    {
        found.push((sign, inner));
        rest = inner;
    }
    found.extend(signs(rest));
    found
}

#[cfg(test)]
mod tests;
