//! Texts that several items share: what a section shows above its items, and the stimulus that items name.

use std::collections::{HashMap, HashSet};

use roxmltree::Node;

use super::markup::{Keep, attribute, bare, inner, is, within};
use super::media::MemberIndex;
use crate::bank::archive::Archive;
use crate::bank::xml::Xml;
use crate::bank::{BankQuestion, decode};
use crate::model::Markup;

/// The stimuli of a document or a package, by their identifiers and by the names of their files, as HTML.
#[derive(Debug, Default)]
pub(super) struct Stimuli(HashMap<String, String>);

impl Stimuli {
    /// Adds the stimuli of a document. `file`: its name in a package.
    pub(super) fn add(&mut self, xml: &Xml<'_>, file: Option<&str>) {
        for node in xml.document.descendants().filter(|node| is(*node, "assessmentStimulus")) {
            let Some(body) = within(node, "stimulusBody").next() else { continue };
            let text = inner(body, xml.text, &|_| Keep::Whole);
            let names = attribute(node, "identifier").into_iter().chain(file);
            self.0.extend(names.map(|name| (name.to_owned(), text.clone())));
        }
    }

    /// The stimuli in the files of a package.
    pub(super) fn of_package(archive: &mut Archive<'_>, names: &[String]) -> Self {
        let mut stimuli = Self::default();
        for (place, name) in names.iter().enumerate().filter(|(_, name)| name.to_lowercase().ends_with(".xml")) {
            let says = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
            let head = archive.head(place, 4 << 10).unwrap_or_default();
            if !says(&head, b"assessmentStimulus") && !says(&head, b"qti-assessment-stimulus") {
                continue;
            }
            let Some(bytes) = archive.whole(place) else { continue };
            let Ok(decoded) = decode::decode(&bytes) else { continue };
            if let Ok(xml) = Xml::open(&decoded.text, super::HINT) {
                stimuli.add(&xml, Some(name));
            }
        }
        stimuli
    }

    /// The text of the stimuli that an item names.
    pub(super) fn of_item(
        &self,
        item: Node<'_, '_>,
        folder: &str,
        index: Option<(&MemberIndex, &[String])>,
    ) -> Vec<String> {
        let named = item.children().filter(|node| is(*node, "assessmentStimulusRef"));
        let text = |node: Node<'_, '_>| {
            let href = attribute(node, "href").unwrap_or_default();
            let file = index.and_then(|(index, names)| names.get(index.find(folder, href)?));
            let found = file.and_then(|file| self.0.get(file));
            found.or_else(|| self.0.get(attribute(node, "identifier")?)).cloned()
        };
        named.filter_map(text).collect()
    }
}

/// What the sections around an item, or around what names one, show above their items.
pub(super) fn of_sections(item: Node<'_, '_>, source: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for section in item.ancestors().skip(1) {
        let of_12 = section.has_tag_name("section");
        if !of_12 && !is(section, "assessmentSection") {
            continue;
        }
        let shown = section.children().filter(|node| match () {
            () if of_12 => node.has_tag_name("presentation_material"),
            () => is(*node, "rubricBlock") && is_for_candidates(*node),
        });
        let text: Vec<String> =
            shown.map(|node| if of_12 { materials(node) } else { inner(node, source, &|_| Keep::Whole) }).collect();
        texts.extend(text.into_iter().filter(|text| !bare(text).is_empty()));
    }
    texts.reverse();
    texts
}

fn is_for_candidates(node: Node<'_, '_>) -> bool {
    // Instructions are for a test as a whole.
    attribute(node, "use") != Some("instructions")
        && attribute(node, "view").is_none_or(|views| views.split_whitespace().any(|view| view == "candidate"))
}

/// The texts of version 1.2 within an element.
fn materials(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(|inner| inner.has_tag_name("mattext"));
    texts.filter_map(|text| text.text()).map(str::trim).collect::<Vec<_>>().join(" ")
}

/// Sets passages above the text of a question, those that it does not say itself.
pub(super) fn put_above(question: &mut BankQuestion, passages: &[String]) {
    let own = bare(&question.stem);
    let mut seen = HashSet::new();
    let new = |text: &&String| seen.insert(bare(text)) && !own.contains(&bare(text));
    let passages: Vec<&String> = passages.iter().filter(new).collect();
    for passage in passages.into_iter().rev() {
        question.stem = match question.markup {
            Markup::Html if passage.trim_start().starts_with('<') => format!("{} {}", passage.trim(), question.stem),
            Markup::Html => format!("<p>{}</p> {}", passage.trim(), question.stem),
            _ => format!("{}\n\n{}", bare(passage), question.stem),
        };
    }
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};

    fn item(ident: &str, asked: &str, labels: &[&str]) -> String {
        let label = |(place, text): (usize, &&str)| {
            format!(
                "<response_label ident=\"o{place}\"><material><mattext>{text}</mattext></material></response_label>"
            )
        };
        let labels: String = labels.iter().enumerate().map(label).collect();
        format!(
            "<item ident=\"{ident}\"><presentation><material><mattext>{asked}</mattext></material>\
             <response_lid ident=\"r\"><render_choice>{labels}</render_choice></response_lid></presentation><resprocessing>\
             <respcondition><conditionvar><varequal respident=\"r\">o0</varequal></conditionvar>\
             <setvar action=\"Set\">100</setvar></respcondition></resprocessing></item>\n"
        )
    }

    #[test]
    fn what_a_section_shows_stays_with_its_items() {
        let text = format!(
            "<questestinterop><assessment title=\"t\"><section><section>\n<presentation_material><flow_mat><material>\
             <mattext>Tar is black.</mattext></material></flow_mat></presentation_material>\n{}</section>{}</section>\
             </assessment></questestinterop>",
            item("a", "What is tar?", &["black", "white"]),
            item("b", "What is ice?", &["cold", "", "hot"])
        );
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        let stems: Vec<&str> = bank.questions.iter().map(|question| question.stem.as_str()).collect();
        assert_eq!(stems, ["Tar is black.\n\nWhat is tar?", "What is ice?"]);
        let told: Vec<_> = bank.problems.iter().map(|problem| problem.code).collect();
        assert_eq!((told, bank.questions[1].options.len()), (vec!["empty-option"], 2));
    }
}
