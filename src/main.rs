//! The program: reads the command line, runs the command, says what went wrong, and ends with the exit code.

use std::io::{IsTerminal, Write, stderr};
use std::process::ExitCode;

use clap::Parser;
use retain::cli::{self, Cli};
use retain::error::{Done, Kind};
use retain::ui::diagnostics;
use retain::ui::paint::Paint;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli::run(cli) {
        Ok(Done::Whole) => ExitCode::SUCCESS,
        Ok(Done::InPart) => ExitCode::from(3),
        Err(error) => {
            if error.kind() != Kind::BrokenPipe {
                let color = stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
                // Nobody is left to tell where this fails.
                let _ = stderr().write_all(diagnostics::error(&error, Paint::new(color)).as_bytes());
            }
            ExitCode::from(error.exit_code())
        }
    }
}
