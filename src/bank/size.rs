//! Questions that are larger than any that people write are rejected, whatever format they come in.

use super::collect::Collected;
use super::defect::Defect;
use super::{BankQuestion, Problem, Refusal, Severity, Source};
use crate::model::Kind;
use crate::model::cloze::Cloze;
use crate::model::limits::{
    CLOZE_GAPS, FILE_QUESTIONS, ID_CHARS, Limit, QUESTION_TAGS, TAG_CHARS, TEXT_BYTES, TOPIC_CHARS,
};

/// Rejects the questions that are too large. Fails if there are too many.
pub(super) fn hold(read: &mut Collected, source: &Source<'_>) -> Result<(), Refusal> {
    if read.questions.len() as u64 > FILE_QUESTIONS.most {
        return Err(Refusal::new(
            format!("the file has more than {} {}", FILE_QUESTIONS.figure(), FILE_QUESTIONS.counts),
            "is this the right file? If it is, part it into several banks",
        ));
    }
    if !read.questions.iter().any(|question| beyond(question).is_some()) {
        return Ok(());
    }
    let mut kept = Vec::with_capacity(read.questions.len());
    for (place, question) in std::mem::take(&mut read.questions).into_iter().enumerate() {
        let Some(limit) = beyond(&question) else {
            kept.push(question);
            continue;
        };
        // The files of an archive begin at the places of questions.
        let gone = place - kept.len();
        read.members.iter_mut().filter(|(first, _)| *first + gone > place).for_each(|(first, _)| *first -= 1);
        let defect = Defect::TooLarge(limit);
        let (line, hint) = (question.line, defect.hint().unwrap_or_default());
        let text = source.line(line).trim();
        read.problems.push(Problem::of_line(line, text, Severity::Error, defect.code(), defect.message(), hint));
        read.rejected += 1;
    }
    read.questions = kept;
    read.problems.sort_by_key(|problem| (problem.line, problem.column));
    Ok(())
}

/// The limit that a question goes beyond, if there is one.
pub(super) fn beyond(question: &BankQuestion) -> Option<&'static Limit> {
    let longer =
        |text: &str, limit: &Limit| text.len() as u64 > limit.most && text.chars().nth(limit.most as usize).is_some();
    let gaps = || question.kind == Kind::Cloze && Cloze::parse(&question.stem).places().len() as u64 > CLOZE_GAPS.most;
    match () {
        () if question.shown_texts().any(|text| text.len() as u64 > TEXT_BYTES.most) => Some(&TEXT_BYTES),
        () if question.topic.as_deref().is_some_and(|topic| longer(topic, &TOPIC_CHARS)) => Some(&TOPIC_CHARS),
        () if question.id.as_deref().is_some_and(|id| longer(id, &ID_CHARS)) => Some(&ID_CHARS),
        () if question.tags.len() as u64 > QUESTION_TAGS.most => Some(&QUESTION_TAGS),
        () if question.tags.iter().any(|tag| longer(tag, &TAG_CHARS)) => Some(&TAG_CHARS),
        () if gaps() => Some(&CLOZE_GAPS),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::ReadOptions;

    fn rejected(change: impl Fn(&mut BankQuestion)) -> Vec<(usize, String)> {
        let question = |line| BankQuestion { line, stem: "What?".into(), ..BankQuestion::default() };
        let mut read = Collected { questions: (1..=3).map(question).collect(), ..Collected::default() };
        read.members = vec![(0, "a.xml".into()), (1, "b.xml".into()), (2, "c.xml".into())];
        change(&mut read.questions[1]);
        let options = ReadOptions::default();
        let source = Source::archive(b"", &options);
        hold(&mut read, &source).expect("few questions");
        if read.questions.len() == 2 {
            let places: Vec<usize> = read.members.iter().map(|(first, _)| *first).collect();
            assert_eq!((read.rejected, places), (1, vec![0, 1, 1]));
        }
        read.problems.into_iter().map(|problem| (problem.line, problem.message)).collect()
    }

    #[test]
    fn too_many_questions_are_refused() {
        let options = ReadOptions::default();
        let source = Source::archive(b"", &options);
        let mut read = Collected { questions: vec![BankQuestion::default(); 250_001], ..Collected::default() };
        let refusal = hold(&mut read, &source).expect_err("too many");
        assert_eq!(refusal.message, "the file has more than 250,000 questions of a bank");
    }

    #[test]
    fn each_part_of_a_question_has_its_limit() {
        assert_eq!(rejected(|_| {}), []);
        let told = |counts: &str| vec![(2, format!("more than {counts}"))];
        assert_eq!(
            rejected(|question| question.stem = "x".repeat((1 << 20) + 1)),
            told("1 MiB as a text of a question")
        );
        assert_eq!(rejected(|question| question.topic = Some("ä".repeat(500))), []);
        assert_eq!(rejected(|question| question.topic = Some("ä".repeat(501))), told("500 as characters of a topic"));
        assert_eq!(rejected(|question| question.tags = vec!["t".into(); 101]), told("100 as tags of a question"));
        assert_eq!(rejected(|question| question.tags = vec!["t".repeat(201)]), told("200 as characters of a tag"));
        assert_eq!(rejected(|question| question.id = Some("t".repeat(501))).len(), 1);
        let cloze = |gaps: usize| {
            move |question: &mut BankQuestion| {
                question.kind = Kind::Cloze;
                question.stem = (1..=gaps).map(|at| format!("{{{{c{at}::x}}}} ")).collect();
            }
        };
        assert_eq!(rejected(cloze(500)), []);
        assert_eq!(rejected(cloze(501)), told("500 as gaps of a text"));
    }
}
