//! The bytes of a file, or of standard input.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use crate::error::{Error, Result};
use crate::model::limits::FILE_BYTES;

/// Why a path cannot be read, in words.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Error {
    let what = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "the file may not be read".to_owned(),
        _ => format!("the file cannot be read: {error}"),
    };
    Error::person(format!("{}: {what}", path.display())).hint("check the path")
}

/// A whole file; `-` is standard input. Refuses what has no end: devices, and pipes that are not handed over by a shell.
pub(in crate::command) fn read_file(path: &Path) -> Result<Vec<u8>> {
    let most = FILE_BYTES.most;
    let too_large = || {
        Error::person(format!("{}: the file is larger than {}", path.display(), FILE_BYTES.figure()))
            .hint("is this the right file?")
    };
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().take(most + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    } else {
        let found = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        if found.is_file() && found.len() > most {
            return Err(too_large());
        }
        if !found.is_file() && !found.is_dir() && !is_descriptor(path) {
            return Err(Error::person(format!("{}: this is a pipe or a device, not a file", path.display()))
                .hint("name a file; `-` reads standard input"));
        }
        let file = fs::File::open(path).map_err(|error| unreadable(path, &error))?;
        file.take(most + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    }
    if bytes.len() as u64 > most { Err(too_large()) } else { Ok(bytes) }
}

/// Whether a path names something that is open already, such as `<(…)` of a shell.
fn is_descriptor(path: &Path) -> bool {
    path == Path::new("/dev/stdin") || ["/dev/fd", "/proc/self/fd"].iter().any(|folder| path.starts_with(folder))
}
