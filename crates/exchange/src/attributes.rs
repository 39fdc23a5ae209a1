//! The attributes of an element, in a time that grows with their number.

use quick_xml::events::BytesStart;
use quick_xml::events::attributes::Attribute;

/// Those that can be read, in their order, each as often as it stands: to look at every one for another of its name takes time with the square of
/// their number. Whoever minds looks for it himself; whoever takes the first takes the same one either way.
pub(crate) fn attributes<'a>(start: &'a BytesStart<'_>) -> impl Iterator<Item = Attribute<'a>> {
    let mut attributes = start.attributes();
    attributes.with_checks(false);
    attributes.flatten()
}

#[cfg(test)]
mod tests {
    use quick_xml::events::BytesStart;

    use super::attributes;

    /// Were each compared with those before it, the repeated ones would be errors and not be given.
    #[test]
    fn repeated_attributes_are_given_without_looking_for_their_like() {
        let tag = format!("a{} z='1' {}", " b='2' c".repeat(3), "z='3' ".repeat(1_000));
        let start = BytesStart::from_content(tag, 1);
        assert_eq!(attributes(&start).filter(|attribute| attribute.key.as_ref() == "z").count(), 1_001);
        assert_eq!(
            attributes(&start).find(|attribute| attribute.key.as_ref() == "z").map(|one| one.value),
            Some("1".into())
        );
    }
}
