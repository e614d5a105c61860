//! Lists of words that are written as one text.

/// The words of a text, separated by `, `. It compiles only if there are as many as the array holds.
pub(super) const fn words<const N: usize>(text: &'static str) -> [&'static str; N] {
    let (mut found, mut rest, mut count) = ([""; N], text, 0);
    loop {
        let end = position(rest, b',');
        found[count] = rest.split_at(end).0;
        count += 1;
        if end == rest.len() {
            break;
        }
        rest = rest.split_at(end + ", ".len()).1;
    }
    assert!(count == N, "the list has fewer words");
    found
}

/// Pairs of words, with a slash between the two.
pub(super) const fn pairs<const N: usize>(text: &'static str) -> [(&'static str, &'static str); N] {
    let (all, mut found, mut at) = (words::<N>(text), [("", ""); N], 0);
    while at < N {
        let (first, second) = all[at].split_at(position(all[at], b'/'));
        found[at] = (first, second.split_at(1).1);
        at += 1;
    }
    found
}

/// Where a byte first occurs; the length of the text if it does not.
const fn position(text: &str, byte: u8) -> usize {
    let mut at = 0;
    while at < text.len() && text.as_bytes()[at] != byte {
        at += 1;
    }
    at
}
