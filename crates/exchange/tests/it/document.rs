//! The people's copies of a certificate.

use std::path::Path;

mod archive;
pub mod example;
mod page;
mod renderings;

use heng_exchange::document::Renderer;

/// Fonts of this machine; `None` where there is none that sets Chinese, and the test says that it skips.
pub fn renderer() -> Option<Renderer> {
    let folders =
        ["/usr/share/fonts/opentype/noto", "/usr/share/fonts/truetype/liberation", "/usr/share/fonts/truetype/dejavu"];
    let names = [
        "NotoSansCJK-Regular.ttc",
        "NotoSansCJK-Bold.ttc",
        "LiberationSans-Regular.ttf",
        "LiberationSans-Bold.ttf",
        "DejaVuSans.ttf",
    ];
    let files = folders.iter().flat_map(|folder| names.map(|name| Path::new(folder).join(name)));
    let fonts = files.filter_map(|file| std::fs::read(file).ok()).collect();
    let renderer = Renderer::new(fonts);
    if let Err(error) = &renderer {
        println!("SKIPPED: {error}; install fonts-noto-cjk");
    }
    renderer.ok()
}
