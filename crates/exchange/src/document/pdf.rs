//! The sheet as PDF/A-3a with the machine-readable certificate attached, set by typst in this process.

use heng_statement::Certificate;
use heng_wording::{Language, Words};
use serde::Serialize;
use sha2::{Digest, Sha256};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::compose;
use super::sheet::Sheet;

const TEMPLATE: &str = include_str!("template.typ");

/// Families that carry Chinese, best first: one of them must be among the fonts.
pub const CHINESE_FAMILIES: &[&str] = &["Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC"];

/// Families whose signs `± × · ≤` are not a full em wide, best first; without one the Chinese face draws them.
pub const LATIN_FAMILIES: &[&str] = &["Source Sans 3", "Noto Sans", "Liberation Sans", "DejaVu Sans"];

/// A document could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// None of the fonts can set Chinese names.
    #[error("no font of the families {}", CHINESE_FAMILIES.join(", "))]
    NoChineseFont,
    /// The typesetter refused; this is a fault of the template, not of the certificate.
    #[error("the document cannot be set: {0}")]
    Typesetting(String),
}

/// What sets documents: the fonts and the typesetter's library, made once and shared.
pub struct Renderer {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    chinese: &'static str,
    latin: Option<&'static str>,
}

impl std::fmt::Debug for Renderer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Renderer")
            .field("chinese", &self.chinese)
            .field("latin", &self.latin)
            .finish_non_exhaustive()
    }
}

/// What the template reads beside the sheet.
#[derive(Serialize)]
struct Setting<'a> {
    sheet: &'a Sheet,
    fonts: Vec<&'static str>,
    chinese: bool,
    xml: String,
}

impl Renderer {
    /// A renderer with these font files (OpenType, TrueType or collections of them).
    pub fn new(files: Vec<Vec<u8>>) -> Result<Self, RenderError> {
        let fonts: Vec<Font> = files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
        let first = |families: &[&'static str]| {
            families
                .iter()
                .copied()
                .find(|family| fonts.iter().any(|font| font.info().family.eq_ignore_ascii_case(family)))
        };
        let chinese = first(CHINESE_FAMILIES).ok_or(RenderError::NoChineseFont)?;
        let latin = first(LATIN_FAMILIES);
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            chinese,
            latin,
        })
    }

    /// The certificate as PDF/A-3a, with its XML attached as `NUMBER.xml`. Equal certificates and fonts give equal bytes.
    pub fn pdf(&self, certificate: &Certificate, xml: &[u8], language: Language) -> Result<Vec<u8>, RenderError> {
        let sheet = compose::sheet(certificate, &Words::new(language));
        let setting = Setting {
            sheet: &sheet,
            fonts: self.latin.into_iter().chain([self.chinese]).collect(),
            chinese: language == Language::Zh,
            xml: format!("{}.xml", certificate.number.replace(['/', '\\'], "-")),
        };
        let setting = serde_json::to_string(&setting).map_err(|error| RenderError::Typesetting(error.to_string()))?;
        let setting: String = setting.chars().map(|character| self.printable(character)).collect();
        let job = Job::new(self, setting.into_bytes(), xml)?;
        let compiled = typst::compile::<PagedDocument>(&job).output;
        // What is remembered between documents grows without bound; the last few documents are enough.
        typst::comemo::evict(8);
        let document = compiled.map_err(|errors| refused(&errors))?;
        let issued = certificate.issued_on;
        let (month, day) = (issued.month().unsigned_abs(), issued.day().unsigned_abs());
        let midnight = Datetime::from_ymd_hms(issued.year().into(), month, day, 0, 0, 0);
        let standards = PdfStandards::new(&[PdfStandard::A_3a])
            .map_err(|error| RenderError::Typesetting(error.message().to_string()))?;
        let options = PdfOptions {
            ident: Smart::Custom(format!("{} {language} {}", certificate.number, hex::encode(Sha256::digest(xml)))),
            creator: Smart::Custom(Some("Heng".to_owned())),
            timestamp: midnight.map(Timestamp::new_utc),
            standards,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&document, &options).map_err(|errors| refused(&errors))
    }
}

impl Renderer {
    /// The character, or what stands for it where no font has it: PDF/A refuses a missing glyph, and a rare name must not
    /// keep a certificate from being issued. The attached XML has the character itself.
    fn printable(&self, character: char) -> char {
        let has = |character: char| {
            let code = u32::from(character);
            self.fonts.iter().any(|font| font.info().coverage.contains(code))
        };
        if character.is_ascii() || has(character) {
            return character;
        }
        let digit = "₀₁₂₃₄₅₆₇₈₉".chars().position(|subscript| subscript == character);
        let digit = digit.and_then(|digit| char::from_digit(u32::try_from(digit).ok()?, 10));
        digit.unwrap_or(if has(MISSING) { MISSING } else { '?' })
    }
}

/// The mark that Chinese and Japanese printers set for a sort they do not have (U+3013).
const MISSING: char = '〓';

fn refused(errors: &[SourceDiagnostic]) -> RenderError {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    RenderError::Typesetting(messages.join("; "))
}

/// One document being set. File names are fixed: the typesetter remembers every name it ever saw.
struct Job<'a> {
    renderer: &'a Renderer,
    main: Source,
    files: [(FileId, Bytes); 2],
}

impl<'a> Job<'a> {
    fn new(renderer: &'a Renderer, setting: Vec<u8>, xml: &[u8]) -> Result<Self, RenderError> {
        let main = file("main.typ")?;
        Ok(Self {
            renderer,
            main: Source::new(main, TEMPLATE.to_owned()),
            files: [(file("setting.json")?, Bytes::new(setting)), (file("certificate.xml")?, Bytes::new(xml.to_vec()))],
        })
    }
}

fn file(name: &str) -> Result<FileId, RenderError> {
    let path = VirtualPath::new(name).map_err(|error| RenderError::Typesetting(format!("{name}: {error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Job<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.renderer.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.renderer.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::Other(None)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.files.iter().find(|(other, _)| *other == id);
        found.map(|(_, bytes)| bytes.clone()).ok_or(FileError::Other(None))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.renderer.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
