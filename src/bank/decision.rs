//! The decisions on how a file was read, which `import --explain` prints.
//!
//! Every decision about a whole file is made by a pure function that also returns its reasons: what was decided, and on
//! which lines it is based.

/// One decision about a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// The question that was decided (`format`, `mark`, `columns`), a word or two.
    pub subject: &'static str,
    /// The outcome, in a few words (`an answer line below the options`).
    pub outcome: String,
    /// The reasons for it and against it.
    pub reasons: Vec<Reason>,
}

/// A reason for a decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// An observation (`answer lines below 10 of 10 questions`).
    pub text: String,
    /// Lines on which it was seen, from 1: the first few of them.
    pub lines: Vec<usize>,
}

/// More lines are not named for one reason.
const MOST_LINES: usize = 5;

impl Decision {
    /// A decision without reasons.
    pub(super) fn new(subject: &'static str, outcome: impl Into<String>) -> Self {
        Self { subject, outcome: outcome.into(), reasons: Vec::new() }
    }

    /// Adds a reason, with the first few of the lines on which it was seen.
    pub(super) fn because(mut self, text: impl Into<String>, lines: impl IntoIterator<Item = usize>) -> Self {
        self.reasons.push(Reason { text: text.into(), lines: lines.into_iter().take(MOST_LINES).collect() });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ground_names_its_first_lines_only() {
        let evidence = Decision::new("mark", "a star").because("stars", 1..100);
        assert_eq!(evidence.reasons[0].lines, [1, 2, 3, 4, 5]);
    }
}
