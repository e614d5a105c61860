//! Commands in hints, when the database was named with `--db`: run as they are written, they must be about the same one.

use std::path::Path;

use crate::model::shell_path;

/// How a command in a hint begins.
const COMMAND: &str = "`retain ";
/// What is about no database, and what names one itself.
const WITHOUT: [&str; 5] = ["--", "help", "config", "demo", "completions"];

/// The text with `--db` in the commands in it.
pub(super) fn naming(text: &str, db: &Path) -> String {
    let flag = format!("{COMMAND}--db {} ", shell_path(&db.to_string_lossy()));
    let mut parts = text.split(COMMAND);
    let mut named = parts.next().unwrap_or_default().to_owned();
    for rest in parts {
        named += if WITHOUT.iter().any(|word| rest.starts_with(word)) { COMMAND } else { &flag };
        named += rest;
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_about_the_database_that_was_named() {
        let db = Path::new("/a b/c.db");
        for (text, named) in [
            ("`retain check` says more", "`retain --db '/a b/c.db' check` says more"),
            (
                "`retain due`, then `retain review`",
                "`retain --db '/a b/c.db' due`, then `retain --db '/a b/c.db' review`",
            ),
            ("`retain --db NEW.db import x`", "`retain --db NEW.db import x`"),
            ("`retain help banks`", "`retain help banks`"),
            ("a `retain` that is open", "a `retain` that is open"),
        ] {
            assert_eq!(naming(text, db), named);
        }
    }
}
