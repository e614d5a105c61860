//! Names in commands that somebody copies into a shell.

/// A name as an argument of a command in a hint: in quotation marks, so that it can be pasted into a shell whatever it holds.
pub fn shell_word(name: &str) -> String {
    if name.contains(['"', '$', '`', '\\', '!']) {
        format!("'{}'", name.replace('\'', r"'\''"))
    } else {
        format!("\"{name}\"")
    }
}

/// A path as a shell reads it.
pub fn shell_path(path: &str) -> String {
    let is_plain = |char: char| char.is_alphanumeric() || "/._-+,:@".contains(char);
    if path.chars().all(is_plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

/// The same as the last argument of a command. A name that begins with `-` would be read as an option.
pub fn shell_argument(name: &str) -> String {
    let dashes = if name.starts_with('-') { "-- " } else { "" };
    format!("{dashes}{}", shell_word(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_be_pasted_whatever_it_holds() {
        let names =
            ["Networks", "two words", "\"q\" 's'", "-x", "$HOME", "a`b`", "back\\slash", "it's", "wow!", "a;b & c"];
        for name in names {
            let argument = shell_argument(name);
            let words = shlex::split(&argument).expect("words");
            assert_eq!(words.last().map(String::as_str), Some(name), "{argument}");
            assert_eq!(words.len(), if name.starts_with('-') { 2 } else { 1 }, "{argument}");
        }
        assert_eq!(shell_argument("Networks"), "\"Networks\"");
    }
}
