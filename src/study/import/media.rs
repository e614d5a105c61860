//! Pictures and sounds are copied into the data folder, each under a hash of its content.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::beside::BankFolder;
use crate::bank::media::{elsewhere, ending, linked, unmarked};
use crate::bank::{Bank, Problem, Severity};
use crate::error::{Error, Result};
use crate::model::limits::{MEDIA_BYTES, QUESTION_MEDIA};
use crate::private;
use crate::study::media_file::{content_name, media_problem};

/// The media folder next to a database.
pub(super) struct MediaFolder {
    path: PathBuf,
}

/// The media of the questions of a bank: for each question its names and files.
pub(in crate::study) type MediaFiles = Vec<Vec<(String, String)>>;

/// Copies the media of questions that were written by hand; `source` is a file beside them.
pub(in crate::study) fn question_media(db: &Path, bank: &mut Bank, source: &Path) -> Result<MediaFiles> {
    MediaFolder::beside(db).gather(bank, source, false)
}

/// Copies a file of media under the hash of its content; the name of the copy. In a dry run nothing is written.
pub(in crate::study) fn kept_media(db: &Path, name: &str, bytes: &[u8], dry: bool) -> Result<String> {
    MediaFolder::beside(db).keep(name, bytes, dry)
}

/// Why a file is not copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MediaFault {
    /// It is not there, or not to be read.
    Missing(&'static str),
    /// It is not in the folder of the bank.
    Outside,
    /// It is too large.
    Large,
    /// The question names too many.
    Many,
    /// The texts of the question are plain.
    Plain,
}

impl MediaFolder {
    pub(super) fn beside(db: &Path) -> Self {
        Self { path: db.with_file_name("media") }
    }

    /// Finds the media of a bank, in the file and next to it, and copies them unless `dry`. What is missing or not to be copied becomes a
    /// problem of the bank. A file that many questions name is read once.
    pub(super) fn gather(&self, bank: &mut Bank, source: &Path, dry: bool) -> Result<MediaFiles> {
        let folder = BankFolder::around(source);
        let mut found: MediaFiles = vec![Vec::new(); bank.questions.len()];
        let mut problems = Vec::new();
        let mut held: HashMap<*const u8, String> = HashMap::new();
        let mut known: HashMap<(PathBuf, Option<&'static str>), std::result::Result<String, MediaFault>> =
            HashMap::new();
        for (question, found) in bank.questions.iter().zip(&mut found) {
            for media in &question.media {
                // What is within a bank is held to what is next to one.
                if media.bytes.len() as u64 > MEDIA_BYTES.most {
                    problems.push(not_copied(question.line, &media.name, MediaFault::Large));
                    continue;
                }
                let file = match held.get(&media.bytes.as_ptr()).filter(|file| has_ending(file, &media.name)) {
                    Some(file) => file.clone(),
                    None => self.keep(&media.name, &media.bytes, dry)?,
                };
                held.insert(media.bytes.as_ptr(), file.clone());
                found.push((media.name.clone(), file));
            }
            for (place, name) in linked(question).into_iter().enumerate() {
                let place =
                    if place as u64 >= QUESTION_MEDIA.most { Err(MediaFault::Many) } else { folder.find(&name) };
                let file = match place {
                    Err(fault) => Err(fault),
                    Ok(path) => match known.get(&(path.clone(), ending(&name))) {
                        Some(file) => file.clone(),
                        None => {
                            let file = match folder.bytes(&path) {
                                Ok(bytes) => Ok(self.keep(&name, &bytes, dry)?),
                                Err(fault) => Err(fault),
                            };
                            known.insert((path, ending(&name)), file.clone());
                            file
                        }
                    },
                };
                match file {
                    Ok(file) => found.push((name, file)),
                    Err(fault) => problems.push(not_copied(question.line, &name, fault)),
                }
            }
            let outside = elsewhere(question).into_iter();
            problems.extend(outside.map(|name| not_copied(question.line, &name, MediaFault::Outside)));
            // A text about Markdown names files that are not there.
            let meant = unmarked(question).into_iter().filter(|name| folder.find(name).is_ok());
            problems.extend(meant.map(|name| not_copied(question.line, &name, MediaFault::Plain)));
            found.sort_unstable();
        }
        if !problems.is_empty() {
            bank.problems.extend(problems);
            bank.problems.sort_by_key(|problem| (problem.line, problem.column));
        }
        Ok(found)
    }

    /// The file of this content, written if it is not there yet.
    fn keep(&self, name: &str, bytes: &[u8], dry: bool) -> Result<String> {
        let hash = content_name(bytes);
        let file = ending(name).map_or_else(|| hash.clone(), |end| format!("{hash}.{end}"));
        let path = self.path.join(&file);
        // What was altered, or is a link to something else, is put right.
        if dry || media_problem(&self.path, &file).is_none() {
            return Ok(file);
        }
        let unwritable = |error: std::io::Error| {
            Error::person(format!("{}: the media cannot be copied: {error}", self.path.display()))
                .hint("make room, or make the folder writable; nothing was imported")
        };
        private::create_folder(&self.path).map_err(unwritable)?;
        let mut copy =
            tempfile::Builder::new().prefix(private::TEMPORARY).tempfile_in(&self.path).map_err(unwritable)?;
        copy.write_all(bytes).and_then(|()| copy.as_file().sync_all()).map_err(unwritable)?;
        copy.persist(&path).map_err(|error| unwritable(error.error))?;
        Ok(file)
    }
}

/// Whether a kept file has the ending of this name.
fn has_ending(file: &str, name: &str) -> bool {
    ending(file) == ending(name)
}

fn not_copied(line: usize, name: &str, fault: MediaFault) -> Problem {
    let (code, why, hint) = match fault {
        MediaFault::Missing(why) => ("media-missing", why.into(), "put it where the bank names it"),
        MediaFault::Outside => (
            "media-outside",
            "it is not in the folder of the bank".into(),
            "put it there, or into a folder within, name it so",
        ),
        MediaFault::Large => {
            ("media-missing", format!("it is larger than {}", MEDIA_BYTES.figure()), "make it smaller")
        }
        MediaFault::Many => {
            let why = format!("its question names more than {} files", QUESTION_MEDIA.figure());
            ("media-missing", why, "make several questions of it")
        }
        MediaFault::Plain => (
            "media-unmarked",
            "the texts of its question are read as plain text".into(),
            "write `markup: markdown` into the front matter of the bank",
        ),
    };
    let shown: String = name.chars().take(200).collect();
    Problem {
        line,
        column: 1,
        width: shown.chars().count().clamp(1, 160),
        severity: Severity::Warning,
        code,
        message: format!("the file `{shown}` is not copied: {why}"),
        hint: Some(format!("{hint}, and import the bank again")),
        excerpt: shown,
    }
}
