//! `retain bank`: decks written back as question banks.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Args as Arguments, Subcommand};

use super::Context;
use super::output::{Destination, is_text};
use crate::bank::print;
use crate::error::{Done, Error, Result};
use crate::ui::words;

/// The ends of names that other programs would not open as what is written.
const FOREIGN: [&str; 17] = [
    "xlsx", "xls", "xlsm", "ods", "tsv", "tab", "docx", "doc", "odt", "rtf", "pdf", "html", "htm", "apkg", "colpkg",
    "zip", "sqlite",
];

/// Question banks.
#[derive(Arguments, Debug)]
pub struct Args {
    #[command(subcommand)]
    action: BankAction,
}

#[derive(Debug, Subcommand)]
enum BankAction {
    /// Write a deck as a bank that imports again as the same questions
    Print {
        /// The deck; decks in it are banks of their own
        deck: String,
        /// The format (default: what the name of the file says, else `text`)
        #[arg(long, value_parser = PossibleValuesParser::new(print::formats()))]
        format: Option<String>,
        /// The file; `-` is standard output (the default)
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Replace a file that is there already
        #[arg(long, requires = "output")]
        force: bool,
    },
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let BankAction::Print { deck, format, output, force } = &args.action;
    let format = chosen(format.as_deref(), output.as_deref())?;
    let (name, bank) = context.trainer()?.printed_bank(deck)?;
    let printed =
        print::print(&bank, format).ok_or_else(|| Error::fault(format!("no format `{format}` can be printed")))?;
    let left_out: usize = printed.losses.iter().filter(|loss| loss.left_out).map(|loss| loss.questions).sum();
    context.talk(&printed.losses.iter().map(|loss| warning(format, loss)).collect::<String>())?;
    if left_out == bank.questions.len() {
        return Err(Error::person(format!("`{format}` cannot hold any question of `{name}`"))
            .hint("`text`, `markdown`, `csv` and `json` hold everything"));
    }
    // A bank is edited by hand, so only one that says the same is replaced.
    let path = output.as_deref().unwrap_or(Path::new("-"));
    let to = Destination::find(context, path, *force, |found| is_text(found, &printed.text))?;
    to.write(|out| out.write_all(printed.text.as_bytes()).map_err(crate::ui::broken_stream))?;
    if let Some(name) = to.name() {
        let count = words::count((bank.questions.len() - left_out) as u64, "question");
        context.talk(&format!("wrote {count} to {name}"))?;
    }
    Ok(if printed.losses.is_empty() { Done::Whole } else { Done::InPart })
}

/// The format that was said, else the one that the name of the file means, else text.
fn chosen<'a>(said: Option<&'a str>, file: Option<&Path>) -> Result<&'a str> {
    let end = file.and_then(Path::extension).unwrap_or_default().to_string_lossy().to_lowercase();
    if FOREIGN.contains(&end.as_str()) {
        return Err(Error::person(format!("banks are not written as `.{end}`")).named("no-such-format").hint(
            "write `.csv`, a spreadsheet opens it; `.md` is for other editors; `retain bank print --help` lists the formats",
        ));
    }
    Ok(said.or_else(|| print::format_of_ending(&end)).unwrap_or("text"))
}

fn warning(format: &str, loss: &print::Loss) -> String {
    let count = words::count(loss.questions as u64, "question");
    if loss.left_out {
        format!("warning: {count} left out of `{format}`: {}\n", loss.what)
    } else {
        format!("warning: {count} in `{format}` without {}\n", loss.what)
    }
}
