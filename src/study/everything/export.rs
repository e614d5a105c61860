//! Writes everything into a folder.

use std::collections::HashSet;
use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use super::manifest::{
    BANKS, FORMAT, HashedWriter, MANIFEST, MEDIA, Manifest, README, README_TEXT, REVIEWS, TABLES, VERSION, WrittenFile,
    WrittenTable,
};
use crate::bank::print::print;
use crate::error::{Error, Result};
use crate::model::limits::MEDIA_BYTES;
use crate::private;
use crate::store::{Dump, Store};
use crate::study::decks::Decks;
use crate::study::media_file::open_media;
use crate::study::printed_bank::bank_of;
use crate::study::progress::{Progress, Watch, stopped};

/// Banks are printed in this format.
const PRINTED: &str = "markdown";

/// Writes the answers as a table for a spreadsheet.
pub type PeoplesTable<'a> = dyn FnMut(&mut dyn Write) -> Result<()> + 'a;

/// What was exported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EverythingExported {
    /// Questions, deleted ones too.
    pub questions: u64,
    /// Answers, those taken back too.
    pub answers: u64,
    /// Files of media.
    pub media: u64,
    /// Files of media that questions name and that are not there.
    pub missing_media: u64,
    /// All bytes.
    pub bytes: u64,
    /// Files for people that could not be written, and why. An import needs none of them.
    pub left_out: Vec<String>,
}

/// Writes everything into a folder, whole or not at all. A folder that is there must be empty or hold nothing but such an export; with `force`,
/// other files in it stay.
pub(in crate::study) fn export_everything(
    store: &Store,
    target: &Path,
    force: bool,
    reviews: &mut PeoplesTable<'_>,
    watch: &mut Watch<'_>,
) -> Result<EverythingExported> {
    let target = std::path::absolute(target).map_err(|error| failed(target, &error))?;
    let state = TargetFolder::look(&target, store.path(), force)?;
    let parent = target.parent().unwrap_or(Path::new("/"));
    private::create_folder(parent).map_err(|error| failed(parent, &error))?;
    let draft = private::temporary_folder(parent).map_err(|error| failed(parent, &error))?;
    if let Ok(now) = fs::metadata(draft.path()).and_then(|made| made.modified()) {
        private::sweep(parent, now);
    }
    let mut writer = FolderWriter { folder: draft.path().to_path_buf(), done: 0, all: 0, watch };
    let (manifest, exported) = writer.everything(store, reviews)?;
    state.put(draft, &target, &manifest).map_err(|error| failed(&target, &error))?;
    Ok(exported)
}

fn failed(path: &Path, error: &io::Error) -> Error {
    Error::person(format!("{}: cannot be written: {error}", path.display()))
        .hint("make room, make the folder writable, or name another one with `-o FOLDER`")
}

/// The folder as it was before.
enum TargetFolder {
    /// It is not there, or empty.
    Free,
    /// It is an export of before, and nothing else.
    Export,
    /// It holds other files, which stay; and perhaps an export of before.
    Shared(Option<Manifest>),
}

impl TargetFolder {
    fn look(target: &Path, db: &Path, force: bool) -> Result<Self> {
        let real = fs::canonicalize(target).unwrap_or_else(|_| target.to_path_buf());
        let home = std::path::absolute(db).ok().and_then(|db| fs::canonicalize(db.parent()?).ok());
        if home.is_some_and(|home| real == home || real.starts_with(home.join(MEDIA))) {
            return Err(Error::person(format!(
                "{}: this is the folder of the database, so nothing was written",
                target.display()
            ))
            .named("output-is-input")
            .hint("name another folder"));
        }
        // No folder takes the place of a link.
        let leads_nowhere = fs::metadata(target).is_err() && fs::symlink_metadata(target).is_ok();
        if leads_nowhere {
            return Err(Error::person(format!("{}: this is a link that leads nowhere", target.display()))
                .hint("make the folder that it leads to, or name another one with `-o FOLDER`"));
        }
        let mut entries = match fs::read_dir(target) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::Free),
            Err(error) => return Err(failed(target, &error)),
        };
        if entries.next().is_none() {
            return Ok(Self::Free);
        }
        let manifest = Manifest::load(target).ok().filter(|manifest| manifest.check().is_ok());
        let foreign = manifest.as_ref().map(|manifest| manifest.foreign_files(target)).transpose();
        match foreign.map_err(|error| failed(target, &error))? {
            Some(foreign) if foreign.is_empty() => Ok(Self::Export),
            _ if force => Ok(Self::Shared(manifest)),
            foreign => {
                let what = foreign.and_then(|files| files.into_iter().next());
                let what = what.map_or_else(String::new, |file| format!(", such as {}", file.display()));
                Err(Error::person(format!(
                    "{}: the folder holds files that this command did not write{what}",
                    target.display()
                ))
                .named("file-exists")
                .hint("name another folder, or add `--force`: then they stay, and the export comes beside them"))
            }
        }
    }

    /// Puts a whole export in its place.
    fn put(self, draft: tempfile::TempDir, target: &Path, new: &Manifest) -> io::Result<()> {
        let parent = target.parent().unwrap_or(Path::new("/"));
        match self {
            Self::Free => {
                drop(fs::remove_dir(target));
                fs::rename(draft.path(), target)?;
            }
            // The old one is whole until the new one is there, if the system can do that.
            Self::Export if private::swap(draft.path(), target).is_ok() => {}
            Self::Export => {
                let old = private::temporary_folder(parent)?;
                let aside = old.path().join("old");
                fs::rename(target, &aside)?;
                if let Err(error) = fs::rename(draft.path(), target) {
                    fs::rename(&aside, target)?;
                    return Err(error);
                }
            }
            Self::Shared(old) => {
                // Without a manifest it is no export, until the new one is whole.
                drop(fs::remove_file(target.join(MANIFEST)));
                for file in old.iter().flat_map(Manifest::files) {
                    drop(fs::remove_file(target.join(&file.file)));
                }
                for file in new.files() {
                    let to = target.join(&file.file);
                    private::create_folder(to.parent().unwrap_or(target))?;
                    fs::rename(draft.path().join(&file.file), to)?;
                }
                fs::rename(draft.path().join(MANIFEST), target.join(MANIFEST))?;
            }
        }
        private::sync_folder(parent)
    }
}

/// Writes the files of an export.
struct FolderWriter<'w, 'c> {
    folder: PathBuf,
    done: u64,
    all: u64,
    watch: &'w mut Watch<'c>,
}

impl FolderWriter<'_, '_> {
    fn everything(&mut self, store: &Store, reviews: &mut PeoplesTable<'_>) -> Result<(Manifest, EverythingExported)> {
        let dump = store.dump()?;
        let mut exported = EverythingExported::default();
        let mut manifest = Manifest {
            format: FORMAT.into(),
            version: VERSION,
            program: env!("CARGO_PKG_VERSION").into(),
            schema: dump.schema()?,
            tables: self.tables(&dump)?,
            media: Vec::new(),
            missing_media: Vec::new(),
            people: Vec::new(),
        };
        self.media(&dump, store, &mut manifest)?;
        self.banks(&dump, &mut manifest, &mut exported)?;
        let table = self.file(REVIEWS.into(), &mut |out| reviews(out));
        self.add_for_people(REVIEWS, table, &mut manifest, &mut exported)?;
        let readme = &mut |out: &mut dyn Write| {
            out.write_all(README_TEXT.as_bytes()).map_err(|error| failed(Path::new(README), &error))
        };
        manifest.people.push(self.file(README.into(), readme)?);
        let rows = |name: &str| manifest.tables.iter().find(|table| table.name == name).map_or(0, |table| table.rows);
        (exported.questions, exported.answers) = (rows("question"), rows("review"));
        (exported.media, exported.missing_media) = (manifest.media.len() as u64, manifest.missing_media.len() as u64);
        exported.bytes = manifest.files().map(|file| file.bytes).sum();
        let text =
            serde_json::to_vec_pretty(&manifest).map_err(|error| Error::fault(format!("no manifest: {error}")))?;
        self.file(MANIFEST.into(), &mut |out| {
            out.write_all(&text).map_err(|error| failed(Path::new(MANIFEST), &error))
        })?;
        Ok((manifest, exported))
    }

    /// Writes a file of the folder, to the disk.
    fn file(&self, name: String, write: &mut dyn FnMut(&mut dyn Write) -> Result<()>) -> Result<WrittenFile> {
        let path = self.folder.join(&name);
        let io = |error: io::Error| failed(&path, &error);
        private::create_folder(path.parent().unwrap_or(&self.folder)).map_err(io)?;
        let mut out = HashedWriter::new(BufWriter::with_capacity(1 << 20, private::create_file(&path).map_err(io)?));
        write(&mut out)?;
        let (written, out) = out.finish(name);
        let file = out.into_inner().map_err(|error| io(error.into_error()))?;
        file.sync_all().map_err(io)?;
        Ok(written)
    }

    fn step(&mut self, count: u64) -> Result<()> {
        self.done += count;
        let Self { done, all, .. } = *self;
        if (self.watch)(Progress { work: "exporting", done, all }) { Ok(()) } else { Err(stopped()) }
    }

    fn tables(&mut self, dump: &Dump<'_>) -> Result<Vec<WrittenTable>> {
        let tables = dump.tables()?;
        self.all = tables.iter().map(|table| table.rows).sum();
        let mut written = Vec::new();
        for table in &tables {
            let name = format!("{TABLES}/{}.jsonl", table.name);
            let mut rows = 0;
            let folder = self.folder.clone();
            // The writer and the count of steps are both of this.
            let mut steps = 0;
            let file = {
                let path = folder.join(&name);
                let io = |error: io::Error| failed(&path, &error);
                private::create_folder(&folder.join(TABLES)).map_err(io)?;
                let mut out =
                    HashedWriter::new(BufWriter::with_capacity(1 << 20, private::create_file(&path).map_err(io)?));
                dump.each_line(table, |line| {
                    out.write_all(line).and_then(|()| out.write_all(b"\n")).map_err(io)?;
                    (rows, steps) = (rows + 1, steps + 1);
                    if steps == 1_000 {
                        self.step(std::mem::take(&mut steps))?;
                    }
                    Ok(())
                })?;
                let (file, out) = out.finish(name);
                out.into_inner().map_err(|error| io(error.into_error()))?.sync_all().map_err(io)?;
                file
            };
            self.step(steps)?;
            written.push(WrittenTable { name: table.name.clone(), rows, columns: table.columns.clone(), file });
        }
        Ok(written)
    }

    fn media(&mut self, dump: &Dump<'_>, store: &Store, manifest: &mut Manifest) -> Result<()> {
        let folder = store.path().with_file_name(MEDIA);
        for name in dump.reader().media_files(true)? {
            let Ok(source) = open_media(&folder, &name) else {
                manifest.missing_media.push(name);
                continue;
            };
            let io = |error: io::Error| failed(&folder.join(&name), &error);
            let mut source = source.take(MEDIA_BYTES.most);
            let copied =
                self.file(format!("{MEDIA}/{name}"), &mut |out| io::copy(&mut source, out).map(|_| ()).map_err(io))?;
            manifest.media.push(copied);
            self.step(0)?;
        }
        Ok(())
    }

    /// Adds a file for people. One that cannot be made of what is in the database is left out: the tables are what counts.
    fn add_for_people(
        &self,
        name: &str,
        file: Result<WrittenFile>,
        manifest: &mut Manifest,
        exported: &mut EverythingExported,
    ) -> Result<()> {
        match file {
            Ok(file) => manifest.people.push(file),
            Err(error) if error.code() == stopped().code() => return Err(error),
            Err(error) => {
                drop(fs::remove_file(self.folder.join(name)));
                exported.left_out.push(format!("{name}: {}", error.message()));
            }
        }
        Ok(())
    }

    /// Every deck that has questions, as a bank.
    fn banks(&mut self, dump: &Dump<'_>, manifest: &mut Manifest, exported: &mut EverythingExported) -> Result<()> {
        let mut names = HashSet::new();
        for entry in Decks::load(dump.reader())?.all() {
            let bank = match bank_of(dump.reader(), &entry.deck) {
                Ok(bank) => bank,
                Err(error) => {
                    exported.left_out.push(format!("the bank of {}: {}", entry.deck.name, error.message()));
                    continue;
                }
            };
            let Some(printed) = print(&bank, PRINTED).filter(|_| !bank.questions.is_empty()) else { continue };
            let plain = file_name(&entry.deck.name);
            let mut name = plain.clone();
            let mut count = 1;
            while !names.insert(name.to_lowercase()) {
                count += 1;
                name = format!("{plain}-{count}");
            }
            let name = format!("{BANKS}/{name}.md");
            let file = self.file(name.clone(), &mut |out| {
                out.write_all(printed.text.as_bytes()).map_err(|error| failed(Path::new(BANKS), &error))
            });
            self.add_for_people(&name, file, manifest, exported)?;
            self.step(0)?;
        }
        Ok(())
    }
}

/// The name of a deck as the name of a file on any system.
fn file_name(deck: &str) -> String {
    let sign =
        |char: char| if char.is_alphanumeric() || matches!(char, ' ' | '-' | '_' | '+' | ',') { char } else { '-' };
    let name: String = deck.replace("::", " - ").chars().map(sign).take(80).collect();
    let name = name.trim().to_owned();
    // Windows gives these names another meaning.
    let low = name.to_lowercase();
    let device = ["con", "prn", "aux", "nul"].contains(&low.as_str())
        || (low.len() == 4 && (low.starts_with("com") || low.starts_with("lpt")));
    if name.is_empty() || device { format!("deck {name}").trim().to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decks_become_names_of_files() {
        let names =
            ["Networks", "Exam::Day 1", "../../etc/passwd", "a/b:c*?", "con", "", "COM1", "操作系统", "\u{1b}[31m"]
                .map(file_name);
        assert_eq!(
            names,
            [
                "Networks",
                "Exam - Day 1",
                "------etc-passwd",
                "a-b-c--",
                "deck con",
                "deck",
                "deck COM1",
                "操作系统",
                "--31m"
            ]
        );
    }
}
