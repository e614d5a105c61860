//! Colours that can be switched off. No meaning rests on them alone.

/// Colours text with escape codes, or leaves it unchanged.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// Leaves every text unchanged.
    pub const OFF: Self = Self { on: false };

    /// Colours text if `on`.
    pub fn new(on: bool) -> Self {
        Self { on }
    }

    /// For errors.
    pub fn bad(self, text: &str) -> String {
        self.with("31;1", text)
    }

    /// For warnings.
    pub fn odd(self, text: &str) -> String {
        self.with("33;1", text)
    }

    /// For good news.
    pub fn good(self, text: &str) -> String {
        self.with("32", text)
    }

    /// For emphasis.
    pub fn strong(self, text: &str) -> String {
        self.with("1", text)
    }

    /// For secondary text.
    pub fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.on { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.into() }
    }
}
