//! Progress bars for long work, if standard error is a terminal.

use std::borrow::Cow;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::rich::line;

/// A bar over `length` steps. It is shown only on a terminal, and not if `quiet`.
pub fn bar(length: u64, what: impl Into<Cow<'static, str>>, quiet: bool) -> ProgressBar {
    if quiet {
        return ProgressBar::hidden();
    }
    // Indicatif hides a bar if the target is no terminal.
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr_with_hz(10));
    if let Ok(style) = ProgressStyle::with_template("{msg} [{wide_bar}] {pos}/{len} {eta}") {
        bar.set_style(style.progress_chars("=> "));
    }
    // Names of files are in it.
    bar.set_message(line(&what.into()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
