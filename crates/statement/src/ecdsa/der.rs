//! The little of DER (X.690) that keys and signatures are written in, read strictly: one spelling for each value.

/// Tag of INTEGER.
pub(super) const INTEGER: u8 = 0x02;
/// Tag of BIT STRING.
pub(super) const BIT_STRING: u8 = 0x03;
/// Tag of OBJECT IDENTIFIER.
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
/// Tag of SEQUENCE.
pub(super) const SEQUENCE: u8 = 0x30;

/// The content of the element of this tag at the start, and what comes after it.
pub(super) fn element(tag: u8, bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&[found, length], rest) = bytes.split_first_chunk::<2>()?;
    if found != tag {
        return None;
    }
    let (length, rest) = match length {
        0..=0x7f => (usize::from(length), rest),
        // The long form only for lengths that the short one cannot say.
        0x81 => rest
            .split_first()
            .filter(|(length, _)| **length >= 0x80)
            .map(|(length, rest)| (usize::from(*length), rest))?,
        _ => return None,
    };
    rest.split_at_checked(length)
}

/// The content of an element that fills the bytes.
pub(super) fn whole(tag: u8, bytes: &[u8]) -> Option<&[u8]> {
    element(tag, bytes).filter(|(_, rest)| rest.is_empty()).map(|(content, _)| content)
}

/// The magnitude of a non-negative INTEGER in its shortest form, and what comes after it.
pub(super) fn natural(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (content, rest) = element(INTEGER, bytes)?;
    let magnitude = match content {
        [0] => content,
        // A zero in front only where the next byte would read as a sign.
        [0, next, ..] if *next >= 0x80 => content.get(1..)?,
        [first, ..] if (1..0x80).contains(first) => content,
        _ => return None,
    };
    Some((magnitude, rest))
}

/// An element, written.
pub(super) fn written(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    match u8::try_from(content.len()) {
        Ok(length @ 0..0x80) => bytes.push(length),
        Ok(length) => bytes.extend([0x81, length]),
        // Nothing here is as long; should it ever be, two bytes say so.
        Err(_) => bytes.extend([0x82, (content.len() >> 8) as u8, content.len() as u8]),
    }
    bytes.extend(content);
    bytes
}
