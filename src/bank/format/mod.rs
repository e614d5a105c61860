//! The formats, and which of them explains a file: by the content, unless the person names it.
//!
//! Every reader examines the file and says how surely it is in one of its formats. The surest one reads it. If several
//! are equally sure, the one that makes the most questions of it does; if that is equal as well, the person is asked.

mod aiken;
mod cards;
pub(super) mod data;
mod document;
pub(super) mod exact;
mod gift;
mod latex;
mod markdown;
pub(super) mod moodle;
mod named_columns;
mod office_xml;
mod percent;
mod qti;
pub(super) mod record;
mod rexams;
mod signs;
mod tabular;
mod tags;
mod text;
mod text2qti;

use super::collect::Collected;
use super::on_cores::on_cores;
use super::{BankQuestion, Decision, ReadOptions, Refusal, Source, decode, foreign};
use cards::{anki, hashcards, mnemosyne, obsidian, org, org_fc, qa, supermemo};
use data::Notation;
use document::DocumentKind;
use record::{markup, whole};
use tabular::{explains_sheet, explains_table, read_sheet, read_table, refuse_wide};

use crate::model::{KeyOrigin, Kind};

/// A shorter text is looked at by one reader after the other, in bytes: threads would take longer.
const WORTH_THREADS: usize = 1 << 16;

/// How surely a file is in a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FormatFit {
    /// Nothing speaks against it.
    Possible,
    /// Its lines look like the format's.
    Likely,
    /// It has the format's own signature.
    Sure,
}

/// A reader of one format, or of several that are alike.
struct FormatReader {
    /// The formats, as `--format` names them.
    names: &'static [&'static str],
    /// Whether it reads lines, which front matter may precede.
    lines: bool,
    /// Which of its formats the file is in, and how surely.
    explains: fn(&Source<'_>) -> Option<(&'static str, FormatFit)>,
    /// The questions of a file in this format.
    read: fn(&Source<'_>, &'static str) -> Result<Collected, Refusal>,
}

/// A reader of the format `$name`; `lines` says whether front matter may precede it.
macro_rules! reader {
    ($name:literal, $lines:literal, |$looked:ident| $explains:expr, |$source:ident| $read:expr) => {
        FormatReader {
            names: &[$name],
            lines: $lines,
            explains: |$looked| Some(($name, $explains?)),
            read: |$source, _| $read,
        }
    };
}

const ARCHIVES: &[FormatReader] = &[
    FormatReader { names: &["xlsx"], lines: false, explains: explains_sheet, read: read_sheet },
    reader!("qti", false, |source| likely(qti::holds(source.bytes)), |source| qti::read_package(source.bytes)),
];

/// Readers of text, in the order in which messages list them.
const TEXTS: &[FormatReader] = &[
    reader!("text", true, |_source| Some(FormatFit::Possible), |source| Ok(text::read_loose_text(source))),
    reader!("exact", true, |source| sure(source.front.exact), |source| Ok(exact::read_exact(source))),
    reader!("markdown", true, |source| likely(markdown::explains(&source.tidy().lines)), |source| Ok(
        markdown::read_markdown(source)
    )),
    reader!("signs", true, |source| likely(signs::explains(source.body())), |source| Ok(signs::read_signs(source))),
    reader!("text2qti", true, |source| likely(text2qti::explains(source.body())), |source| Ok(
        text2qti::read_text2qti(source)
    )),
    reader!("aiken", true, |source| likely(aiken::explains(source.body())), |source| Ok(aiken::read_aiken(source))),
    reader!("gift", true, |source| likely(gift::explains(source.body())), |source| gift::read_gift(source)),
    reader!("moodle-xml", false, |source| sure(moodle::explains(&source.text)), |source| moodle::read_moodle(source)),
    reader!("qti", false, |source| sure(qti::explains(&source.text)), |source| qti::read_qti(source)),
    FormatReader { names: &["anki-text", "quizlet"], lines: false, explains: anki::explains, read: anki::read_anki },
    reader!("hashcards", true, |source| hashcards::explains(source), |source| hashcards::read_hashcards(source)),
    reader!("qa", true, |source| qa::explains(source), |source| Ok(qa::read_qa(source))),
    reader!("obsidian", false, |source| obsidian::explains(source), |source| Ok(obsidian::read_obsidian(source))),
    reader!("org-drill", false, |source| org::explains(source), |source| Ok(org::read_org_drill(source))),
    reader!("org-fc", false, |source| org_fc::explains(source), |source| Ok(org_fc::read_org_fc(source))),
    reader!("latex", false, |source| latex::explains(source), |source| Ok(latex::read_latex(source))),
    reader!("r-exams", false, |source| rexams::explains(source), |source| Ok(rexams::read_exercises(source))),
    reader!("mnemosyne", false, |source| mnemosyne::explains(source), |source| mnemosyne::read_mnemosyne(source)),
    reader!("supermemo", false, |source| supermemo::explains(source), |source| supermemo::read_supermemo(source)),
    FormatReader { names: &["csv"], lines: false, explains: explains_table, read: read_table },
    FormatReader {
        names: &["json", "jsonl", "yaml", "toml", "xml"],
        lines: false,
        explains: explains_data,
        read: read_data,
    },
];

fn likely(explains: bool) -> Option<FormatFit> {
    explains.then_some(FormatFit::Likely)
}

fn sure(explains: bool) -> Option<FormatFit> {
    explains.then_some(FormatFit::Sure)
}

/// The formats that `--format` takes.
pub fn formats() -> impl Iterator<Item = &'static str> {
    // A package is of the same format as the files in it.
    let archives = ARCHIVES.iter().filter(|reader| !TEXTS.iter().any(|text| text.names == reader.names));
    let documents = DocumentKind::ALL.map(DocumentKind::name);
    TEXTS.iter().chain(archives).flat_map(|reader| reader.names).copied().chain(documents)
}

/// Whether the file has the signs of a format: a reader may explain it, or it is a document of this kind.
pub(super) fn bears(bytes: &[u8], options: &ReadOptions, format: &str) -> bool {
    if let Some(kind) = DocumentKind::ALL.into_iter().find(|kind| kind.name() == format) {
        return match DocumentKind::of_archive(bytes) {
            Some(held) => held == kind,
            None => Source::text(bytes, options).is_ok_and(|source| document::is_page(&source.text)),
        };
    }
    let source =
        if Source::is_archive(bytes) { Ok(Source::archive(bytes, options)) } else { Source::text(bytes, options) };
    let Ok(mut source) = source else { return false };
    if !Source::is_archive(bytes) && source.read_front().is_err() {
        return false;
    }
    let readers = if Source::is_archive(bytes) { ARCHIVES } else { TEXTS };
    let mut of_it = readers.iter().filter(|reader| reader.names.contains(&format));
    of_it.any(|reader| (reader.explains)(&source).is_some_and(|(found, _)| found == format || reader.names.len() == 2))
}

/// A file, the format that explains it, and what was read.
type Explained<'a> = (Source<'a>, &'static str, Collected);

/// Finds the format and reads what the file says.
pub(super) fn explain<'a>(bytes: &'a [u8], options: &'a ReadOptions) -> Result<Explained<'a>, Refusal> {
    if let Some(refusal) = foreign::named(bytes) {
        return Err(refusal);
    }
    let named = options.format.as_deref().map(known).transpose()?;
    let is_of = |readers: &[FormatReader], name| readers.iter().any(|reader| reader.names.contains(&name));
    let packed = Source::is_archive(bytes);
    let in_archive = |name| is_of(ARCHIVES, name) && (packed || !is_of(TEXTS, name));
    if let Some(kind) = packed.then(|| DocumentKind::of_archive(bytes)).flatten() {
        return document::explain(bytes, "", kind, options);
    }
    if named.map_or(packed, in_archive) {
        let source = Source::archive(bytes, options);
        let (format, read) = among(&source, ARCHIVES.iter(), named)?;
        return Ok((source, format, read));
    }
    let source = Source::text(bytes, options)?;
    let page = named == Some("html") || named.is_none() && document::is_page(&source.text);
    if page {
        return document::explain(bytes, &source.text, DocumentKind::Html, options);
    }
    let lists = matches!(named, None | Some("latex")) && document::latex::is_document(&source.text);
    if lists && latex::explains(&source).is_none() && rexams::explains(&source).is_none() {
        return document::explain_latex(bytes, &source.text, options);
    }
    explain_text(source, named)
}

/// Finds the format of a text and reads what it says.
fn explain_text<'a>(mut source: Source<'a>, named: Option<&str>) -> Result<Explained<'a>, Refusal> {
    let named = named.map(known).transpose()?;
    refuse_wide(&source.text)?;
    // A file that declares its form is in no other format.
    let named = match named {
        None | Some("text" | "markdown") if exact::declares(&source.text) => Some("exact"),
        named => named,
    };
    let whole = || TEXTS.iter().filter(|reader| !reader.lines);
    let of_lines = || TEXTS.iter().filter(|reader| reader.lines);
    let surely = |reader: &&FormatReader| (reader.explains)(&source).is_some_and(|(_, fit)| fit == FormatFit::Sure);
    let sure: Vec<&FormatReader> = if named.is_some() { Vec::new() } else { whole().filter(surely).collect() };
    let by_lines = match named {
        Some(named) => of_lines().any(|reader| reader.names.contains(&named)),
        None => sure.is_empty(),
    };
    // Readers of lines look at a line again and again. Data may be in one line of any length.
    if let Some(line) = decode::longest_line(&source.text).filter(|_| by_lines) {
        if named.is_some() {
            return Err(decode::too_long(line));
        }
        let (format, read) = among(&source, whole(), None)?;
        return Ok((source, format, read));
    }
    let (format, read) = if by_lines {
        source.read_front()?;
        among(&source, TEXTS.iter(), named)?
    } else {
        among(&source, if named.is_some() { whole().collect() } else { sure }.into_iter(), named)?
    };
    Ok((source, format, read))
}

fn known(name: &str) -> Result<&'static str, Refusal> {
    formats().find(|known| *known == name).ok_or_else(|| {
        Refusal::new(
            format!("no format is called `{name}`"),
            format!("known are {}", formats().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ")),
        )
    })
}

/// Reads the file by the surest of the readers, or by the one that the person named.
fn among<'r>(
    source: &Source<'_>,
    readers: impl Iterator<Item = &'r FormatReader>,
    named: Option<&'static str>,
) -> Result<(&'static str, Collected), Refusal> {
    let is_long = source.text.len() >= WORTH_THREADS;
    let fits: Vec<(&FormatReader, &'static str, FormatFit)> = match named {
        Some(named) => readers
            .filter(|reader| reader.names.contains(&named))
            .map(|reader| (reader, named, FormatFit::Sure))
            .collect(),
        None => {
            let readers: Vec<&FormatReader> = readers.collect();
            let found = on_cores(&readers, is_long, |reader| (reader.explains)(source));
            let found = readers.into_iter().zip(found);
            found.filter_map(|(reader, found)| found.map(|(format, fit)| (reader, format, fit))).collect()
        }
    };
    let looked: Vec<FormatCandidate> =
        fits.iter().map(|(_, format, fit)| FormatCandidate { format, fit: *fit, questions: None }).collect();
    let surest = fits.iter().map(|(.., fit)| *fit).max();
    let fits: Vec<_> = fits.into_iter().filter(|(.., fit)| Some(*fit) == surest).collect();
    if let [(reader, format, _)] = fits[..] {
        let mut read = (reader.read)(source, format)?;
        read.evidence.insert(0, why(format, named.is_some(), &looked));
        return Ok((format, read));
    }
    let mut refused = None;
    let mut reads: Vec<(&'static str, Collected)> = Vec::new();
    let tried = on_cores(&fits, is_long, |(reader, format, _)| (reader.read)(source, format));
    for ((_, format, _), tried) in fits.into_iter().zip(tried) {
        match tried {
            Ok(read) => reads.push((format, read)),
            Err(refusal) => refused = Some(refusal),
        }
    }
    let questions = |format: &str| reads.iter().find(|(name, _)| *name == format).map(|(_, read)| read.questions.len());
    let looked: Vec<FormatCandidate> =
        looked.into_iter().map(|one| FormatCandidate { questions: questions(one.format), ..one }).collect();
    let chosen = most(reads).unwrap_or_else(|| Err(refused.unwrap_or_else(|| no_format(source))));
    chosen.map(|(format, mut read)| {
        read.evidence.insert(0, why(format, false, &looked));
        (format, read)
    })
}

/// A format that may explain the file: how surely, and how many questions it makes of it if it was tried.
struct FormatCandidate {
    format: &'static str,
    fit: FormatFit,
    questions: Option<usize>,
}

/// Why a file is read in this format.
fn why(format: &str, named: bool, looked: &[FormatCandidate]) -> Decision {
    let evidence = Decision::new("format", format);
    if named {
        return evidence.because("it was named", []);
    }
    looked.iter().fold(evidence, |evidence, FormatCandidate { format, fit, questions }| {
        let surely = match fit {
            FormatFit::Possible => "nothing speaks against it",
            FormatFit::Likely => "most lines look like it",
            FormatFit::Sure => "it bears its signature",
        };
        let made = questions.map(|questions| format!("; it makes {questions} questions")).unwrap_or_default();
        evidence.because(format!("`{format}`: {surely}{made}"), [])
    })
}

fn no_format(source: &Source<'_>) -> Refusal {
    if Source::is_archive(source.bytes) {
        return foreign::archive(source.bytes);
    }
    Refusal::new("no format explains this file", "name its format with `--format`; see `retain help banks`")
}

/// The reading with the most good questions; a refusal that asks for the format if two make equally many different
/// ones.
fn most(mut reads: Vec<(&'static str, Collected)>) -> Option<Result<(&'static str, Collected), Refusal>> {
    // What has no answer is the weaker reading.
    let good = |read: &Collected| {
        let closed = read.questions.iter().filter(|question| question.kind != Kind::Open).count();
        let twice = read.duplicates.len();
        (closed + twice, read.questions.len() + twice, std::cmp::Reverse(read.rejected))
    };
    // Of as many, those with options and a key say more than cards, which take any text for their back.
    let choices = |read: &Collected| {
        let keyed = |question: &&BankQuestion| question.kind.has_choices() && question.key != KeyOrigin::Missing;
        read.questions.iter().filter(keyed).count() == read.questions.len()
    };
    let cards = |read: &Collected| read.questions.iter().all(|question| question.kind == Kind::Card);
    reads.sort_by_key(|(_, read)| std::cmp::Reverse((good(read), choices(read))));
    if reads.first().is_some_and(|(_, read)| !cards(read) && choices(read)) {
        reads.retain(|(_, read)| !cards(read));
    }
    let rivals: Vec<String> = reads
        .iter()
        .filter(|(_, read)| good(read) == good(&reads[0].1) && read.questions != reads[0].1.questions)
        .map(|(format, _)| format!("`--format {format}`"))
        .collect();
    let first = reads.into_iter().next()?;
    if rivals.is_empty() || first.1.questions.is_empty() {
        return Some(Ok(first));
    }
    Some(Err(Refusal::new(
        "several formats explain this file equally well",
        format!("say which it is: `--format {}` or {}", first.0, rivals.join(" or ")),
    )))
}

fn explains_data(source: &Source<'_>) -> Option<(&'static str, FormatFit)> {
    if source.options.columns.is_some() {
        return None;
    }
    let notation = data::notation(&source.text)?;
    // Formats that are written in XML know better what it says.
    let fit = if notation == Notation::Xml { FormatFit::Likely } else { FormatFit::Sure };
    Some((notation.into(), fit))
}

fn read_data(source: &Source<'_>, format: &'static str) -> Result<Collected, Refusal> {
    let notation = format.parse().unwrap_or(Notation::Json);
    if let Some(read) = whole::read_data(&source.text, notation, source.lines()) {
        return Ok(read);
    }
    let mut read = data::read_data(source, notation)?;
    markup::decide(&mut read);
    Ok(read)
}
