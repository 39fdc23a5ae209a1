# Findings made while reading foreign files.

finding-pdf-unreadable = This file is not a readable PDF, so its attachments were not read. Ask the issuer for the original file.
finding-pdf-encrypted = This PDF is encrypted, so its attachments were not read. Ask the issuer for one that is not.
finding-pdf-attachment-unreadable = The attachment { $name } cannot be read: it is damaged, compressed in an unknown way, or too large when unpacked.
