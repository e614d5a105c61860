//! The person's editor.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use crate::error::{Error, Result};

/// What opens a text where neither `VISUAL` nor `EDITOR` says it.
const FALLBACK: &str = if cfg!(windows) { "notepad" } else { "vi" };

/// Opens a file in the person's editor (`VISUAL`, else `EDITOR`, split as a shell splits words) and waits until they leave it. The
/// editor has the terminal meanwhile: whoever has it in another mode gives it back before and takes it again after.
///
/// # Errors
/// When the editor cannot be started, or ends with a failure, by which many editors say that the person gave up.
pub fn run_editor(path: &Path) -> Result<()> {
    let said = ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.trim().is_empty())
        .unwrap_or_else(|| FALLBACK.into());
    let words = split(&said).ok_or_else(|| {
        Error::person(format!("the editor `{said}` is no command: a quotation mark is not closed"))
            .hint("set `EDITOR` to a command such as `nano` or `code --wait`")
    })?;
    let (program, arguments) = words.split_first().ok_or_else(|| {
        Error::person(format!("the editor `{said}` is no command")).hint("set `EDITOR` to a command such as `nano`")
    })?;
    let status = Command::new(program).args(arguments).arg(path).status().map_err(|error| {
        Error::person(format!("the editor `{said}` cannot be started: {error}"))
            .hint("set `EDITOR` to a command such as `nano` or `code --wait`")
    })?;
    if status.success() {
        return Ok(());
    }
    Err(Error::person(format!("the editor `{said}` ended with a failure ({status})"))
        .hint("leave it without a failure to have the text taken"))
}

/// What the person makes of a text in their editor.
///
/// # Errors
/// When no file can be made or read, or as [`run_editor`] says.
pub fn edited(text: &str) -> Result<String> {
    let failed = |error: io::Error| {
        Error::person(format!("no file for the editor can be made: {error}")).hint("set `TMPDIR` to a folder with room")
    };
    let file = tempfile::Builder::new().prefix("retain-").suffix(".txt").tempfile().map_err(failed)?;
    fs::write(file.path(), text).map_err(failed)?;
    // Many editors replace a file instead of writing to it: only its name is kept.
    let path = file.into_temp_path();
    run_editor(&path)?;
    let bytes = fs::read(&path).map_err(failed)?;
    String::from_utf8(bytes).map_err(|_| Error::person("the text is not UTF-8").hint("save it in UTF-8"))
}

/// The words of a command; none where a quotation mark is not closed. A path with spaces or backslashes that is a file stays one.
fn split(said: &str) -> Option<Vec<String>> {
    if Path::new(said).is_file() {
        return Some(vec![said.to_owned()]);
    }
    // The signs between Windows' folders are no escapes.
    if cfg!(windows) { shlex::split(&said.replace('\\', "\\\\")) } else { shlex::split(said) }
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
