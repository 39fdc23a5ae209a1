### What digital calibration certificates say.

dcc-serial-number = Serial number
dcc-thing = Identifier of the thing
dcc-synthetic = Example data: all parties, persons and instruments are made up.
dcc-kind-verification = Verification certificate
dcc-kind-rejection-notice = Notice of rejection
dcc-kind-calibration = Calibration certificate
dcc-valid-through = Valid through
dcc-check = Check it at { $address }, or offline with the .heng file of the same name.
finding-xml-not-well-formed = The XML is not well formed: { $reason }
finding-xml-doctype = The document has a DTD, which is not expanded. Remove it.
finding-xml-entity = The entity { $name } is not expanded. Write the character itself.
finding-quantity-value-no-decimal = { $value } is no decimal number.
finding-list-lengths-differ = The lists differ in length: { $values } values, { $others } uncertainties or coverage factors.
dcc-environment-not-recorded = Environmental conditions were not recorded
dcc-conforms = Conforms
dcc-does-not-conform = Does not conform
dcc-not-decidable = Not decidable
dcc-not-judged = Not judged
finding-hybrid-values-disagree = Two statements of one value disagree: { $one } and { $other }. Look at the original data and keep the right one.
finding-conformity-contradicted = It says { $stated }, but { $value } compared with the limits { $limits } says otherwise. Check the data or the statement.
finding-reference-broken = The reference { $reference } points to no id in the document. Correct it or add the id.
finding-reference-duplicate = The id { $reference } occurs more than once. Use each id once.
finding-embedded-file-undecodable = The base64 of the embedded file { $name } does not decode. Embed the file again.
finding-xml-signature-unchecked = The document has an XML signature, which was not checked here. Check it with the signer's tool.
finding-certificate-reference-without-hash = The certificate { $number } is cited with { $stated } where its hash belongs, so nobody can tell which file was meant. State the hash of its XML.
