//! Pictures and sounds within Moodle XML: `<file name="map.png" encoding="base64">` next to the texts that refer to
//! them.

use std::collections::{HashMap, HashSet};

use roxmltree::Node;

use super::{child, content, own};
use crate::bank::format::percent::decode_percent;
use crate::bank::{BankQuestion, Media, base64};

/// How texts refer to a file of their question.
const PLACE: &str = "@@PLUGINFILE@@";
/// The longest name of a file, in bytes.
const LONGEST_NAME: usize = 1_000;

/// Gives the question its files, and a reference to the picture that older exports store apart from its text. Returns
/// whether one of them is broken.
pub(super) fn attach(question: &mut BankQuestion, node: Node<'_, '_>) -> bool {
    let mut broken = old_picture(question, node);
    let references = references(question);
    let (mut found, mut names) = (Vec::new(), HashSet::new());
    for file in node.descendants().filter(|node| node.has_tag_name("file")) {
        let path = file.attribute("path").unwrap_or("/").trim_start_matches('/');
        let plain = format!("{PLACE}/{path}{}", file.attribute("name").unwrap_or_default());
        let name = references.get(&plain).cloned().unwrap_or(plain);
        match base64::decode(&own(file)) {
            Some(bytes) if !bytes.is_empty() => {
                if names.insert(name.clone()) {
                    found.push(Media { name, bytes: bytes.into() });
                }
            }
            _ => broken = true,
        }
    }
    question.media.extend(found);
    broken
}

/// Moodle 1.9 stored one picture for a question, in two elements.
fn old_picture(question: &mut BankQuestion, node: Node<'_, '_>) -> bool {
    let (Some(image), Some(data)) = (child(node, "image").map(content), child(node, "image_base64").map(content))
    else {
        return false;
    };
    if image.is_empty() || data.is_empty() {
        return false;
    }
    let name = image.replace('/', "_");
    question.stem.push_str(&format!(" <img src=\"{PLACE}/{name}\" />"));
    match base64::decode(&data) {
        Some(bytes) => question.media.push(Media { name: format!("{PLACE}/{name}"), bytes: bytes.into() }),
        None => return true,
    }
    false
}

/// The names as the texts write them, by what they mean: a link has its spaces and letters in percents.
fn references(question: &BankQuestion) -> HashMap<String, String> {
    let mut references = HashMap::new();
    for text in question.shown_texts() {
        for (at, _) in text.match_indices(PLACE) {
            let rest = &text[at..text.floor_char_boundary(at + LONGEST_NAME)];
            // Within quotes a name may have spaces; elsewhere it ends with them.
            for ends in [&['"', '\'', '<', '>', '\n'][..], &['"', '\'', '<', '>', '\n', ' ', ')']] {
                let written = rest.split(ends).next().unwrap_or_default();
                let meant = html_escape::decode_html_entities(&decode_percent(written)).into_owned();
                references.entry(meant).or_insert_with(|| written.to_owned());
            }
        }
    }
    references
}
