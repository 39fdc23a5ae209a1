//! The plan of this project, compiled in; a test compares the list with the folder.

use heng_quantity::Finding;

use super::read::Plan;

/// Names a file of the plan of Tianjin.
macro_rules! file {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../../rules/plans/tianjin-2035/", $name)))
    };
}

/// The files of the plan of Tianjin and the documents around it.
pub const TIANJIN: [(&str, &str); 17] = [
    file!("bodies.toml"),
    file!("conflicts.toml"),
    file!("documents.toml"),
    file!("evidence.toml"),
    file!("indicators.toml"),
    file!("rows-a.toml"),
    file!("rows-b.toml"),
    file!("rows-c.toml"),
    file!("rows-d.toml"),
    file!("rows-e.toml"),
    file!("rows-f.toml"),
    file!("rows-g.toml"),
    file!("rows-h.toml"),
    file!("rows-i.toml"),
    file!("rows-j.toml"),
    file!("sentences.toml"),
    file!("services.toml"),
];

/// The plan of this project, with what is wrong with it: nothing, as a test says.
pub fn builtin_plan() -> (Plan, Vec<Finding>) {
    Plan::read(&TIANJIN)
}
