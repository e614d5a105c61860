//! Questions without lettered options: true or false statements, short answers, cards, options without labels.

use super::alphabet::Labels;
use super::answer::letters_of;
use super::block::{QuestionBlock, StemLine};
use super::key::is_key;
use super::label::bullet;
use super::verdict::{self, TruthVerdict, verdict_and_more};
use super::{mark, marks};
use crate::bank::defect::Defect;
use crate::bank::{BankOption, BankQuestion};
use crate::model::phrase::keeps_place;
use crate::model::{KeyOrigin, Kind};

/// A longer answer becomes a card, because nobody types it word for word. In characters.
const LONGEST_TYPED: usize = 40;
/// And so is one of more words.
const MOST_WORDS: usize = 4;

/// Decides which numbered texts without options and answers are questions: those whose numbers continue the sequence
/// above and lead to the one below. The others may be lists of something else, so they are questions only if a list of
/// answers names them.
pub(in crate::bank) fn settle(blocks: &mut [QuestionBlock]) {
    let numbered = |block: &QuestionBlock| block.is_bare() && block.number.is_some() && !block.worded;
    let mut at = 0;
    while at < blocks.len() {
        if !numbered(&blocks[at]) {
            at += 1;
            continue;
        }
        let end = at + blocks[at..].iter().take_while(|block| numbered(block)).count();
        let rises = blocks[at..end].windows(2).all(|pair| follows(&pair[0], &pair[1]));
        let above = at.checked_sub(1).is_some_and(|above| follows(&blocks[above], &blocks[at]));
        let below = blocks.get(end).is_none_or(|below| below.number == Some(1) || follows(&blocks[end - 1], below));
        let fits = rises && above && below;
        blocks[at..end].iter_mut().for_each(|block| block.doubtful = !fits);
        at = end;
    }
}

fn follows(above: &QuestionBlock, below: &QuestionBlock) -> bool {
    above.number.is_some_and(|number| below.number == Some(number + 1))
}

/// Facts about the rest of the file that help to read a question without options.
#[derive(Clone, Copy, Debug)]
pub(in crate::bank) struct Surroundings {
    /// Whether other questions of the file have options.
    pub(in crate::bank) choices: bool,
    pub(in crate::bank) labels: Labels,
}

/// Makes a question of a block without options and its answer.
pub(in crate::bank) fn question(
    block: &QuestionBlock,
    stem: &str,
    said: &str,
    around: Surroundings,
) -> Result<(BankQuestion, Option<String>), Defect> {
    let said = unadorned(said);
    if said.is_empty() {
        return Err(Defect::NoAnswer("write it behind `Answer:`, or on the line below"));
    }
    if let Some((stem, options)) = listed(&block.stem, said) {
        return Ok((keyed(Kind::Single, stem, options), None));
    }
    if let Some(verdict) = verdict_and_more(said) {
        let explanation = Some(verdict.more.to_owned()).filter(|more| !more.is_empty());
        return Ok((statement(&block.stem, stem, verdict), explanation));
    }
    if around.choices && names_an_option(said, block, around.labels) {
        return Err(NO_OPTIONS);
    }
    let typed = around.choices && is_typed(said);
    let text = if typed { without_stop(said) } else { said };
    Ok((keyed(if typed { Kind::Short } else { Kind::Card }, stem.to_owned(), vec![BankOption::new(text, true)]), None))
}

fn keyed(kind: Kind, stem: String, options: Vec<BankOption>) -> BankQuestion {
    BankQuestion { kind, stem, options, key: KeyOrigin::Marked, ..BankQuestion::default() }
}

/// The defect of a question that has neither options nor an answer.
pub(in crate::bank) const NO_OPTIONS: Defect =
    Defect::NoOptions("write its options below it, as `- A. …`, or a line `Answer: …`");

/// A statement and its verdict.
fn statement(lines: &[StemLine], stem: &str, verdict: TruthVerdict<'_>) -> BankQuestion {
    let options = BankOption::verdicts(verdict.words_in(stem), verdict.holds);
    // `True / False` below a statement is not part of it.
    let both = lines.len() > 1 && lines.last().is_some_and(|line| verdict::names_both(&line.text));
    let stem = match both {
        true => stem.trim_end().rsplit_once('\n').map_or(stem, |(above, _)| above.trim_end()),
        false => stem,
    };
    keyed(Kind::TrueFalse, stem.to_owned(), options)
}

/// The question and the options without labels below it, if the answer repeats one of these.
fn listed(lines: &[StemLine], said: &str) -> Option<(String, Vec<BankOption>)> {
    let asks = |line: &StemLine| line.text.trim_end().ends_with(['?', ':', '？', '：']);
    // Bullets at the end are the options. Without bullets, these are the lines below the one that asks.
    let bullets = lines.iter().rev().take_while(|line| bullet(line.text.trim()).is_some()).count();
    let from = match bullets {
        0 | 1 => lines.iter().position(asks).unwrap_or(0) + 1,
        _ => lines.len() - bullets,
    };
    let text = |text: &'_ str| -> String {
        let text = text.trim();
        marks::bare(bullet(text).filter(|_| bullets > 1).unwrap_or(text)).to_owned()
    };
    let bare = |line: &str| text(line).trim_end_matches('.').to_lowercase();
    let options = lines.get(from..).filter(|options| options.len() > 1)?;
    let right = options.iter().position(|line| bare(&line.text) == bare(said))?;
    let alone = options.iter().filter(|line| bare(&line.text) == bare(said)).count() == 1;
    let option = |(place, line): (usize, &StemLine)| {
        let text = text(&line.text);
        BankOption { pinned: keeps_place(&text), ..BankOption::new(text, place == right) }
    };
    let stem = lines[..from].iter().map(|line| line.text.trim()).collect::<Vec<_>>().join("\n");
    alone.then(|| (stem, options.iter().enumerate().map(option).collect()))
}

/// Whether the answer is the letter or the number of an option, which the question has lost.
fn names_an_option(said: &str, block: &QuestionBlock, labels: Labels) -> bool {
    let lettered = said.chars().count() < 8 && is_key(said) && letters_of(said).is_some_and(|places| places[0] < 8);
    let numbered = labels == Labels::Numbers && said.parse::<usize>().is_ok_and(|number| number < 8);
    lettered || (numbered && block.stem.len() > 2)
}

/// Whether somebody would type the answer in the same words.
fn is_typed(said: &str) -> bool {
    said.chars().count() <= LONGEST_TYPED
        && said.split_whitespace().count() <= MOST_WORDS
        && !said.contains(['\n', ',', ';', '/', '(', '、', '，', '；'])
}

/// The text without the full stop that ends a sentence.
fn without_stop(said: &str) -> &str {
    let bare = said.strip_suffix(['.', '。']).unwrap_or(said);
    if bare.contains('.') || bare.chars().count() < 3 { said } else { bare }
}

/// The answer without signs of bold type around all of it.
fn unadorned(said: &str) -> &str {
    let said = said.trim();
    mark::bold(said).unwrap_or(said).trim()
}

#[cfg(test)]
mod tests {
    use crate::bank::{Bank, ReadOptions, read};
    use crate::model::Kind;

    fn bank(text: &str) -> Bank {
        read(text.as_bytes(), &ReadOptions::default()).unwrap_or_else(|refusal| panic!("{}: {text}", refusal.message))
    }

    /// The kind, stem and right options of each question.
    fn found(bank: &Bank) -> Vec<(Kind, &str, Vec<&str>)> {
        bank.questions
            .iter()
            .map(|question| {
                let right = question.options.iter().filter(|option| option.correct).map(|option| option.text.as_str());
                (question.kind, question.stem.as_str(), right.collect())
            })
            .collect()
    }

    const CHOICE: &str = "1. What is red?\nA. sky\nB. blood\nC. grass\nAnswer: B\n";

    #[test]
    fn statements_and_short_answers_stand_among_choices() {
        let bank = bank(&format!(
            "{CHOICE}\n2. Tar is black.\nAnswer: True\n\n3. Name a tree.\nAnswer: oak.\n\n4. Milk is green. (T/F)\nAnswer: F\n\n\
             5. Why does ice float?\nAnswer: Because water grows as it freezes,\nand so ice is lighter.\nExplanation: it is.\n"
        ));
        assert_eq!(bank.problems, []);
        assert_eq!(
            found(&bank),
            [
                (Kind::Single, "What is red?", vec!["blood"]),
                (Kind::TrueFalse, "Tar is black.", vec!["True"]),
                (Kind::Short, "Name a tree.", vec!["oak"]),
                (Kind::TrueFalse, "Milk is green. (T/F)", vec!["False"]),
                (Kind::Card, "Why does ice float?", vec!["Because water grows as it freezes,\nand so ice is lighter."]),
            ]
        );
        assert_eq!(bank.questions[4].explanation.as_deref(), Some("it is."));
    }

    #[test]
    fn a_file_of_answers_alone_is_cards() {
        let bank = bank("1. What is red?\nAnswer: blood\n\n2. What is green?\nAnswer: grass\n");
        assert_eq!(
            found(&bank),
            [(Kind::Card, "What is red?", vec!["blood"]), (Kind::Card, "What is green?", vec!["grass"])]
        );
    }

    #[test]
    fn a_letter_is_no_answer_without_options() {
        let bank =
            bank(&format!("{CHOICE}\n2. What is green?\nAnswer: C\n\n3. What is blue?\nA. sky\nB. blood\nAnswer: A\n"));
        let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line, problem.code)).collect();
        assert_eq!((bank.questions.len(), told), (2, vec![(7, "no-options")]));
    }

    #[test]
    fn a_list_of_answers_judges_statements() {
        let bank = bank(&format!(
            "{}\n2. Tar is black.\n\n3. Name a tree.\n\n4. Milk is green.\n\nAnswers:\n1. B\n2. T\n3. oak\n4. F\n",
            CHOICE.replace("Answer: B\n", "")
        ));
        let kinds: Vec<Kind> = bank.questions.iter().map(|question| question.kind).collect();
        assert_eq!(kinds, [Kind::Single, Kind::TrueFalse, Kind::Short, Kind::TrueFalse]);
        assert_eq!((found(&bank)[1].2.clone(), found(&bank)[3].2.clone()), (vec!["True"], vec!["False"]));
    }

    #[test]
    fn a_question_that_nothing_answers_is_told() {
        let bank = bank(&format!("{CHOICE}\n2. Explain tar.\n\n3. What is blue?\nA. sky\nB. blood\nAnswer: A\n"));
        let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line, problem.code)).collect();
        assert_eq!((bank.questions.len(), bank.rejected, told), (2, 1, vec![(7, "no-options")]));
    }

    #[test]
    fn options_without_labels_are_found_by_the_answer() {
        let bank = bank(&format!("{CHOICE}\n2. What is green?\nsky\ngrass\nmilk\nAnswer: grass\n"));
        assert_eq!(found(&bank)[1], (Kind::Single, "What is green?", vec!["grass"]));
        assert_eq!(bank.questions[1].options.len(), 3);
    }
}
