//! What happened between two questions, in the words of the screen.

use crate::model::Moment;
use crate::session::Notice;
use crate::ui::{deeds, exam_score, words};

/// A notice in words; `None` if what is shown next says it.
pub(super) fn notice_text(notice: &Notice, now: Moment) -> Option<String> {
    Some(match notice {
        Notice::Recorded { leech: Some(leech), .. } => words::leech(*leech),
        Notice::Recorded { due: Some(due), elsewhere: true, .. } => words::elsewhere(*due, now),
        Notice::Recorded { .. } | Notice::Paused | Notice::Resumed | Notice::TimeUp => return None,
        Notice::Undone { .. } => "the last answer is taken back".into(),
        Notice::DeedUndone { kind, stem, .. } => deeds::undone_in_review(*kind, stem),
        Notice::NothingToUndo => deeds::NOTHING_TO_UNDO.into(),
        Notice::TooWideToUndo { kind, about } => deeds::too_wide(*kind, about),
        Notice::Buried => "buried until tomorrow".into(),
        Notice::Suspended => "suspended".into(),
        Notice::Skipped => "shown later".into(),
        Notice::Flagged => "flagged".into(),
        Notice::Edited(message) => message.clone(),
        Notice::Unflagged => "flag removed".into(),
        Notice::Marked => "marked: come back to it".into(),
        Notice::Unmarked => "no longer marked".into(),
        Notice::NotKept { number, why } => exam_score::not_kept(*number, why),
        Notice::Refused(why) => (*why).into(),
    })
}

/// The summary behind the last notice: the screen that would show that does not come any more.
pub(super) fn after_last_notice(notice: &str, has_a_way_back: bool, summary: &str) -> String {
    if notice.is_empty() {
        return summary.to_owned();
    }
    let way_back = if has_a_way_back { ": `retain undo` takes it back" } else { "" };
    format!("{}{way_back}.\n{summary}", words::sentence(notice))
}

/// Whether it is about a command of one key that changed the schedule: then the way back is said.
pub(super) fn has_a_way_back(notice: &Notice) -> bool {
    matches!(notice, Notice::Buried | Notice::Suspended)
}

/// Whether another card, or the same one again, is shown after it.
pub(super) fn leaves_the_card(notice: &Notice) -> bool {
    matches!(
        notice,
        Notice::Recorded { .. }
            | Notice::Undone { .. }
            | Notice::DeedUndone { .. }
            | Notice::Buried
            | Notice::Suspended
            | Notice::Skipped
    )
}
