//! The sheet as PDF/A-3a with the machine-readable certificate attached, set by typst in this process.

use heng_statement::Certificate;
use heng_wording::{Language, Words};
use jiff::civil::Date;
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

use super::chain::Step;
use super::compose;
use super::sheet::Sheet;

const TEMPLATE: &str = include_str!("template.typ");

/// Families that carry Chinese, best first: one of them must be among the fonts.
pub const CHINESE_FAMILIES: &[&str] = &["Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC"];

/// Families whose signs `± × · ≤ ⁻` are there and not a full em wide, best first; without one the Chinese face draws those
/// that it has.
pub const SIGN_FAMILIES: &[&str] = &["Source Sans 3", "Noto Sans", "Liberation Sans", "DejaVu Sans"];

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
    signs: Vec<&'static str>,
}

impl std::fmt::Debug for Renderer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Renderer")
            .field("chinese", &self.chinese)
            .field("signs", &self.signs)
            .finish_non_exhaustive()
    }
}

/// A sheet to be set.
pub(crate) struct Setting<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// What is attached to it.
    pub attached: Attached<'a>,
    /// The day that the file bears.
    pub day: Date,
    /// The language that the sheet is in.
    pub language: Language,
}

/// A file that is attached to a PDF as the source of what it shows.
pub(crate) struct Attached<'a> {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What the template reads beside the sheet.
#[derive(Serialize)]
struct Data<'a> {
    sheet: &'a Sheet,
    signs: &'a [&'static str],
    font: &'static str,
    chinese: bool,
    raises: bool,
    attached: &'a str,
    media_type: &'static str,
}

impl Renderer {
    /// A renderer with these font files (OpenType, TrueType or collections of them).
    pub fn new(files: Vec<Vec<u8>>) -> Result<Self, RenderError> {
        let fonts: Vec<Font> = files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
        let has = |family: &&&'static str| fonts.iter().any(|font| font.info().family.eq_ignore_ascii_case(family));
        let chinese = CHINESE_FAMILIES.iter().find(has).copied().ok_or(RenderError::NoChineseFont)?;
        let signs = SIGN_FAMILIES.iter().filter(has).copied().collect();
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            chinese,
            signs,
        })
    }

    /// The certificate as PDF/A-3a, with what it rests on as far as `chain` says and its XML attached as `NUMBER.xml`. Equal
    /// arguments and fonts give equal bytes.
    pub fn pdf(
        &self,
        certificate: &Certificate,
        chain: &[Step],
        xml: &[u8],
        language: Language,
    ) -> Result<Vec<u8>, RenderError> {
        let sheet = compose::sheet(certificate, chain, Words::of(language));
        self.set(&Setting {
            sheet: &sheet,
            attached: Attached {
                name: format!("{}.xml", certificate.number.replace(['/', '\\'], "-")),
                media_type: "application/xml",
                bytes: xml,
            },
            day: certificate.issued_on,
            language,
        })
    }

    /// A sheet as PDF/A-3a with one file attached. Equal arguments and fonts give equal bytes.
    pub(crate) fn set(&self, asked: &Setting<'_>) -> Result<Vec<u8>, RenderError> {
        let Setting { sheet, attached, day, language } = asked;
        let setting = Data {
            sheet,
            signs: &self.signs,
            font: self.chinese,
            raises: !SUPERSCRIPTS.chars().all(|sign| self.has(sign)),
            chinese: *language == Language::Zh,
            attached: &attached.name,
            media_type: attached.media_type,
        };
        let setting = serde_json::to_string(&setting).map_err(|error| RenderError::Typesetting(error.to_string()))?;
        let setting: String = setting.chars().map(|character| self.printable(character)).collect();
        let job = Job::new(self, setting.into_bytes(), attached.bytes)?;
        let compiled = typst::compile::<PagedDocument>(&job).output;
        // What is remembered between documents grows without bound; the last few documents are enough.
        typst::comemo::evict(8);
        let document = compiled.map_err(|errors| refused(&errors))?;
        let (month, of_month) = (day.month().unsigned_abs(), day.day().unsigned_abs());
        let midnight = Datetime::from_ymd_hms(day.year().into(), month, of_month, 0, 0, 0);
        let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
            .map_err(|error| RenderError::Typesetting(error.message().to_string()))?;
        let options = PdfOptions {
            ident: Smart::Custom(format!(
                "{} {language} {}",
                sheet.number,
                hex::encode(Sha256::digest(attached.bytes))
            )),
            creator: Smart::Custom(Some("Heng".to_owned())),
            timestamp: midnight.map(Timestamp::new_utc),
            standards,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&document, &options).map_err(|errors| refused(&errors))
    }
}

impl Renderer {
    fn has(&self, character: char) -> bool {
        self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(character)))
    }

    /// The character, or what stands for it where no font has it: PDF/A refuses a missing glyph, and a rare name must not
    /// keep a certificate from being issued. The attached XML has the character itself.
    fn printable(&self, character: char) -> char {
        // Where the fonts have no raised digits, the template raises plain ones.
        if character.is_ascii() || self.has(character) || SUPERSCRIPTS.contains(character) {
            return character;
        }
        let digit = "₀₁₂₃₄₅₆₇₈₉".chars().position(|subscript| subscript == character);
        let digit = digit.and_then(|digit| char::from_digit(u32::try_from(digit).ok()?, 10));
        digit.unwrap_or(if self.has(MISSING) { MISSING } else { '?' })
    }
}

/// The raised signs of units and powers of ten.
const SUPERSCRIPTS: &str = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹";

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
    fn new(renderer: &'a Renderer, setting: Vec<u8>, attached: &[u8]) -> Result<Self, RenderError> {
        let main = file("main.typ")?;
        Ok(Self {
            renderer,
            main: Source::new(main, TEMPLATE.to_owned()),
            files: [(file("setting.json")?, Bytes::new(setting)), (file("attached")?, Bytes::new(attached.to_vec()))],
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
