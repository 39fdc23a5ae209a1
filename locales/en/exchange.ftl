# Findings made while reading foreign files.

finding-pdf-unreadable = This file is not a readable PDF, so its attachments were not read. Ask the issuer for the original file.
finding-pdf-encrypted = This PDF is encrypted, so its attachments were not read. Ask the issuer for one that is not.
finding-pdf-attachment-unreadable = The attachment { $name } cannot be read: it is damaged, compressed in an unknown way, or too large when unpacked.
finding-record-not-toml = The record is no complete TOML: { $reason }
finding-record-not-json = The record is no complete JSON: { $reason }
finding-record-too-large = The file has { $bytes } bytes, too many. Split it.
finding-record-not-utf-8 = The file is not in UTF-8; from byte { $byte } on it cannot be read. Save it as UTF-8.
finding-record-no-table = Record { $row } is no table.
finding-record-format = Record { $row } does not say format = "heng-record/1".
finding-record-shape = The content of record { $row } is not right: { $reason }
finding-record-bare-number = { $path } of record { $row } is { $value }, without unit. Write text with a unit, such as "5 g".
finding-record-input-without-value = { $path } of record { $row } has no value.
finding-record-unit-of-other-kind = The units of { $path } in record { $row } do not agree: { $reason }
