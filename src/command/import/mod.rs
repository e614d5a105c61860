//! `retain import`: banks into decks, and histories into the log.

mod apply;
mod history;
mod key;
mod media;
mod paths;
mod take_back;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args as Arguments;

use super::Context;
use crate::bank::history::is_history;
use crate::bank::plan::Plan;
use crate::bank::{self, Bank, ReadOptions, Refusal};
use crate::error::{Done, Error, Kind, Result};
use crate::store::{Reader, Store};
use crate::ui::import_report::{self, Figures};
use crate::ui::{diagnostics, paint::Paint};
use apply::Incoming;
pub(super) use apply::change;
use media::MediaFolder;

/// Problems that are printed for one file; with `-v` all are.
const TOLD: usize = 50;
/// No bank is larger; a larger file is the wrong one.
const LARGEST: u64 = 512 << 20;

/// Import or update question banks.
#[derive(Arguments, Clone, Debug, Default)]
pub struct Args {
    /// Banks, folders of banks, or `-` for standard input
    #[arg(required_unless_present = "undo", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The deck (default: what the bank says, else its file name)
    #[arg(long, value_name = "NAME")]
    deck: Option<String>,
    /// The format, where it cannot be told from the content
    #[arg(long)]
    format: Option<String>,
    /// Which option is right where none is marked: `first`, `last`, a letter, or a file of `1. c` lines
    #[arg(long, value_name = "RULE|FILE")]
    key: Option<String>,
    /// How a table or data writes its keys, where it can be read in several ways: `letter`, `0`, `1` (places) or `text`
    #[arg(long, value_name = "BASE")]
    key_base: Option<String>,
    /// The columns of a table without a header, as `question,a,b,c,d,answer`
    #[arg(long, value_name = "NAMES")]
    columns: Option<String>,
    /// Keep questions without an answer as drafts
    #[arg(long)]
    drafts: bool,
    /// Import nothing where a question is rejected
    #[arg(long)]
    strict: bool,
    /// Show what would happen
    #[arg(long)]
    dry_run: bool,
    /// Suspend questions that the bank no longer has
    #[arg(long)]
    retire_missing: bool,
    /// Take back what the last `retain import` changed; answers given since are kept
    #[arg(long, conflicts_with = "paths")]
    undo: bool,
    /// JSON Lines, for programs
    #[arg(long)]
    json: bool,
}

/// The files of one command, which are taken back together.
#[derive(Debug, Default)]
struct Batch {
    number: Option<i64>,
    /// How many files it has, and how many were begun.
    of: usize,
    begun: usize,
}

impl Batch {
    /// Its number, given at the first file that is written. `reader` reads within a transaction that writes, so that no other
    /// process gets the same.
    fn number(&mut self, reader: Reader<'_>) -> Result<i64> {
        match self.number {
            Some(number) => Ok(number),
            None => Ok(*self.number.insert(reader.next_batch()?)),
        }
    }

    /// What a progress bar says of the file that is being imported.
    fn progress(&self) -> String {
        if self.of > 1 { format!("importing {} of {}", self.begun, self.of) } else { "importing".into() }
    }
}

/// What an import came to.
#[derive(Debug)]
pub(super) struct Imported {
    pub(super) deck: String,
    pub(super) done: Done,
}

/// Runs the command.
///
/// # Errors
/// When a file cannot be used; then nothing of that file is imported.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    if args.undo {
        return take_back::run(context, args.dry_run, args.json);
    }
    let files = paths::files(&args.paths)?;
    let mut batch = Batch { of: files.len(), ..Batch::default() };
    let [single] = &files[..] else {
        return several(context, args, &files, &mut batch);
    };
    Ok(import(context, args, single, &mut batch)?.done)
}

/// Imports one file after another. One that cannot be used is told, and the others are imported all the same.
fn several(context: &Context, args: &Args, files: &[PathBuf], batch: &mut Batch) -> Result<Done> {
    let (mut done, mut refused) = (Done::Whole, 0);
    for path in files {
        match import(context, args, path, batch) {
            Ok(imported) if imported.done == Done::Whole => {}
            Ok(_) => done = Done::InPart,
            Err(error) if error.kind() == Kind::Person => {
                refused += 1;
                context.talk(&diagnostics::error(&error, Paint::new(context.color_err())))?;
            }
            Err(error) => return Err(error),
        }
    }
    match refused {
        0 => Ok(done),
        all if all == files.len() => {
            Err(Error::person(format!("none of the {all} files could be imported"))
                .hint("see what is said of each above"))
        }
        some => {
            context.talk(&format!("{some} of {} files could not be imported; see above", files.len()))?;
            Ok(Done::InPart)
        }
    }
}

/// Imports or updates one bank, as `retain review FILE` does first.
pub(super) fn update(context: &Context, path: &Path) -> Result<Imported> {
    if path.is_dir() {
        return Err(Error::person(format!("{}: this is a folder, not a bank", path.display()))
            .hint("`retain import` takes folders; then review by the name of the deck"));
    }
    import(context, &Args::default(), path, &mut Batch::default())
}

fn unreadable(path: &Path, error: &io::Error) -> Error {
    let what = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "the file may not be read".to_owned(),
        _ => format!("the file cannot be read: {error}"),
    };
    Error::person(format!("{}: {what}", path.display())).hint("check the path")
}

fn read_file(path: &Path) -> Result<Vec<u8>> {
    let too_large = || {
        Error::person(format!("{}: the file is larger than 512 MiB", path.display())).hint("is this the right file?")
    };
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    } else {
        let file = fs::File::open(path).map_err(|error| unreadable(path, &error))?;
        file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    }
    if bytes.len() as u64 > LARGEST { Err(too_large()) } else { Ok(bytes) }
}

fn import(context: &Context, args: &Args, path: &Path, batch: &mut Batch) -> Result<Imported> {
    batch.begun += 1;
    let name = path.display().to_string();
    let bytes = read_file(path)?;
    if args.format.is_none() && is_history(&bytes) {
        return history::import(context, args, &name, &bytes, batch);
    }
    let declared = args.key.as_deref().map(key::declared).transpose()?;
    let options = ReadOptions {
        format: args.format.clone(),
        key: declared,
        key_base: args.key_base.as_deref().map(key::base).transpose()?,
        columns: args.columns.clone(),
    };
    let mut bank = bank::read(&bytes, &options).map_err(|refusal| refused(context, args, &name, &refusal))?;
    // A bank is its deck and its path, so the path must not depend on where one stands.
    let source = if name == "-" {
        name.clone()
    } else {
        fs::canonicalize(path).map_or(name.clone(), |path| path.display().to_string())
    };
    // A bank that was imported before has the key that was declared then.
    if key::is_missing(&bank) && !args.drafts && !is_known(context, &source)? {
        bank = key::ask(context, args.json, &name, &bytes, &options, bank)?;
    }
    if args.strict && bank.rejected > 0 {
        let report = report_problems(context, args, &name, &bank)?;
        return Err(Error::person(format!("{name}: {} rejected, so nothing is imported (--strict)", bank.rejected))
            .hint("mend the questions, or leave out `--strict`")
            .after_report(report));
    }
    let media = MediaFolder::beside(&context.db).gather(&mut bank, Path::new(&source), args.dry_run)?;
    let mut store = context.store()?;
    let deck = deck_name(&store, args, &bank, &source, path)?;
    let incoming = Incoming { bank: &bank, media: &media, deck: &deck, source: &source };
    let plan = apply::apply(context, &mut store, &incoming, args, batch)?;
    let figures = Figures::new(&bank, &plan, &deck);
    report(context, args, &name, &bank, &plan, &figures)?;
    let done = if bank.rejected > 0 { Done::InPart } else { Done::Whole };
    Ok(Imported { deck, done })
}

fn is_known(context: &Context, source: &str) -> Result<bool> {
    Ok(context.db.exists() && context.store()?.reader().deck_of_source(source)?.is_some())
}

fn deck_name(store: &Store, args: &Args, bank: &Bank, source: &str, path: &Path) -> Result<String> {
    let named = args.deck.clone().or_else(|| bank.front.deck.clone());
    let name = match named {
        Some(name) => name,
        None => match store.reader().deck_of_source(source)? {
            Some(name) => name,
            None if source == "-" => "bank".into(),
            None => path.file_stem().map_or_else(|| "bank".into(), |stem| stem.to_string_lossy().into_owned()),
        },
    };
    let parts: Vec<&str> = name.split("::").map(str::trim).collect();
    if parts.iter().any(|part| part.is_empty()) || name.chars().any(char::is_control) {
        return Err(Error::person(format!("`{name}` is no name of a deck"))
            .hint("name it with `--deck NAME`; `::` parts a deck from the deck around it"));
    }
    Ok(parts.join("::"))
}

fn refused(context: &Context, args: &Args, name: &str, refusal: &Refusal) -> Error {
    if args.json
        && let Ok(lines) = import_report::json_problems(&refusal.problems)
    {
        // The failure itself is told whatever becomes of these lines.
        let _ = context.print(&lines);
    }
    let report = diagnostics::problems(name, &refusal.problems, most(context), Paint::new(context.color_err()));
    let error = Error::person(format!("{name}: {}", refusal.message)).after_report(report);
    match &refusal.hint {
        Some(hint) => error.hint(hint),
        None => error,
    }
}

fn most(context: &Context) -> usize {
    if context.verbose { usize::MAX } else { TOLD }
}

fn report_problems(context: &Context, args: &Args, name: &str, bank: &Bank) -> Result<String> {
    if args.json {
        let lines = import_report::json_problems(&bank.problems).map_err(|error| Error::fault(error.to_string()))?;
        context.print(&lines)?;
    }
    Ok(diagnostics::problems(name, &bank.problems, most(context), Paint::new(context.color_err())))
}

fn report(context: &Context, args: &Args, name: &str, bank: &Bank, plan: &Plan, figures: &Figures) -> Result<()> {
    context.talk(&diagnostics::problems(name, &bank.problems, most(context), Paint::new(context.color_err())))?;
    context.talk(&import_report::text(name, bank, plan, figures, args.dry_run))?;
    if args.json {
        let lines = import_report::json(bank, plan, figures).map_err(|error| Error::fault(error.to_string()))?;
        context.print(&lines)?;
    }
    Ok(())
}
