//! Where in the command line somebody is: which command, and which value comes next.

use clap::{Arg, Command};

/// The place of the word that is typed.
pub(super) struct TypedPlace<'a> {
    /// The whole command line.
    pub(super) root: &'a Command,
    /// The command that was named, and the words that name it, without the program.
    pub(super) command: &'a Command,
    pub(super) path: Vec<&'a str>,
    /// The option whose value is typed; `None` for an argument without a name.
    pub(super) option: Option<&'a Arg>,
    /// The arguments without names so far.
    pub(super) given: Vec<&'a str>,
    /// Whether `--` was typed: no option comes after it.
    pub(super) only_values: bool,
}

impl<'a> TypedPlace<'a> {
    /// Follows the words before the one that is typed.
    pub(super) fn find(command: &'a Command, before: &'a [String]) -> Self {
        let mut place =
            Self { root: command, command, path: Vec::new(), option: None, given: Vec::new(), only_values: false };
        for word in before {
            place.step(word);
        }
        place
    }

    fn step(&mut self, word: &'a str) {
        if self.option.take().is_some() {
            return;
        }
        if !self.only_values && word == "--" {
            self.only_values = true;
        } else if !self.only_values && word.starts_with("--") {
            let (name, value) = word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
            self.option = self.option_of(&name[2..]).filter(|option| value.is_none() && waits(option));
        } else if !self.only_values && word.starts_with('-') && word.len() > 1 {
            let letter = word.chars().next_back();
            let found = self.command.get_arguments().find(|arg| arg.get_short() == letter);
            self.option = found.filter(|option| waits(option));
        } else if let Some(inner) = self.command.find_subcommand(word).filter(|_| self.given.is_empty()) {
            self.command = inner;
            self.path.push(inner.get_name());
        } else {
            self.given.push(word);
        }
    }

    /// The option of a long name.
    pub(super) fn option_of(&self, name: &str) -> Option<&'a Arg> {
        self.command.get_arguments().find(|arg| arg.get_long() == Some(name))
    }

    /// The argument without a name that comes next.
    pub(super) fn argument(&self) -> Option<&'a Arg> {
        let mut all: Vec<&Arg> = self.command.get_positionals().collect();
        all.sort_by_key(|arg| arg.get_index());
        let last = all.last().copied();
        // The last one may take all that is left.
        let several = |arg: &&Arg| arg.get_num_args().is_some_and(|count| count.max_values() > 1);
        all.get(self.given.len()).copied().or_else(|| last.filter(several))
    }
}

/// Whether the value of an option is the next word.
fn waits(option: &Arg) -> bool {
    let takes = option.get_num_args().is_some_and(|count| count.min_values() > 0 && count.takes_values());
    takes && !option.is_require_equals_set()
}

/// The value of an option among words, such as that of `--db`.
pub(super) fn value_of<'a>(words: &'a [String], option: &str) -> Option<&'a str> {
    let at = words.iter().position(|word| word == option);
    let after = at.and_then(|at| words.get(at + 1)).map(String::as_str);
    after.or_else(|| words.iter().find_map(|word| word.strip_prefix(option)?.strip_prefix('=')))
}
