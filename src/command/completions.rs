//! `retain completions` and `retain man`: for the shell.

use std::path::PathBuf;

use clap::{Args as Arguments, Command};
use clap_complete::Shell;

use super::Context;
use crate::error::{Done, Error, Result};

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

/// Print the manual page.
#[derive(Arguments, Debug)]
pub struct ManArgs {
    /// Write a page for every command into this folder
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

/// Prints the manual page, or writes one for every command.
pub fn man(context: &Context, args: &ManArgs, command: Command) -> Result<Done> {
    if let Some(folder) = &args.out {
        let failed = |error: std::io::Error| {
            Error::person(format!("{}: the pages cannot be written: {error}", folder.display()))
                .hint("name a folder that can be written")
        };
        std::fs::create_dir_all(folder).map_err(failed)?;
        clap_mangen::generate_to(command, folder).map_err(failed)?;
        context.talk(&format!("manual pages are in {}", folder.display()))?;
        return Ok(Done::Whole);
    }
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text).map_err(crate::ui::broken_stream)?;
    context.print(&String::from_utf8_lossy(&text))?;
    Ok(Done::Whole)
}
