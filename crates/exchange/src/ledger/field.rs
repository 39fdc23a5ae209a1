//! The columns of a ledger, under the names that ledgers of measuring instruments give them.

use crate::sheets::{half_width, plain};

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The identifier that the thing already has.
    Id,
    /// 器具名称.
    Name,
    /// The name in English.
    NameEn,
    /// The kind that rules apply to.
    Kind,
    /// 型号.
    Model,
    /// 测量范围.
    Range,
    /// 准确度等级.
    Class,
    /// 出厂编号.
    Serial,
    /// 制造厂.
    Manufacturer,
    /// The maker in English.
    ManufacturerEn,
    /// The district where it is used.
    District,
    /// 使用地点.
    Address,
    /// The address in English.
    AddressEn,
    /// 用途.
    Purpose,
    /// How it stands; written for people, never read.
    Condition,
    /// The last day of its validity; written for people, never read.
    ValidThrough,
    /// Its last certificate; written for people, never read.
    Certificate,
    /// What was found when rows were handed back; never read.
    Finding,
}

/// A column's headings.
#[derive(Clone, Copy, Debug)]
pub(super) struct FieldText {
    pub(super) field: Field,
    pub(super) zh: &'static str,
    pub(super) en: &'static str,
    also: &'static [&'static str],
}

const fn text(field: Field, zh: &'static str, en: &'static str, also: &'static [&'static str]) -> FieldText {
    FieldText { field, zh, en, also }
}

/// Every column, in the order of a ledger.
pub(super) const FIELDS: [FieldText; 18] = [
    text(Field::Name, "器具名称", "Instrument name", &["计量器具名称", "名称", "name", "instrument"]),
    text(Field::NameEn, "器具名称（英）", "Instrument name (EN)", &["name en"]),
    text(Field::Kind, "器具种类", "Instrument kind", &["种类", "类别", "kind"]),
    text(Field::Model, "型号", "Model", &["型号规格", "规格型号", "型号/规格", "type"]),
    text(Field::Range, "测量范围", "Measuring range", &["量程", "测量范围/量程", "range"]),
    text(Field::Class, "准确度等级", "Accuracy class", &["精度等级", "准确度", "等级", "class"]),
    text(Field::Serial, "出厂编号", "Serial number", &["编号", "出厂号", "器具编号", "serial", "serial no"]),
    text(Field::Manufacturer, "制造厂", "Manufacturer", &["制造单位", "生产厂家", "制造商", "生产厂", "maker"]),
    text(Field::ManufacturerEn, "制造厂（英）", "Manufacturer (EN)", &["maker en"]),
    text(Field::District, "使用区", "District", &["所在区", "区", "行政区"]),
    text(Field::Address, "使用地点", "Place of use", &["安装地点", "使用地址", "地点", "place", "address"]),
    text(Field::AddressEn, "使用地点（英）", "Place of use (EN)", &["address en"]),
    text(Field::Purpose, "用途", "Purpose", &["使用用途", "强检用途", "use"]),
    text(Field::Id, "器具标识", "Identifier", &["标识", "id"]),
    text(Field::Condition, "检定状态", "Standing", &["状态"]),
    text(Field::ValidThrough, "有效期至", "Valid through", &["有效期", "检定有效期至"]),
    text(Field::Certificate, "证书编号", "Certificate number", &["证书号"]),
    text(Field::Finding, "问题", "Findings", &[]),
];

impl Field {
    /// The column that a heading names.
    pub(super) fn named(heading: &str) -> Option<Self> {
        if heading.len() > 200 {
            return None;
        }
        let narrow: String = heading.chars().map(half_width).collect();
        let wanted = plain(narrow.trim().trim_matches('*'));
        let is = |candidate: &str| plain(candidate) == wanted;
        let found = FIELDS.iter().find(|text| is(text.zh) || is(text.en) || text.also.iter().any(|also| is(also)));
        found.filter(|_| !wanted.is_empty()).map(|text| text.field)
    }

    /// Whether a reader takes anything from it.
    pub(super) fn is_read(self) -> bool {
        !matches!(self, Self::Condition | Self::ValidThrough | Self::Certificate | Self::Finding)
    }

    /// Its heading in Chinese and in English.
    pub fn headings(self) -> (&'static str, &'static str) {
        FIELDS.iter().find(|text| text.field == self).map_or(("", ""), |text| (text.zh, text.en))
    }
}
