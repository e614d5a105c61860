//! The phrases of one language.

/// The phrases of a language, in the little language of `pattern`.
pub(super) struct PhraseLanguage {
    /// Names of options within phrases.
    pub(super) options: &'static str,
    /// Names of options in any context: "the option", but not "the statement".
    pub(super) nouns: &'static str,
    /// Attributes of an option.
    pub(super) correct: &'static str,
    pub(super) above: &'static [&'static str],
    pub(super) below: &'static [&'static str],
    pub(super) others: &'static [&'static str],
    pub(super) places: &'static [&'static str],
    /// Such words in a longer text refer to the options above.
    pub(super) about_above: &'static [&'static str],
    /// Such words in a longer text name options by letter or place.
    pub(super) about_places: &'static [&'static str],
    /// A text that is nothing else names options by place, and nothing can be put in for them.
    pub(super) whole_about_places: &'static [&'static str],
    /// Such words in a stem name options.
    pub(super) stem: &'static [&'static str],
    /// A text of these words and letters alone is about the options with these letters: "A is true but B is not".
    pub(super) logic: &'static str,
}

impl PhraseLanguage {
    /// The words that a word of a pattern stands for.
    pub(super) fn words(&self, word: &'static str) -> Vec<&'static str> {
        let class = match word {
            "$options" => self.options,
            "$nouns" => self.nouns,
            "$true" => self.correct,
            word => word,
        };
        class.split(' ').collect()
    }
}
