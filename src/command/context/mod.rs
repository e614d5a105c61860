//! What every command is given: the database's place, the clock, the seed, and how to speak.

mod named;
mod settings;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;
use etcetera::BaseStrategy;
use tempfile::TempDir;

use super::ask;
use super::progress::bars;
use crate::chance::SEED_VARIABLE;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::private;
use crate::study::{BackupFailure, BackupOrders, BackupPolicy, Generations, Trainer};
use crate::ui::config::{CONFIG_FILE, CONFIG_VARIABLE, Config, ConfigOrigin};
use crate::ui::diagnostics::on_one_line;
use crate::ui::{door, screen, words};

/// The variable that names the database; empty, it is as if it were not set.
const DATABASE_VARIABLE: &str = "RETAIN_DB";

/// Flags that every command takes.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// The database (also by the variable `RETAIN_DB`; default: `retain/retain.db` in the platform's data folder)
    #[arg(long, global = true, value_name = "PATH")]
    db: Option<PathBuf>,
    /// No colour (also by the variable `NO_COLOR`)
    #[arg(long, global = true)]
    no_color: bool,
    /// Colours of the review screen (also by the variable `RETAIN_THEME`)
    #[arg(long, global = true, value_name = "THEME", value_parser = ["auto", "dark", "light", "contrast", "none"])]
    theme: Option<String>,
    /// Only print errors
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say more
    #[arg(short, long, global = true)]
    verbose: bool,
}

/// What every command is given.
#[derive(Clone, Debug)]
pub struct Context {
    /// The database.
    pub db: PathBuf,
    /// Whether the person named it, and did not leave it to the platform's folder.
    pub names_database: bool,
    /// The door for time.
    pub clock: Clock,
    /// The person's `RETAIN_SEED`.
    pub seed: Option<u64>,
    /// Whether to say only what went wrong.
    pub quiet: bool,
    /// Whether to say more.
    pub verbose: bool,
    /// The settings file.
    pub config: Config,
    /// The database as it was typed with `--db`, if it is not the usual one.
    typed: Option<PathBuf>,
    no_color: Option<ConfigOrigin>,
    theme: Option<String>,
    backup_failure: BackupFailure,
    /// Whether somebody was warned of settings that mean nothing.
    warned: Arc<AtomicBool>,
}

/// The folder of a file that may not be there.
fn folder_of(file: &Path) -> Option<PathBuf> {
    std::path::absolute(file).ok()?.parent().map(Path::to_path_buf)
}

impl Context {
    /// What the flags and the environment say.
    pub fn new(global: Global) -> Result<Self> {
        let seed = match std::env::var(SEED_VARIABLE) {
            Ok(text) if !text.is_empty() => Some(text.parse().map_err(|_| {
                Error::person(format!("`{SEED_VARIABLE}` is not a whole number: `{text}`"))
                    .hint("set it to a number such as `7`, or unset it")
            })?),
            _ => None,
        };
        let usual = std::env::var_os(DATABASE_VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
        let names_database = global.db.is_some() || usual.is_some();
        let (typed, usual) = (global.db, usual.map_or_else(default_path, Ok));
        let (is_typed, usual_folder) = (typed.is_some(), usual.as_deref().ok().and_then(folder_of));
        let is_usual = |typed: &PathBuf| usual.as_ref().is_ok_and(|usual| usual == typed);
        let typed_elsewhere = typed.clone().filter(|typed| !is_usual(typed));
        let db = typed.map_or(usual, Ok)?;
        let config = match variable(CONFIG_VARIABLE) {
            Some(path) => Config::load(Path::new(&path)),
            None => {
                let beside = Config::load(&db.with_file_name(CONFIG_FILE));
                // A database that is only named for once may be somebody else's, and so is the file next to it.
                let is_own = !is_typed || (usual_folder.is_some() && usual_folder == folder_of(&db));
                if is_own { beside } else { beside.without_commands() }
            }
        };
        Ok(Self {
            config,
            db,
            names_database,
            typed: typed_elsewhere,
            clock: Clock::from_environment()?,
            seed,
            theme: global.theme,
            quiet: global.quiet,
            verbose: global.verbose,
            no_color: no_color(global.no_color),
            backup_failure: BackupFailure::default(),
            warned: Arc::default(),
        })
    }

    /// The same with another database.
    #[must_use]
    pub fn with_database(&self, db: PathBuf) -> Self {
        Self { db, names_database: true, ..self.clone() }
    }

    /// Opens the database, which must be there.
    pub fn trainer(&self) -> Result<Trainer> {
        let trainer = self.trainer_without_warning()?;
        self.warn_of_settings(&trainer)?;
        Ok(trainer)
    }

    /// The same for what looks at the database as a whole, and says itself what is wrong with it.
    pub fn trainer_without_warning(&self) -> Result<Trainer> {
        Trainer::open_existing_keeping(&self.db, self.clock, self.seed, self.backup_orders())
    }

    /// The same for what copies the database: also if it is not as this program makes it.
    pub fn trainer_to_copy(&self) -> Result<Trainer> {
        match self.trainer_without_warning() {
            Err(error) if error.code() == "foreign-schema" => {
                let trainer = Trainer::open_inert(&self.db, self.clock, self.backup_orders())?;
                self.talk(&format!("warning: {}; it is copied as it is", on_one_line(error.message())))?;
                Ok(trainer)
            }
            opened => opened,
        }
    }

    /// Says that the newest answers may be under another name of the database.
    pub fn warn_of_names(&self, trainer: &Trainer) -> Result<()> {
        trainer.several_names().map_or(Ok(()), |names| self.talk(&format!("warning: {names}")))
    }

    /// Says once which settings of the database mean nothing, and whether the newest answers may be elsewhere.
    fn warn_of_settings(&self, trainer: &Trainer) -> Result<()> {
        if self.warned.swap(true, Ordering::Relaxed) {
            return Ok(());
        }
        self.warn_of_names(trainer)?;
        let warn = |words: &String| {
            self.talk(&format!("warning: {}\nhint: `retain check --mend` removes it", on_one_line(words)))
        };
        trainer.unusable_settings()?.iter().try_for_each(warn)
    }

    /// Opens the database, which is made if it is not there: for what can be the first thing that somebody does. If there are backups of one,
    /// it asks before.
    pub fn trainer_or_new(&self) -> Result<Trainer> {
        self.confirm_new_database()?;
        let trainer = Trainer::open_keeping(&self.db, self.clock, self.seed, self.backup_orders())?;
        self.warn_of_settings(&trainer)?;
        Ok(trainer)
    }

    /// Asks before a database is made where there are backups of one.
    pub fn confirm_new_database(&self) -> Result<()> {
        let lost = || Trainer::lost_database(&self.db, &self.backup_policy());
        let Some(error) = lost() else { return Ok(()) };
        let question = format!("{}: make a new one all the same?", error.message());
        if ask::confirm(self, &question, false, || error)? {
            return Ok(());
        }
        Err(lost().unwrap_or_else(|| Error::person("nothing was done")))
    }

    /// Fails if nothing can be written to the database, or none can be made: before the person types something for it.
    pub fn must_be_writable(&self) -> Result<()> {
        if self.has_database() {
            return self.trainer()?.refuse_read_only();
        }
        let folder = self.db.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(".".as_ref());
        tempfile::tempfile_in(folder).map(drop).map_err(|error| {
            Error::person(format!("no database can be made in {}: {error}", folder.display()))
                .hint("make the folder writable, or choose another file with `--db PATH`")
        })
    }

    /// Tries something on an empty database that is thrown away, if there is none yet: what fails makes none.
    pub fn rehearse<T>(&self, work: impl FnOnce(&mut Trainer) -> Result<T>) -> Result<()> {
        if self.has_database() {
            return Ok(());
        }
        let folder = self.scratch_folder()?;
        let mut scratch = self.with_database(folder.path().join("retain.db")).trainer_or_new()?;
        work(&mut scratch).map(|_| ())
    }

    /// A folder that is removed at the end.
    pub fn scratch_folder(&self) -> Result<TempDir> {
        tempfile::tempdir().map_err(|error| {
            Error::person(format!("no folder to try this in can be made: {error}"))
                .hint("set `TMPDIR` to a folder with room")
        })
    }

    /// Which backups are kept, where, and how many stay.
    pub fn backup_policy(&self) -> BackupPolicy {
        let count = |name: &str, usual: u32| self.value(name).parse().unwrap_or(usual);
        BackupPolicy {
            automatic: self.value("backups.automatic") != "off",
            folder: self.setting("backups.folder").map(PathBuf::from),
            generations: Generations {
                last: count("backups.last", 10) as usize,
                days: count("backups.days", 14),
                weeks: count("backups.weeks", 8),
                months: count("backups.months", 12),
            },
        }
    }

    fn backup_orders(&self) -> BackupOrders {
        let context = self.clone();
        BackupOrders {
            policy: self.backup_policy(),
            failure: self.backup_failure.clone(),
            watch: Some(Box::new(move || Box::new(bars(&context, None)))),
        }
    }

    /// Says at the end of a command that a backup could not be made: what was to be done was done all the same.
    pub fn warn_of_backups(&self) -> Result<()> {
        let Some(failure) = self.backup_failure.reported() else { return Ok(()) };
        let hints: String = failure.hints().iter().map(|hint| format!("\nhint: {}", on_one_line(hint))).collect();
        self.talk(&format!("warning: no backup was kept: {}{hints}", on_one_line(failure.message())))
    }

    /// SQLite says of a full disk sometimes only that it cannot read, write or open a file.
    pub fn with_cause(&self, error: Error) -> Error {
        let folder = self.db.parent().unwrap_or(Path::new("."));
        if !["database-io", "database-unopened"].contains(&error.code()) || !private::is_full(folder) {
            return error;
        }
        Error::person(format!("{}: the disk is full", self.db.display()))
            .named("disk-full")
            .hint("make room, then try again")
            .caused_by(error.to_string())
    }

    /// Commands in hints are about the database that was named.
    pub fn named_in(&self, error: Error) -> Error {
        match &self.typed {
            Some(db) => error.map_hints(|hint| named::naming(hint, db)),
            None => error,
        }
    }

    /// Whether there is anything where the database is to be.
    pub fn has_database(&self) -> bool {
        std::fs::metadata(&self.db).is_ok_and(|found| found.is_dir() || found.len() > 0)
    }

    /// The number to mix into what is derived by chance.
    pub fn mixed_seed(&self) -> u64 {
        self.seed.unwrap_or(0)
    }

    /// Whether to colour what goes to standard output.
    pub fn color_out(&self) -> bool {
        self.no_color.is_none() && io::stdout().is_terminal()
    }

    /// The folder with the pictures and sounds of questions, next to the database.
    pub fn media(&self) -> PathBuf {
        self.db.with_file_name("media")
    }

    /// Whether to colour what goes to standard error.
    pub fn color_err(&self) -> bool {
        self.no_color.is_none() && io::stderr().is_terminal()
    }

    /// Talks to the person, on standard error, unless they asked for silence.
    pub fn talk(&self, text: &str) -> Result<()> {
        if self.quiet || text.is_empty() {
            return Ok(());
        }
        let named = self.typed.as_deref().map(|db| named::naming(text, db));
        let text = named.as_deref().unwrap_or(text);
        let end = if text.ends_with('\n') { "" } else { "\n" };
        let wrapped = io::stderr().is_terminal().then(|| words::wrapped(text, screen::columns_of_talk()));
        let text = wrapped.as_deref().unwrap_or(text);
        door::talk(&format!("{text}{end}"), self.color_err())
    }

    /// Prints data to standard output.
    pub fn print(&self, text: &str) -> Result<()> {
        door::print(text, self.color_out())
    }
}

fn default_path() -> Result<PathBuf> {
    let strategy = etcetera::choose_base_strategy().map_err(|_| {
        Error::person("no home folder is known to keep the database in")
            .hint("say where with `--db PATH` or `RETAIN_DB`")
    })?;
    Ok(strategy.data_dir().join("retain").join("retain.db"))
}

/// What the environment says, if anything.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// Who asks for no colour, if somebody does.
fn no_color(flag: bool) -> Option<ConfigOrigin> {
    let environment = |name, is_set: fn(&std::ffi::OsStr) -> bool| {
        std::env::var_os(name).filter(|value| is_set(value)).map(|_| ConfigOrigin::Environment(name))
    };
    let flag = flag.then_some(ConfigOrigin::Flag("--no-color"));
    flag.or_else(|| environment("NO_COLOR", |value| !value.is_empty()))
        .or_else(|| environment("TERM", |term| term == "dumb"))
}
