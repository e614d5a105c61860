//! LaTeX: the class `exam` (`\question`, `\choice`, `\CorrectChoice`, `solution`) and the package `automultiplechoice`
//! (`\correctchoice{…}`, `\wrongchoice{…}`).

mod plain;
mod scan;

pub(in crate::bank) use plain::{CODE, group, plain, without_group, without_options};
pub(in crate::bank) use scan::{bare, comment_start};

use super::FormatFit;
use crate::bank::collect::{Collected, Collector};
use crate::bank::defect::Defect;
use crate::bank::lines::checker::kind_of;
use crate::bank::source::Source;
use crate::bank::word_set::WordSet;
use crate::bank::{BankOption, BankQuestion};
use crate::model::{KeyOrigin, Kind};
use scan::{LatexQuestion, items};

/// Commands that begin a question.
static ASKING: WordSet =
    WordSet::new(r"\question \titledquestion \bonusquestion \begin{question} \begin{questionmult}");
/// Commands that begin an answer.
static ANSWERING: WordSet = WordSet::new(
    r"\choice \CorrectChoice \correctchoice \begin{solution \part \fillin \answerline \begin{questions} \bonne",
);

/// Whether the text holds questions in commands for them.
pub(super) fn explains(source: &Source<'_>) -> Option<FormatFit> {
    let text = &source.text;
    if !text.contains('\\') || text.contains("\\exsolution{") || text.contains("\\extype{") {
        return None;
    }
    let holds = |words: &WordSet| words.iter().any(|word| text.contains(word));
    (holds(&ASKING) && holds(&ANSWERING)).then_some(FormatFit::Sure)
}

pub(super) fn read_latex(source: &Source<'_>) -> Collected {
    let mut collector = Collector::new(source.lines());
    for item in items(&source.text) {
        let line = item.line;
        collector.add(line, question(item));
    }
    collector.finish()
}

fn question(item: LatexQuestion) -> Result<BankQuestion, Defect> {
    let some = |text: &str| Some(plain(text)).filter(|text| !text.is_empty());
    let explanation = some(&item.solution);
    let asked = BankQuestion {
        line: item.line,
        id: item.id,
        topic: item.topic.as_deref().and_then(some),
        stem: plain(&item.stem),
        key: KeyOrigin::Marked,
        ..BankQuestion::default()
    };
    if asked.stem.is_empty() {
        return Err(Defect::NoStem);
    }
    let answer = |text: String, correct| BankOption::new(text, correct);
    if !item.options.is_empty() {
        let options: Vec<BankOption> =
            item.options.iter().map(|option| answer(plain(&option.text), option.right)).collect();
        let right = options.iter().filter(|option| option.correct).count();
        let kind = if item.multiple && right > 0 { Kind::Multiple } else { kind_of(right) };
        let key = if right == 0 { KeyOrigin::Missing } else { KeyOrigin::Marked };
        return Ok(BankQuestion { kind, options, key, explanation, ..asked });
    }
    let fillings: Vec<String> = item.answers.iter().filter_map(|text| some(text)).collect();
    match (fillings.as_slice(), explanation) {
        ([filling], explanation) => {
            Ok(BankQuestion { kind: Kind::Short, options: vec![answer(filling.clone(), true)], explanation, ..asked })
        }
        // Several gaps are filled one after another.
        ([_, _, ..], explanation) => Ok(BankQuestion {
            kind: Kind::Card,
            options: vec![answer(fillings.join("; "), true)],
            explanation,
            ..asked
        }),
        ([], Some(solution)) => Ok(BankQuestion { kind: Kind::Card, options: vec![answer(solution, true)], ..asked }),
        ([], None) => Err(Defect::NoOptions("give it choices with a `\\CorrectChoice`, or a `solution`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{Bank, ReadOptions, read};

    fn bank(text: &str) -> Bank {
        read(text.as_bytes(), &ReadOptions::default()).expect("a bank")
    }

    fn stems(bank: &Bank) -> Vec<String> {
        let one = |question: &BankQuestion| {
            let options: Vec<&str> = question.options.iter().map(|option| option.text.as_str()).collect();
            format!("{} {} [{}] {:?}", question.kind, question.stem, options.join("|"), question.correct())
        };
        bank.questions.iter().map(one).collect()
    }

    #[test]
    fn the_class_exam_is_read() {
        let text = r"\documentclass[addpoints]{exam}
\begin{document}
\section{Air \& sea}
\begin{questions}
% \question Which is left out?
\question[3] Which gas is \emph{heavy}? % no
\begin{choices}
  \choice helium
  \CorrectChoice xenon
  \choice neon
\end{choices}
\begin{solution}Look at 100\,\% of the table.\end{solution}
\question Which are metals?
\begin{checkboxes}
\CorrectChoice iron \choice salt
\CorrectChoice tin
\end{checkboxes}
\question Ice \fillin[floats] on water.
\question Name a salty sea.
\begin{solutionorlines}[1in]
The Dead Sea
\end{solutionorlines}
\question Nothing answers this.
\end{questions}
\end{document}
\question Nor this.";
        let bank = bank(text);
        assert_eq!(
            stems(&bank),
            [
                "single Which gas is heavy? [helium|xenon|neon] [1]",
                "multiple Which are metals? [iron|salt|tin] [0, 2]",
                "short Ice ____ on water. [floats] [0]",
                "card Name a salty sea. [The Dead Sea] [0]"
            ]
        );
        assert_eq!(bank.questions[0].topic.as_deref(), Some("Air & sea"));
        assert_eq!(bank.questions[0].explanation.as_deref(), Some("Look at 100 % of the table."));
        assert_eq!((bank.rejected, bank.problems[0].line), (1, 23));
    }

    #[test]
    fn parts_are_questions_below_what_all_of_them_are_about() {
        let text = r"\begin{questions}
\question A ship sails north.
\begin{parts}
\part[1] Where does it come from? \begin{oneparchoices} \choice north \CorrectChoice south \end{oneparchoices}
\part Where does it go? \begin{solution} north \end{solution}
\end{parts}
\end{questions}";
        assert_eq!(
            stems(&bank(text)),
            [
                "single A ship sails north.\n\nWhere does it come from? [north|south] [1]",
                "card A ship sails north.\n\nWhere does it go? [north] [0]"
            ]
        );
    }

    #[test]
    fn automultiplechoice_is_read() {
        let text = r"\element{sea}{
\begin{questionmult}{q-tides}
  What moves the tides?
  \begin{choices}
    \correctchoice{the moon}
    \wrongchoice{the wind}
    \correctchoice{the sun}
  \end{choices}
\end{questionmult}}
\begin{question}{q-salt} Is the sea salty? \begin{choiceshoriz}\correctchoice{yes}\wrongchoice{no}\end{choiceshoriz}\end{question}";
        let bank = bank(text);
        assert_eq!(
            stems(&bank),
            [
                "multiple What moves the tides? [the moon|the wind|the sun] [0, 2]",
                "single Is the sea salty? [yes|no] [0]"
            ]
        );
        assert_eq!(bank.questions[0].id.as_deref(), Some("q-tides"));
    }

    #[test]
    fn without_a_correct_choice_a_question_is_a_draft() {
        let text = "\\begin{questions}\n\\question Which?\n\\begin{choices}\n\\choice a\n\\choice b\n\\end{choices}\n\\end{questions}\n";
        assert_eq!(bank(text).questions[0].key, KeyOrigin::Missing);
    }
}
