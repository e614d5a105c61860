//! What commands write: files whole or not at all, and never over what somebody else made.

mod inputs;
mod ours;
mod table;

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Context;
use crate::error::{Error, Result};
use crate::private;
use crate::ui::{broken_stream, door};

pub(super) use ours::{is_calendar, is_manual_page, is_report, is_table, is_text};
pub(super) use table::TableFormat;

/// Links that lead to links, at most.
const MOST_LINKS: usize = 40;
/// Other names of standard output.
const STANDARD_OUTPUT: [&str; 4] = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

/// Where a command writes. It was looked at before anything is written there.
#[derive(Debug)]
pub(super) struct Destination {
    /// As it was typed.
    typed: PathBuf,
    kind: DestinationKind,
}

#[derive(Debug)]
enum DestinationKind {
    StandardOutput,
    /// A pipe or a device, which is written into.
    Stream,
    /// The file that is replaced: what links lead to.
    File(PathBuf),
}

impl Destination {
    /// Looks at a path. Refused are what belongs to the database, folders and disks; and without `force` a file that is there already, unless it
    /// is empty or `is_ours` knows it.
    pub(super) fn find(context: &Context, path: &Path, force: bool, is_ours: impl Fn(&Path) -> bool) -> Result<Self> {
        let typed = path.to_path_buf();
        let target = followed(path)?;
        if is_standard_output(&target) {
            return Ok(Self { typed, kind: DestinationKind::StandardOutput });
        }
        let found = fs::metadata(&target).ok();
        if found.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(Error::person(format!("{}: this is a folder", path.display())).hint("name a file"));
        }
        if found.as_ref().is_some_and(|found| !found.is_file()) || is_descriptor(&target) {
            if found.as_ref().is_some_and(is_disk) {
                return Err(Error::person(format!("{}: this is a disk", path.display())).hint("name a file"));
            }
            return Ok(Self { typed, kind: DestinationKind::Stream });
        }
        inputs::refuse_inputs(&context.db, &context.media(), &target).map_err(|error| error.about(path.display()))?;
        if !is_ours(&target) {
            inputs::refuse_kept(&context.db, &target).map_err(|error| error.about(path.display()))?;
        }
        if found.is_some_and(|found| found.len() > 0) && !force && !is_ours(&target) {
            return Err(Error::person(format!(
                "{}: there is a file of this name already, and this command did not write it, or it was changed since",
                path.display()
            ))
            .named("file-exists")
            .hint("name another file, or replace this one with `--force`"));
        }
        Ok(Self { typed, kind: DestinationKind::File(target) })
    }

    /// Whether what is written is thrown away or shown: a device that is no pipe.
    pub(super) fn keeps_nothing(&self) -> bool {
        matches!(self.kind, DestinationKind::Stream) && fs::metadata(&self.typed).is_ok_and(|found| is_device(&found))
    }

    /// The name to say where it was written, unless that is standard output, where it is seen.
    pub(super) fn name(&self) -> Option<String> {
        (!matches!(self.kind, DestinationKind::StandardOutput)).then(|| self.typed.display().to_string())
    }

    /// Writes. A file is replaced when all is written, so that nobody ever sees half of it.
    pub(super) fn write(&self, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
        let finish = |mut out: Box<dyn Write + '_>| {
            write(&mut out)?;
            out.flush().map_err(broken_stream)
        };
        match &self.kind {
            DestinationKind::StandardOutput => finish(Box::new(BufWriter::new(door::data()))),
            DestinationKind::Stream => {
                let stream = OpenOptions::new().write(true).open(&self.typed).map_err(|error| self.failed(&error))?;
                finish(Box::new(BufWriter::new(stream)))
            }
            DestinationKind::File(target) => {
                let mut file = self.beside(target)?;
                finish(Box::new(BufWriter::new(file.as_file_mut())))?;
                self.put(file, target)
            }
        }
    }

    /// Writes what is for everybody: a new file can be read by others, too.
    pub(super) fn write_for_all(&self, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
        let new = match &self.kind {
            DestinationKind::File(target) => Some(target).filter(|target| !target.exists()),
            DestinationKind::StandardOutput | DestinationKind::Stream => None,
        };
        self.write(write)?;
        #[cfg(unix)]
        if let Some(target) = new {
            let rights = std::os::unix::fs::PermissionsExt::from_mode(0o644);
            fs::set_permissions(target, rights).map_err(|error| self.failed(&error))?;
        }
        Ok(())
    }

    /// Writes by a function that needs the path of a file.
    pub(super) fn write_by_path(&self, write: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        if let DestinationKind::File(target) = &self.kind {
            let file = self.beside(target)?;
            write(file.path())?;
            return self.put(file, target);
        }
        let file = NamedTempFile::new().map_err(|error| self.failed(&error))?;
        write(file.path())?;
        let mut content = File::open(file.path()).map_err(|error| self.failed(&error))?;
        self.write(|out| io::copy(&mut content, out).map(|_| ()).map_err(broken_stream))
    }

    /// A temporary file in the folder of the target.
    fn beside(&self, target: &Path) -> Result<NamedTempFile> {
        let folder = folder_of(target);
        if !folder.exists() {
            let path = self.typed.display();
            let absent = format!("{path}: cannot be written: there is no folder {}", folder.display());
            return Err(Error::person(absent).hint("make the folder, or name another file"));
        }
        let file = tempfile::Builder::new().prefix(private::TEMPORARY).tempfile_in(folder);
        let file = file.map_err(|error| self.failed(&error))?;
        if let Ok(now) = file.as_file().metadata().and_then(|made| made.modified()) {
            private::sweep(folder, now);
        }
        Ok(file)
    }

    /// Puts a whole file in the place of the target.
    fn put(&self, file: NamedTempFile, target: &Path) -> Result<()> {
        // By its name: what was written by the path may be another file of that name.
        let synced = File::open(file.path()).and_then(|written| written.sync_all());
        synced.map_err(|error| self.failed(&error))?;
        // A new file is for nobody else, as the temporary one is. One that is replaced keeps its rights.
        #[cfg(unix)]
        if let Ok(old) = fs::metadata(target) {
            fs::set_permissions(file.path(), old.permissions()).map_err(|error| self.failed(&error))?;
        }
        file.persist(target).map_err(|error| self.failed(&error.error))?;
        private::sync_folder(folder_of(target)).map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &io::Error) -> Error {
        // An error of the temporary file names it, which nobody asked for.
        let why = match error.kind() {
            // The folder is there, or that would have been said before.
            io::ErrorKind::NotFound => "no file can be made in this folder".to_owned(),
            kind if error.get_ref().is_some() => kind.to_string(),
            _ => error.to_string(),
        };
        Error::person(format!("{}: cannot be written: {why}", self.typed.display()))
            .hint("check that the folder is writable")
    }
}

fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What a path leads to through links, also if the last one leads to nothing yet.
fn followed(path: &Path) -> Result<PathBuf> {
    let mut target = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        // Links of the system to what is open lead to no path.
        if is_standard_output(&target) || is_descriptor(&target) {
            return Ok(target);
        }
        let Ok(next) = fs::read_link(&target) else { return Ok(target) };
        target = target.parent().unwrap_or(Path::new("")).join(next);
    }
    Err(Error::person(format!("{}: its links form a circle", path.display())).hint("name another file"))
}

fn is_standard_output(path: &Path) -> bool {
    STANDARD_OUTPUT.iter().any(|name| path == Path::new(name))
}

/// Whether a path names something that is open already, such as `/dev/stderr`: it is written into, whatever it is.
fn is_descriptor(path: &Path) -> bool {
    path == Path::new("/dev/stderr") || ["/dev/fd", "/proc/self/fd"].iter().any(|folder| path.starts_with(folder))
}

#[cfg(unix)]
fn is_disk(found: &fs::Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_block_device(&found.file_type())
}

#[cfg(unix)]
fn is_device(found: &fs::Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_char_device(&found.file_type())
}

#[cfg(not(unix))]
fn is_device(_: &fs::Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn is_disk(_: &fs::Metadata) -> bool {
    false
}
