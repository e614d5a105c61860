//! The evidence for a sign as the mark of a file: on how many questions it occurs, and whether it agrees with named
//! answers.

use std::collections::BTreeMap;

use super::sign::{Sign, signs};
use crate::bank::Decision;
use crate::bank::lines::block::QuestionBlock;
use crate::bank::lines::list::Listed;

/// The places of the options of a question that an answer names.
pub(super) type NamedPlaces<'a> = dyn Fn(&str, &QuestionBlock) -> Option<Vec<usize>> + 'a;

/// The counts of the whole file.
#[derive(Debug, Default)]
pub(in crate::bank) struct MarkTally {
    /// Questions whose answer an answer line names, with a few of the lines.
    pub(super) answered: Count,
    /// Questions whose answer only a key section names.
    pub(super) listed: Count,
    /// Questions whose answer nothing names.
    pub(super) alone: Count,
    /// Of the questions without a named answer, how many a known sign marks.
    pub(super) marked: usize,
    /// The unknown sign that was found to mark.
    pub(super) unknown: Option<Sign>,
    signs: BTreeMap<Sign, SignCount>,
}

/// A count, with the first few lines.
#[derive(Debug, Default)]
pub(super) struct Count {
    pub(super) count: usize,
    pub(super) lines: Vec<usize>,
}

impl Count {
    fn add(&mut self, line: usize) {
        self.count += 1;
        if self.lines.len() < 5 {
            self.lines.push(line);
        }
    }
}

/// In how many questions a sign is on some of the options.
#[derive(Debug, Default)]
struct SignCount {
    beside_answers: usize,
    /// Of these, how often it is on the options that the answer names.
    agrees: usize,
    alone: usize,
    /// Of these, how often it is on more than half of the options.
    most: usize,
    lines: Vec<usize>,
}

/// The signs and the answer of one question.
pub(super) struct QuestionMarks {
    line: usize,
    answered_at: Option<usize>,
    listed_at: Option<usize>,
    answer: Option<Vec<usize>>,
    /// Each sign with the places of its options.
    signs: BTreeMap<Sign, Vec<usize>>,
    options: usize,
}

impl QuestionMarks {
    pub(super) fn new(block: &QuestionBlock, listed: &Listed, resolve: &NamedPlaces<'_>) -> Self {
        let mut found: BTreeMap<Sign, Vec<usize>> = BTreeMap::new();
        for (place, option) in block.options.iter().enumerate() {
            let around = option.right.then_some(Sign::Before).into_iter().chain(option.bold.then_some(Sign::Bold));
            for sign in around.chain(signs(&option.text).into_iter().map(|(sign, _)| sign)) {
                let places = found.entry(sign).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        Self {
            line: block.options.first().map_or(0, |option| option.line),
            answered_at: block.answers.first().map(|(line, _)| *line),
            listed_at: listed.first().map(|(line, _)| *line),
            answer: answer_of(block, listed, resolve),
            signs: found,
            options: block.options.len(),
        }
    }
}

/// The places that the answer line or the list names, in order.
pub(super) fn answer_of(block: &QuestionBlock, listed: &Listed, resolve: &NamedPlaces<'_>) -> Option<Vec<usize>> {
    let (_, said) = block.answers.first().or(listed.first())?;
    let mut places = resolve(said, block)?;
    places.sort_unstable();
    places.dedup();
    Some(places)
}

impl MarkTally {
    pub(super) fn add(&mut self, seen: &QuestionMarks) {
        let answered = seen.answered_at.or(seen.listed_at);
        match (seen.answered_at, seen.listed_at) {
            (Some(line), _) => self.answered.add(line),
            (None, Some(line)) => self.listed.add(line),
            (None, None) => self.alone.add(seen.line),
        }
        for (sign, places) in seen.signs.iter().filter(|(_, places)| places.len() < seen.options) {
            let count = self.signs.entry(sign.clone()).or_default();
            if count.lines.len() < 5 {
                count.lines.push(seen.line);
            }
            if answered.is_some() {
                count.beside_answers += 1;
                count.agrees += usize::from(seen.answer.as_ref() == Some(places));
            } else {
                count.alone += 1;
                count.most += usize::from(places.len() * 2 > seen.options);
            }
        }
    }

    pub(super) fn questions(&self) -> usize {
        self.named() + self.alone.count
    }

    pub(super) fn named(&self) -> usize {
        self.answered.count + self.listed.count
    }

    /// The signs that are marks next to named answers: those that occur on most of them and agree, and the mark of the
    /// file.
    pub(super) fn beside_answers(&self) -> Vec<Sign> {
        let named = self.named();
        let marks = |(sign, count): &(&Sign, &SignCount)| {
            let regular = count.beside_answers * 2 >= named && count.agrees * 4 >= count.beside_answers * 3;
            let enough = named > 2 || **sign != Sign::StarBefore;
            (regular && enough && count.beside_answers > 0) || (count.alone * 2 >= self.questions())
        };
        self.by_frequency(marks, |count| count.beside_answers)
    }

    /// The plain signs that are too rare next to named answers to be marks, and disagree with them.
    pub(super) fn rare(&self) -> Vec<Sign> {
        let named = self.named();
        let rare = |count: &SignCount| {
            named > 2 && count.beside_answers * 2 < named && count.agrees * 2 < count.beside_answers && count.alone == 0
        };
        let signs = self.signs.iter().filter(|(sign, count)| sign.is_plain() && rare(count));
        signs.map(|(sign, _)| sign.clone()).collect()
    }

    /// The signs that mark questions without a named answer.
    pub(super) fn alone(&self) -> Vec<Sign> {
        let (named, alone) = (self.named(), self.alone.count);
        let most = self.signs.values().map(|count| count.alone).max().unwrap_or(0);
        let marks = |(sign, count): &(&Sign, &SignCount)| match () {
            () if sign.is_plain() => true,
            // It marks the wrong options.
            () if **sign == Sign::Crossed && count.most * 2 > count.alone => false,
            // A sign on the remaining questions is a mark only if most of them have it.
            () if named > 0 => count.alone * 2 >= alone && (count.alone > 1 || named == 1),
            () => count.alone * 5 >= most && (count.alone > 1 || alone < 5),
        };
        self.by_frequency(marks, |count| count.alone)
    }

    fn by_frequency(
        &self,
        marks: impl Fn(&(&Sign, &SignCount)) -> bool,
        count: impl Fn(&SignCount) -> usize,
    ) -> Vec<Sign> {
        let mut found: Vec<(&Sign, &SignCount)> =
            self.signs.iter().filter(|(sign, _)| **sign != Sign::Wrong).filter(marks).collect();
        found.sort_by_key(|(_, counts)| std::cmp::Reverse(count(counts)));
        found.into_iter().map(|(sign, _)| sign.clone()).collect()
    }

    /// Counts how many questions without a named answer the signs mark, at most.
    pub(super) fn known_marks(&mut self, marking: &[Sign]) {
        self.marked = marking.iter().filter_map(|sign| self.signs.get(sign)).map(|count| count.alone).sum();
    }

    pub(in crate::bank) fn evidence(&self, alone: &[String]) -> Decision {
        let all = self.questions();
        let mut decision: Vec<String> = Vec::new();
        decision.extend((self.answered.count > 0).then(|| "answer lines".to_owned()));
        decision.extend((self.listed.count > 0).then(|| "a key section".to_owned()));
        decision.extend(alone.iter().cloned());
        let decision = if decision.is_empty() { "nothing".to_owned() } else { decision.join(", ") };
        let mut evidence = Decision::new("mark", decision);
        for (count, what) in [
            (&self.answered, "answer lines below"),
            (&self.listed, "a key section names"),
            (&self.alone, "no answer is named for"),
        ] {
            if count.count > 0 {
                let text = format!("{what} {} of {all} questions", count.count);
                evidence = evidence.because(text, count.lines.iter().copied());
            }
        }
        for (sign, count) in &self.signs {
            let seen = count.beside_answers + count.alone;
            let text = format!("{} in {seen} of {all} questions", sign.name());
            let agrees = if count.beside_answers > 0 {
                format!(", {} of {} next to an answer agree with it", count.agrees, count.beside_answers)
            } else {
                String::new()
            };
            evidence = evidence.because(text + &agrees, count.lines.iter().copied());
        }
        evidence
    }
}
