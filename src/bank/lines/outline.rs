//! Whether questions are bullets and their options deeper bullets, decided once for the file.

use super::label::{bullet, label};
use super::mark::boxed;
use crate::bank::Decision;

/// The evidence for bullets that are questions.
#[derive(Clone, Debug, Default)]
pub(in crate::bank) struct Outline {
    /// The indentation of the outer bullets.
    pub(in crate::bank) indent: usize,
    /// The number of outer bullets.
    pub(in crate::bank) outer: usize,
    /// The lines of those that have two or more deeper bullets or labels below them.
    pub(in crate::bank) parents: Vec<usize>,
}

impl Outline {
    /// Looks at the bullets of a file; `numbers` are those of its lines.
    pub(in crate::bank) fn find(lines: &[String], numbers: &[usize]) -> Self {
        let indent = |line: &str| line.len() - line.trim_start().len();
        let is_outer =
            |line: &&String| bullet(line.trim()).is_some() && boxed(bullet(line.trim()).unwrap_or("")).is_none();
        let Some(least) = lines.iter().filter(is_outer).map(|line| indent(line)).min() else { return Self::default() };
        let mut outline = Self { indent: least, ..Self::default() };
        let mut open: Option<(usize, usize)> = None;
        let close = |open: Option<(usize, usize)>, parents: &mut Vec<usize>| {
            parents.extend(open.filter(|(_, children)| *children > 1).map(|(at, _)| numbers[at]));
        };
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let text = line.trim();
            if indent(line) > least {
                let begins = bullet(text).is_some() || label(text).is_some_and(|label| label.set_off);
                open = open.map(|(parent, children)| (parent, children + usize::from(begins)));
                continue;
            }
            close(open.take(), &mut outline.parents);
            let labelled = label(bullet(text).unwrap_or(text)).is_some_and(|label| !label.number && label.set_off);
            if is_outer(&line) && !labelled {
                outline.outer += 1;
                open = Some((at, 0));
            }
        }
        close(open, &mut outline.parents);
        outline
    }

    /// Whether the outer bullets ask.
    pub(in crate::bank) fn asks(&self) -> bool {
        self.parents.len() > 1 && self.parents.len() * 3 >= self.outer * 2
    }

    pub(in crate::bank) fn evidence(&self) -> Option<Decision> {
        self.asks().then(|| {
            let reason = format!("{} of {} outer bullets have several deeper ones", self.parents.len(), self.outer);
            Decision::new("bullets", "outer bullets are questions, deeper ones options")
                .because(reason, self.parents.iter().copied())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(text: &str) -> bool {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let numbers: Vec<usize> = (1..=lines.len()).collect();
        Outline::find(&lines, &numbers).asks()
    }

    #[test]
    fn bullets_with_bullets_below_ask() {
        assert!(asks("- What?\n  - a\n  - b\n- Who?\n  - c\n  - d\n"));
        assert!(!asks("What?\n- a\n- b\n  - note\n  - note\n\nWho?\n- c\n  - note\n- d\n"));
        assert!(!asks("- A. a\n- B. b\n"));
    }
}
