//! Packages: archives with items, tests and media, as `.zip` or as `.imscc`.
//!
//! Names of members are only compared, they are never paths in a file system.

use std::collections::{HashMap, HashSet};

use super::markup::{attribute, is};
use super::media::{MemberIndex, attach};
use super::passage::{self, Stimuli};
use super::{Filed, HINT, any, explains, items, with_document};
use roxmltree::Node;

use crate::bank::archive::Archive;
use crate::bank::collect::{Collected, Collector};
use crate::bank::xml::Xml;
use crate::bank::{BankQuestion, Refusal, decode};

/// So much of a member says whether it is QTI.
const HEAD: u64 = 4 << 10;

/// Members that are QTI, by what they begin with.
fn documents(archive: &mut Archive<'_>) -> Vec<usize> {
    let names: Vec<String> = archive.names().map(|name| name.to_lowercase()).collect();
    let all: HashSet<&str> = names.iter().map(String::as_str).collect();
    let mut documents = Vec::new();
    for (place, name) in names.iter().enumerate() {
        // Blackboard calls them `res00001.dat`.
        let named = [".xml", ".qti", ".dat"].iter().any(|end| name.ends_with(end));
        // Canvas writes an assessment twice; this is the shorter one.
        let twin = name.strip_suffix("/assessment_qti.xml").is_some_and(|folder| {
            let folder = folder.rsplit('/').next().unwrap_or_default();
            all.contains(format!("non_cc_assessments/{folder}.xml.qti").as_str())
        });
        if named && !twin && archive.head(place, HEAD).is_some_and(|head| is_qti(&head)) {
            documents.push(place);
        }
    }
    documents
}

/// Whether the beginning of a file is QTI; it may be cut within a character.
fn is_qti(head: &[u8]) -> bool {
    let even =
        if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) { head.len() & !1 } else { head.len() };
    decode::decode(&head[..even]).is_ok_and(|decoded| explains(&decoded.text))
}

/// Whether an archive holds QTI.
pub(in crate::bank) fn holds(bytes: &[u8]) -> bool {
    Archive::open(bytes).is_some_and(|mut archive| !documents(&mut archive).is_empty())
}

/// Reads all items of a package. Items that a test names come in its order and under its title. Fails when it cannot be
/// unpacked, holds no QTI, or is larger than any bank.
pub(in crate::bank) fn read_package(bytes: &[u8]) -> Result<Collected, Refusal> {
    let refuse = |message: &str, hint: &str| Refusal::new(message, hint);
    let mut archive =
        Archive::open(bytes).ok_or_else(|| refuse("the archive cannot be unpacked", "export the questions again"))?;
    let places = documents(&mut archive);
    if places.is_empty() {
        return Err(refuse("the archive holds no QTI", "a package of QTI has items in files that end in `.xml`"));
    }
    let names: Vec<String> = archive.names().collect();
    let index = MemberIndex::new(names.iter().map(String::as_str));
    let stimuli = Stimuli::of_package(&mut archive, &names);
    let mut documents: Vec<PackageFile> = Vec::new();
    for place in places {
        let name = names[place].clone();
        let Some(bytes) = archive.whole(place) else {
            return Err(refuse(
                &format!("`{name}` in the archive cannot be unpacked, or is larger than any bank"),
                "unpack the archive, and import what is in it",
            ));
        };
        documents.push(PackageFile::new(name, &bytes));
    }
    let filed = arrange(&mut documents, &index, &names);
    let mut ids = HashSet::new();
    let mut collector = Collector::new(&[]);
    for (document, filed) in documents.iter().zip(&filed) {
        collector = collector.go_on(&document.name, &document.lines);
        let text = match &document.text {
            Ok(text) => text,
            Err(refusal) => {
                collector.refuse(refusal);
                continue;
            }
        };
        let mut missing: Vec<(usize, String)> = Vec::new();
        let load = |question: &mut BankQuestion| {
            let line = question.line;
            let names = attach(question, |name| archive.shared(index.find(document.folder(), name)?));
            missing.extend(names.into_iter().map(|name| (line, name)));
        };
        let read = with_document(text, &mut collector, |xml, collector| {
            let above = |item: Node<'_, '_>| stimuli.of_item(item, document.folder(), Some((&index, &names)));
            items(xml, collector, &mut ids, filed, &above, load);
        });
        if let Err(refusal) = read {
            collector.refuse(&refusal);
        }
        for (line, name) in missing {
            collector.note(line, "no-media", &format!("the archive does not hold `{name}`, or it is too large"), None);
        }
    }
    any(collector.finish())
}

struct PackageFile {
    name: String,
    text: Result<String, Refusal>,
    lines: Vec<String>,
}

impl PackageFile {
    fn new(name: String, bytes: &[u8]) -> Self {
        let text = decode::decode(bytes).map(|decoded| decoded.text.into_owned());
        let lines = text.as_deref().map(|text| decode::lines(text).map(decode::clean).collect()).unwrap_or_default();
        Self { name, text, lines }
    }

    fn folder(&self) -> &str {
        self.name.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// Puts the documents that a test names in its order, before all others; gives what it says of each.
fn arrange(documents: &mut [PackageFile], index: &MemberIndex, names: &[String]) -> Vec<Filed> {
    let mut order: HashMap<&str, (usize, Filed)> = HashMap::new();
    for document in documents.iter() {
        let Ok(text) = &document.text else { continue };
        // Only tests of version 2 and 3 name items in other files.
        if !text.contains("ssessmentItemRef") && !text.contains("assessment-item-ref") {
            continue;
        }
        let Ok(xml) = Xml::open(text, HINT) else { continue };
        for reference in xml.document.descendants().filter(|node| is(*node, "assessmentItemRef")) {
            let Some(place) = attribute(reference, "href").and_then(|href| index.find(document.folder(), href)) else {
                continue;
            };
            let next = order.len();
            let topic = super::topic(reference, &mut HashMap::new());
            let passages = passage::of_sections(reference, xml.text);
            order.entry(&names[place]).or_insert((next, Filed { topic, passages }));
        }
    }
    documents.sort_by_key(|document| order.get(document.name.as_str()).map_or(usize::MAX, |(place, _)| *place));
    let filed = |document: &PackageFile| order.remove(document.name.as_str()).map(|(_, filed)| filed);
    documents.iter().map(filed).map(Option::unwrap_or_default).collect()
}
