//! Single questions: the hardest, confusions, and keys that may be wrong.

use super::figure::list;
use super::markup::{ReportTable, clean};
use super::numbers::{NONE, count, number, share, sure};
use crate::stats::overview::{ItemFigures, OptionName, Share};

/// The most characters of a stem and of an option.
const STEM: usize = 240;
const OPTION: usize = 120;

/// The hardest questions.
pub(super) fn hardest(items: &ItemFigures) -> String {
    let says = if items.hardest.is_empty() {
        "No question is hard yet."
    } else {
        "Those that are surely answered right least often: the upper end of the 95 % interval comes first, so once wrong is less \
         than five times wrong. Expected is what the model expected of the same answers."
    };
    let mut table = ReportTable::new("The hardest questions")
        .words("question")
        .words("topic")
        .numbers("right (95 %)")
        .numbers("answers")
        .numbers("expected")
        .numbers("lapses")
        .words("note");
    for question in &items.hardest {
        table.row([
            clean(&question.stem, STEM),
            clean(question.topic.as_deref().unwrap_or(&question.deck), OPTION),
            sure(&question.right),
            number(question.right.whole),
            share(question.expected),
            number(question.lapses),
            question.note.as_deref().map_or_else(|| NONE.into(), |note| clean(note, STEM)),
        ]);
    }
    list("The hardest questions", says, &table, true)
}

/// How well the person knows what they know; empty if they never said how sure they were.
pub(super) fn sureness(items: &ItemFigures) -> String {
    let figures = &items.sureness;
    if figures.sure.whole + figures.unsure.whole + figures.all_first_again == 0 {
        return String::new();
    }
    let words = |all: &Share, how: &str| {
        (all.whole > 0)
            .then(|| format!("Of {} that you were {how} of, {} were right.", count(all.whole, "answer"), sure(all)))
    };
    let mut says: Vec<String> =
        [words(&figures.sure, "sure"), words(&figures.unsure, "not sure")].into_iter().flatten().collect();
    let shown = figures.first_again.len();
    match figures.all_first_again {
        0 => {}
        all if all > shown => says.push(format!(
            "You were sure and wrong when {} questions were last asked, so they come first when they are due: the first {shown}.",
            number(all)
        )),
        _ => says.push("You were sure and wrong when these were last asked, so they come first when they are due:".into()),
    }
    let mut table = ReportTable::new("Sure and wrong").words("question").words("topic");
    for question in &figures.first_again {
        table.row([clean(&question.stem, STEM), clean(question.topic.as_deref().unwrap_or(&question.deck), OPTION)]);
    }
    list("Do you know what you know?", &says.join(" "), &table, true)
}

/// Wrong options that were picked repeatedly.
pub(super) fn confusions(items: &ItemFigures) -> String {
    let shown = items.confusions.len();
    let says = match items.all_confusions {
        0 => "No wrong option was picked twice.".into(),
        all if all > shown => {
            format!("Wrong options that were picked at least twice: the {shown} most frequent of {}.", number(all))
        }
        _ => "Wrong options that were picked at least twice.".to_owned(),
    };
    let mut table = ReportTable::new("Confusions").words("question").words("picked").words("right").numbers("times");
    for confusion in &items.confusions {
        table.row([
            clean(&confusion.stem, STEM),
            option(&confusion.wrong),
            confusion.right.iter().map(option).collect::<Vec<_>>().join("; "),
            format!("{} of {}", number(confusion.times), number(confusion.answers)),
        ]);
    }
    list("Confusions", &says, &table, true)
}

/// Questions whose key should be checked.
pub(super) fn keys(items: &ItemFigures) -> String {
    let says = match items.suspect_keys.len() {
        0 => "No key looks wrong.".into(),
        keys => format!(
            "In {} an option that the key calls wrong was picked without the right one much more often than the other way round. \
             Either there is something to learn, or the key is wrong.",
            count(keys, "question")
        ),
    };
    let mut table = ReportTable::new("Keys to check")
        .words("question")
        .words("the key says")
        .words("picked instead")
        .numbers("picks");
    for key in &items.suspect_keys {
        table.row([
            clean(&key.stem, STEM),
            option(&key.keyed),
            option(&key.other),
            format!("{} to {}", number(key.other_times), number(key.keyed_times)),
        ]);
    }
    list("Keys to check", &says, &table, true)
}

fn option(option: &OptionName) -> String {
    format!("{}: {}", clean(&option.letter, 8), clean(&option.text, OPTION))
}
