//! Names of files as links write them.

/// `a%20b` is `a b`.
pub(super) fn decode_percent(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.first_chunk::<2>().filter(|_| *first == b'%');
        let code = code.and_then(|[high, low]| {
            Some((char::from(*high).to_digit(16)? * 16 + char::from(*low).to_digit(16)?) as u8)
        });
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
