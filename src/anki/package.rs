//! The container of a package: a ZIP archive of a database, a media map and the media. Sizes that it states are not trusted.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use prost::Message as _;
use zip::ZipArchive;

use super::messages::{MediaEntries, PackageMetadata, PackageVersion};
use crate::error::{Error, Result};
use crate::model::limits::{ARCHIVE_MEMBERS, MEDIA_BYTES, PACKAGE_DATABASE};

/// A database that unpacks to more than this share of its size is no database that somebody made.
const MOST_RATIO: u64 = 250;
/// Up to this size, nobody asks how tightly something is packed.
const SMALL: u64 = 64 << 20;
/// The largest media map, in bytes, as it is unpacked.
const MEDIA_MAP: u64 = 32 << 20;
/// The largest `meta`, in bytes.
const META: u64 = 1 << 16;
/// What a database begins with.
const SQLITE: &[u8] = b"SQLite format 3\0";
/// The files that hold a collection, the newest generation first.
const COLLECTIONS: [(PackageVersion, &str); 3] = [
    (PackageVersion::Latest, "collection.anki21b"),
    (PackageVersion::Legacy2, "collection.anki21"),
    (PackageVersion::Legacy1, "collection.anki2"),
];

/// A package that is open.
pub struct AnkiPackage {
    archive: ZipArchive<BufReader<File>>,
    version: PackageVersion,
    bytes: u64,
}

/// A file of media in a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackagedMedia {
    /// Its name in the collection: no path.
    pub name: String,
    /// The name of its member.
    member: String,
}

/// The media map of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MediaMap {
    /// The files.
    pub files: Vec<PackagedMedia>,
    /// How many names lead out of a folder, or are none. Such files are left out.
    pub unsafe_names: usize,
}

/// Whether a file is a package of Anki: an archive that holds a collection.
pub fn is_package(path: &Path) -> bool {
    // A pipe or a device is not opened: it may never answer.
    let Some(mut file) = path.is_file().then(|| File::open(path).ok()).flatten() else { return false };
    let mut head = [0; 4];
    if file.read_exact(&mut head).is_err() || head != *b"PK\x03\x04" {
        return false;
    }
    count_entries(&mut file).is_ok()
        && ZipArchive::new(BufReader::new(file))
            .is_ok_and(|archive| COLLECTIONS.iter().any(|(_, name)| archive.index_for_name(name).is_some()))
}

impl AnkiPackage {
    /// Opens a package.
    ///
    /// # Errors
    /// If the file is none, or is of a generation that is not known yet.
    pub fn open(path: &Path) -> Result<Self> {
        let mut file = File::open(path)
            .map_err(|error| Error::person(format!("the file cannot be opened: {error}")).hint("check its name"))?;
        let bytes = file.metadata().map_or(0, |about| about.len());
        count_entries(&mut file)?;
        let mut archive =
            ZipArchive::new(BufReader::new(file)).map_err(|_| broken("it is no ZIP archive, or cut off"))?;
        let version = version(&mut archive)?;
        Ok(Self { archive, version, bytes })
    }

    /// Its generation.
    pub fn version(&self) -> PackageVersion {
        self.version
    }

    /// Unpacks the database into a new file of this folder.
    ///
    /// # Errors
    /// If it is damaged or too large, or cannot be written.
    pub fn unpack_collection(&mut self, folder: &Path) -> Result<PathBuf> {
        let (_, name) = COLLECTIONS.iter().find(|(version, _)| *version == self.version).unwrap_or(&COLLECTIONS[2]);
        let packed = self.version == PackageVersion::Latest;
        let bytes = self.bytes;
        let member =
            self.archive.by_name(name).map_err(|_| broken(&format!("`{name}` is missing or damaged in it")))?;
        let mut content: Box<dyn Read + '_> = if packed { decoder(member)? } else { Box::new(member) };
        let path = folder.join("collection");
        let mut file = crate::private::create_file(&path).map_err(|error| unwritable(&error))?;
        let mut buffer = vec![0; 1 << 18];
        let mut all = 0;
        loop {
            let count = match content.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => return Err(broken(&format!("`{name}` cannot be unpacked"))),
            };
            if all == 0 && !SQLITE.starts_with(&buffer[..count.min(SQLITE.len())]) {
                return Err(broken(&format!("`{name}` is no database")));
            }
            all += count as u64;
            if is_bomb(all, bytes) {
                let size = format!("{} MiB and more", all >> 20);
                return Err(Error::person(format!("`{name}` unpacks to {size}, which no collection does"))
                    .named("package-too-large")
                    .hint("export the deck again in Anki: File, Export"));
            }
            file.write_all(&buffer[..count]).map_err(|error| unwritable(&error))?;
        }
        if all == 0 {
            return Err(broken(&format!("`{name}` is empty")));
        }
        Ok(path)
    }

    /// The media that the package says it holds.
    ///
    /// # Errors
    /// If the map cannot be read.
    pub fn media(&mut self) -> Result<MediaMap> {
        let damaged = || broken("its list of media is damaged");
        let Some(bytes) = self.member("media", MEDIA_MAP)? else { return Ok(MediaMap::default()) };
        let named: Vec<(String, String)> = if self.version == PackageVersion::Latest {
            let map = MediaEntries::decode(&bytes[..]).map_err(|_| damaged())?;
            let member = |(place, entry): (usize, super::messages::MediaEntry)| {
                let number = entry.legacy_zip_filename.map_or(place, |number| number as usize);
                (number.to_string(), entry.name)
            };
            map.entries.into_iter().enumerate().map(member).collect()
        } else {
            let map: serde_json::Map<String, serde_json::Value> =
                serde_json::from_slice(&bytes).map_err(|_| damaged())?;
            let name = |(member, name): (String, serde_json::Value)| Some((member, name.as_str()?.to_owned()));
            map.into_iter().filter_map(name).collect()
        };
        let mut map = MediaMap::default();
        for (member, name) in named {
            if is_file_name(&name) && member.bytes().all(|byte| byte.is_ascii_digit()) {
                map.files.push(PackagedMedia { name, member });
            } else {
                map.unsafe_names += 1;
            }
        }
        Ok(map)
    }

    /// The content of a file of media; `None` if it is not in the archive, is damaged or too large.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn media_bytes(&mut self, media: &PackagedMedia) -> Result<Option<Vec<u8>>> {
        Ok(self.member(&media.member, MEDIA_BYTES.most).unwrap_or(None))
    }

    /// A member as it is unpacked, of at most `most` bytes; `None` if there is none of this name.
    fn member(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>> {
        let packed = self.version == PackageVersion::Latest;
        if self.archive.index_for_name(name).is_none() {
            return Ok(None);
        }
        let damaged = || broken(&format!("`{name}` in it is damaged"));
        let member = self.archive.by_name(name).map_err(|_| damaged())?;
        let content: Box<dyn Read + '_> = if packed { decoder(member)? } else { Box::new(member) };
        let mut bytes = Vec::new();
        content.take(most + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        if bytes.len() as u64 > most {
            return Err(broken(&format!("`{name}` in it is larger than {} MiB", most >> 20)));
        }
        Ok(Some(bytes))
    }
}

/// Whether a database unpacks to more than any that somebody made: in all, or for the size of its package.
fn is_bomb(unpacked: u64, packed: u64) -> bool {
    unpacked > PACKAGE_DATABASE.most || (unpacked > SMALL && unpacked / MOST_RATIO > packed)
}

/// What Zstandard unpacks, in bounded memory.
fn decoder<'a>(packed: impl Read + 'a) -> Result<Box<dyn Read + 'a>> {
    let unusable = |error: io::Error| broken(&format!("it cannot be unpacked: {error}"));
    let mut decoder = zstd::Decoder::new(packed).map_err(unusable)?;
    // A window of 128 MiB is what Anki's own writer can ask for at most.
    decoder.window_log_max(27).map_err(unusable)?;
    Ok(Box::new(decoder))
}

/// The generation that `meta` states; without it, that of the newest collection of the old ones.
fn version(archive: &mut ZipArchive<BufReader<File>>) -> Result<PackageVersion> {
    let has = |archive: &ZipArchive<BufReader<File>>, name: &str| archive.index_for_name(name).is_some();
    if has(archive, "meta") {
        let mut bytes = Vec::new();
        let member = archive.by_name("meta").map_err(|_| broken("`meta` in it is damaged"))?;
        member.take(META).read_to_end(&mut bytes).map_err(|_| broken("`meta` in it is damaged"))?;
        let meta = PackageMetadata::decode(&bytes[..]).map_err(|_| broken("`meta` in it is damaged"))?;
        return match PackageVersion::try_from(meta.version) {
            Ok(PackageVersion::Unknown) => Err(broken("`meta` in it states no version")),
            Ok(version) => Ok(version),
            Err(_) => Err(newer(&format!("its format has the number {}", meta.version))),
        };
    }
    // Before there was `meta`: a collection of the second generation came with an empty one of the first.
    match () {
        () if has(archive, "collection.anki21") => Ok(PackageVersion::Legacy2),
        () if has(archive, "collection.anki2") => Ok(PackageVersion::Legacy1),
        () if has(archive, "collection.anki21b") => Ok(PackageVersion::Latest),
        () => Err(Error::person("this archive holds no collection of Anki")
            .named("not-a-package")
            .hint("in Anki: File, Export, `.apkg` or `.colpkg`")),
    }
}

/// Fails if an archive has more members than any package.
fn count_entries(file: &mut File) -> Result<()> {
    // Every member has an entry at the end, and the list of them is kept in memory. 64 KiB is the longest comment.
    let length = file.seek(SeekFrom::End(0)).map_err(|_| broken("it cannot be read"))?;
    let tail = length.min((64 << 10) + 22);
    file.seek(SeekFrom::Start(length - tail)).map_err(|_| broken("it cannot be read"))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|_| broken("it cannot be read"))?;
    file.seek(SeekFrom::Start(0)).map_err(|_| broken("it cannot be read"))?;
    let at = bytes.windows(4).rposition(|window| window == b"PK\x05\x06");
    let Some(end) = at.and_then(|at| bytes.get(at..at + 22)) else {
        return Err(broken("it is no ZIP archive, or cut off"));
    };
    let size = u32::from_le_bytes([end[12], end[13], end[14], end[15]]);
    // An entry takes 46 bytes and a name.
    if size != u32::MAX && u64::from(size) > ARCHIVE_MEMBERS.most * 512 {
        return Err(broken(&format!("it has more than {} members", ARCHIVE_MEMBERS.figure())));
    }
    Ok(())
}

/// Whether a name is that of a file in a folder, and nothing else, on any system.
fn is_file_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 255
        && name != "."
        && name != ".."
        && !name.contains(['/', '\\', ':', '\0'])
        && !name.chars().any(char::is_control)
}

/// A package that cannot be used as it is.
pub(super) fn broken(what: &str) -> Error {
    Error::person(format!("the package cannot be read: {what}"))
        .named("package-damaged")
        .hint("export it again in Anki (File, Export), or copy the file again")
}

/// A package of a format that is not known yet.
pub(super) fn newer(what: &str) -> Error {
    Error::person(format!("the package comes from a newer Anki: {what}"))
        .named("package-newer")
        .hint("in Anki: File, Export, and tick `Support older Anki versions`")
}

fn unwritable(error: &io::Error) -> Error {
    Error::person(format!("the package cannot be unpacked: {error}")).hint("make room where the database is")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_no_paths() {
        for name in ["a.png", "ä b.jpg", "_logo.svg", "a..b.png"] {
            assert!(is_file_name(name), "{name}");
        }
        for name in ["", ".", "..", "../a.png", "/etc/passwd", "a\\b.png", "C:a.png", "a\0.png", "a\n.png"] {
            assert!(!is_file_name(name), "{name}");
        }
    }

    #[test]
    fn databases_have_an_end() {
        assert!(is_bomb(PACKAGE_DATABASE.most + 1, PACKAGE_DATABASE.most));
        assert!(is_bomb(SMALL + 1, 1_000) && !is_bomb(SMALL, 1_000));
        assert!(!is_bomb(PACKAGE_DATABASE.most, PACKAGE_DATABASE.most / 50));
    }

    #[test]
    fn what_is_no_package_is_said_to_be_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.apkg");
        for bytes in [&b""[..], b"PK", b"PK\x03\x04", b"hello world", &[0; 100]] {
            std::fs::write(&path, bytes).expect("a file");
            assert!(!is_package(&path));
            let error = AnkiPackage::open(&path).err().expect("an error");
            assert!(error.message().contains("no ZIP archive"), "{}", error.message());
        }
    }
}
