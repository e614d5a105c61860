//! The files next to a bank. A name in a text leads to a file in the folder of the bank or below it, whatever it is written like and
//! whatever links it goes through; or it leads to nothing.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::media::MediaFault;
use crate::model::limits::MEDIA_BYTES;

/// A file that is there and cannot be told more of.
const ABSENT: MediaFault = MediaFault::Missing("there is no such file next to the bank");
const UNREADABLE: MediaFault = MediaFault::Missing("it cannot be read");

/// The folder of a bank.
pub(super) struct BankFolder {
    /// As the path of the bank has it.
    typed: PathBuf,
    /// Without links; `None` if it is not there.
    whole: Option<PathBuf>,
}

impl BankFolder {
    /// The folder around a bank.
    pub(super) fn around(bank: &Path) -> Self {
        let typed = bank.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
        let whole = fs::canonicalize(&typed).ok();
        Self { typed, whole }
    }

    /// The file that a name leads to, without links. Addresses in banks are often encoded (`my%20map.png`, `a&amp;b.png`), carry a query,
    /// or are written as on another system (`images\\map.png`).
    pub(super) fn find(&self, name: &str) -> Result<PathBuf, MediaFault> {
        let Some(folder) = &self.whole else { return Err(ABSENT) };
        let bare = |name: &str| name.split(['?', '#']).next().unwrap_or(name).to_owned();
        let plain = html_escape::decode_html_entities(name);
        let (whole, plain) = (bare(name), bare(&plain));
        let candidates = [name.to_owned(), decoded(&whole), decoded(&plain), whole, plain];
        let slashes = candidates.clone().map(|name| name.replace('\\', "/"));
        let mut fault = ABSENT;
        for name in candidates.into_iter().chain(slashes) {
            if leads_out(&name) {
                fault = MediaFault::Outside;
                continue;
            }
            match fs::canonicalize(self.typed.join(&name)) {
                Ok(path) if !path.starts_with(folder) => fault = MediaFault::Outside,
                // A pipe or a device has no end.
                Ok(path) if path.is_file() => return Ok(path),
                _ => {}
            }
        }
        Err(fault)
    }

    /// What a file holds that was found.
    pub(super) fn bytes(&self, path: &Path) -> Result<Vec<u8>, MediaFault> {
        let file = fs::File::open(path).map_err(|_| UNREADABLE)?;
        let found = file.metadata().map_err(|_| UNREADABLE)?;
        if !found.is_file() {
            return Err(UNREADABLE);
        }
        if found.len() > MEDIA_BYTES.most {
            return Err(MediaFault::Large);
        }
        let mut bytes = Vec::new();
        // It may grow while it is read.
        file.take(MEDIA_BYTES.most + 1).read_to_end(&mut bytes).map_err(|_| UNREADABLE)?;
        if bytes.len() as u64 > MEDIA_BYTES.most { Err(MediaFault::Large) } else { Ok(bytes) }
    }
}

/// Whether a name leads out of the folder by what it says: from the root, of another drive, or up more often than down.
fn leads_out(name: &str) -> bool {
    let mut depth = 0_i32;
    let absolute =
        name.starts_with(['/', '\\']) || name.split(['/', '\\']).next().is_some_and(|first| first.contains(':'));
    absolute
        || name.split(['/', '\\']).any(|part| {
            depth += match part {
                "" | "." => 0,
                ".." => -1,
                _ => 1,
            };
            depth < 0
        })
}

/// `%20` and the like, decoded.
fn decoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_names_are_decoded() {
        assert_eq!(decoded("my%20map%2e.png"), "my map..png");
        assert_eq!(decoded("100%.png"), "100%.png");
        assert_eq!(decoded("a%ff.png"), "a%ff.png");
    }

    #[test]
    fn names_lead_into_the_folder_or_nowhere() {
        let outer = tempfile::tempdir().expect("a folder");
        let folder = outer.path().join("bank");
        fs::create_dir_all(folder.join("images")).expect("a folder");
        for file in ["bank/images/a b.png", "bank/x&y.png", "secret.png"] {
            fs::write(outer.path().join(file), "picture").expect("a file");
        }
        let bank = BankFolder::around(&folder.join("bank.md"));
        for name in [
            "images/a b.png",
            "images/a%20b.png",
            "images\\a b.png",
            "x&amp;y.png",
            "images/../x&y.png",
            "images/a%20b.png?raw",
        ] {
            let path = bank.find(name).unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
            assert_eq!(bank.bytes(&path).expect("bytes"), b"picture");
        }
        for name in [
            "../secret.png",
            "%2e%2e/secret.png",
            "%2e%2e%2fsecret.png",
            "&#46;&#46;/secret.png",
            "&#46;&#46;&sol;secret.png",
            "..\\secret.png",
            "images/../../secret.png",
            "images/..\\../secret.png",
            "./../bank/../secret.png",
            "/etc/a.png",
            "C:\\secret.png",
        ] {
            assert_eq!(bank.find(name), Err(MediaFault::Outside), "{name}");
        }
        for name in ["none.png", "images", "images/a b.png/", "x%00.png", "%252e%252e/secret.png"] {
            assert_eq!(bank.find(name), Err(ABSENT), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_before_they_are_trusted() {
        let outer = tempfile::tempdir().expect("a folder");
        let folder = outer.path().join("bank");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(outer.path().join("secret.png"), "secret").expect("a file");
        fs::write(folder.join("own.png"), "own").expect("a file");
        std::os::unix::fs::symlink("../secret.png", folder.join("out.png")).expect("a link");
        std::os::unix::fs::symlink("own.png", folder.join("in.png")).expect("a link");
        std::os::unix::fs::symlink("..", folder.join("up")).expect("a link");
        std::os::unix::fs::symlink("loop.png", folder.join("loop.png")).expect("a link");
        fs::hard_link(outer.path().join("secret.png"), folder.join("hard.png")).expect("a link");
        let bank = BankFolder::around(&folder.join("bank.md"));
        for (name, found) in [
            ("out.png", None),
            ("up/secret.png", None),
            ("loop.png", None),
            ("in.png", Some("own")),
            ("hard.png", Some("secret")),
        ] {
            let bytes = bank.find(name).and_then(|path| bank.bytes(&path)).ok();
            assert_eq!(bytes.as_deref(), found.map(str::as_bytes), "{name}");
        }
        // The bank itself may be reached through a link.
        std::os::unix::fs::symlink("bank", outer.path().join("linked")).expect("a link");
        assert!(BankFolder::around(&outer.path().join("linked/bank.md")).find("own.png").is_ok());
    }

    #[test]
    fn a_large_file_is_not_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = fs::File::create(folder.path().join("large.png")).expect("a file");
        file.set_len(10 << 30).expect("ten gigabytes of nothing");
        let bank = BankFolder::around(&folder.path().join("bank.md"));
        let path = bank.find("large.png").expect("a file");
        assert_eq!(bank.bytes(&path), Err(MediaFault::Large));
    }
}
