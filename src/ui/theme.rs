//! All colours of the screen. No meaning rests on colour alone: right and wrong have signs, links their address, and code its marks
//! or its indent.
//!
//! Only the sixteen colours of the terminal are used, so that the person's own palette applies.

use ratatui::style::{Color, Modifier, Style};

/// The names of the themes, for `--theme` and `RETAIN_THEME`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// For dark backgrounds; readable on light ones too.
    #[default]
    Dark,
    /// For light backgrounds.
    Light,
    /// The terminal's own foreground only: bold, underlined, reversed.
    Contrast,
    /// No colours at all, as `NO_COLOR` asks.
    None,
}

impl ThemeName {
    /// All names as typed.
    pub const ALL: [(&'static str, ThemeName); 4] = [
        ("dark", ThemeName::Dark),
        ("light", ThemeName::Light),
        ("contrast", ThemeName::Contrast),
        ("none", ThemeName::None),
    ];

    /// The theme with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, name)| *name)
    }

    /// The default theme for the terminal. `variable` reads the environment.
    ///
    /// `COLORFGBG` ends with the number of the background (rxvt, Konsole and others set it): 7 and 15 are light.
    pub fn of_terminal(color: bool, variable: impl Fn(&str) -> Option<String>) -> Self {
        if !color || variable("NO_COLOR").is_some_and(|set| !set.is_empty()) {
            return Self::None;
        }
        let ground = variable("COLORFGBG");
        match ground.as_deref().and_then(|ground| ground.rsplit(';').next()) {
            Some("7" | "15") => Self::Light,
            _ => Self::Dark,
        }
    }
}

/// Whether this program reorders right-to-left lines for display: as `RETAIN_BIDI` (`on` or `off`) says, else unless the terminal is
/// known to do it. `variable` reads the environment.
pub fn reorders(variable: impl Fn(&str) -> Option<String>) -> bool {
    match variable("RETAIN_BIDI").as_deref() {
        Some("on") => true,
        Some("off") => false,
        _ => {
            let itself = ["VTE_VERSION", "KONSOLE_VERSION", "MLTERM"].iter().any(|name| variable(name).is_some());
            let apple = variable("TERM_PROGRAM").is_some_and(|program| program == "Apple_Terminal");
            // Inside a multiplexer, the outer terminal still reorders.
            !(itself || apple)
        }
    }
}

/// The styles of the screen, by what they mean.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// A right answer; it also has `✓`.
    pub right: Style,
    /// A wrong answer; it also has `✗`.
    pub wrong: Style,
    /// Eye-catching details: states, progress, notices.
    pub accent: Style,
    /// Secondary text.
    pub dim: Style,
    /// Important text, and strong emphasis in texts.
    pub strong: Style,
    /// The choice under the cursor.
    pub cursor: Style,
    /// Emphasis in texts.
    pub emphasis: Style,
    /// Headings in texts.
    pub heading: Style,
    /// Code in texts.
    pub code: Style,
    /// Keywords of code.
    pub keyword: Style,
    /// Strings of code.
    pub string: Style,
    /// Numbers and constants of code.
    pub number: Style,
    /// Comments of code.
    pub comment: Style,
    /// The text of a link; its address follows, dim.
    pub link: Style,
    /// Struck-out options and texts.
    pub struck: Style,
    /// A flagged question; it also has `⚑`.
    pub flag: Style,
    /// Whether right-to-left lines are reordered for display (see [`reorders`]).
    pub reorder: bool,
}

impl Theme {
    /// The theme for dark backgrounds, or the one without colours.
    pub fn new(color: bool) -> Self {
        Self::named(if color { ThemeName::Dark } else { ThemeName::None })
    }

    /// The theme with this name. It reorders right-to-left lines; [`Theme::reordering`] changes that.
    pub fn named(name: ThemeName) -> Self {
        match name {
            ThemeName::Dark => Self::coloured(DARK),
            ThemeName::Light => Self::coloured(LIGHT),
            ThemeName::Contrast => Self::contrast(),
            ThemeName::None => Self::none(),
        }
    }

    /// The same theme, with or without reordering of right-to-left lines.
    #[must_use]
    pub fn reordering(mut self, reorder: bool) -> Self {
        self.reorder = reorder;
        self
    }

    fn coloured(palette: Palette) -> Self {
        let fg = |color| Style::new().fg(color);
        Self {
            right: fg(palette.right).add_modifier(Modifier::BOLD),
            wrong: fg(palette.wrong).add_modifier(Modifier::BOLD),
            accent: fg(palette.accent),
            dim: fg(palette.dim),
            cursor: fg(palette.accent).add_modifier(Modifier::BOLD),
            heading: fg(palette.accent).add_modifier(Modifier::BOLD),
            code: fg(palette.code),
            keyword: fg(palette.keyword).add_modifier(Modifier::BOLD),
            string: fg(palette.right),
            number: fg(palette.number),
            comment: fg(palette.dim).add_modifier(Modifier::ITALIC),
            link: fg(palette.link).add_modifier(Modifier::UNDERLINED),
            struck: fg(palette.dim).add_modifier(Modifier::CROSSED_OUT),
            flag: fg(palette.code).add_modifier(Modifier::BOLD),
            ..Self::none()
        }
    }

    /// Without colours: weight, slant and lines only.
    fn none() -> Self {
        let plain = Style::new();
        let strong = plain.add_modifier(Modifier::BOLD);
        Self {
            right: strong,
            wrong: strong,
            accent: strong,
            dim: plain,
            strong,
            cursor: plain.add_modifier(Modifier::REVERSED),
            emphasis: plain.add_modifier(Modifier::ITALIC),
            heading: strong,
            code: plain,
            keyword: strong,
            string: plain,
            number: plain,
            comment: plain.add_modifier(Modifier::ITALIC),
            link: plain.add_modifier(Modifier::UNDERLINED),
            struck: plain.add_modifier(Modifier::CROSSED_OUT),
            flag: strong,
            reorder: true,
        }
    }

    /// High contrast. No colour of the palette has a contrast of 7 : 1 on both black and white, so only the terminal's own foreground
    /// is used. Nothing is dimmed, and emphasis is underlined, because italics are hard to see in many fonts.
    fn contrast() -> Self {
        let reversed = Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED);
        let underlined = Style::new().add_modifier(Modifier::UNDERLINED);
        Self {
            right: reversed,
            wrong: reversed,
            emphasis: underlined,
            heading: Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            comment: Style::new(),
            ..Self::none()
        }
    }
}

#[derive(Clone, Copy)]
struct Palette {
    right: Color,
    wrong: Color,
    accent: Color,
    dim: Color,
    code: Color,
    keyword: Color,
    number: Color,
    link: Color,
}

const DARK: Palette = Palette {
    right: Color::Green,
    wrong: Color::Red,
    accent: Color::Cyan,
    dim: Color::DarkGray,
    code: Color::Yellow,
    keyword: Color::Magenta,
    number: Color::Cyan,
    link: Color::Cyan,
};

/// Yellow and cyan vanish on white.
const LIGHT: Palette = Palette {
    accent: Color::Blue,
    code: Color::Magenta,
    keyword: Color::Blue,
    number: Color::Magenta,
    link: Color::Blue,
    ..DARK
};

#[cfg(test)]
mod tests {
    use super::*;

    fn environment<'a>(set: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> {
        |name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn the_terminal_says_which_theme() {
        for (set, color, theme) in [
            (&[][..], true, ThemeName::Dark),
            (&[("COLORFGBG", "15;0")], true, ThemeName::Dark),
            (&[("COLORFGBG", "0;15")], true, ThemeName::Light),
            (&[("COLORFGBG", "0;default;15")], true, ThemeName::Light),
            (&[("NO_COLOR", "1"), ("COLORFGBG", "0;15")], true, ThemeName::None),
            (&[("NO_COLOR", "")], true, ThemeName::Dark),
            (&[], false, ThemeName::None),
        ] {
            assert_eq!(ThemeName::of_terminal(color, environment(set)), theme, "{set:?}");
        }
    }

    #[test]
    fn terminals_that_reorder_are_left_to_it() {
        for (set, ours) in [
            (&[][..], true),
            (&[("VTE_VERSION", "7600")], false),
            (&[("VTE_VERSION", "7600"), ("RETAIN_BIDI", "on")], true),
            (&[("TERM_PROGRAM", "Apple_Terminal")], false),
            (&[("TERM_PROGRAM", "WezTerm")], true),
            (&[("RETAIN_BIDI", "off")], false),
        ] {
            assert_eq!(reorders(environment(set)), ours, "{set:?}");
        }
    }

    #[test]
    fn names_are_read_back() {
        for (typed, name) in ThemeName::ALL {
            assert_eq!(ThemeName::parse(typed), Some(name));
        }
        assert_eq!(ThemeName::parse("solarized"), None);
    }

    /// Every role, by its name.
    fn roles(theme: &Theme) -> Vec<Style> {
        let Theme { right, wrong, accent, dim, strong, cursor, emphasis, heading, code, keyword, .. } = *theme;
        let Theme { string, number, comment, link, struck, flag, .. } = *theme;
        vec![
            right, wrong, accent, dim, strong, cursor, emphasis, heading, code, keyword, string, number, comment, link,
            struck, flag,
        ]
    }

    #[test]
    fn only_two_themes_have_colours() {
        for (name, colours) in
            [(ThemeName::Dark, true), (ThemeName::Light, true), (ThemeName::Contrast, false), (ThemeName::None, false)]
        {
            let roles = roles(&Theme::named(name));
            assert_eq!(roles.iter().any(|style| style.fg.is_some() || style.bg.is_some()), colours, "{name:?}");
            assert!(roles.iter().all(|style| !matches!(style.fg, Some(Color::Rgb(..) | Color::Indexed(_)))));
        }
    }
}
