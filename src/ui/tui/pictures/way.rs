//! How pictures are shown: by a protocol of the terminal, or by half blocks.
//!
//! The terminal is not queried: its answer would arrive among the keys, or never, and the first question would wait for it. The
//! environment is enough, and the person can override it.

/// How pictures are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureMode {
    /// The graphics protocol of kitty, with placeholders in Unicode.
    Kitty,
    /// The inline images of iTerm2.
    Iterm2,
    /// Sixels.
    Sixel,
    /// Two pixels in a cell, as foreground and background of `▀`.
    Blocks,
}

impl PictureMode {
    /// All modes with their names.
    pub const ALL: [(&'static str, PictureMode); 4] = [
        ("kitty", PictureMode::Kitty),
        ("iterm2", PictureMode::Iterm2),
        ("sixel", PictureMode::Sixel),
        ("blocks", PictureMode::Blocks),
    ];

    /// The mode with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, way)| *way)
    }

    /// The mode for the terminal in the environment, which `variable` reads; `None` if it can show no pictures.
    pub fn of_terminal(variable: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let set = |name: &str| variable(name).is_some();
        let term = variable("TERM").unwrap_or_default();
        let program = variable("TERM_PROGRAM").unwrap_or_default();
        if term.is_empty() || term == "dumb" || term.starts_with("vt") {
            return None;
        }
        // A multiplexer redraws the screen by cells, and its environment may describe an earlier terminal.
        let multiplexer = ["TMUX", "STY", "ZELLIJ"].into_iter().any(set);
        if multiplexer || ["tmux", "screen"].iter().any(|name| term.starts_with(name)) {
            return Some(Self::Blocks);
        }
        // These name the terminal also over SSH.
        if term.contains("kitty") || term.contains("ghostty") {
            return Some(Self::Kitty);
        }
        if ["foot", "mlterm", "contour", "yaft"].iter().any(|name| term.starts_with(name)) {
            return Some(Self::Sixel);
        }
        if variable("LC_TERMINAL").is_some_and(|terminal| terminal == "iTerm2") {
            return Some(Self::Iterm2);
        }
        match program.as_str() {
            "ghostty" => return Some(Self::Kitty),
            "iTerm.app" | "WezTerm" | "mintty" | "rio" => return Some(Self::Iterm2),
            _ => {}
        }
        if let Some(way) = variable("TERM_FEATURES").and_then(|features| Self::of_features(&features)) {
            return Some(way);
        }
        // Another terminal that was started from kitty inherits this, but sets variables of its own.
        let other = ["XTERM_VERSION", "ALACRITTY_WINDOW_ID", "VTE_VERSION", "KONSOLE_VERSION"].into_iter().any(set);
        if set("KITTY_WINDOW_ID") && term.starts_with("xterm") && program.is_empty() && !other {
            return Some(Self::Kitty);
        }
        Some(Self::Blocks)
    }

    /// The mode in `TERM_FEATURES`, a list of codes: a capital, small letters and a number each.
    fn of_features(features: &str) -> Option<Self> {
        let starts = features.char_indices().filter(|(_, char)| char.is_ascii_uppercase()).map(|(at, _)| at);
        let starts: Vec<usize> = starts.chain([features.len()]).collect();
        let has = |name: &str| {
            let mut codes = starts.windows(2).filter_map(|ends| features.get(ends[0]..ends[1]));
            codes.any(|code| code.trim_end_matches(|char: char| !char.is_ascii_alphabetic()) == name)
        };
        if has("F") {
            Some(Self::Iterm2)
        } else if has("Sx") {
            Some(Self::Sixel)
        } else {
            None
        }
    }
}

/// Whether the terminal shows all colours, not only a palette of 256. `variable` reads the environment.
pub fn has_true_colour(variable: impl Fn(&str) -> Option<String>) -> bool {
    // tmux converts colours for the terminal around it.
    variable("TMUX").is_some() || variable("COLORTERM").is_some_and(|says| says == "truecolor" || says == "24bit")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment<'a>(set: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> {
        |name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn the_environment_says_which_way() {
        let plain = ("TERM", "xterm-256color");
        for (set, way) in [
            (&[][..], None),
            (&[("TERM", "dumb")], None),
            (&[("TERM", "vt220")], None),
            (&[plain], Some(PictureMode::Blocks)),
            (&[("TERM", "linux")], Some(PictureMode::Blocks)),
            (&[plain, ("TERM_PROGRAM", "Apple_Terminal")], Some(PictureMode::Blocks)),
            (&[plain, ("TERM_PROGRAM", "vscode"), ("KITTY_WINDOW_ID", "3")], Some(PictureMode::Blocks)),
            (&[("TERM", "xterm-kitty")], Some(PictureMode::Kitty)),
            (&[plain, ("KITTY_WINDOW_ID", "1")], Some(PictureMode::Kitty)),
            (&[plain, ("KITTY_WINDOW_ID", "1"), ("XTERM_VERSION", "XTerm(390)")], Some(PictureMode::Blocks)),
            (&[("TERM", "alacritty"), ("KITTY_WINDOW_ID", "1")], Some(PictureMode::Blocks)),
            (&[("TERM", "xterm-ghostty")], Some(PictureMode::Kitty)),
            (&[plain, ("TERM_PROGRAM", "ghostty")], Some(PictureMode::Kitty)),
            (&[plain, ("TERM_PROGRAM", "iTerm.app")], Some(PictureMode::Iterm2)),
            (&[plain, ("LC_TERMINAL", "iTerm2")], Some(PictureMode::Iterm2)),
            (&[plain, ("TERM_PROGRAM", "WezTerm"), ("KITTY_WINDOW_ID", "1")], Some(PictureMode::Iterm2)),
            (&[("TERM", "foot")], Some(PictureMode::Sixel)),
            (&[plain, ("TERM_FEATURES", "T3LrMSc7UUw9Ts3BFGs")], Some(PictureMode::Iterm2)),
            (&[plain, ("TERM_FEATURES", "T3SxUw9")], Some(PictureMode::Sixel)),
            (&[plain, ("TERM_FEATURES", "T3FtSc7")], Some(PictureMode::Blocks)),
            // What is around a multiplexer is not what draws.
            (&[("TERM", "tmux-256color"), ("TERM_PROGRAM", "iTerm.app")], Some(PictureMode::Blocks)),
            (&[("TERM", "xterm-kitty"), ("TMUX", "/tmp/tmux")], Some(PictureMode::Blocks)),
            (&[("TERM", "screen"), ("LC_TERMINAL", "iTerm2")], Some(PictureMode::Blocks)),
            (&[("TERM", "xterm-kitty"), ("ZELLIJ", "0")], Some(PictureMode::Blocks)),
        ] {
            assert_eq!(PictureMode::of_terminal(environment(set)), way, "{set:?}");
        }
    }

    #[test]
    fn names_are_read_back() {
        for (typed, way) in PictureMode::ALL {
            assert_eq!(PictureMode::parse(typed), Some(way));
        }
        assert_eq!(PictureMode::parse("chafa"), None);
    }

    #[test]
    fn colours_beyond_the_palette_are_announced() {
        assert!(has_true_colour(environment(&[("COLORTERM", "truecolor")])));
        assert!(has_true_colour(environment(&[("TMUX", "/tmp/tmux")])));
        assert!(!has_true_colour(environment(&[("TERM", "xterm-256color")])));
    }
}
