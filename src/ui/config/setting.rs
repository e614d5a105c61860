//! What can be set, and what it takes.

use toml_edit::Value;

use crate::model::minutes_of;
use crate::ui::editor::FALLBACK;
use crate::ui::theme::ThemeName;
use crate::ui::tui::ReviewCommand;
use crate::ui::tui::pictures::PictureMode;
use crate::ui::voice::voice_command;

/// A setting of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramSetting {
    /// Its name, such as `theme` or `keys.undo`.
    pub name: String,
    /// What it means.
    pub meaning: String,
    /// What it takes, in words.
    pub takes: String,
    /// What holds if nobody sets it.
    pub default: String,
    /// Variables of the environment that go before the file.
    pub(super) variables: &'static [&'static str],
    /// Variables of the environment that count if the file says nothing: they are about more than this program.
    pub(super) fallbacks: &'static [&'static str],
    shape: ValueShape,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum ValueShape {
    OneWord(Vec<&'static str>),
    /// A command; whether `none` is one of its values.
    CommandLine {
        or_none: bool,
    },
    Switch,
    /// A number from 1, or `none`.
    Limit(u32),
    /// A number of a range.
    Number(u32, u32),
    /// The path of a folder, or `none`.
    Folder,
    /// Minutes, or `none`.
    Minutes(u32),
    Letter,
}

impl ProgramSetting {
    /// The value as it is kept.
    ///
    /// # Errors
    /// Why the text is no value.
    pub fn check(&self, text: &str) -> Result<String, String> {
        let text = text.trim();
        let low = text.to_lowercase();
        match &self.shape {
            ValueShape::OneWord(words) if words.contains(&low.as_str()) => Ok(low),
            ValueShape::OneWord(_) => Err(format!("`{text}` is not known")),
            ValueShape::CommandLine { or_none: true } if low == "none" || text.is_empty() => Ok("none".into()),
            ValueShape::CommandLine { .. } if low == "none" || text.is_empty() => {
                Err(format!("`{text}` names no program"))
            }
            ValueShape::CommandLine { or_none: true } => voice_command(text).map(|_| text.to_owned()),
            ValueShape::CommandLine { .. } => match shlex::split(text) {
                Some(words) if !words.is_empty() => Ok(text.to_owned()),
                _ => Err("a quotation mark is not closed".into()),
            },
            ValueShape::Switch => match low.as_str() {
                "on" | "true" | "yes" | "1" => Ok("on".into()),
                "off" | "false" | "no" | "0" => Ok("off".into()),
                _ => Err(format!("`{text}` is neither on nor off")),
            },
            ValueShape::Limit(_) | ValueShape::Minutes(_) if ["none", "off"].contains(&low.as_str()) => {
                Ok("none".into())
            }
            ValueShape::Limit(most) => match low.parse::<u32>() {
                Ok(number) if (1..=*most).contains(&number) => Ok(number.to_string()),
                Ok(_) => Err(format!("{text} is out of range")),
                Err(_) => Err(format!("`{text}` is not a whole number")),
            },
            ValueShape::Number(least, most) => match low.parse::<u32>() {
                Ok(number) if (*least..=*most).contains(&number) => Ok(number.to_string()),
                Ok(_) => Err(format!("{text} is out of range")),
                Err(_) => Err(format!("`{text}` is not a whole number")),
            },
            ValueShape::Folder if low == "none" || text.is_empty() => Ok("none".into()),
            ValueShape::Folder => Ok(text.to_owned()),
            ValueShape::Minutes(most) => match minutes_of(&low) {
                Some(minutes) if (1..=*most).contains(&minutes) => Ok(minutes.to_string()),
                Some(_) => Err(format!("{text} is out of range")),
                None => Err(format!("`{text}` is no length of time in whole minutes")),
            },
            ValueShape::Letter => letter(text),
        }
    }

    /// The value as it is kept, of what the file says.
    ///
    /// # Errors
    /// Why it is no value, and what to write.
    pub(super) fn check_written(&self, value: Option<&Value>) -> Result<String, (String, String)> {
        let name = self.name.rsplit('.').next().unwrap_or_default();
        let takes = format!("it takes {}", self.takes);
        let text = match (&self.shape, value) {
            (_, Some(Value::String(text))) => text.value().clone(),
            (ValueShape::CommandLine { .. }, Some(_)) => {
                let example = if self.default == "none" { "none" } else { "nano" };
                let write = format!("write it in quotation marks, such as `{name} = \"{example}\"`");
                return Err(("a command is a text".into(), write));
            }
            (ValueShape::Switch, Some(Value::Integer(number))) => {
                let write = format!("write `{name} = true` or `{name} = false`");
                return Err((format!("`{number}` is neither on nor off", number = number.value()), write));
            }
            (_, Some(Value::Integer(number))) => number.value().to_string(),
            (_, Some(Value::Boolean(yes))) => yes.value().to_string(),
            _ => return Err(("this is no text, number, `true` or `false`".into(), takes)),
        };
        self.check(&text).map_err(|why| (why, takes))
    }

    /// The variable of the environment that goes before the file but has no value for this, and why.
    pub fn wrong_variable(&self, variable: impl Fn(&str) -> Option<String>) -> Option<(&'static str, String)> {
        let (name, value) = self.variables.iter().find_map(|name| Some((*name, variable(name)?)))?;
        self.check(&value).err().map(|why| (name, why))
    }

    /// Whether the file has its value as text, rather than as a number, `true` or `false`.
    pub(super) fn written(&self, value: &str) -> toml_edit::Value {
        match (&self.shape, value, value.parse::<i64>()) {
            (ValueShape::Switch, value, _) => (value == "on").into(),
            (ValueShape::Limit(_) | ValueShape::Minutes(_) | ValueShape::Number(..), _, Ok(number)) => number.into(),
            _ => value.into(),
        }
    }
}

/// A letter that can be the key of a command.
fn letter(text: &str) -> Result<String, String> {
    let mut chars = text.chars();
    let (Some(char), None) = (chars.next(), chars.next()) else {
        return Err(format!("`{text}` is not one letter or sign"));
    };
    match char {
        '0'..='9' => Err(format!("`{char}` rates an answer or gives a match")),
        'o' | 'O' => Err("`o` overrules the grading".into()),
        '!' => Err("`!` says that you are sure".into()),
        char if char.is_control() || char.is_whitespace() => Err("this cannot be a key".into()),
        char => Ok(crate::ui::tui::small(char).to_string()),
    }
}

/// All settings, in the order in which they are shown.
pub fn program_settings() -> Vec<ProgramSetting> {
    let base = |name: &str, meaning: &str, takes: &str, default: &str, shape: ValueShape| ProgramSetting {
        name: name.into(),
        meaning: meaning.into(),
        takes: takes.into(),
        default: default.into(),
        variables: &[],
        fallbacks: &[],
        shape,
    };
    let themes: Vec<&str> = ["auto"].into_iter().chain(ThemeName::ALL.map(|(name, _)| name)).collect();
    let images: Vec<&str> = ["auto", "off"].into_iter().chain(PictureMode::ALL.map(|(name, _)| name)).collect();
    let mut all = vec![
        ProgramSetting {
            variables: &["RETAIN_THEME"],
            ..base("theme", "colours of the screen", &list(&themes), "auto", ValueShape::OneWord(themes.clone()))
        },
        ProgramSetting {
            variables: &["RETAIN_IMAGES"],
            ..base(
                "images",
                "how the screen shows pictures",
                &list(&images),
                "auto",
                ValueShape::OneWord(images.clone()),
            )
        },
        ProgramSetting {
            variables: &["RETAIN_EDITOR"],
            fallbacks: &["VISUAL", "EDITOR"],
            ..base(
                "editor",
                "the program that edits questions",
                "a command, such as `nano` or `code --wait`",
                FALLBACK,
                ValueShape::CommandLine { or_none: false },
            )
        },
        ProgramSetting {
            variables: &["RETAIN_SAY"],
            ..base(
                "say",
                "the program that reads questions aloud",
                "a command that reads text from its input, such as `espeak-ng`; or `none`",
                "none",
                ValueShape::CommandLine { or_none: true },
            )
        },
    ];
    for command in ReviewCommand::IN_REVIEW {
        let usual = crate::ui::tui::KeyMap::default().letter(command).to_string();
        let name = format!("keys.{}", command.name());
        all.push(base(
            &name,
            &format!("key of a review: {}", command.what()),
            "one letter or sign",
            &usual,
            ValueShape::Letter,
        ));
    }
    all.extend([
        base("defaults.plain", "`review` and `exam` with `--plain`", "on or off", "off", ValueShape::Switch),
        base(
            "defaults.minutes",
            "`review` with `--minutes N`",
            "minutes from 1 to 1440, such as `20` or `1h 30m`, or `none`",
            "none",
            ValueShape::Minutes(1_440),
        ),
        base(
            "defaults.limit",
            "`review` with `--limit N`: stop after this many answers",
            "a number from 1 to 9999, or `none`",
            "none",
            ValueShape::Limit(9_999),
        ),
    ]);
    all.extend(backups(base));
    all
}

/// Which backups are kept, and where.
fn backups(
    base: impl Fn(&str, &str, &str, &str, ValueShape) -> ProgramSetting,
) -> impl IntoIterator<Item = ProgramSetting> {
    let number = |name: &str, meaning: &str, default: &str, least: u32| {
        let takes = format!("a number from {least} to 1000");
        base(name, meaning, &takes, default, ValueShape::Number(least, 1_000))
    };
    [
        base(
            "backups.automatic",
            "keep a backup once a day, and before imports, fits and other large changes",
            "on or off",
            "on",
            ValueShape::Switch,
        ),
        base(
            "backups.folder",
            "where backups are kept",
            "a folder, from the folder of the database on; or `none` for `backups` in it",
            "none",
            ValueShape::Folder,
        ),
        number("backups.last", "how many of the newest backups stay", "10", 1),
        number("backups.days", "of how many days the last backup stays", "14", 0),
        number("backups.weeks", "of how many weeks the last backup stays", "8", 0),
        number("backups.months", "of how many months the last backup stays", "12", 0),
    ]
}

fn list(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.concat(),
    }
}
