//! Files and folders that their owner alone can read, whatever the umask says: questions and answers are for nobody else.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// How the names of temporary files begin. Six letters and digits follow, with a word before them at most.
pub const TEMPORARY: &str = ".retain-temporary-";
/// What they are for, in their names.
const PURPOSES: [&str; 3] = ["import-", "restore-", "backup-"];
/// How the names of the companions of temporary databases end.
const COMPANION_ENDS: [&str; 3] = ["-wal", "-shm", "-journal"];
/// The shared memory of a database takes half of it, in bytes.
const ROOM: usize = 64 << 10;
/// A temporary file that nobody has written to for longer is from a run that was killed.
const LEFT_OVER: Duration = Duration::from_secs(600);

/// Takes nothing from the owner by the umask from now on: what this process makes and its owner cannot read is of no use. To be called before there
/// are threads.
pub fn keep_own_rights() {
    #[cfg(unix)]
    {
        use rustix::fs::Mode;
        use rustix::process::umask;
        let umask_before = umask(Mode::from_raw_mode(0o077));
        umask(umask_before & !Mode::RWXU);
    }
}

/// Makes a folder, and those on the way to it. Folders that are there stay as they are.
///
/// # Errors
/// If it cannot be made.
pub fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes a new, empty file.
///
/// # Errors
/// If it cannot be made, or is there already.
pub fn create_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Takes all rights on a file from everybody but its owner.
///
/// # Errors
/// If that cannot be done.
pub fn close_to_others(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Makes a temporary folder beside others, which goes when it is dropped.
///
/// # Errors
/// If it cannot be made.
pub fn temporary_folder(within: &Path) -> io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o700));
    }
    builder.tempdir_in(within)
}

/// Lets two files or folders have each other's names, at once.
///
/// # Errors
/// If the system cannot do that.
pub fn swap(one: &Path, other: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?;
        Ok(())
    }
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    {
        let _ = (one, other);
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Has the system write a whole file to the disk.
///
/// # Errors
/// If it cannot.
pub fn sync_file(path: &Path) -> io::Result<()> {
    File::options().write(true).open(path)?.sync_all()
}

/// Has the system write to the disk which files a folder holds.
///
/// # Errors
/// If it cannot.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    // Elsewhere a folder cannot be opened, and renaming is durable by itself.
    #[cfg(unix)]
    File::open(if path.as_os_str().is_empty() { Path::new(".") } else { path })?.sync_all()?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Whether the disk of a folder has no room left for the little that a database needs to be opened.
pub fn is_full(folder: &Path) -> bool {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let try_it = || -> io::Result<()> {
        let mut probe = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(folder)?;
        probe.write_all(&[1; ROOM])
    };
    let full = [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded];
    try_it().is_err_and(|error| full.contains(&error.kind()))
}

/// Removes temporary files of this program that runs left behind which were killed. `now` is when a file of the same disk was just written. What
/// cannot be removed is left.
pub fn sweep(folder: &Path, now: SystemTime) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !entry.file_name().to_str().is_some_and(is_name_of_ours) {
            continue;
        }
        // Not what a link leads to.
        let Ok(found) = entry.metadata() else { continue };
        if is_private(&found) && is_left_over(&found, now) {
            let path = entry.path();
            drop(if found.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) });
        }
    }
}

/// Whether a name is exactly as those of our temporary files are: others may begin alike.
fn is_name_of_ours(name: &str) -> bool {
    let Some(rest) = name.strip_prefix(TEMPORARY) else { return false };
    let rest = PURPOSES.iter().find_map(|purpose| rest.strip_prefix(purpose)).unwrap_or(rest);
    let random = COMPANION_ENDS.iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    random.len() == 6 && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether it is a file or a folder that only its owner can use, as all of ours are.
fn is_private(found: &Metadata) -> bool {
    #[cfg(unix)]
    if std::os::unix::fs::MetadataExt::mode(found) & 0o077 != 0 {
        return false;
    }
    found.is_file() || found.is_dir()
}

fn is_left_over(found: &Metadata, now: SystemTime) -> bool {
    let age = found.modified().ok().and_then(|written| now.duration_since(written).ok());
    age.is_some_and(|age| age > LEFT_OVER)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("a file").permissions().mode() & 0o777
    }

    #[test]
    fn what_is_made_is_for_its_owner() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("a/b");
        create_folder(&inner).expect("folders");
        create_folder(&inner).expect("again");
        let file = inner.join("c");
        create_file(&file).expect("a file");
        assert!(create_file(&file).is_err(), "never over another");
        assert_eq!([&inner, inner.parent().expect("a folder"), &file].map(mode), [0o700, 0o700, 0o600]);
        assert_eq!(mode(temporary_folder(&inner).expect("a folder").path()), 0o700);
        sync_file(&file).and_then(|()| sync_folder(&inner)).expect("a disk");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn folders_change_names() {
        let folder = tempfile::tempdir().expect("a folder");
        let [one, other] = ["one", "other"].map(|name| folder.path().join(name));
        create_folder(&one).and_then(|()| create_folder(&other)).expect("folders");
        fs::write(one.join("file"), "content").expect("a file");
        swap(&one, &other).expect("a file system that can");
        assert!(other.join("file").exists() && !one.join("file").exists());
        assert!(swap(&one, &folder.path().join("none")).is_err());
    }

    #[test]
    fn only_old_temporary_files_of_ours_are_swept() {
        let folder = tempfile::tempdir().expect("a folder");
        let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        let kept = [
            ".retain-notes",
            ".retain-temporary-a",
            ".retain-temporary-mine",
            ".retain-temporary-new4e5",
            "retain.db",
            ".tmpold",
        ];
        let gone =
            [".retain-temporary-a1B2c3", ".retain-temporary-backup-a1B2c3", ".retain-temporary-import-a1B2c3-wal"];
        for name in kept.iter().chain(&gone) {
            let file = create_file(&folder.path().join(name)).expect("a file");
            file.set_modified(if name.ends_with("new4e5") { old + LEFT_OVER } else { old }).expect("a time");
        }
        let open = folder.path().join(".retain-temporary-0p3n00");
        create_file(&open).and_then(|file| file.set_modified(old)).expect("a file");
        fs::set_permissions(&open, fs::Permissions::from_mode(0o644)).expect("rights");
        std::os::unix::fs::symlink(folder.path().join("retain.db"), folder.path().join(".retain-temporary-l1nk00"))
            .expect("a link");
        sweep(folder.path(), old + LEFT_OVER + Duration::from_secs(1));
        let mut left: Vec<_> =
            fs::read_dir(folder.path()).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
        left.sort();
        let mut all: Vec<_> = kept.to_vec();
        all.extend([".retain-temporary-0p3n00", ".retain-temporary-l1nk00"]);
        all.sort_unstable();
        assert_eq!(left, all);
    }
}
