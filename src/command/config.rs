//! `retain config`: the settings of the program, each with its origin, and the file that holds them.

use clap::Args as Arguments;

use super::Context;
use super::output::Destination;
use crate::error::{Done, Error, Result};
use crate::ui::broken_stream;
use crate::ui::config::table::{self, ConfigRow};
use crate::ui::config::{Config, ProgramSetting, named, program_settings};
use crate::ui::diagnostics;
use crate::ui::paint::Paint;

/// Settings of the program: theme, keys, editor, voice, defaults.
#[derive(Arguments, Debug)]
pub struct Args {
    /// A setting to show, or a setting and its new value; all settings without one
    #[arg(value_name = "KEY VALUE", num_args = 0..=4)]
    words: Vec<String>,
    /// Remove the setting from the file
    #[arg(long)]
    unset: bool,
    /// Print where the file is
    #[arg(long, conflicts_with_all = ["words", "unset", "json"])]
    path: bool,
    /// JSON Lines, for programs
    #[arg(long, conflicts_with = "unset")]
    json: bool,
}

/// What is asked for.
enum ConfigRequest<'a> {
    List,
    Show(&'a str),
    Set(&'a str, &'a str),
    Unset(&'a str),
}

fn request(args: &Args) -> Result<ConfigRequest<'_>> {
    let mut words: Vec<&str> = args.words.iter().map(String::as_str).collect();
    let verb = match words.first() {
        Some(verb) if ["set", "get", "list", "unset"].contains(verb) => Some(words.remove(0)),
        _ => None,
    };
    // `theme=dark` and `theme = dark` are written, too.
    words.retain(|word| *word != "=");
    if let Some((key, value)) = words.first().and_then(|word| word.split_once('='))
        && words.len() == 1
    {
        words = vec![key.trim(), value];
    }
    let unset = args.unset || verb == Some("unset");
    match (&words[..], verb) {
        ([], None | Some("list")) if !unset => Ok(ConfigRequest::List),
        ([key], _) if unset => Ok(ConfigRequest::Unset(key)),
        ([key], None | Some("get")) => Ok(ConfigRequest::Show(key)),
        ([key, value], None | Some("set")) if !unset => Ok(ConfigRequest::Set(key, value)),
        _ => Err(Error::usage("this does not name one setting and one value").hint(
            "`retain config KEY` shows one, `retain config KEY VALUE` sets it, `retain config KEY --unset` removes it; put a value with spaces in quotation marks",
        )),
    }
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let config = &context.config;
    if args.path {
        context.print(&format!("{}\n", config.path().display()))?;
        return Ok(Done::Whole);
    }
    match request(args)? {
        ConfigRequest::List => {
            let rows: Vec<ConfigRow> = program_settings().into_iter().map(|setting| row(context, setting)).collect();
            context.print(&if args.json {
                table::json(&rows, config.path())?
            } else {
                table::text(&rows, config.path())
            })?;
        }
        ConfigRequest::Show(key) => {
            let row = row(context, named(key)?);
            context.print(&if args.json {
                table::json(&[row], config.path())?
            } else {
                table::one(&row, config.path())
            })?;
        }
        ConfigRequest::Set(key, value) => {
            let setting = named(key)?;
            let changed = write(context, &config.with_value(&setting, value)?)?;
            let now = changed.value(&setting.name).map(str::to_owned);
            let resolved = context.resolve(&changed, &setting);
            context.talk(&table::changed(&setting.name, now.as_deref(), config.path(), &resolved))?;
            return report(context, &changed);
        }
        ConfigRequest::Unset(key) => return unset(context, key),
    }
    report(context, config)
}

/// Says what is wrong with the file or the environment, if something is.
fn report(context: &Context, config: &Config) -> Result<Done> {
    if config.problems().is_empty() {
        return context.wrong_variable(config).map_or(Ok(Done::Whole), Err);
    }
    let path = config.path().display().to_string();
    context.talk(&diagnostics::problems(&path, config.problems(), usize::MAX, Paint::new(context.color_err())))?;
    Ok(if config.is_usable() { Done::Whole } else { Done::Nothing })
}

fn row(context: &Context, setting: ProgramSetting) -> ConfigRow {
    let (value, origin) = context.resolve(&context.config, &setting);
    (setting, value, origin)
}

/// Removes a value, also one whose name is no setting.
fn unset(context: &Context, key: &str) -> Result<Done> {
    let config = &context.config;
    let Some(text) = config.without(key)? else {
        // A slip of the finger is said.
        let setting = named(key)?;
        context.talk(&format!("{} is not set in {}", setting.name, config.path().display()))?;
        return Ok(Done::Whole);
    };
    let changed = write(context, &text)?;
    match named(key) {
        Ok(setting) => {
            let resolved = context.resolve(&changed, &setting);
            context.talk(&table::changed(&setting.name, None, config.path(), &resolved))?;
        }
        Err(_) => context.talk(&format!("`{key}` is removed from {}", config.path().display()))?,
    }
    report(context, &changed)
}

/// Writes the file whole, and gives what is in it now.
fn write(context: &Context, text: &str) -> Result<Config> {
    let path = context.config.path();
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        crate::private::create_folder(folder).map_err(|error| {
            Error::person(format!("{}: the folder cannot be made: {error}", folder.display()))
                .hint("name another file with `RETAIN_CONFIG`")
        })?;
    }
    let to = Destination::find(context, path, true, |_| true)?;
    to.write(|out| out.write_all(text.as_bytes()).map_err(broken_stream))?;
    Ok(Config::parse(path, text))
}
