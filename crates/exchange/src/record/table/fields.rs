//! The columns that every table of records may have, whatever the rule.

/// A column that does not depend on the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The rule, by identifier or number.
    Rule,
    /// The certificate's number.
    Number,
    /// First or subsequent verification, or calibration.
    Occasion,
    /// Whose instrument it is.
    ClientName,
    /// The client's identifier.
    ClientId,
    /// The client's address.
    ClientAddress,
    /// The kind of instrument that rules apply to.
    Kind,
    /// What people call the instrument.
    InstrumentName,
    /// Its maker.
    Manufacturer,
    /// Its type designation.
    Model,
    /// Its serial number.
    Serial,
    /// Its identifier.
    InstrumentId,
    /// The day of the work.
    PerformedOn,
    /// Where the work was done.
    Place,
    /// Identifiers of the standards.
    Standards,
    /// Who measured.
    Verifier,
    /// Who reviews.
    Reviewer,
    /// Whether it is made up.
    Synthetic,
    /// Until when a calibration is relied on.
    RecalibrateBy,
    /// A remark for the certificate.
    Remark,
}

/// What a field's cells hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A word or a name in one language.
    Word,
    /// A text that certificates print in both languages; a second column `… (en)` may give the English one.
    Words,
    /// A day.
    Day,
    /// Identifiers, separated by semicolons.
    Identifiers,
    /// Yes or no.
    Flag,
    /// One of the occasions.
    Occasion,
}

/// How a field is named and where it goes.
#[derive(Clone, Copy, Debug)]
pub struct FieldText {
    /// Which.
    pub field: Field,
    /// Its key in TOML and JSON.
    pub key: &'static str,
    /// Its heading in Chinese.
    pub zh: &'static str,
    /// Its heading in English.
    pub en: &'static str,
    /// Other headings that mean the same.
    pub also: &'static [&'static str],
    /// What its cells hold.
    pub holds: Holds,
    /// Whether every row needs it.
    pub required: bool,
}

const fn field(
    field: Field,
    key: &'static str,
    (zh, en): (&'static str, &'static str),
    also: &'static [&'static str],
    holds: Holds,
) -> FieldText {
    FieldText { field, key, zh, en, also, holds, required: true }
}

const fn optional(text: FieldText) -> FieldText {
    FieldText { required: false, ..text }
}

/// Every field, in the order of a template.
pub const FIELDS: [FieldText; 20] = [
    field(Field::Rule, "rule", ("规程", "Rule"), &["检定规程", "校准规范", "依据", "规程编号"], Holds::Word),
    optional(field(
        Field::Number,
        "number",
        ("证书编号", "Certificate number"),
        &["证书号", "number", "certificate no"],
        Holds::Word,
    )),
    field(Field::Occasion, "occasion", ("检定类别", "Occasion"), &["检定类型", "检定性质", "类别"], Holds::Occasion),
    field(
        Field::ClientName,
        "client.name",
        ("委托单位", "Client"),
        &["送检单位", "使用单位", "委托方", "客户", "client name", "customer"],
        Holds::Words,
    ),
    optional(field(
        Field::ClientId,
        "client.id",
        ("委托单位代码", "Client identifier"),
        &["统一社会信用代码", "client id"],
        Holds::Word,
    )),
    optional(field(
        Field::ClientAddress,
        "client.address",
        ("委托单位地址", "Client address"),
        &["单位地址", "地址", "address"],
        Holds::Words,
    )),
    optional(field(
        Field::Kind,
        "instrument.kind",
        ("器具种类", "Kind"),
        &["器具类别", "kind of instrument"],
        Holds::Word,
    )),
    field(
        Field::InstrumentName,
        "instrument.name",
        ("器具名称", "Instrument"),
        &["计量器具名称", "仪器名称", "名称", "instrument name", "name"],
        Holds::Words,
    ),
    field(
        Field::Manufacturer,
        "instrument.manufacturer",
        ("制造厂", "Manufacturer"),
        &["制造单位", "制造商", "生产厂家", "生产单位", "厂家", "maker"],
        Holds::Words,
    ),
    field(
        Field::Model,
        "instrument.model",
        ("型号", "Model"),
        &["型号规格", "规格型号", "型号/规格", "type"],
        Holds::Word,
    ),
    field(
        Field::Serial,
        "instrument.serial",
        ("出厂编号", "Serial number"),
        &["器具编号", "仪器编号", "编号", "serial", "serial no"],
        Holds::Word,
    ),
    optional(field(
        Field::InstrumentId,
        "instrument.id",
        ("器具标识", "Instrument identifier"),
        &["instrument id"],
        Holds::Word,
    )),
    field(
        Field::PerformedOn,
        "performed_on",
        ("检定日期", "Performed on"),
        &["校准日期", "日期", "date", "verified on", "calibrated on"],
        Holds::Day,
    ),
    field(Field::Place, "place", ("检定地点", "Place"), &["校准地点", "地点", "location"], Holds::Words),
    field(
        Field::Standards,
        "standards",
        ("标准器", "Standards"),
        &["计量标准器", "计量标准", "使用的标准器", "standard"],
        Holds::Identifiers,
    ),
    field(Field::Verifier, "verifier", ("检定员", "Verifier"), &["校准员", "检定人", "measured by"], Holds::Word),
    field(Field::Reviewer, "reviewer", ("核验员", "Reviewer"), &["核验人", "复核员", "reviewed by"], Holds::Word),
    optional(field(Field::Synthetic, "synthetic", ("示例数据", "Synthetic"), &["示例", "虚构"], Holds::Flag)),
    optional(field(
        Field::RecalibrateBy,
        "recalibrate_by",
        ("建议复校日期", "Recalibrate by"),
        &["复校日期", "下次校准日期"],
        Holds::Day,
    )),
    optional(field(Field::Remark, "remark", ("备注", "Remark"), &["说明", "remarks"], Holds::Words)),
];

impl Field {
    /// Its names.
    pub fn text(self) -> &'static FieldText {
        // Every field is listed; the first stands in only where a list was edited wrongly, which a test finds.
        FIELDS.iter().find(|text| text.field == self).unwrap_or(&FIELDS[0])
    }
}

/// The heading of the column in which lost rows are handed back with their findings; it is not read.
pub const FINDING: (&str, &str) = ("问题", "Findings");
