//! Running the person's editor.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::Command;

use crate::error::{Error, Result};

/// The editor if nobody names one.
pub(super) const FALLBACK: &str = if cfg!(windows) { "notepad" } else { "vi" };

/// The person's editor: a command, split as a shell splits words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    command: String,
}

/// Editors that draw on a terminal; on a pipe they would write codes for one.
const ON_A_TERMINAL: [&str; 15] =
    ["vi", "vim", "nvim", "view", "nano", "pico", "micro", "hx", "helix", "kak", "joe", "jed", "mcedit", "ne", "vis"];

/// Whether an editor of this name draws on a terminal.
fn needs_terminal(program: &str) -> bool {
    let name = Path::new(program).file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    ON_A_TERMINAL.contains(&name)
}

impl Default for Editor {
    /// What `VISUAL` or `EDITOR` names.
    fn default() -> Self {
        let named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok());
        Self::named(named.into_iter().find(|value| !value.trim().is_empty()).unwrap_or_else(|| FALLBACK.into()))
    }
}

impl Editor {
    /// The editor of this command.
    pub fn named(command: impl Into<String>) -> Self {
        Self { command: command.into() }
    }

    /// Opens a file in the editor and waits until the person leaves it. The editor owns the terminal meanwhile, so the caller must leave
    /// raw mode first.
    ///
    /// # Errors
    /// If the editor cannot be started, or fails: many editors fail to signal that the person gave up.
    pub fn open(&self, path: &Path) -> Result<()> {
        let command = &self.command;
        let words = split(command).ok_or_else(|| {
            Error::person(format!("the editor `{command}` is not a command: a quotation mark is not closed"))
                .hint("set `EDITOR` to a command such as `nano` or `code --wait`")
        })?;
        let (program, arguments) = words.split_first().ok_or_else(|| {
            Error::person(format!("the editor `{command}` is not a command"))
                .hint("set `EDITOR` to a command such as `nano`")
        })?;
        if needs_terminal(program) && !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
            return Err(Error::person(format!("this is not a terminal, so the editor `{command}` cannot be started"))
                .named("no-terminal")
                .hint("`--file FILE` takes the text from a file, and `--file -` from standard input"));
        }
        let status = Command::new(program).args(arguments).arg(path).status().map_err(|error| {
            Error::person(format!("the editor `{command}` cannot be started: {error}"))
                .hint("set `EDITOR` to a command such as `nano` or `code --wait`")
        })?;
        if status.success() {
            return Ok(());
        }
        Err(Error::person(format!("the editor `{command}` ended with a failure ({status})"))
            .hint("the text is used only if the editor ends without an error"))
    }

    /// The text as the person edited it in their editor.
    ///
    /// # Errors
    /// If no file can be made or read, and as for [`Editor::open`].
    pub fn edited(&self, text: &str) -> Result<String> {
        let failed = |error: io::Error| {
            Error::person(format!("no file for the editor can be made: {error}"))
                .hint("set `TMPDIR` to a folder with room")
        };
        let file = tempfile::Builder::new().prefix("retain-").suffix(".txt").tempfile().map_err(failed)?;
        fs::write(file.path(), text).map_err(failed)?;
        // Many editors replace the file instead of writing to it, so only its name is kept.
        let path = file.into_temp_path();
        self.open(&path)?;
        self.written(&path)
    }

    /// The text that the person left in a file.
    ///
    /// # Errors
    /// If the file is gone or cannot be read.
    pub fn written(&self, path: &Path) -> Result<String> {
        let bytes = fs::read(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                Error::person(format!("the editor `{}` left no file, so there is no text", self.command))
                    .named("no-text")
                    .hint("save the text under the name that the editor shows at first")
            }
            _ => Error::person(format!("{}: the text cannot be read: {error}", path.display())).hint("check the path"),
        })?;
        String::from_utf8(bytes)
            .map_err(|_| Error::person(format!("{}: the text is not UTF-8", path.display())).hint("save it in UTF-8"))
    }
}

/// The words of a command; `None` if a quotation mark is not closed. The path of an existing file stays one word.
fn split(command: &str) -> Option<Vec<String>> {
    if Path::new(command).is_file() {
        return Some(vec![command.to_owned()]);
    }
    // On Windows a backslash separates folders and escapes nothing.
    if cfg!(windows) { shlex::split(&command.replace('\\', "\\\\")) } else { shlex::split(command) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_split_as_a_shell_does_it_and_a_file_is_not() {
        let words = |said: &str| split(said);
        assert_eq!(words("code --wait"), Some(vec!["code".into(), "--wait".into()]));
        assert_eq!(words("'my editor' -n"), Some(vec!["my editor".into(), "-n".into()]));
        assert_eq!(words("vi 'x"), None);
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("an editor");
        std::fs::write(&file, "").expect("a file");
        let said = file.display().to_string();
        assert_eq!(words(&said), Some(vec![said.clone()]));
    }
}
