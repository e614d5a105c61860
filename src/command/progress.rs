//! Progress of long work as bars on the terminal.

use indicatif::ProgressBar;

use super::Context;
use super::interrupt::Interrupt;
use crate::study::Progress;
use crate::ui::progress::bar;

/// Shows each work as a bar, one after the other, and stops when somebody asks for it.
pub(super) fn bars(context: &Context, interrupt: Option<Interrupt>) -> impl FnMut(Progress<'_>) -> bool + use<> {
    let quiet = context.quiet;
    let mut shown: Option<(String, ClearedBar)> = None;
    move |Progress { work, done, all }| {
        if shown.as_ref().is_none_or(|(name, _)| name != work) {
            shown = None;
            shown = Some((work.to_owned(), ClearedBar(bar(all, work.to_owned(), quiet))));
        }
        if let Some((_, ClearedBar(bar))) = &shown {
            bar.set_length(all);
            bar.set_position(done);
        }
        interrupt.as_ref().is_none_or(|interrupt| !interrupt.asked())
    }
}

/// A bar that leaves nothing behind on the terminal.
struct ClearedBar(ProgressBar);

impl Drop for ClearedBar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
