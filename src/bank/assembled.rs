//! A bank of questions that no reader of this room made, with the checks that all formats share.

use super::collect::Collector;
use super::defect::check;
use super::{Bank, BankQuestion, ReadOptions, Refusal, Source, size, twice};
use crate::model::phrase::keeps_place;

/// A bank of these questions, each with an id of its own. What is wrong with some of them is among its problems, and these are left out.
///
/// # Errors
/// If there are too many.
pub fn assembled(format: &'static str, questions: Vec<BankQuestion>) -> Result<Bank, Refusal> {
    let mut collector = Collector::by_id(&[]);
    for question in questions {
        collector.add(question.line, Ok(question));
    }
    let mut read = collector.finish();
    let options = ReadOptions::default();
    let source = Source::archive(&[], &options);
    size::hold(&mut read, &source)?;
    let prints = twice::leave_out(&mut read, &source);
    Ok(Bank {
        format,
        questions: read.questions,
        prints,
        problems: read.problems,
        duplicates: read.duplicates,
        rejected: read.rejected,
        ..Bank::default()
    })
}

/// Pins the options of a question that refer to others, as all readers of this room do.
pub fn pin(question: &mut BankQuestion) {
    if question.kind.has_choices() {
        question.options.iter_mut().for_each(|option| option.pinned |= keeps_place(&option.text));
    }
}

/// Whether a question can be asked as it is: [`assembled`] would not leave it out, and would change nothing of it.
pub fn is_sound(question: &BankQuestion) -> bool {
    let said = |text: &String| !text.trim().is_empty();
    let has_choices = question.kind.has_choices();
    check(question).is_ok()
        && size::beyond(question).is_none()
        && (!has_choices || question.options.iter().all(|option| said(&option.text)))
        && question.options.iter().flat_map(|option| [option.weight, option.tolerance]).flatten().all(f64::is_finite)
}
