//! `retain demo`: three minutes with a bank that comes with the program, in a database of its own.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args as Arguments;
use tempfile::TempDir;

use super::Context;
use super::session::FrontEndChoice;
use crate::error::{Done, Error, Result};
use crate::session::{Limits, Session};
use crate::study::{ReviewRequest, unwatched};
use crate::ui::{broken_stream, demo, drive};

/// The bank of the demo.
const BANK: &[u8] = include_bytes!("../../decks/demo.txt");
/// Its deck.
const DECK: &str = "Demo";

/// Try it for three minutes: questions that come with the program, in a database of its own.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Keep the database in this folder, to go on tomorrow; without it nothing is left behind
    #[arg(long, value_name = "FOLDER")]
    keep: Option<PathBuf>,
    /// Plain lines instead of a screen; `--plain=false` if the settings file says otherwise
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    plain: Option<bool>,
    /// Read questions aloud: a command that reads text from its input, or takes it where it has `{}`; `none` for no voice
    #[arg(long, value_name = "COMMAND")]
    say: Option<String>,
}

/// Where the demo is: in a folder that goes when it ends, or in one that stays.
enum DemoFolder {
    Gone(TempDir),
    Kept(PathBuf),
}

impl DemoFolder {
    fn new(context: &Context, keep: Option<&Path>) -> Result<Self> {
        let failed = |error: io::Error| {
            Error::person(format!("no folder for the demo can be made: {error}"))
                .hint("name one with `--keep FOLDER`, or set `TMPDIR` to a folder with room")
        };
        let Some(folder) = keep else {
            return Ok(Self::Gone(crate::private::temporary_folder(&std::env::temp_dir()).map_err(failed)?));
        };
        crate::private::create_folder(folder).map_err(failed)?;
        let folder = Self::Kept(folder.to_path_buf());
        let same = std::fs::canonicalize(folder.db()).ok().zip(std::fs::canonicalize(&context.db).ok());
        if same.is_some_and(|(demo, own)| demo == own) {
            return Err(not_here(&folder.db()));
        }
        Ok(folder)
    }

    /// Fails if the folder that is to be kept cannot be one.
    fn check(keep: Option<&Path>) -> Result<()> {
        // The first part of the path that is there; a folder can be made in a folder.
        let there = keep.and_then(|keep| keep.ancestors().find(|part| part.exists()));
        match there.filter(|part| !part.is_dir()) {
            None => Ok(()),
            Some(file) => Err(Error::person(format!("{} is a file, so no folder can be made there", file.display()))
                .named("not-a-folder")
                .hint("name a folder: `retain demo --keep FOLDER`")),
        }
    }

    fn db(&self) -> PathBuf {
        match self {
            Self::Gone(folder) => folder.path().join("retain.db"),
            Self::Kept(folder) => folder.join("retain.db"),
        }
    }

    /// The database, if it stays.
    fn kept(&self) -> Option<PathBuf> {
        matches!(self, Self::Kept(_)).then(|| self.db())
    }
}

fn not_here(db: &Path) -> Error {
    Error::person(format!("{}: this is a database of your own, and the demo touches none", db.display()))
        .named("not-the-demo")
        .hint("name another folder, or leave `--keep` out")
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let face = FrontEndChoice::wanted(context.plain(args.plain), false);
    // A wrong voice is reported before anything begins.
    drop(context.voice(args.say.as_deref())?);
    DemoFolder::check(args.keep.as_deref())?;
    let screen = face == FrontEndChoice::Terminal;
    context.print(&demo::welcome(context.config.keys(), screen))?;
    if screen {
        let mut line = String::new();
        if io::stdin().read_line(&mut line).map_err(broken_stream)? == 0 {
            return Ok(Done::Whole);
        }
    }
    let folder = DemoFolder::new(context, args.keep.as_deref())?;
    let own = context.with_database(folder.db());
    let mut trainer = own.trainer_or_new()?;
    if trainer.decks()?.all().iter().any(|entry| entry.deck.name != DECK) {
        return Err(not_here(&own.db));
    }
    trainer.import(BANK, "demo.txt", &mut unwatched)?;
    let request = ReviewRequest::default();
    let mut plan = trainer.plan_day(&request)?;
    let agenda = std::mem::take(&mut plan.agenda);
    let limits = Limits { answers: None, ms: None };
    let mut session = Session::new(agenda, limits, plan.today, own.mixed_seed());
    let decks = trainer.decks()?;
    let mut front = face.open(&own, args.say.as_deref())?;
    let summary = drive(front.as_mut(), &mut session, &mut trainer.review_world(&decks, &plan, request))?;
    // The screen is gone then, and the words stay.
    drop(front);
    context.print(&demo::closing(&summary, folder.kept().as_deref()))?;
    Ok(Done::Whole)
}
