//! Files that commands write: whole or not at all.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::error::{Error, Result};

/// Writes a temporary file next to `path` and renames it into place, so that nobody ever sees half of it.
pub(super) fn to_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let failed = |error: io::Error| {
        // An error of the temporary file names it, which nobody asked for.
        let why = if error.get_ref().is_some() { error.kind().to_string() } else { error.to_string() };
        Error::person(format!("{}: cannot be written: {why}", path.display())).hint("check that the folder is writable")
    };
    if path.is_dir() {
        return Err(Error::person(format!("{}: this is a folder", path.display())).hint("name a file"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.exists() {
        let absent = format!("{}: cannot be written: there is no folder {}", path.display(), folder.display());
        return Err(Error::person(absent).hint("make the folder, or name another file"));
    }
    let mut file = tempfile::Builder::new().prefix(".retain-").tempfile_in(folder).map_err(failed)?;
    {
        let mut out = BufWriter::new(file.as_file_mut());
        write(&mut out)?;
        out.flush().map_err(failed)?;
    }
    file.as_file().sync_all().map_err(failed)?;
    // Temporary files are for nobody else; what was asked for is an ordinary file.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).map_or(0o644, |old| old.permissions().mode());
        fs::set_permissions(file.path(), fs::Permissions::from_mode(mode)).map_err(failed)?;
    }
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}
