//! The bytes of a file, or of standard input.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use crate::error::{Error, Result};

/// No bank is larger; a larger file is the wrong one.
const LARGEST: u64 = 512 << 20;

/// Why a path cannot be read, in words.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Error {
    let what = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "the file may not be read".to_owned(),
        _ => format!("the file cannot be read: {error}"),
    };
    Error::person(format!("{}: {what}", path.display())).hint("check the path")
}

/// A whole file; `-` is standard input.
pub(in crate::command) fn read_file(path: &Path) -> Result<Vec<u8>> {
    let too_large = || {
        Error::person(format!("{}: the file is larger than 512 MiB", path.display())).hint("is this the right file?")
    };
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    } else {
        let file = fs::File::open(path).map_err(|error| unreadable(path, &error))?;
        file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    }
    if bytes.len() as u64 > LARGEST { Err(too_large()) } else { Ok(bytes) }
}
