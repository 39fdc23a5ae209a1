# 读外来文件时的发现。

finding-pdf-unreadable = 这个文件不是能读的 PDF，附件没有读到。向出具方要原文件。
finding-pdf-encrypted = 这个 PDF 加了密，附件没有读。请出具方给一份不加密的。
finding-pdf-attachment-unreadable = 附件 { $name } 读不出：它已损坏、用了不认得的压缩，或展开后过大。
finding-record-not-toml = 记录不是完整的 TOML：{ $reason }
finding-record-not-json = 记录不是完整的 JSON：{ $reason }
finding-record-too-large = 文件有 { $bytes } 字节，太大了。分成几份。
finding-record-not-utf-8 = 文件不是 UTF-8 编码，第 { $byte } 个字节起读不了。另存为 UTF-8。
finding-record-no-table = 第 { $row } 份记录不是一张表。
finding-record-format = 第 { $row } 份记录没有写 format = "heng-record/1"。
finding-record-shape = 第 { $row } 份记录的内容不对：{ $reason }
finding-record-bare-number = 第 { $row } 份记录的 { $path } 是 { $value }，没有单位。写成带单位的文字，例如 "5 g"。
finding-record-input-without-value = 第 { $row } 份记录的 { $path } 没有 value。
finding-record-unit-of-other-kind = 第 { $row } 份记录的 { $path } 单位不一致：{ $reason }
