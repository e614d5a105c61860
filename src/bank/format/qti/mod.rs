//! IMS QTI: 1.2 as course systems and Common Cartridges write it, 2.1, 2.2 and 3.0; single files and packages of them. The
//! pools of Blackboard, which are older, lie in the same packages.

mod item12;
mod item2;
mod markup;
mod media;
mod package;
mod passage;
mod pool;
mod presentation;
mod response;
mod scoring;

use std::collections::{HashMap, HashSet};

use roxmltree::Node;

use crate::bank::collect::{Collected, Collector};
use crate::bank::defect::{Defect, MOST_ANSWERS, MOST_OPTIONS};
use crate::bank::word_set::WordSet;
use crate::bank::xml::{self, Xml, child, content, some};
use crate::bank::{BankOption, BankQuestion, Refusal, Source};
use crate::model::{KeyOrigin, Kind};
use markup::{attribute, bare, is};
use passage::Stimuli;

pub(in crate::bank) use package::{holds, read_package};

/// The elements that a file of QTI, or a pool of Blackboard, begins with.
static ROOTS: WordSet = WordSet::new(
    "questestinterop assessmentItem assessmentTest assessmentSection qti-assessment-item qti-assessment-test POOL",
);
/// What to do about a file that cannot be opened.
const HINT: &str = "export the questions again";
/// The most items around an item: an unclosed item contains the next one. More would be read over and over.
const MOST_AROUND: usize = 2;

/// A question, and the name of its kind if that is not supported: then it is kept as an open one.
struct QtiItem {
    question: BankQuestion,
    unread: Option<&'static str>,
}

pub(in crate::bank) fn explains(text: &str) -> bool {
    xml::root_name(text).is_some_and(|root| ROOTS.contains(root))
}

/// Reads a document. Fails when it is not well-formed, or names items of other files alone.
pub(in crate::bank) fn read_qti(source: &Source<'_>) -> Result<Collected, Refusal> {
    let mut collector = Collector::new(source.lines());
    with_document(&source.text, &mut collector, |xml, collector| {
        let mut stimuli = Stimuli::default();
        stimuli.add(xml, None);
        let above = |item: Node<'_, '_>| stimuli.of_item(item, "", None);
        items(xml, collector, &mut HashSet::new(), &Filed::default(), &above, |_| ());
    })?;
    any(collector.finish())
}

/// Opens a document, repaired if necessary.
fn with_document(
    text: &str,
    collector: &mut Collector<'_>,
    read: impl FnOnce(&Xml<'_>, &mut Collector<'_>),
) -> Result<(), Refusal> {
    match Xml::open(text, HINT) {
        Ok(xml) => read(&xml, collector),
        Err(refusal) => {
            let Some((mended, line)) = xml::repair(text) else { return Err(refusal) };
            let Ok(xml) = Xml::open(&mended, HINT) else { return Err(refusal) };
            let what = format!("{}; it is read as it may have been meant", refusal.message);
            collector.note(line, "mended", &what, Some(HINT));
            read(&xml, collector);
        }
    }
    Ok(())
}

/// What was read, unless it is nothing.
fn any(read: Collected) -> Result<Collected, Refusal> {
    if read.questions.is_empty() && read.duplicates.is_empty() && read.rejected == 0 {
        return Err(Refusal {
            message: "it holds no items of its own".into(),
            hint: Some("a test names items in other files: import the package (`.zip`), or those files".into()),
            problems: read.problems,
        });
    }
    Ok(read)
}

/// What a test says of the items of a document that it names.
#[derive(Clone, Debug, Default)]
struct Filed {
    topic: Option<String>,
    /// What its sections show above them.
    passages: Vec<String>,
}

/// Reads the items of a document. `filed` is what a test says of them, `above` what an item names as standing above it; `finish`
/// sees each good question.
fn items(
    xml: &Xml<'_>,
    collector: &mut Collector<'_>,
    ids: &mut HashSet<String>,
    filed: &Filed,
    above: &dyn Fn(Node<'_, '_>) -> Vec<String>,
    mut finish: impl FnMut(&mut BankQuestion),
) {
    // What a section is called is asked for by each of its items.
    let mut titles: HashMap<Node<'_, '_>, Option<String>> = HashMap::new();
    for node in xml.document.descendants() {
        let item = if is_item(node) && node.ancestors().skip(1).filter(|above| is_item(*above)).count() > MOST_AROUND {
            Err(Defect::NestedItems)
        } else if node.has_tag_name("item") {
            item12::read_item12(node, xml.text)
        } else if is(node, "assessmentItem") {
            item2::read_item2(node, xml.text)
        } else if pool::is_question(node) {
            pool::read_pool_question(node)
        } else {
            if node.has_tag_name("bankentry_item") {
                collector.warn(xml.line(node), &Defect::ElsewhereItem);
            }
            continue;
        };
        let line = xml.line(node);
        let checked = item.and_then(|mut item| {
            let question = &mut item.question;
            question.line = line;
            question.topic = topic(node, &mut titles).or_else(|| filed.topic.clone());
            // Programs restart the numbers of items in each merged file: a repeated one identifies nothing.
            question.id = question.id.take().filter(|id| ids.insert(id.clone()));
            settle(question, attribute(node, "title").unwrap_or_default())?;
            let sections = passage::of_sections(node, xml.text);
            passage::put_above(question, &[&filed.passages[..], &sections, &above(node)].concat());
            finish(question);
            Ok(item)
        });
        let unread = checked.as_ref().ok().and_then(|item| item.unread);
        collector.add(line, checked.map(|item| item.question));
        if let Some(kind) = unread {
            collector.warn(line, &Defect::KeptOpen { name: kind.to_owned() });
        }
    }
}

fn is_item(node: Node<'_, '_>) -> bool {
    node.has_tag_name("item") || is(node, "assessmentItem")
}

/// What must hold of every question, and whether its answer is known.
fn settle(question: &mut BankQuestion, title: &str) -> Result<(), Defect> {
    if question.stem.is_empty() {
        title.clone_into(&mut question.stem);
    }
    if question.stem.is_empty() {
        return Err(Defect::NoStem);
    }
    // Forms contain empty fields for answers; these are reported and left out.
    let is_empty = |option: &&BankOption| !option.correct && option.text.trim().is_empty();
    let empty = if question.kind.has_choices() { question.options.iter().filter(is_empty).count() } else { 0 };
    let right = question.options.iter().filter(|option| option.correct).count();
    let options = question.options.len() - empty;
    question.key = KeyOrigin::Marked;
    match question.kind {
        _ if options > MOST_ANSWERS || (options > MOST_OPTIONS && question.kind.has_choices()) => {
            Err(Defect::ManyOptions)
        }
        Kind::Open | Kind::Card => Ok(()),
        kind if kind.has_choices() => {
            if options < 2 {
                return Err(if options == 0 { Defect::NoOptions("give it some answers") } else { Defect::OneOption });
            }
            if right == 0 {
                question.key = KeyOrigin::Missing;
            }
            Ok(())
        }
        Kind::Numeric if options == 0 => Err(Defect::NoNumber("write it as `3.14`")),
        Kind::Match | Kind::Order if right < 2 && options >= 2 => Err(Defect::NoPairs),
        Kind::Match | Kind::Order if right < 2 => Err(Defect::FewPairs),
        _ if right == 0 => Err(Defect::NoAnswer("give it its correct response")),
        _ => Ok(()),
    }
}

/// The titles of the bank, the assessment and the sections around an item.
fn topic<'a, 'i>(item: Node<'a, 'i>, titles: &mut HashMap<Node<'a, 'i>, Option<String>>) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for above in item.ancestors().skip(1) {
        let name = titles.entry(above).or_insert_with(|| title(above));
        names.extend(name.clone().filter(|name| names.last() != Some(name)));
    }
    names.reverse();
    some(names.join("::"))
}

fn title(node: Node<'_, '_>) -> Option<String> {
    if let Some(title) = pool::title(node) {
        return Some(title);
    }
    if node.has_tag_name("objectbank") {
        let fields = child(node, "qtimetadata")?.children().filter(|field| field.has_tag_name("qtimetadatafield"));
        let mut named =
            fields.filter(|field| child(*field, "fieldlabel").map(content).as_deref() == Some("bank_title"));
        return some(child(named.next()?, "fieldentry").map(content)?);
    }
    let titled = node.has_tag_name("assessment")
        || node.has_tag_name("section")
        || is(node, "assessmentTest")
        || is(node, "assessmentSection");
    node.attribute("title").filter(|_| titled).map(|title| title.trim().to_owned()).and_then(some)
}

/// Texts to be put in order, each with its right place. Those without a place are wrong, and come last.
fn ordered(texts: impl Iterator<Item = (Option<usize>, String)>) -> Vec<BankOption> {
    let mut texts: Vec<(Option<usize>, String)> = texts.collect();
    texts.sort_by_key(|(place, _)| place.unwrap_or(usize::MAX));
    texts.into_iter().map(|(place, text)| BankOption::new(text, place.is_some())).collect()
}

/// Whether two options are true and false.
fn true_or_false(options: &[BankOption]) -> bool {
    let mut words: Vec<String> = options.iter().map(|option| bare(&option.text).to_lowercase()).collect();
    words.sort_unstable();
    words == ["false", "true"]
}

/// A number and how far it may be off, from what is wanted and what is taken.
fn interval(exact: Option<f64>, low: Option<f64>, high: Option<f64>) -> Option<(String, f64)> {
    let finite = |number: &f64| number.is_finite();
    let exact = exact.filter(finite);
    match (low.filter(finite), high.filter(finite)) {
        (Some(low), Some(high)) => {
            let middle = f64::midpoint(low, high);
            let near = |exact: &f64| (exact - middle).abs() <= 1e-6 * (high - low).abs();
            // What is taken reaches as far on both sides.
            let value = exact.filter(near).unwrap_or_else(|| rounded(middle));
            Some((value.to_string(), rounded((high - low).abs() / 2.0)))
        }
        _ => exact.map(|exact| (exact.to_string(), 0.0)),
    }
}

/// Without the noise of halving and subtracting.
fn rounded(number: f64) -> f64 {
    format!("{number:.11e}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests;
