//! `retain man`: the manual pages.

use std::fs;
use std::io;
use std::path::PathBuf;

use clap::{Args as Arguments, Command};
use clap_mangen::Man;

use super::Context;
use super::output::{Destination, is_manual_page};
use crate::error::{Done, Error, Result};

/// Where the examples of a help begin.
const EXAMPLES: &str = "Examples:\n";

/// Print the manual page.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Write a page for every command into this folder
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Replace files that this command did not write
    #[arg(long, requires = "out")]
    force: bool,
}

/// Prints the manual page, or writes one for every command.
pub fn run(context: &Context, args: &Args, mut command: Command) -> Result<Done> {
    command.build();
    let Some(folder) = &args.out else {
        context.print(&page(&command).map_err(crate::ui::broken_stream)?)?;
        return Ok(Done::Whole);
    };
    let failed = |error: io::Error| {
        Error::person(format!("{}: the pages cannot be written: {error}", folder.display()))
            .hint("name a folder that can be written")
    };
    fs::create_dir_all(folder).map_err(failed)?;
    let mut pages = Vec::new();
    for command in all(&command) {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        let to = Destination::find(context, &folder.join(format!("{name}.1")), args.force, is_manual_page)?;
        pages.push((to, page(command).map_err(failed)?));
    }
    // All places are looked at before the first page is written.
    for (to, page) in pages {
        to.write_for_all(|out| out.write_all(page.as_bytes()).map_err(crate::ui::broken_stream))?;
    }
    context.talk(&format!("manual pages are in {}", folder.display()))?;
    Ok(Done::Whole)
}

/// A command and all commands in it.
fn all(command: &Command) -> Vec<&Command> {
    let inner = command.get_subcommands().filter(|inner| !inner.is_hide_set()).flat_map(all);
    [command].into_iter().chain(inner).collect()
}

/// The page of a command. What comes after the options is set line by line, or the examples would run together.
fn page(command: &Command) -> io::Result<String> {
    let man = Man::new(command.clone());
    let mut roff = Vec::new();
    man.render_title(&mut roff)?;
    man.render_name_section(&mut roff)?;
    man.render_synopsis_section(&mut roff)?;
    man.render_description_section(&mut roff)?;
    man.render_options_section(&mut roff)?;
    if all(command).len() > 1 {
        man.render_subcommands_section(&mut roff)?;
    }
    let after = command.get_after_long_help().or_else(|| command.get_after_help()).map(ToString::to_string);
    let after = after.unwrap_or_default();
    let (notes, examples) = after.split_once(EXAMPLES).unwrap_or((&after, ""));
    let mut text = String::from_utf8_lossy(&roff).into_owned();
    text += &lines("NOTES", notes);
    text += &lines("EXAMPLES", examples);
    Ok(text)
}

/// A section whose lines stay as they are.
fn lines(heading: &str, text: &str) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    let mut section = format!(".SH {heading}\n.nf\n");
    for line in text.trim_end().lines() {
        let line = line.replace('\\', "\\e").replace('-', "\\-");
        // What begins with a full stop or an apostrophe would be a request.
        let guard = if line.starts_with(['.', '\'']) { "\\&" } else { "" };
        section += &format!("{guard}{line}\n");
    }
    section + ".fi\n"
}
