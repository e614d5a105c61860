//! How well the person knows what they know.

use super::line::Tone;
use super::panel::Panel;
use super::questions::{STEM_ROWS, right_of};
use crate::stats::overview::Overview;

/// How many sure and unsure answers were right, then the questions to go through again. `None` if the person never said how sure
/// they were.
pub(super) fn panel(overview: &Overview, width: usize) -> Option<Panel> {
    let figures = &overview.items.sureness;
    if figures.sure.whole + figures.unsure.whole + figures.all_first_again == 0 {
        return None;
    }
    let mut part = Panel::new("do you know what you know?", width);
    for (label, share) in [("sure            ", &figures.sure), ("not sure        ", &figures.unsure)] {
        if share.whole > 0 {
            part = part.hang(label, &right_of(share), Tone::Plain);
        }
    }
    if figures.all_first_again == 0 {
        return Some(part);
    }
    part = part.say("You were sure and wrong when these were last asked, so they come first when they are due:");
    for (number, question) in figures.first_again.iter().enumerate() {
        part = part.hang_most(&format!("{:>2}. ", number + 1), &question.stem, Tone::Odd, STEM_ROWS);
    }
    let more = figures.all_first_again - figures.first_again.len().min(figures.all_first_again);
    Some(if more > 0 { part.say(&format!("and {more} more: `retain export questions`")) } else { part })
}
