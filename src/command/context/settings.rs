//! The settings of the program as a command finds them: typed, from the environment, from the settings file, or the usual ones.

use super::{Context, variable};
use crate::command::number::TypedLimit;
use crate::error::{Error, Result};
use crate::ui::config::{CONFIG_VARIABLE, Config, ConfigOrigin, ProgramSetting, program_settings};
use crate::ui::diagnostics;
use crate::ui::editor::Editor;
use crate::ui::paint::Paint;
use crate::ui::theme::{self, Theme};
use crate::ui::tui::pictures::{self, PictureMode, Pictures};
use crate::ui::voice::Voice;

impl Context {
    /// Fails if something is wrong with the settings file.
    pub fn settled(&self) -> Result<()> {
        if let Some(error) = self.wrong_variable(&self.config) {
            return Err(error);
        }
        let problems = self.config.problems();
        if problems.is_empty() {
            return Ok(());
        }
        let path = self.config.path().display().to_string();
        let report = diagnostics::problems(&path, problems, usize::MAX, Paint::new(self.color_err()));
        if self.config.is_usable() {
            return self.talk(report.trim_end());
        }
        Err(Error::person("there is a mistake in the settings file, so nothing was done").named("settings-file").after_report(report).hint(
            "fix these lines in an editor; `retain config KEY VALUE` sets a value, `retain config KEY --unset` removes one",
        ))
    }

    /// What is wrong with the variables that are about the settings of the program, if something is.
    pub fn wrong_variable(&self, config: &Config) -> Option<Error> {
        if variable(CONFIG_VARIABLE).is_some() && !config.exists() {
            let path = config.path().display();
            return Some(
                Error::person(format!("`{CONFIG_VARIABLE}` names a file that does not exist: {path}"))
                    .named("settings-file")
                    .hint("unset it, or make the file with `retain config KEY VALUE`"),
            );
        }
        program_settings().into_iter().find_map(|setting| {
            let (name, why) = setting.wrong_variable(variable)?;
            // A flag goes before it.
            let counts = matches!(self.resolve(config, &setting).1, ConfigOrigin::Environment(_));
            let hint = format!("set it to {}, or unset it", setting.takes.trim_end_matches("; or `none`"));
            counts.then(|| Error::person(format!("the variable `{name}`: {why}")).named("bad-value").hint(hint))
        })
    }

    /// A setting of the program, and where it comes from.
    pub fn resolve(&self, config: &Config, setting: &ProgramSetting) -> (String, ConfigOrigin) {
        let flag = self.theme.clone().filter(|_| setting.name == "theme").map(|theme| ("--theme", theme));
        let (value, origin) = config.resolve(setting, flag, variable);
        // Neither the file nor the terminal brings colours back.
        let asked = matches!(origin, ConfigOrigin::Flag(_) | ConfigOrigin::Environment(_));
        match &self.no_color {
            Some(origin) if setting.name == "theme" && !asked => ("none".into(), origin.clone()),
            _ => (value, origin),
        }
    }

    /// The value of a setting of the program.
    pub(super) fn value(&self, name: &str) -> String {
        let setting = program_settings().into_iter().find(|setting| setting.name == name);
        setting.map(|setting| self.resolve(&self.config, &setting).0).unwrap_or_default()
    }

    /// The value of a setting of the program, unless it is `none`.
    pub fn setting(&self, name: &str) -> Option<String> {
        Some(self.value(name)).filter(|value| !value.is_empty() && value != "none")
    }

    /// A number that somebody always types, unless they typed another one this time.
    pub fn usual(&self, name: &str, typed: Option<TypedLimit>) -> Option<u32> {
        typed.map_or_else(|| self.setting(name)?.parse().ok(), |TypedLimit(number)| number)
    }

    /// Whether plain lines are wanted: as it was typed, else as the settings file says.
    pub fn plain(&self, typed: Option<bool>) -> bool {
        typed.unwrap_or_else(|| self.value("defaults.plain") == "on")
    }

    /// The voice that reads aloud: as it was typed, else as the person says elsewhere.
    pub fn voice(&self, typed: Option<&str>) -> Result<Voice> {
        let command = typed.map_or_else(|| self.setting("say"), |typed| Some(typed.to_owned()));
        match command.as_deref().map(str::trim) {
            None | Some("" | "none") => Ok(Voice::silent()),
            Some(command) => Voice::of_command(command),
        }
    }

    /// The person's editor.
    pub fn editor(&self) -> Editor {
        self.setting("editor").map_or_else(Editor::default, Editor::named)
    }

    /// The theme of the screen: as the person says, else by the terminal.
    pub fn theme(&self) -> Result<Theme> {
        Ok(Theme::named(self.theme_name()?).reordering(theme::reorders(variable)))
    }

    /// Whether right-to-left lines are set for display, if it is a terminal that shows them.
    pub fn reorders(&self, is_terminal: bool) -> bool {
        is_terminal && theme::reorders(variable)
    }

    fn theme_name(&self) -> Result<theme::ThemeName> {
        match self.value("theme") {
            name if name == "auto" => Ok(theme::ThemeName::of_terminal(self.color_out(), variable)),
            name => theme::ThemeName::parse(&name).ok_or_else(|| {
                Error::person(format!("`RETAIN_THEME` names a theme that does not exist: `{name}`"))
                    .hint("set it to `auto`, `dark`, `light`, `contrast` or `none`, or unset it")
            }),
        }
    }

    /// How the screen shows pictures: as the person says, else by the terminal.
    pub fn pictures(&self) -> Result<Pictures> {
        let way = match self.value("images").as_str() {
            "auto" => PictureMode::of_terminal(variable),
            "off" => None,
            name => Some(PictureMode::parse(name).ok_or_else(|| {
                Error::person(format!("`RETAIN_IMAGES` names a way to show pictures that does not exist: `{name}`"))
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
}
