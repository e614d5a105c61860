//! Pictures and sounds as they lie in the media folder. Whoever looks at one looks here: only an ordinary file counts, which lies in the folder
//! itself and is no larger than media may be. A link may lead anywhere, and a pipe or a device has no end.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use sha1_smol::Sha1;
use uuid::{Builder, Uuid};

use crate::model::limits::MEDIA_BYTES;
use crate::store::Reader;

/// Names of files are derived from this name and the content.
const NAMESPACE: Uuid = Uuid::from_u128(0x7265_7461_696e_4d65_6469_6120_6669_6c65);
/// Files are read in pieces of this size.
const PIECE: usize = 1 << 16;

/// Why there is no picture or sound to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaAbsence {
    /// No picture or sound has such a name.
    Name,
    /// There is nothing of this name.
    Missing,
    /// It is a link, a pipe, a device or a folder.
    NoFile,
    /// It is larger than media may be.
    Large,
    /// The system refuses to read it.
    Unreadable,
}

impl MediaAbsence {
    /// What is wrong with the file, in words that follow its name.
    pub fn words(self) -> &'static str {
        match self {
            Self::Name => "has a name that no picture or sound has",
            Self::Missing => "is missing",
            Self::NoFile => "is no ordinary file",
            Self::Large => "is larger than pictures and sounds may be",
            Self::Unreadable => "cannot be read",
        }
    }
}

/// Opens a picture or a sound of the media folder.
///
/// # Errors
/// If there is none of this name that may be read.
pub fn open_media(folder: &Path, name: &str) -> Result<File, MediaAbsence> {
    if Reader::is_media_name(name) { open_ordinary(&folder.join(name)) } else { Err(MediaAbsence::Name) }
}

/// The same by the path of the file.
///
/// # Errors
/// If there is no such file that may be read.
pub fn open_ordinary(path: &Path) -> Result<File, MediaAbsence> {
    // Looked at before it is opened, because opening a pipe waits for a writer.
    let named = fs::symlink_metadata(path).map_err(|error| absence(&error))?;
    confirm(&named)?;
    let file = File::open(path).map_err(|error| absence(&error))?;
    let opened = file.metadata().map_err(|error| absence(&error))?;
    confirm(&opened)?;
    if is_another(&named, &opened) { Err(MediaAbsence::NoFile) } else { Ok(file) }
}

fn absence(error: &io::Error) -> MediaAbsence {
    if error.kind() == io::ErrorKind::NotFound { MediaAbsence::Missing } else { MediaAbsence::Unreadable }
}

fn confirm(found: &fs::Metadata) -> Result<(), MediaAbsence> {
    if !found.is_file() {
        Err(MediaAbsence::NoFile)
    } else if found.len() > MEDIA_BYTES.most {
        Err(MediaAbsence::Large)
    } else {
        Ok(())
    }
}

/// Whether something else was put in the place of a file before it was opened.
#[cfg(unix)]
fn is_another(named: &fs::Metadata, opened: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (named.dev(), named.ino()) != (opened.dev(), opened.ino())
}

#[cfg(not(unix))]
fn is_another(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    false
}

/// What is wrong with a file of the media folder; `None` if it is there and says what its name says.
pub(super) fn media_problem(folder: &Path, name: &str) -> Option<&'static str> {
    let mut file = match open_media(folder, name) {
        Ok(file) => file,
        Err(absence) => return Some(absence.words()),
    };
    match content_of(&mut file) {
        Ok(content) if name.starts_with(&content) => None,
        Ok(_) => Some("is not what it was"),
        Err(_) => Some(MediaAbsence::Unreadable.words()),
    }
}

/// What the file of this content is called, without its ending.
pub(super) fn content_name(bytes: &[u8]) -> String {
    Uuid::new_v5(&NAMESPACE, bytes).simple().to_string()
}

/// The same for what is read piece by piece.
fn content_of(content: &mut impl Read) -> io::Result<String> {
    let mut hash = Sha1::new();
    hash.update(NAMESPACE.as_bytes());
    // It may grow while it is read.
    let mut content = content.take(MEDIA_BYTES.most + 1);
    let mut piece = vec![0; PIECE];
    loop {
        match content.read(&mut piece)? {
            0 => break,
            length => hash.update(&piece[..length]),
        }
    }
    let mut first = [0; 16];
    first.copy_from_slice(&hash.digest().bytes()[..16]);
    Ok(Builder::from_sha1_bytes(first).into_uuid().simple().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_piece_by_piece() {
        for bytes in [&b""[..], b"\x89PNG", &[7; 3 * PIECE + 1]] {
            assert_eq!(content_of(&mut &*bytes).expect("a name"), content_name(bytes));
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_ordinary_files_are_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        let name = |digit: &str| format!("{}.png", digit.repeat(32));
        let at = |digit: &str| folder.path().join(name(digit));
        fs::write(at("0"), "a picture").expect("a file");
        std::os::unix::fs::symlink("/dev/zero", at("1")).expect("a link");
        std::os::unix::fs::symlink("/etc/passwd", at("2")).expect("a link");
        std::os::unix::fs::symlink(at("0"), at("3")).expect("a link");
        fs::create_dir(at("4")).expect("a folder");
        File::create(at("5")).and_then(|file| file.set_len(MEDIA_BYTES.most + 1)).expect("a file");
        let made = std::process::Command::new("mkfifo").arg(at("6")).status().is_ok_and(|status| status.success());
        let found = |name: &str| open_media(folder.path(), name).map(drop);
        assert_eq!(found(&name("0")), Ok(()));
        for digit in ["1", "2", "3", "4"].into_iter().chain(made.then_some("6")) {
            assert_eq!(found(&name(digit)), Err(MediaAbsence::NoFile), "{digit}");
        }
        assert_eq!(found(&name("5")), Err(MediaAbsence::Large));
        assert_eq!(found(&name("7")), Err(MediaAbsence::Missing));
        assert_eq!(found("../../etc/passwd"), Err(MediaAbsence::Name));
        assert_eq!(media_problem(folder.path(), &name("0")), Some("is not what it was"));
    }
}
