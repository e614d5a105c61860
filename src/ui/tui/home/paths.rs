//! Paths as people type them, paste them or drop them into a terminal.

use std::path::{Path, PathBuf};

/// Names that a completion lists.
const LISTED: usize = 8;

/// The path that is meant: `~` is the home folder, and quotation marks and backslashes of a shell are taken away.
pub(super) fn understood(text: &str) -> PathBuf {
    let text = text.trim();
    // A file that is called so is meant as it is.
    if Path::new(text).exists() {
        return PathBuf::from(text);
    }
    let words = shlex::split(text);
    let plain = match words.as_deref() {
        Some([only]) => only.as_str(),
        _ => text,
    };
    with_home(plain)
}

fn with_home(text: &str) -> PathBuf {
    let home = std::env::var_os("HOME").filter(|home| !home.is_empty());
    match (text.strip_prefix('~'), home) {
        (Some(""), Some(home)) => PathBuf::from(home),
        (Some(rest), Some(home)) if rest.starts_with('/') => PathBuf::from(home).join(rest.trim_start_matches('/')),
        _ => PathBuf::from(text),
    }
}

/// What a typed path can go on to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Completion {
    /// The path as far as it is certain.
    pub(super) text: String,
    /// The names that begin so, if there are several; else why there is none.
    pub(super) notice: String,
}

/// Completes a path as a shell does.
pub(super) fn complete(text: &str) -> Completion {
    let (folder, begun) = match text.rsplit_once('/') {
        Some((folder, begun)) => (format!("{folder}/"), begun),
        None => (String::new(), text),
    };
    let place = if folder.is_empty() { PathBuf::from(".") } else { with_home(&folder) };
    let Ok(entries) = std::fs::read_dir(&place) else {
        return Completion { text: text.into(), notice: format!("there is no folder `{folder}`") };
    };
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_meant = name.starts_with(begun) && (begun.starts_with('.') || !name.starts_with('.'));
            // A link to a folder is one.
            let end = if entry.path().is_dir() { "/" } else { "" };
            is_meant.then(|| format!("{name}{end}"))
        })
        .collect();
    names.sort();
    match &names[..] {
        [] if begun.is_empty() => Completion { text: text.into(), notice: "this folder is empty".into() },
        [] => Completion { text: text.into(), notice: format!("nothing here begins with `{text}`") },
        [only] => Completion { text: format!("{folder}{only}"), notice: String::new() },
        [first, .., last] => {
            // They are sorted, so what the first and the last share, all share.
            let shared: String =
                first.chars().zip(last.chars()).take_while(|(one, other)| one == other).map(|(char, _)| char).collect();
            let more = if names.len() > LISTED { format!(" … {} in all", names.len()) } else { String::new() };
            let listed = names.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join("  ");
            Completion { text: format!("{folder}{shared}"), notice: format!("{listed}{more}") }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_completed_as_a_shell_does() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["bank one.txt", "bank two.txt", "other.csv", ".hidden", "操作.txt"] {
            std::fs::write(folder.path().join(name), "").expect("a file");
        }
        std::fs::create_dir(folder.path().join("banks")).expect("a folder");
        let root = format!("{}/", folder.path().display());
        let after = |text: &str| complete(&format!("{root}{text}"));
        assert_eq!(after("o"), Completion { text: format!("{root}other.csv"), notice: String::new() });
        assert_eq!(after("操").text, format!("{root}操作.txt"));
        assert_eq!(after("b").text, format!("{root}bank"));
        assert_eq!(after("b").notice, "bank one.txt  bank two.txt  banks/");
        assert_eq!(after("banks").text, format!("{root}banks/"));
        assert!(after("zebra").notice.contains("nothing here begins"));
        std::fs::create_dir(folder.path().join("void")).expect("a folder");
        assert_eq!(after("void/").notice, "this folder is empty");
        assert!(after("void/x").notice.contains("nothing here begins"));
        assert!(after("no/such").notice.contains("there is no folder"));
        assert!(!after("").notice.contains(".hidden") && after(".h").text.ends_with(".hidden"));
    }

    #[test]
    fn what_was_dropped_or_quoted_is_understood() {
        assert_eq!(understood("'/a b/c.txt'"), PathBuf::from("/a b/c.txt"));
        assert_eq!(understood("/a\\ b/c.txt "), PathBuf::from("/a b/c.txt"));
        assert_eq!(understood("it's.txt"), PathBuf::from("it's.txt"), "no quotation marks of a shell");
        assert_eq!(understood("two words.txt"), PathBuf::from("two words.txt"));
        if let Some(home) = std::env::var_os("HOME").filter(|home| !home.is_empty()) {
            assert_eq!(understood("~/x"), PathBuf::from(home).join("x"));
        }
        assert_eq!(understood("~other/x"), PathBuf::from("~other/x"));
    }
}
