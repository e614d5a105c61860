//! The records of `.xlsb`: each says how long it is.

/// Whether every record is as long as it says. A parser makes room for a record before it reads it.
pub(super) fn are_whole(mut bytes: &[u8]) -> bool {
    while !bytes.is_empty() {
        // The type takes a byte or two, the length up to four.
        let Some((_, rest)) = number(bytes, 2) else { return false };
        let Some((length, rest)) = number(rest, 4) else { return false };
        let Some(rest) = rest.get(length..) else { return false };
        bytes = rest;
    }
    true
}

/// A number of seven bits a byte, the lowest first, and what follows it.
fn number(bytes: &[u8], most: usize) -> Option<(usize, &[u8])> {
    let mut value = 0;
    for place in 0..most {
        let byte = *bytes.get(place)?;
        value |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Some((value, &bytes[place + 1..]));
        }
    }
    Some((value, &bytes[most..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_end_where_they_say() {
        assert!(are_whole(&[]));
        assert!(are_whole(&[0x91, 0x01, 0x00, 0x05, 0x02, 1, 2]));
        assert!(!are_whole(&[0x05, 0x03, 1, 2]), "one that is cut off");
        assert!(!are_whole(&[0x05, 0xff, 0xff, 0xff, 0x7f]), "one of 256 MiB");
        assert!(!are_whole(&[0x91]));
    }
}
