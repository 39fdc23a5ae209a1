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
