//! Pictures and sounds that items of a package refer to: found among its members, by name alone.

use std::collections::HashMap;
use std::sync::Arc;

use crate::bank::format::percent::decode_percent;
use crate::bank::{BankQuestion, Media};
use crate::model::limits::QUESTION_MEDIA;

/// Attributes that name a file.
const ATTRIBUTES: [&str; 3] = ["src", "data", "poster"];
/// What course systems write in front of a name, for the folder of files in the package.
const FOLDERS: [&str; 2] = ["$IMS-CC-FILEBASE$", "$IMS_CC_FILE_BASE$"];
/// Files of one question; more are no question's.
const MOST: usize = QUESTION_MEDIA.most as usize;

pub(super) struct MemberIndex {
    /// The whole name.
    names: HashMap<String, usize>,
    /// The members by the last part of their name.
    last: HashMap<String, Vec<(usize, String)>>,
}

impl MemberIndex {
    /// Of the names in their order.
    pub(super) fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut index = Self { names: HashMap::new(), last: HashMap::new() };
        for (place, name) in names.enumerate() {
            let name = normal(name);
            let last = name.rsplit('/').next().unwrap_or_default().to_owned();
            index.last.entry(last).or_default().push((place, name.clone()));
            index.names.entry(name).or_insert(place);
        }
        index
    }

    /// The member that a text in `folder` means by `name`.
    pub(super) fn find(&self, folder: &str, name: &str) -> Option<usize> {
        let name = name.split(['?', '#']).next().unwrap_or_default();
        let name = decode_percent(name);
        let own = FOLDERS.iter().find_map(|folder| name.strip_prefix(folder));
        let bare = normal(own.unwrap_or(&name));
        let candidates = [normal(&format!("{folder}/{bare}")), bare.clone(), format!("web_resources/{bare}")];
        let relative = own.is_none().then(|| normal(&format!("{folder}/{name}")));
        let found = relative.iter().chain(&candidates).find_map(|name| self.names.get(name)).copied();
        found.or_else(|| self.elsewhere(&bare))
    }

    /// The only member that ends in this name, or the only one of that file name in any folder.
    fn elsewhere(&self, name: &str) -> Option<usize> {
        let called = self.last.get(name.rsplit('/').next()?).filter(|called| called.len() <= MOST)?;
        let end = format!("/{name}");
        let mut ending = called.iter().filter(|(_, member)| member.ends_with(&end));
        match (ending.next(), ending.next()) {
            (Some((place, _)), None) => Some(*place),
            (None, _) if called.len() == 1 => Some(called[0].0),
            _ => None,
        }
    }
}

/// A name without `.` and `..`, which lead nowhere outside of the package.
fn normal(name: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Takes in the files that the texts of a question name; the names of those that `load` does not give come back.
pub(super) fn attach(question: &mut BankQuestion, mut load: impl FnMut(&str) -> Option<Arc<[u8]>>) -> Vec<String> {
    let mut missing = Vec::new();
    for name in names(question) {
        match load(&name) {
            Some(bytes) => question.media.push(Media { name, bytes }),
            None => missing.push(name),
        }
    }
    missing
}

/// The names of files in the texts of a question, as they are written there.
fn names(question: &BankQuestion) -> Vec<String> {
    let options =
        question.options.iter().flat_map(|option| [Some(&option.text), option.pair.as_ref(), option.feedback.as_ref()]);
    let texts = [Some(&question.stem), question.explanation.as_ref()].into_iter().chain(options).flatten();
    let mut names: Vec<String> = Vec::new();
    for text in texts {
        for name in named_in(text) {
            let name = name.replace("&amp;", "&");
            let elsewhere = name.contains("://") || ["data:", "//", "#"].iter().any(|start| name.starts_with(start));
            if !elsewhere && !name.trim().is_empty() && names.len() < MOST && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// The values of attributes that name files.
fn named_in(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let equals = rest.find('=')?;
            let (before, after) = (&rest[..equals], &rest[equals + 1..]);
            rest = after;
            let attribute = before.trim_end().rsplit(|char: char| char.is_whitespace()).next().unwrap_or_default();
            let quote = after.trim_start().chars().next().filter(|quote| matches!(quote, '"' | '\''));
            let Some(quote) = quote.filter(|_| ATTRIBUTES.iter().any(|known| attribute.eq_ignore_ascii_case(known)))
            else {
                continue;
            };
            let value = &after.trim_start()[1..];
            let end = value.find(quote)?;
            rest = &value[end..];
            return Some(&value[..end]);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_among_the_members_and_nowhere_else() {
        let members =
            ["a/item.xml", "a/map one.png", "web_resources/sea/x.png", "b/only.mp3", "b/twice.png", "c/twice.png"];
        let index = MemberIndex::new(members.into_iter());
        for (name, found) in [
            ("map%20one.png", Some(1)),
            ("../a/./map one.png?download=1", Some(1)),
            ("$IMS-CC-FILEBASE$/sea/x.png", Some(2)),
            ("%24IMS-CC-FILEBASE%24/sea/x.png", Some(2)),
            ("elsewhere/only.mp3", Some(3)),
            ("elsewhere/twice.png", None),
            ("c/twice.png", Some(5)),
            ("y/../once.png", None),
            ("../../../../etc/passwd", None),
            ("", None),
        ] {
            assert_eq!(index.find("a", name), found, "{name}");
        }
    }

    #[test]
    fn names_in_texts_are_taken_as_written() {
        let text =
            "<img alt='a = b' src=\"x.png\"><object data = 'y z.svg'></object><p data-src=\"no\" src=x> a=b src=\"";
        assert_eq!(named_in(text).collect::<Vec<_>>(), ["x.png", "y z.svg"]);
        let web =
            BankQuestion { stem: "<img src=\"https://x.org/a.png\"><img src='data:x'>".into(), ..Default::default() };
        assert_eq!(names(&web), Vec::<String>::new());
    }
}
