//! How a mock exam ends.

/// How a mock exam ended. Its name is what the database and programs call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum ExamEnding {
    /// The person handed it in.
    HandedIn,
    /// Its time was over.
    TimeUp,
    /// Another exam was begun in its place.
    Left,
}

impl ExamEnding {
    /// Its name.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// The percentage of right answers that passes an exam, if nobody says another one.
pub const PASS_MARK: u32 = 70;

/// Whether this number of right answers is enough. Nothing is rounded: 69.9 % of 70 % is not.
pub fn passes(right: usize, questions: usize, pass_mark: u32) -> bool {
    questions > 0 && right * 100 >= questions * pass_mark as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_mark_is_reached_exactly() {
        let passed = [(7, 10, 70), (69, 99, 70), (70, 99, 70), (0, 0, 70), (2, 3, 66), (2, 3, 67), (3, 3, 100)];
        assert_eq!(
            passed.map(|(right, questions, mark)| passes(right, questions, mark)),
            [true, false, true, false, true, false, true]
        );
    }
}
