//! Paths as people type them, paste them or drop them into a terminal.

use std::path::{Path, PathBuf};

/// Names that a completion lists.
const LISTED: usize = 8;

/// How a path is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PathQuoting {
    Plain,
    /// A quotation mark before it, and perhaps one behind it.
    Mark(char),
    /// A backslash before signs that a shell reads.
    Backslashes,
}

impl PathQuoting {
    /// A path without its quoting. A mark that is not closed is understood, too: the path is still being typed.
    fn split(text: &str) -> (String, Self) {
        if let Some(mark) = text.chars().next().filter(|char| matches!(char, '\'' | '"')) {
            let inside = &text[1..];
            let inside = inside.strip_suffix(mark).unwrap_or(inside);
            let plain = if mark == '"' { inside.replace("\\\"", "\"") } else { inside.to_owned() };
            return (plain, Self::Mark(mark));
        }
        if cfg!(windows) || !text.contains('\\') {
            return (text.to_owned(), Self::Plain);
        }
        let (mut plain, mut chars) = (String::new(), text.chars());
        while let Some(char) = chars.next() {
            plain.extend(if char == '\\' { chars.next() } else { Some(char) });
        }
        (plain, Self::Backslashes)
    }

    /// A path with its quoting, which is still open.
    fn write(self, path: &str) -> String {
        match self {
            Self::Plain => path.to_owned(),
            Self::Mark('"') => format!("\"{}", path.replace('"', "\\\"")),
            Self::Mark(mark) => format!("{mark}{path}"),
            Self::Backslashes => {
                let mut written = String::new();
                for (at, char) in path.char_indices() {
                    // `~` and `$HOME` at the beginning stay what they are.
                    let is_read =
                        char.is_ascii_punctuation() && !"/-_.,:=+@%^~".contains(char) && (at, char) != (0, '$');
                    if is_read || char == ' ' {
                        written.push('\\');
                    }
                    written.push(char);
                }
                written
            }
        }
    }
}

/// The path that is meant: `~` and variables such as `$HOME` are folders, `file://` is a path, and quotation marks and backslashes of a shell
/// are taken away.
pub(super) fn understood(text: &str) -> PathBuf {
    let text = text.trim();
    // A file that is called so is meant as it is.
    if Path::new(text).exists() {
        return PathBuf::from(text);
    }
    match shlex::split(text).as_deref() {
        Some([only]) => expanded(only),
        _ => expanded(&PathQuoting::split(text).0),
    }
}

/// A path with what its beginning means.
fn expanded(text: &str) -> PathBuf {
    if let Some(path) = of_url(text) {
        return PathBuf::from(path);
    }
    let (begin, rest) = text.split_once('/').map_or((text, None), |(begin, rest)| (begin, Some(rest)));
    let name = match begin.strip_prefix('$') {
        _ if begin == "~" => "HOME",
        Some(name) => name.strip_prefix('{').and_then(|name| name.strip_suffix('}')).unwrap_or(name),
        None => return PathBuf::from(text),
    };
    let is_name = !name.is_empty() && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_');
    let folder = if is_name { std::env::var_os(name).filter(|folder| !folder.is_empty()) } else { None };
    match (folder, rest) {
        (Some(folder), None) => PathBuf::from(folder),
        (Some(folder), Some(rest)) => PathBuf::from(folder).join(rest.trim_start_matches('/')),
        (None, _) => PathBuf::from(text),
    }
}

/// The path of a `file://` address, as some terminals write what is dropped on them.
fn of_url(text: &str) -> Option<String> {
    let rest = text.strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    if !path.starts_with('/') {
        return None;
    }
    let (mut bytes, mut rest) = (Vec::new(), path.as_bytes());
    while let Some((byte, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| *byte == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(code) => (bytes, rest) = ([&bytes[..], &[code]].concat(), &after[2..]),
            None => (bytes, rest) = ([&bytes[..], &[*byte]].concat(), after),
        }
    }
    String::from_utf8(bytes).ok()
}

/// What a typed path can go on to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Completion {
    /// The path as far as it is certain.
    pub(super) text: String,
    /// The names that begin so, if there are several; else why there is none.
    pub(super) notice: String,
}

/// Completes a path as a shell does, in the quoting in which it was begun.
pub(super) fn complete(text: &str) -> Completion {
    let (plain, quoting) = PathQuoting::split(text.trim_start());
    let plain = of_url(&plain).unwrap_or(plain);
    let completed = complete_plain(&plain);
    Completion { text: quoting.write(&completed.text), ..completed }
}

fn complete_plain(text: &str) -> Completion {
    let (folder, begun) = match text.rsplit_once('/') {
        Some((folder, begun)) => (format!("{folder}/"), begun),
        // A folder by itself.
        None if expanded(text) != Path::new(text) && expanded(text).is_dir() => (format!("{text}/"), ""),
        None => (String::new(), text),
    };
    let place = if folder.is_empty() { PathBuf::from(".") } else { expanded(&folder) };
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
        [] if begun.is_empty() => Completion { text: folder, notice: "this folder is empty".into() },
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

    #[test]
    fn addresses_and_variables_are_paths() {
        assert_eq!(understood("file:///a%20b/%C3%A9.txt"), PathBuf::from("/a b/é.txt"));
        assert_eq!(understood("'file:///a%20b.txt'"), PathBuf::from("/a b.txt"));
        assert_eq!(understood("file://localhost/x%zz"), PathBuf::from("/x%zz"));
        assert_eq!(understood("file://host/x"), PathBuf::from("file://host/x"));
        assert_eq!(understood("$NO_SUCH_FOLDER/x"), PathBuf::from("$NO_SUCH_FOLDER/x"));
        if let Some(home) = std::env::var_os("HOME").filter(|home| !home.is_empty()) {
            for text in ["$HOME/a b.txt", "${HOME}/a b.txt", "\"$HOME/a b.txt\"", "$HOME//a\\ b.txt"] {
                assert_eq!(understood(text), PathBuf::from(&home).join("a b.txt"), "{text}");
            }
            assert_eq!(complete("$HOME").text, complete("~").text.replacen('~', "$HOME", 1));
        }
    }

    #[test]
    fn a_path_is_completed_in_its_quoting() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("my banks")).expect("a folder");
        std::fs::write(folder.path().join("my banks").join("it's \"one\" (1).txt"), "").expect("a file");
        let root = folder.path().display().to_string();
        for (typed, first, second) in [
            ("", "my banks/", "my banks/it's \"one\" (1).txt"),
            ("'", "my banks/", "my banks/it's \"one\" (1).txt"),
            ("\"", "my banks/", "my banks/it's \\\"one\\\" (1).txt"),
        ] {
            let begun = complete(&format!("{typed}{root}/m"));
            assert_eq!(begun.text, format!("{typed}{root}/{first}"));
            let whole = complete(&begun.text).text;
            assert_eq!(whole, format!("{typed}{root}/{second}"));
            assert!(understood(&whole).is_file(), "{whole}");
        }
        let escaped = complete(&format!("{root}/my\\ b")).text;
        assert_eq!(escaped, format!("{root}/my\\ banks/"));
        let whole = complete(&escaped).text;
        assert!(whole.ends_with(r#"it\'s\ \"one\"\ \(1\).txt"#) && understood(&whole).is_file(), "{whole}");
        assert_eq!(complete(&format!("file://{root}/my%20b")).text, format!("{root}/my banks/"));
    }
}
