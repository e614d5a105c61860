//! Which look marks the right options: the one that exactly one option, or some of them, of nearly every question has.

use std::collections::{HashMap, HashSet};

use super::lines::TextLine;
use super::{Looks, TextLook};
use crate::bank::Decision;
use crate::bank::word_set::WordSet;

/// How often a look occurs among the options of the questions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct LookCounts {
    /// Questions of which one option has it.
    one: Vec<usize>,
    /// Questions of which several have it, but not most of them.
    some: Vec<usize>,
    /// Questions of which all, or most, have it.
    most: Vec<usize>,
    /// Questions of which all but one have it.
    all_but_one: Vec<usize>,
}

impl LookCounts {
    fn score(&self) -> usize {
        self.one.len() * 2 + self.some.len()
    }

    fn marks(&self, questions: usize) -> bool {
        let marked = self.one.len() + self.some.len();
        marked > 0 && marked * 2 >= questions && self.most.len() * 4 <= marked
    }
}

/// The lines of options that look right, and why.
#[derive(Debug, Default)]
pub(super) struct Marked {
    pub(super) lines: HashSet<usize>,
    pub(super) evidence: Option<Decision>,
}

/// Decides which look marks right options. `questions`: the places of the lines of the options of each question.
pub(super) fn decide(lines: &[TextLine], questions: &[Vec<usize>], looks: &Looks) -> Marked {
    LookSearch { lines, questions, looks, standings: standings(lines, questions) }.decide()
}

/// The options of a document and their looks.
struct LookSearch<'a> {
    lines: &'a [TextLine],
    questions: &'a [Vec<usize>],
    looks: &'a Looks,
    standings: HashMap<TextLook, LookCounts>,
}

impl LookSearch<'_> {
    fn decide(&self) -> Marked {
        let Self { questions, looks, standings, .. } = self;
        let barred = self.barred();
        let best = standings
            .iter()
            .filter(|(look, standing)| !barred.contains(look) && standing.marks(questions.len()))
            .max_by_key(|(look, standing)| (standing.score(), std::cmp::Reverse(**look)));
        if let Some((look, standing)) = best {
            if let Some((rival, other)) = self.rival(*look, standing) {
                // Of two looks on different options, the name of one may decide.
                return match (tells(looks.name(*look)), tells(looks.name(rival))) {
                    (true, false) => self.marked(*look, standing),
                    (false, true) => self.marked(rival, other),
                    _ => Marked::default(),
                };
            }
            return self.marked(*look, standing);
        }
        let struck = standings
            .iter()
            .filter(|(look, standing)| denies(looks.name(**look)) && standing.all_but_one.len() * 2 > questions.len());
        let struck = struck.max_by_key(|(look, standing)| (standing.all_but_one.len(), std::cmp::Reverse(**look)));
        struck.map_or_else(Marked::default, |(look, standing)| {
            let lacks = |line: &&usize| !self.has(**line, *look);
            let found =
                standing.all_but_one.iter().flat_map(|question| questions[*question].iter().filter(lacks)).copied();
            let found: HashSet<usize> = found.collect();
            let name = looks.name(*look);
            let evidence = Decision::new("mark", format!("the one option without {name}")).because(
                format!(
                    "all options but one have it in {} of {} questions",
                    standing.all_but_one.len(),
                    questions.len()
                ),
                sorted(&found),
            );
            Marked { lines: found, evidence: Some(evidence) }
        })
    }

    /// Looks that do not mark right options: their names mean wrong or picked, or they only occur together with such looks
    /// (`a colour` of the colour grey).
    fn barred(&self) -> HashSet<TextLook> {
        let Self { lines, questions, looks, standings } = self;
        let named = |look: &&TextLook| denies(looks.name(**look)) || is_picked(looks.name(**look));
        let named: HashSet<TextLook> = standings.keys().filter(named).copied().collect();
        let with = |look: &TextLook| {
            let mut options = questions.iter().flatten().filter(|line| self.has(**line, *look));
            options.all(|line| lines[*line].looks.iter().any(|other| named.contains(other)))
        };
        standings.keys().filter(|look| named.contains(look) || with(look)).copied().collect()
    }

    /// A look that is as frequent as the best one and never on the same option.
    fn rival(&self, best: TextLook, standing: &LookCounts) -> Option<(TextLook, &LookCounts)> {
        let both = |look: TextLook, line: usize| self.has(line, look) && self.has(line, best);
        let apart = |look: TextLook| !self.questions.iter().flatten().any(|line| both(look, *line));
        let mut found: Vec<TextLook> = self
            .standings
            .iter()
            .filter(|(look, other)| **look != best && other.score() == standing.score() && apart(**look))
            .map(|(look, _)| *look)
            .collect();
        found.sort_unstable();
        let look = *found.first()?;
        self.standings.get(&look).map(|other| (look, other))
    }

    fn marked(&self, look: TextLook, standing: &LookCounts) -> Marked {
        let Self { questions, looks, .. } = self;
        let has = |line: &&usize| self.has(**line, look);
        let asked = standing.one.iter().chain(&standing.some);
        let found: HashSet<usize> =
            asked.flat_map(|question| questions[*question].iter().filter(has)).copied().collect();
        let evidence = Decision::new("mark", looks.name(look))
            .because(
                format!("exactly one option has it in {} of {} questions", standing.one.len(), questions.len()),
                sorted(&found),
            )
            .because(
                format!("several options have it in {}, most or all in {}", standing.some.len(), standing.most.len()),
                [],
            );
        Marked { lines: found, evidence: Some(evidence) }
    }

    fn has(&self, line: usize, look: TextLook) -> bool {
        self.lines[line].looks.contains(&look)
    }
}

/// Parts of names that say so.
static DENIALS: WordSet =
    WordSet::of_phrases("incorrect, wrong, false, falsch, falso, faux, distractor, error, invalid, a line through it");

/// Whether the name of a look says that what has it is wrong.
fn denies(name: &str) -> bool {
    let name = name.to_lowercase();
    let grey = ["gray", "grey"].iter().any(|word| name.contains(word));
    grey || DENIALS.iter().any(|word| name.contains(word))
}

/// Whether the name of a look says that somebody picked it, right or wrong.
fn is_picked(name: &str) -> bool {
    let name = name.to_lowercase();
    ["selected", "chosen", "picked", "active", "user-answer", "your-answer", "disabled"]
        .iter()
        .any(|word| name.contains(word))
}

/// Whether the name of a look says that it marks what is right.
fn tells(name: &str) -> bool {
    let name = name.to_lowercase();
    let words = ["correct", "right", "true", "answer", "richtig", "highlight", "tick", "check"];
    words.iter().any(|word| name.contains(word)) && !["incorrect", "wrong"].iter().any(|word| name.contains(word))
}

fn sorted(lines: &HashSet<usize>) -> Vec<usize> {
    let mut lines: Vec<usize> = lines.iter().map(|line| line + 1).collect();
    lines.sort_unstable();
    lines
}

fn standings(lines: &[TextLine], questions: &[Vec<usize>]) -> HashMap<TextLook, LookCounts> {
    let mut standings: HashMap<TextLook, LookCounts> = HashMap::new();
    for (place, options) in questions.iter().enumerate() {
        let mut counts: HashMap<TextLook, usize> = HashMap::new();
        for look in options.iter().flat_map(|line| &lines[*line].looks) {
            *counts.entry(*look).or_default() += 1;
        }
        for (look, count) in counts {
            let standing = standings.entry(look).or_default();
            match count {
                1 if options.len() > 1 => standing.one.push(place),
                count if count * 2 <= options.len() => standing.some.push(place),
                _ => standing.most.push(place),
            }
            if options.len() > 1 && count + 1 == options.len() {
                standing.all_but_one.push(place);
            }
        }
    }
    standings
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Questions of four options each: which of them have which looks.
    fn decided(questions: &[[&[usize]; 4]]) -> Vec<usize> {
        let mut looks = Looks::default();
        (0..4).for_each(|place| {
            looks.intern(&format!("look {place}"));
        });
        let line = |looks: &&[usize]| TextLine {
            text: "x".into(),
            looks: looks.iter().map(|at| TextLook(*at)).collect(),
            from: 0,
        };
        let lines: Vec<TextLine> = questions.iter().flatten().map(line).collect();
        let groups: Vec<Vec<usize>> = (0..questions.len()).map(|at| (at * 4..at * 4 + 4).collect()).collect();
        let mut found: Vec<usize> = decide(&lines, &groups, &looks).lines.into_iter().collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn the_look_of_one_option_of_each_question_marks() {
        assert_eq!(decided(&[[&[], &[0], &[], &[]], [&[0], &[], &[], &[]]]), [1, 4]);
        // What stands everywhere is none; what stands on one of each beside it is the mark.
        assert_eq!(decided(&[[&[0], &[0, 1], &[0], &[0]], [&[0, 1], &[0], &[0], &[0]]]), [1, 4]);
        assert_eq!(decided(&[[&[0], &[0], &[0], &[0]], [&[0], &[0], &[0], &[0]]]), Vec::<usize>::new());
    }

    /// Questions of two options each, of which those with a 0 have the look of this name.
    fn named(name: &str, questions: &[[usize; 2]]) -> Vec<usize> {
        let mut looks = Looks::default();
        let (look, general) = (looks.intern(name), looks.intern("a colour"));
        let line = |option: &usize| TextLine {
            text: "x".into(),
            looks: if *option == 0 { vec![look, general] } else { Vec::new() },
            from: 0,
        };
        let lines: Vec<TextLine> = questions.iter().flatten().map(line).collect();
        let groups: Vec<Vec<usize>> = (0..questions.len()).map(|at| vec![at * 2, at * 2 + 1]).collect();
        let mut found: Vec<usize> = decide(&lines, &groups, &looks).lines.into_iter().collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn looks_that_say_wrong_mark_the_others() {
        let questions = [[0, 1], [1, 0], [0, 1]];
        assert_eq!(named("the class `right`", &questions), [0, 3, 4]);
        for name in ["the class `wrong`", "the class `distractor`", "a line through it", "a colour grey"] {
            assert_eq!(named(name, &questions), [1, 2, 5], "{name}");
        }
        assert_eq!(named("the class `selected`", &questions), Vec::<usize>::new());
    }

    #[test]
    fn a_look_that_stands_now_and_then_marks_nothing() {
        let plain: [&[usize]; 4] = [&[], &[], &[], &[]];
        assert_eq!(decided(&[[&[], &[0], &[], &[]], plain, plain]), Vec::<usize>::new());
    }

    #[test]
    fn of_two_colours_the_one_that_is_single_marks() {
        // 0 is any colour, 1 and 2 are two of them.
        assert_eq!(
            decided(&[[&[0, 1], &[0, 2], &[], &[]], [&[], &[0, 2], &[0, 1], &[]], [&[0, 1], &[], &[], &[]]]),
            [0, 6, 8]
        );
    }
}
