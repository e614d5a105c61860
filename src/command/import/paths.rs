//! The files that the paths of the command line name: files, folders, and patterns that no shell expanded.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::bytes::unreadable;
use crate::error::{Error, Result};

/// What files of a folder are banks or packages of Anki, by the end of their names.
const BANKS: [&str; 29] = [
    "gift", "org", "xml", "txt", "md", "markdown", "text", "csv", "tsv", "xlsx", "xlsm", "xls", "ods", "json", "jsonl",
    "yaml", "yml", "toml", "docx", "docm", "odt", "html", "htm", "xhtml", "tex", "rmd", "rnw", "apkg", "colpkg",
];

/// The files that the paths name, in order; a folder means every bank and every package of Anki in it.
pub(super) fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if is_pattern(path) {
            files.extend(matching(path)?);
        } else if path.is_dir() {
            files.extend(banks(path)?);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn banks(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    each_below(folder, &mut |path| {
        if path.extension().is_some_and(|end| BANKS.contains(&end.to_string_lossy().to_lowercase().as_str())) {
            found.push(path);
        }
    })?;
    if found.is_empty() {
        return Err(Error::person(format!("{}: there are no banks in this folder", folder.display())).hint(
            "banks are files that end in `.txt`, `.md`, `.docx`, `.csv`, `.xlsx`, `.json` and the like; see `retain help banks`",
        ));
    }
    found.sort();
    Ok(found)
}

/// Every file below a folder, but for hidden ones and pipes. Links to folders are not followed, which may lead in a circle.
fn each_below(folder: &Path, sink: &mut dyn FnMut(PathBuf)) -> Result<()> {
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(folder, &error))?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => each_below(&path, sink)?,
            _ if path.is_dir() => {}
            // What is neither a file nor a link that leads nowhere (a pipe, a device) has no end.
            _ if path.exists() && !path.is_file() => {}
            _ => sink(path),
        }
    }
    Ok(())
}

/// A name with `*` or `?` that is no file of that very name.
fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?']) && !path.exists()
}

/// The files that a pattern names: `*` and `?` within a name, `**` for folders within folders.
fn matching(pattern: &Path) -> Result<Vec<PathBuf>> {
    let parts: Vec<Component<'_>> = pattern.components().collect();
    let plain = parts.iter().take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?'])).count();
    let root: PathBuf = parts[..plain].iter().collect();
    let below = if root.as_os_str().is_empty() { Path::new(".") } else { &root };
    let names: Vec<String> =
        parts[plain..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    let mut found = Vec::new();
    each_below(below, &mut |path| {
        let inner = path.strip_prefix(below).unwrap_or(&path);
        let parts: Vec<String> = inner.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if path_fits(&names, &parts) {
            found.push(root.join(inner));
        }
    })?;
    if found.is_empty() {
        return Err(Error::person(format!("{}: no file fits this pattern", pattern.display())).hint("check the path"));
    }
    found.sort();
    Ok(found)
}

fn path_fits(pattern: &[String], path: &[String]) -> bool {
    match (pattern, path) {
        ([], []) => true,
        ([any, rest @ ..], _) if any == "**" => {
            path_fits(rest, path) || (!path.is_empty() && path_fits(pattern, &path[1..]))
        }
        ([name, rest @ ..], [part, inner @ ..]) => name_fits(name, part) && path_fits(rest, inner),
        _ => false,
    }
}

/// The usual matching with one way back: the last `*` takes one character more.
fn name_fits(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut at, mut here, mut star) = (0, 0, None);
    while here < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, here));
                at += 1;
            }
            Some(char) if *char == '?' || *char == name[here] => {
                at += 1;
                here += 1;
            }
            _ => match star {
                Some((back, taken)) => {
                    star = Some((back, taken + 1));
                    at = back + 1;
                    here = taken + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|char| *char == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_names() {
        for (pattern, name, fits) in [
            ("*.txt", "a.txt", true),
            ("*.txt", "a.txt.md", false),
            ("a?c*", "abcd", true),
            ("a?c*", "ac", false),
            ("*a*b*", "xxaxxbxx", true),
            ("", "", true),
            ("?", "ü", true),
        ] {
            assert_eq!(name_fits(pattern, name), fits, "{pattern} {name}");
        }
    }

    #[test]
    fn patterns_fit_paths() {
        let parts = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
        for (pattern, path, fits) in [
            ("**/*.md", "a/b/c.md", true),
            ("**/*.md", "c.md", true),
            ("a/*/c.md", "a/b/c.md", true),
            ("a/*/c.md", "a/b/b/c.md", false),
            ("*", "a/b", false),
        ] {
            assert_eq!(path_fits(&parts(pattern), &parts(path)), fits, "{pattern} {path}");
        }
    }
}
