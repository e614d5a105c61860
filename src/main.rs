//! The program: reads the command line, runs the command, says what went wrong, and ends with the exit code.

use std::io::{IsTerminal, stderr};
use std::process::ExitCode;

use retain::bank;
use retain::cli;
use retain::error::{Done, ErrorKind};
use retain::private;
use retain::ui::diagnostics;
use retain::ui::door;
use retain::ui::paint::Paint;

fn main() -> ExitCode {
    private::keep_own_rights();
    // Where files may only get so large, writing more fails, instead of ending the program without a word.
    #[cfg(unix)]
    drop(signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default()));
    std::panic::set_hook(Box::new(|panic| {
        if bank::expects_panic() {
            return;
        }
        let place = panic.location().map(|at| format!(" ({}:{})", at.file(), at.line())).unwrap_or_default();
        let payload = panic.payload();
        let what =
            payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        let what = what.map(|what| format!(": {what}")).unwrap_or_default();
        door::last_words(
            &format!(
                "error: the program met a fault of its own{place}{what}\nhint: every answer that was given is kept; please report this\n"
            ),
            false,
        );
    }));
    let Ok(result) = std::panic::catch_unwind(|| cli::parse().and_then(cli::run)) else {
        return ExitCode::from(70);
    };
    match result {
        Ok(Done::Whole) => ExitCode::SUCCESS,
        Ok(Done::InPart) => ExitCode::from(3),
        Ok(Done::Nothing) => ExitCode::from(1),
        Err(error) => {
            if error.kind() != ErrorKind::BrokenPipe {
                let color = stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
                door::last_words(&diagnostics::error(&error, Paint::new(color)), color);
            }
            ExitCode::from(error.exit_code())
        }
    }
}
