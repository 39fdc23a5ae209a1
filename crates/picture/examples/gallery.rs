//! Every picture on one page, to be looked at: `cargo run --release --example gallery -- zh > gallery.html`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods, clippy::print_stdout)]

#[path = "../tests/it/samples.rs"]
mod samples;

use heng_picture::report::PAGE_STYLE;
use heng_wording::{Language, Words};

fn main() {
    let language = std::env::args().nth(1).and_then(|name| name.parse().ok()).unwrap_or(Language::Zh);
    let words = Words::new(language);
    println!(
        "<!DOCTYPE html><html lang=\"{language}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Pictures</title><style>{PAGE_STYLE}{}</style><body><main>",
        heng_picture::STYLE
    );
    for (name, picture) in samples::pictures(&words) {
        println!("<h2 id=\"{name}\">{}</h2><p>{}</p>{}", picture.title, picture.description, picture.figure(&words));
    }
    println!("</main></body></html>");
}
