//! `retain import`: banks into decks, and histories into the log.

mod apply;
mod history;
mod key;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args as Arguments;

use super::Context;
use crate::bank::history::is_history;
use crate::bank::plan::Plan;
use crate::bank::{self, Bank, ReadOptions, Refusal};
use crate::error::{Done, Error, Result};
use crate::ui::import_report::{self, Figures};
use crate::ui::{diagnostics, paint::Paint};

/// What files of a folder are banks, by the end of their names.
const BANKS: [&str; 17] = [
    "gift", "xml", "qti", "zip", "imscc", "txt", "md", "markdown", "text", "csv", "tsv", "xlsx", "json", "jsonl",
    "yaml", "yml", "toml",
];
/// Problems that are printed for one file; with `-v` all are.
const TOLD: usize = 50;
/// No bank is larger; a larger file is the wrong one.
const LARGEST: u64 = 512 << 20;

/// Import or update question banks.
#[derive(Arguments, Clone, Debug, Default)]
pub struct Args {
    /// Banks, folders of banks, or `-` for standard input
    #[arg(required = true, value_name = "PATH")]
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
    /// JSON Lines, for programs
    #[arg(long)]
    json: bool,
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
    let mut done = Done::Whole;
    for path in files(&args.paths)? {
        if import(context, args, &path)?.done == Done::InPart {
            done = Done::InPart;
        }
    }
    Ok(done)
}

/// Imports or updates one bank, as `retain review FILE` does first.
pub(super) fn update(context: &Context, path: &Path) -> Result<Imported> {
    if path.is_dir() {
        return Err(Error::person(format!("{}: this is a folder, not a bank", path.display()))
            .hint("`retain import` takes folders; then review by the name of the deck"));
    }
    import(context, &Args::default(), path)
}

/// The files that the paths name; a folder means every bank in it.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let mut found = Vec::new();
        in_folder(path, &mut found)?;
        if found.is_empty() {
            return Err(Error::person(format!("{}: there are no banks in this folder", path.display())).hint(
                "banks are files that end in `.txt`, `.md`, `.csv`, `.xlsx`, `.json` and the like; see `docs/banks.md`",
            ));
        }
        found.sort();
        files.extend(found);
    }
    Ok(files)
}

fn in_folder(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    for entry in entries {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            in_folder(&path, found)?;
        } else if path.extension().is_some_and(|end| BANKS.contains(&end.to_string_lossy().to_lowercase().as_str())) {
            found.push(path);
        }
    }
    Ok(())
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

fn import(context: &Context, args: &Args, path: &Path) -> Result<Imported> {
    let name = path.display().to_string();
    let bytes = read_file(path)?;
    if args.format.is_none() && is_history(&bytes) {
        return history::import(context, args, &name, &bytes);
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
    let mut store = context.store()?;
    let deck = deck_name(&store, args, &bank, &source, path)?;
    let applied = apply::apply(context, &mut store, &bank, &deck, &source, args.dry_run, args.retire_missing)?;
    let figures = Figures::new(&bank, &applied.plan, &deck);
    report(context, args, &name, &bank, &applied.plan, &figures, |id| {
        applied.stems.get(&id).cloned().unwrap_or_default()
    })?;
    let done = if bank.rejected > 0 { Done::InPart } else { Done::Whole };
    Ok(Imported { deck, done })
}

fn is_known(context: &Context, source: &str) -> Result<bool> {
    Ok(context.db.exists() && context.store()?.reader().deck_of_source(source)?.is_some())
}

fn deck_name(store: &crate::store::Store, args: &Args, bank: &Bank, source: &str, path: &Path) -> Result<String> {
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

fn report(
    context: &Context,
    args: &Args,
    name: &str,
    bank: &Bank,
    plan: &Plan,
    figures: &Figures,
    known: impl Fn(crate::model::QuestionId) -> String,
) -> Result<()> {
    context.talk(&diagnostics::problems(name, &bank.problems, most(context), Paint::new(context.color_err())))?;
    context.talk(&import_report::text(name, bank, plan, figures, args.dry_run, known))?;
    if args.json {
        let lines = import_report::json(bank, plan, figures).map_err(|error| Error::fault(error.to_string()))?;
        context.print(&lines)?;
    }
    Ok(())
}
