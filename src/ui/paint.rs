//! Colour, which can be switched off, and never says anything alone.

/// Paints text, or leaves it as it is.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// Leaves everything as it is.
    pub const OFF: Self = Self { on: false };

    /// Paints where `on`.
    pub fn new(on: bool) -> Self {
        Self { on }
    }

    /// For what is wrong.
    pub fn bad(self, text: &str) -> String {
        self.with("31;1", text)
    }

    /// For what is odd.
    pub fn odd(self, text: &str) -> String {
        self.with("33;1", text)
    }

    /// For what is good.
    pub fn good(self, text: &str) -> String {
        self.with("32", text)
    }

    /// For what stands out.
    pub fn strong(self, text: &str) -> String {
        self.with("1", text)
    }

    /// For what stands back.
    pub fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.on { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.into() }
    }
}
