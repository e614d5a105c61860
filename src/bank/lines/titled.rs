//! Assigns lists of answers in parts to their questions: by the title of each part, else by the order of the parts.

use std::collections::HashMap;
use std::ops::Range;

use super::block::QuestionBlock;
use super::checker::Checker;
use super::list::{KeyList, runs};

/// Gives the answers of a list in parts to the questions of its scope. Says whether the list has parts.
pub(super) fn assign(
    list: &KeyList,
    scope: &[QuestionBlock],
    answers: &mut [Vec<(usize, String)>],
    checker: &mut Checker<'_>,
) -> bool {
    if list.titles.len() < 2 {
        return false;
    }
    let Some(groups) = by_title(list, scope).or_else(|| by_order(list, scope)) else {
        return alone(list, scope, answers, checker);
    };
    for entry in &list.entries {
        let group = &groups[entry.part];
        let numbered = !list.in_order && scope[group.clone()].iter().any(|block| block.number.is_some());
        let found = group.clone().find(|place| numbered && scope[*place].number == Some(entry.number));
        let found = found.or_else(|| {
            let place = entry.number.checked_sub(1).filter(|_| !numbered)?;
            group.clone().filter(|place| !scope[*place].doubtful).nth(place)
        });
        match found {
            Some(place) => answers[place].push((entry.line, entry.said.clone())),
            None => no_question(entry.line, entry.number, &list.titles[entry.part], checker),
        }
    }
    true
}

fn no_question(line: usize, number: usize, title: &str, checker: &mut Checker<'_>) {
    let message = format!("the list of answers names question {number} of `{title}`, which is not there");
    checker.warn(line, "no-such-question", &message, "check the numbers of the questions");
}

/// Assigns answers by number if nothing tells which part is for which questions. Only numbers that one question has are
/// unambiguous.
fn alone(
    list: &KeyList,
    scope: &[QuestionBlock],
    answers: &mut [Vec<(usize, String)>],
    checker: &mut Checker<'_>,
) -> bool {
    let mut places: HashMap<usize, Vec<usize>> = HashMap::new();
    for (place, block) in scope.iter().enumerate() {
        if let Some(number) = block.number {
            places.entry(number).or_default().push(place);
        }
    }
    let twice = |number: usize| list.entries.iter().filter(|entry| entry.number == number).count() > 1;
    for entry in &list.entries {
        match places.get(&entry.number).map(Vec::as_slice) {
            Some([place]) if !list.in_order && !twice(entry.number) => {
                answers[*place].push((entry.line, entry.said.clone()));
            }
            _ => no_question(entry.line, entry.number, &list.titles[entry.part], checker),
        }
    }
    true
}

/// The questions of each title, by the topics that the questions are under.
fn by_title(list: &KeyList, scope: &[QuestionBlock]) -> Option<Vec<Range<usize>>> {
    let groups = groups(scope.iter().map(|block| block.topic.as_deref().unwrap_or_default()));
    let topics: Vec<Vec<String>> =
        groups.iter().map(|group| words(scope[group.start].topic.as_deref().unwrap_or_default())).collect();
    let titles: Vec<Vec<String>> = list.titles.iter().map(|title| words(title)).collect();
    let common = |word: &String| titles.iter().all(|title| title.contains(word));
    let mut found: Vec<usize> = Vec::new();
    for title in &titles {
        let exact = topics.iter().position(|topic| topic == title);
        let own: Vec<&String> = title.iter().filter(|word| !common(word)).collect();
        let holds = |topic: &Vec<String>| !own.is_empty() && own.iter().all(|word| topic.contains(word));
        let mut like = (0..topics.len()).filter(|at| holds(&topics[*at]));
        let one = exact.or_else(|| like.next().filter(|_| like.next().is_none()))?;
        if found.contains(&one) {
            return None;
        }
        found.push(one);
    }
    Some(found.into_iter().map(|at| groups[at].clone()).collect())
}

/// The questions of each part, if there are as many parts as topics, or as times that the numbers restart.
fn by_order(list: &KeyList, scope: &[QuestionBlock]) -> Option<Vec<Range<usize>>> {
    let sure = groups(runs(scope.iter().map(|block| block.number.filter(|_| !block.doubtful))));
    // Doubtful numbered texts count as questions if the list has a part for them.
    let all = groups(runs(scope.iter().map(|block| block.number)));
    let by_topics = groups(scope.iter().map(|block| &block.topic));
    let fits = |groups: &Vec<Range<usize>>| groups.len() == list.titles.len();
    [sure, all, by_topics].into_iter().find(fits)
}

/// Ranges of neighbouring questions with the same key.
fn groups<K: PartialEq>(keys: impl IntoIterator<Item = K>) -> Vec<Range<usize>> {
    let keys: Vec<K> = keys.into_iter().collect();
    let mut end = 0;
    let range = |group: &[K]| {
        end += group.len();
        end - group.len()..end
    };
    keys.chunk_by(PartialEq::eq).map(range).collect()
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use crate::bank::{BankQuestion, ReadOptions, read};

    /// The right options of two parts with two questions each: the keys of the tests are 0 1, 1 0.
    fn right(key: &str) -> Vec<Vec<usize>> {
        let questions = |one: &str, two: &str| {
            format!("1. Which is {one}?\nA) sea\nB) sand\nC) wood\n\n2. Which is {two}?\nA) tin\nB) tar\n\n")
        };
        let text = format!(
            "Part I: Shores\n\n{}Part II: Ships\n\n{}{key}",
            questions("wet", "black"),
            questions("dry", "grey")
        );
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        assert_eq!(bank.problems, [], "{key}");
        bank.questions.iter().map(BankQuestion::correct).collect()
    }

    #[test]
    fn the_parts_of_a_key_find_their_questions() {
        for key in [
            "Answer key\n\nPart I\n1. A\n2. B\n\nPart II\n1. B\n2. A\n",
            "Answer key\n\nPart II\n1. B\n2. A\n\nPart I\n1. A\n2. B\n",
            "Key\nPart I: 1-A 2-B\nPart II: 1-B 2-A\n",
            "## Lösungen\n\n### Shores\n- 1: a\n- 2: b\n\n### Ships\n- 1: b\n- 2: a\n",
            "Answers\n\nPart I       Part II\n1. A         1. B\n2. B         2. A\n",
            "Answers to Shores\n1 A\n2 B\nAnswers to Ships\n1 B\n2 A\n",
            "Solutions\n\nFirst half\n1. sea\n2. tar\n\nSecond half\n1. sand\n2. tin\n",
            "**Answers**\n\n| Part | 1 | 2 |\n|---|---|---|\n| I | A | B |\n| II | B | A |\n",
            "**Answers**\n\n| No. | Part I | Part II |\n|---|---|---|\n| 1 | A | B |\n| 2 | B | A |\n",
            "Answer key\nPart I\nA, B\nPart II\nB, A\n",
            "Answer key\nPart I\n| 1 | 2 |\n| A | B |\nPart II\n| 1 | 2 |\n| B | A |\n",
        ] {
            assert_eq!(right(key), [[0], [1], [1], [0]], "{key}");
        }
    }

    #[test]
    fn statements_and_short_answers_have_parts_too() {
        let text = "Week 1\n\n1. Tar is black.\n2. Milk is green.\n\nWeek 2: metals\n\n1. Name a metal.\n2. Name a gas.\n\n\
                    Answers\n\nWeek 1\n1. True\n2. False\n\nWeek 2\n1. iron\n2. neon\n\nGood luck!\n";
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        let found: Vec<_> = bank
            .questions
            .iter()
            .map(|asked| {
                let right: Vec<&str> = asked.correct().iter().map(|at| asked.options[*at].text.as_str()).collect();
                (asked.topic.as_deref().unwrap_or_default(), asked.stem.as_str(), right.concat())
            })
            .collect();
        let expected = [
            ("Week 1", "Tar is black.", "True"),
            ("Week 1", "Milk is green.", "False"),
            ("Week 2: metals", "Name a metal.", "iron"),
            ("Week 2: metals", "Name a gas.", "neon"),
        ];
        assert_eq!(found, expected.map(|(topic, stem, right)| (topic, stem, right.to_owned())));
        let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line, problem.code)).collect();
        assert_eq!(told, [(21, "stray-text")]);
    }
}
