//! Options that follow the words of a search. Its words may begin with `-`, so whatever follows the first of them would be a word.

use std::ffi::OsString;

/// The line with the options of `retain search` before its words. `takes_value` says whether an option is followed by its value.
pub(super) fn options_first(line: Vec<OsString>, takes_value: impl Fn(&str) -> bool) -> Vec<OsString> {
    let Some(place) = line.iter().position(|word| word == "search") else { return line };
    if line[1..place]
        .iter()
        .any(|word| !word.to_string_lossy().starts_with('-') && !is_value(&line, word, &takes_value))
    {
        return line;
    }
    let (mut options, mut words) = (line[..=place].to_vec(), Vec::new());
    let mut rest = line[place + 1..].iter();
    while let Some(word) = rest.next() {
        match word.to_str() {
            Some("--") => {
                words.push(word.clone());
                words.extend(rest.by_ref().cloned());
            }
            Some(option) if option.starts_with("--") => {
                options.push(word.clone());
                if takes_value(option) {
                    options.extend(rest.next().cloned());
                }
            }
            _ => words.push(word.clone()),
        }
    }
    options.extend(words);
    options
}

/// Whether a word before the command is the value of an option.
fn is_value(line: &[OsString], word: &OsString, takes_value: impl Fn(&str) -> bool) -> bool {
    let before = line.iter().zip(line.iter().skip(1)).find(|(_, next)| *next == word);
    before.is_some_and(|(option, _)| option.to_str().is_some_and(&takes_value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(line: &str) -> String {
        let line = line.split(' ').map(OsString::from).collect();
        let ordered = options_first(line, |option| ["--limit", "--db"].contains(&option));
        ordered.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn options_of_a_search_come_before_its_words() {
        for (line, expected) in [
            ("retain search hill --json", "retain search --json hill"),
            ("retain search hill -old --limit 5 sea", "retain search --limit 5 hill -old sea"),
            ("retain --db x search hill --limit=5", "retain --db x search --limit=5 hill"),
            ("retain search -- --json", "retain search -- --json"),
            ("retain card list --search search", "retain card list --search search"),
            ("retain import search --json", "retain import search --json"),
            ("retain", "retain"),
        ] {
            assert_eq!(ordered(line), expected);
        }
    }
}
