//! An equal database from a folder.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use super::manifest::{BANKS, MEDIA, Manifest, TABLES, WrittenTable, damaged, media_name, verify_file};
use crate::error::{Error, Result};
use crate::private;
use crate::store::{DumpLoader, DumpTable};
use crate::study::check::flaws_with_schedule;
use crate::study::progress::{Progress, Watch, stopped};

/// A row is not longer.
const LONGEST_ROW: u64 = 256 << 20;

/// What was imported, or would be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EverythingImported {
    /// Questions, deleted ones too.
    pub questions: u64,
    /// Answers, those taken back too.
    pub answers: u64,
    /// Files of media.
    pub media: u64,
    /// Files of media that questions name and that were not there when it was exported.
    pub missing_media: u64,
}

impl EverythingImported {
    fn counted(manifest: &Manifest) -> Self {
        let rows = |name: &str| manifest.tables.iter().find(|table| table.name == name).map_or(0, |table| table.rows);
        Self {
            questions: rows("question"),
            answers: rows("review"),
            media: manifest.media.len() as u64,
            missing_media: manifest.missing_media.len() as u64,
        }
    }
}

/// Looks at every file of the folder; what it holds.
pub(in crate::study) fn verify_everything(folder: &Path, watch: &mut Watch<'_>) -> Result<EverythingImported> {
    checked(folder, watch).map(|manifest| EverythingImported::counted(&manifest))
}

/// The manifest of a folder in which every file is as it was written.
fn checked(folder: &Path, watch: &mut Watch<'_>) -> Result<Manifest> {
    let manifest = Manifest::load(folder)?;
    manifest.check()?;
    for inner in [TABLES, MEDIA, BANKS] {
        let is_link = fs::symlink_metadata(folder.join(inner)).is_ok_and(|found| !found.is_dir());
        if is_link {
            return Err(damaged(format!("{}: this is no folder", folder.join(inner).display())));
        }
    }
    let foreign = manifest
        .foreign_files(folder)
        .map_err(|error| damaged(format!("{}: cannot be read: {error}", folder.display())))?;
    let needed =
        |path: &&PathBuf| path.parent().is_some_and(|parent| parent.ends_with(TABLES) || parent.ends_with(MEDIA));
    if let Some(extra) = foreign.iter().find(needed) {
        return Err(damaged(format!("{}: this file is not of the export", extra.display())));
    }
    // What is for people may be read, changed and thrown away.
    let files: Vec<_> = manifest.tables.iter().map(|table| &table.file).chain(&manifest.media).collect();
    let (mut done, all) = (0, files.iter().map(|file| file.bytes).fold(0, u64::saturating_add));
    for file in files {
        verify_file(folder, file, |count| {
            done += count;
            if watch(Progress { work: "checking", done, all }) { Ok(()) } else { Err(stopped()) }
        })?;
    }
    Ok(manifest)
}

/// Whether a database is made although a check would condemn it; what is wrong with it, a line for each.
pub type AcceptFlaws<'a> = dyn FnMut(&[String]) -> Result<bool> + 'a;

/// Makes the database of a folder at `db`, where nothing may be. Nothing is there before it is whole. `None` if `accept` refuses it.
pub(in crate::study) fn import_everything(
    db: &Path,
    folder: &Path,
    accept: &mut AcceptFlaws<'_>,
    watch: &mut Watch<'_>,
) -> Result<Option<EverythingImported>> {
    DumpLoader::refuse_full(db)?;
    let manifest = checked(folder, watch)?;
    let mut loader = DumpLoader::begin(db, manifest.schema)?;
    let own = loader.tables()?;
    let pairs = own.iter().map(|table| matching(&manifest, table)).collect::<Result<Vec<_>>>()?;
    let names: HashSet<&str> = own.iter().map(|table| table.name.as_str()).collect();
    if let Some(unknown) = manifest.tables.iter().find(|table| !names.contains(table.name.as_str())) {
        return Err(damaged(format!("there is no table `{}` in schema {}", unknown.name, manifest.schema)));
    }
    let (mut done, all) = (0, manifest.tables.iter().map(|table| table.rows).fold(0, u64::saturating_add));
    for (table, written) in own.iter().zip(pairs) {
        let path = folder.join(&written.file.file);
        let rows = each_line(&path, |number, line| {
            loader.add(table, line).map_err(|error| {
                let failure =
                    Error::person(format!("{}:{number}: {}", path.display(), error.message())).named(error.code());
                failure.hint("take another copy of the folder; nothing was changed").caused_by(error)
            })?;
            done += 1;
            let goes_on = done % 1_000 != 0 || watch(Progress { work: "importing", done, all });
            if goes_on { Ok(()) } else { Err(stopped()) }
        })?;
        if rows != written.rows {
            return Err(damaged(format!("{}: it has {rows} rows, and {} were written", path.display(), written.rows)));
        }
    }
    loader.complete()?;
    let flaws = flaws_with_schedule(loader.reader(), db)?;
    if !flaws.is_empty() && !accept(&flaws)? {
        return Ok(None);
    }
    let copied = CopiedMedia::copy(db, folder, &manifest)?;
    loader.put_at(db)?;
    copied.keep();
    Ok(Some(EverythingImported::counted(&manifest)))
}

/// The file of a table, which must have the columns that it has here.
fn matching<'m>(manifest: &'m Manifest, table: &DumpTable) -> Result<&'m WrittenTable> {
    let written = manifest.tables.iter().find(|written| written.name == table.name);
    let written = written.ok_or_else(|| damaged(format!("the table `{}` is missing", table.name)))?;
    if written.columns == table.columns {
        Ok(written)
    } else {
        Err(damaged(format!("the table `{}` has other columns than schema {}", table.name, manifest.schema)))
    }
}

/// Calls `visit` with every line of a file and its number; how many there are.
fn each_line(path: &Path, mut visit: impl FnMut(u64, &[u8]) -> Result<()>) -> Result<u64> {
    let unread = |error: io::Error| damaged(format!("{}: cannot be read: {error}", path.display()));
    let mut file = BufReader::with_capacity(1 << 20, File::open(path).map_err(unread)?);
    let (mut line, mut number) = (Vec::new(), 0);
    loop {
        line.clear();
        if (&mut file).take(LONGEST_ROW).read_until(b'\n', &mut line).map_err(unread)? == 0 {
            return Ok(number);
        }
        number += 1;
        if line.pop() != Some(b'\n') {
            return Err(damaged(format!("{}:{number}: the line does not end", path.display())));
        }
        visit(number, &line)?;
    }
}

/// The media that were copied; they go again unless the import succeeds.
struct CopiedMedia(Vec<PathBuf>);

impl CopiedMedia {
    fn copy(db: &Path, folder: &Path, manifest: &Manifest) -> Result<Self> {
        let to = db.with_file_name(MEDIA);
        let mut copied = Self(Vec::new());
        let io = |error: io::Error| {
            Error::person(format!("{}: the media cannot be copied: {error}", to.display()))
                .hint("make room, or make the folder writable; nothing was changed")
        };
        if !manifest.media.is_empty() {
            private::create_folder(&to).map_err(io)?;
        }
        for file in &manifest.media {
            let Some(name) = media_name(&file.file) else { continue };
            let target = to.join(name);
            if fs::symlink_metadata(&target).is_ok() {
                // Files are called by a hash of what is in them, so it is there already.
                let there = super::manifest::WrittenFile { file: name.to_owned(), ..file.clone() };
                verify_file(&to, &there, |_| Ok(())).map_err(|_| {
                    Error::person(format!("{}: there is another file of this name", target.display()))
                        .named("file-exists")
                        .hint("name a database in another folder with `--db PATH`; nothing was changed")
                })?;
                continue;
            }
            let mut draft = tempfile::Builder::new().prefix(private::TEMPORARY).tempfile_in(&to).map_err(io)?;
            let mut source = File::open(folder.join(&file.file)).map_err(io)?;
            io::copy(&mut source, draft.as_file_mut()).and_then(|_| draft.as_file().sync_all()).map_err(io)?;
            draft.persist_noclobber(&target).map_err(|error| io(error.error))?;
            copied.0.push(target);
        }
        if !copied.0.is_empty() {
            private::sync_folder(&to).map_err(io)?;
        }
        Ok(copied)
    }

    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for CopiedMedia {
    fn drop(&mut self) {
        for file in &self.0 {
            drop(fs::remove_file(file));
        }
    }
}
