//! What a model's lines mean.

use heng_uncertainty::Model;

fn outputs(text: &str) -> Vec<String> {
    Model::parse(text).unwrap().outputs().to_vec()
}

#[test]
fn a_line_that_only_renames_another_replaces_it_as_output() {
    assert_eq!(outputs("d = a - b; E = d"), ["E"]);
    assert_eq!(outputs("d = a - b; E = d; F = E"), ["F"]);
}

#[test]
fn a_renamed_line_remains_an_output_where_others_use_the_first_name() {
    assert_eq!(outputs("d = a - b; E = d; F = d + 1"), ["E", "F"]);
    assert_eq!(outputs("d = a - b; E = d; F = d"), ["E", "F"]);
}

#[test]
fn two_lines_that_name_one_input_are_two_outputs() {
    assert_eq!(outputs("y = a; z = a"), ["y", "z"]);
}
