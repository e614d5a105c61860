//! `retain import`: banks into decks, and histories into the log.

mod bytes;
mod everything;
mod history;
mod key;
mod paths;
mod reading;
mod report;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args as Arguments;

use super::progress::bars;
use super::scratch::trainer_for;
use super::{Context, anki, ask};
use crate::bank::Bank;
use crate::bank::history::is_history;
use crate::error::{Done, Error, ErrorKind, Result};
use crate::study::{Batch, ImportOptions, Imported, OwnFile, is_everything, is_number_of_deck};
use crate::ui::import_report::{self, ImportFigures};
use crate::ui::{diagnostics, paint::Paint, words};
pub(super) use bytes::read_file;
use reading::{File, Understood};

/// Import or update question banks.
#[derive(Arguments, Clone, Debug, Default, PartialEq, Eq)]
pub struct Args {
    /// Banks, folders of banks, `-` for standard input; or a folder of `retain export everything`
    #[arg(required_unless_present_any = ["undo", "preview"], value_name = "PATH")]
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
    /// What the columns of a table hold, as `question,a,b,c,d,answer` or `front,back,topic,tags,-`
    #[arg(long, value_name = "NAMES")]
    columns: Option<String>,
    /// Make two cards of each: one that asks for the back, one that asks for the front
    #[arg(long)]
    both_ways: bool,
    /// Keep questions without an answer as drafts
    #[arg(long)]
    drafts: bool,
    /// Import nothing where a question is rejected
    #[arg(long)]
    strict: bool,
    /// Show what would happen; with `-v` question by question
    #[arg(long)]
    dry_run: bool,
    /// Show questions as they are understood, all or the first N, and import nothing
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["json", "undo"])]
    preview: Option<String>,
    /// Say what decided how the file is read: format, marks, columns, with line numbers
    #[arg(long)]
    explain: bool,
    /// Suspend questions that the bank no longer has
    #[arg(long)]
    retire_missing: bool,
    /// Take back what the last `retain import` changed; answers given since are kept
    #[arg(long, conflicts_with = "paths")]
    undo: bool,
    /// Take back without asking, also where questions were answered since
    #[arg(long, requires = "undo")]
    yes: bool,
    /// JSON Lines, for programs
    #[arg(long)]
    json: bool,
}

/// The files of one command.
#[derive(Debug, Default)]
struct Files {
    batch: Batch,
    /// How many files there are, and how many were begun.
    all: usize,
    begun: usize,
    /// Whether to show questions with their answers; not to somebody who is about to be asked them.
    shows: bool,
}

impl Files {
    /// What a progress bar says of the file that is being imported.
    fn work(&self) -> String {
        if self.all > 1 { format!("importing {} of {}", self.begun, self.all) } else { "importing".into() }
    }
}

/// What the import of a file came to.
#[derive(Debug)]
pub(super) struct ImportedFile {
    pub(super) deck: String,
    pub(super) done: Done,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    if args.undo {
        return take_back(context, args);
    }
    let args = &with_listed_deck(context, with_all_paths(args)?)?;
    if let Some(folder) = args.paths.iter().find(|path| is_everything(path)) {
        return everything::import(context, args, folder);
    }
    let files = paths::files(&args.paths)?;
    let mut progress = Files { all: files.len(), shows: true, ..Files::default() };
    let [single] = &files[..] else {
        return several(context, args, &files, &mut progress);
    };
    Ok(import(context, args, single, &mut progress)?.done)
}

/// `--deck '#3'` is the third deck of the last list, as everywhere.
fn with_listed_deck(context: &Context, mut args: Args) -> Result<Args> {
    if let Some(deck) = args.deck.as_deref().filter(|deck| is_number_of_deck(deck)) {
        args.deck = Some(context.trainer()?.whole_deck_name(deck)?);
    }
    Ok(args)
}

/// `--preview FILE` names a file, too: only a number behind the flag says how many questions to show.
fn with_all_paths(args: &Args) -> Result<Args> {
    let mut args = args.clone();
    if let Some(word) = args.preview.clone().filter(|word| !word.is_empty())
        && (args.paths.is_empty() || word.parse::<usize>().is_err())
    {
        args.paths.insert(0, word.into());
        args.preview = Some(String::new());
    }
    if args.paths.is_empty() {
        return Err(Error::person("no file is named").hint("name one: `retain import --preview FILE`"));
    }
    Ok(args)
}

/// Imports one file after another. One that cannot be used is reported, and the others are imported.
fn several(context: &Context, args: &Args, files: &[PathBuf], progress: &mut Files) -> Result<Done> {
    let (mut done, mut refused) = (Done::Whole, 0);
    for path in files {
        match import(context, args, path, progress) {
            Ok(imported) if imported.done == Done::Whole => {}
            Ok(_) => done = Done::InPart,
            Err(error) if error.kind() == ErrorKind::Person => {
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
pub(super) fn update(context: &Context, path: &Path) -> Result<ImportedFile> {
    if path.is_dir() {
        return Err(Error::person(format!("{}: this is a folder, not a bank", path.display()))
            .hint("`retain import` takes folders; then review by the name of the deck"));
    }
    import(context, &Args::default(), path, &mut Files::default()).map_err(|error| {
        if !error.hints().iter().any(|hint| hint.contains("`--")) {
            return error;
        }
        error.hint("these are options of `retain import`; then `retain review` asks the questions")
    })
}

fn import(context: &Context, args: &Args, path: &Path, files: &mut Files) -> Result<ImportedFile> {
    files.begun += 1;
    let name = path.display().to_string();
    if args.format.is_none() && anki::is_package(path) {
        let dry_run = args.dry_run || args.preview.is_some();
        let how = anki::PackageImport { deck: args.deck.as_deref(), dry_run, json: args.json };
        let (deck, done) = anki::import_package(context, path, &how, &mut files.batch)?;
        return Ok(ImportedFile { deck, done });
    }
    let bytes = read_file(path)?;
    if args.format.is_none() && is_history(&bytes) {
        return history::import(context, args, &name, &bytes, files);
    }
    if let Some(own) = OwnFile::find(path, &bytes) {
        return Err(report::own_file(&name, path, own));
    }
    // A bank is its deck and its path, so the path must not depend on the current folder.
    let source = if name == "-" {
        name.clone()
    } else {
        fs::canonicalize(path).map_or(name.clone(), |path| path.display().to_string())
    };
    let known = context.has_database().then(|| context.trainer()?.known_source(&source)).transpose()?;
    let (before, is_known) = known.unwrap_or_default();
    let file = File { name: &name, path, bytes: &bytes };
    let mut understood = reading::understand(context, args, &file, before)?;
    if let Some(word) = &args.preview {
        let most = word.parse().unwrap_or(usize::MAX);
        report::preview(context, args, &name, &understood.bank, most)?;
        if args.explain {
            report::explain(context, args, &understood.bank)?;
        }
        return Ok(ImportedFile { deck: String::new(), done: done(&understood.bank) });
    }
    // A bank that was imported before has the key that was declared then.
    if key::is_missing(&understood.bank) && !args.drafts && !is_known {
        understood = keyed(context, args, &file, understood)?;
    }
    if args.explain {
        report::explain(context, args, &understood.bank)?;
    }
    let Understood { mut bank, said, .. } = understood;
    if args.strict && bank.rejected > 0 {
        let report = report::problems(context, args, &name, &bank)?;
        return Err(Error::person(format!("{name}: {} rejected, so nothing is imported (--strict)", bank.rejected))
            .hint("fix the questions, or leave out `--strict`")
            .after_report(report));
    }
    let options = ImportOptions {
        deck: args.deck.as_deref(),
        retire_missing: args.retire_missing,
        dry_run: args.dry_run,
        reading: said.as_ref(),
        work: &files.work(),
    };
    let mut watch = bars(context, None);
    let (mut trainer, _scratch) = trainer_for(context, args.dry_run)?;
    let imported = trainer.import_bank(&mut bank, (&source, path), &options, &mut files.batch, &mut watch)?;
    drop(watch);
    let Imported { deck, decks, plan, note } = imported;
    let figures = ImportFigures { decks, ..ImportFigures::new(&bank, &plan, &deck) };
    report::imported(context, args, &name, &bank, &plan, &figures)?;
    if let Some(note) = note {
        context.talk(&format!("{name}: {note}"))?;
    }
    if files.shows {
        report::first_questions(context, args, &bank, &figures)?;
    }
    if args.json {
        report::lines(context, &bank, &plan, &figures)?;
    }
    Ok(ImportedFile { done: done(&bank), deck })
}

/// Takes back what the last command imported. Where questions were answered since, only on a yes.
fn take_back(context: &Context, args: &Args) -> Result<Done> {
    let mut trainer = context.trainer()?;
    let ahead = trainer.take_back_import(true)?;
    let answered: u64 = ahead.iter().map(|taken| taken.kept).sum();
    if answered > 0 && !args.yes && !args.dry_run {
        let questions = words::count(answered, "question");
        let question = format!("{questions} were answered since; they stay, suspended. Take the import back?");
        if !ask::yes(context, &question, args.json, "nothing was taken back")? {
            context.talk("nothing was taken back")?;
            return Ok(Done::Whole);
        }
    }
    let all = if args.dry_run { ahead } else { trainer.take_back_import(false)? };
    for taken in all {
        context.talk(&import_report::taken_back(&taken, args.dry_run))?;
        if args.json {
            let line = import_report::taken_back_json(&taken).map_err(|error| Error::fault(error.to_string()))?;
            context.print(&line)?;
        }
    }
    if !args.dry_run && !args.json {
        context.talk("hint: `retain undo` brings it back")?;
    }
    Ok(Done::Whole)
}

fn done(bank: &Bank) -> Done {
    if bank.rejected > 0 { Done::InPart } else { Done::Whole }
}

/// A bank that marks no answer: a rule that the person agrees to, else a refusal that says what was seen.
fn keyed(context: &Context, args: &Args, file: &File<'_>, understood: Understood) -> Result<Understood> {
    let Understood { bank, options, .. } = &understood;
    let may_ask = key::is_conversation(args.json) && file.name != "-";
    if may_ask && key::may_be_rule(file.path, file.bytes, options, bank) && key::is_first(context, bank)? {
        return reading::with_first(context, args, file, understood);
    }
    Err(key::missing(file.name, file.path, file.bytes, options, bank))
}
