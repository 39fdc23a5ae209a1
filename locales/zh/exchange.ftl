# 读外来文件时的发现。

finding-pdf-unreadable = 这个文件不是能读的 PDF，附件没有读到。向出具方要原文件。
finding-pdf-encrypted = 这个 PDF 加了密，附件没有读。请出具方给一份不加密的。
finding-pdf-attachment-unreadable = 附件 { $name } 读不出：它已损坏、用了不认得的压缩，或展开后过大。
