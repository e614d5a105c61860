//! `retain completions` and `retain man`: for the shell.

use clap::{Args as Arguments, Command};
use clap_complete::Shell;

use super::Context;
use crate::error::{Done, Result};

/// Print completions for a shell.
#[derive(Arguments, Debug)]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// Prints the completions.
pub fn run(context: &Context, args: &Args, mut command: Command) -> Result<Done> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut command, "retain", &mut text);
    context.print(&String::from_utf8_lossy(&text))?;
    Ok(Done::Whole)
}

/// Prints the manual page.
pub fn man(context: &Context, command: Command) -> Result<Done> {
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text).map_err(crate::ui::broken_stream)?;
    context.print(&String::from_utf8_lossy(&text))?;
    Ok(Done::Whole)
}
