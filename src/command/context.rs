//! What every command is given: the database's place, the clock, the seed, and how to speak.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use etcetera::BaseStrategy;

use crate::chance::SEED_VARIABLE;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::study::Trainer;
use crate::ui::theme::{self, Theme};
use crate::ui::tui::pictures::{self, PictureMode, Pictures};

/// The variable that names the database; empty, it is as if it were not set.
const DATABASE_VARIABLE: &str = "RETAIN_DB";
/// The variable that names the theme of the screen.
const THEME_VARIABLE: &str = "RETAIN_THEME";
/// The variable that says how the screen shows pictures.
const IMAGES_VARIABLE: &str = "RETAIN_IMAGES";

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
    #[arg(long, global = true, value_name = "THEME", value_parser = ["dark", "light", "contrast", "none"])]
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
    no_color: bool,
    theme: Option<String>,
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
        let named = || std::env::var_os(DATABASE_VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
        let named = global.db.or_else(named);
        let names_database = named.is_some();
        let db = named.map_or_else(default_path, Ok)?;
        Ok(Self {
            db,
            names_database,
            clock: Clock::from_environment()?,
            seed,
            theme: global.theme,
            quiet: global.quiet,
            verbose: global.verbose,
            no_color: global.no_color
                || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
                || std::env::var_os("TERM").is_some_and(|term| term == "dumb"),
        })
    }

    /// Opens the database, which must be there.
    pub fn trainer(&self) -> Result<Trainer> {
        Trainer::open_existing(&self.db, self.clock, self.seed)
    }

    /// Opens the database, which is made if it is not there: for what can be the first thing that somebody does.
    pub fn trainer_or_new(&self) -> Result<Trainer> {
        Trainer::open(&self.db, self.clock, self.seed)
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
        !self.no_color && io::stdout().is_terminal()
    }

    /// The theme of the screen: as the person says, else by the terminal.
    pub fn theme(&self) -> Result<Theme> {
        Ok(Theme::named(self.theme_name()?).reordering(theme::reorders(variable)))
    }

    fn theme_name(&self) -> Result<theme::ThemeName> {
        let named = self.theme.clone().or_else(|| variable(THEME_VARIABLE));
        match named {
            Some(name) => theme::ThemeName::parse(&name).ok_or_else(|| {
                Error::person(format!("`{THEME_VARIABLE}` names a theme that does not exist: `{name}`"))
                    .hint("set it to `dark`, `light`, `contrast` or `none`, or unset it")
            }),
            None => Ok(theme::ThemeName::of_terminal(self.color_out(), variable)),
        }
    }

    /// The folder with the pictures and sounds of questions, next to the database.
    pub fn media(&self) -> PathBuf {
        self.db.with_file_name("media")
    }

    /// How the screen shows pictures: as the person says, else by the terminal.
    pub fn pictures(&self) -> Result<Pictures> {
        let way = match variable(IMAGES_VARIABLE).as_deref() {
            None | Some("auto") => PictureMode::of_terminal(variable),
            Some("off") => None,
            Some(name) => Some(PictureMode::parse(name).ok_or_else(|| {
                Error::person(format!("`{IMAGES_VARIABLE}` names a way to show pictures that does not exist: `{name}`"))
                    .hint("set it to `auto`, `kitty`, `iterm2`, `sixel`, `blocks` or `off`, or unset it")
            })?),
        };
        Ok(match way {
            // Half blocks are nothing but colours.
            Some(PictureMode::Blocks) if self.theme_name()? == theme::ThemeName::None => Pictures::none(),
            Some(way) => Pictures::new(self.media(), way, pictures::has_true_colour(variable)),
            None => Pictures::none(),
        })
    }

    /// Whether to colour what goes to standard error.
    pub fn color_err(&self) -> bool {
        !self.no_color && io::stderr().is_terminal()
    }

    /// Talks to the person, on standard error, unless they asked for silence.
    pub fn talk(&self, text: &str) -> Result<()> {
        if self.quiet || text.is_empty() {
            return Ok(());
        }
        let mut out = io::stderr().lock();
        out.write_all(text.as_bytes())
            .and_then(|()| if text.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") })
            .map_err(crate::ui::broken_stream)
    }

    /// Prints data to standard output.
    pub fn print(&self, text: &str) -> Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(crate::ui::broken_stream)
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
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
