//! Finds a font with Chinese characters on this machine.

use std::path::{Path, PathBuf};

use crate::Failure;

/// Where Linux systems keep fonts, the user's own last.
const FOLDERS: [&str; 4] = ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts"];

/// Files that carry every Chinese character, best first: (regular, bold).
const FAMILIES: [(&str, &str); 4] = [
    ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    ("NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf"),
    ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"),
    ("SourceHanSansSC-Regular.otf", "SourceHanSansSC-Bold.otf"),
];

/// Files with the signs `± × · ≤ ⁻` that Chinese families draw a full em wide or lack, best first. A certificate can be set
/// without them, less well.
const SIGNS: [&str; 5] = [
    "SourceSans3-Regular.otf",
    "NotoSans-Regular.ttf",
    "LiberationSans-Regular.ttf",
    "LiberationSans-Bold.ttf",
    "DejaVuSans.ttf",
];

/// How deep a font folder is searched.
const DEPTH: u32 = 5;

/// The bytes of the first family found, in `folder` if one is given, else where systems keep fonts.
pub fn fonts(folder: Option<&Path>) -> Result<Vec<Vec<u8>>, Failure> {
    let mut folders: Vec<PathBuf> = match folder {
        Some(folder) => vec![folder.to_path_buf()],
        None => FOLDERS.iter().map(PathBuf::from).collect(),
    };
    if folder.is_none()
        && let Some(home) = std::env::var_os("HOME")
    {
        folders.push(Path::new(&home).join(".local/share/fonts"));
    }
    for (regular, bold) in FAMILIES {
        for folder in &folders {
            if let Some(regular) = found(folder, regular, DEPTH) {
                let bold = found(folder, bold, DEPTH);
                let signs =
                    SIGNS.iter().filter_map(|name| folders.iter().find_map(|folder| found(folder, name, DEPTH)));
                let files = std::iter::once(regular).chain(bold).chain(signs);
                return files.map(|path| crate::files::read(&path)).collect();
            }
        }
    }
    Err(Failure::new("error-no-font"))
}

fn found(folder: &Path, name: &str, depth: u32) -> Option<PathBuf> {
    let direct = folder.join(name);
    if direct.is_file() {
        return Some(direct);
    }
    if depth == 0 {
        return None;
    }
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders.iter().find_map(|folder| found(folder, name, depth - 1))
}
