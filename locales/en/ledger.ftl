### The ledger: read, written, taken.

finding-ledger-no-headings = No heading row: none of the first 20 rows has three known headings. Download the empty ledger, or check the headings.
finding-ledger-kind-unknown = “{ $text }” is no known kind of instrument. Choose from the list in the empty ledger.
finding-ledger-district-unknown = “{ $text }” is no known district.
finding-ledger-purpose-unknown = “{ $text }” is no known purpose. Give one of: trade settlement, safety protection, medical and health care, environmental monitoring, other, as the empty ledger lists them.
finding-ledger-range-part = “{ $text }” of the measuring range is not of the form “name = value”. Put semicolons between the parts.
finding-ledger-range-unknown = “{ $text }” of the measuring range is not known. Such an instrument has: { $known }
finding-ledger-range-twice = “{ $text }” of the measuring range is given twice.
finding-ledger-unit-of-another-kind = The unit of “{ $text }” does not fit; use { $unit } or another unit of that kind.
finding-ledger-not-one-of = “{ $text }” is none of the choices: { $choices }
finding-ledger-missing-name = The instrument's name is missing.
finding-ledger-missing-kind = The kind of instrument is missing, and its name does not tell.
finding-ledger-missing-serial = The serial number is missing.
finding-ledger-missing-manufacturer = The manufacturer is missing.
finding-ledger-missing-district = There is a place of use, but no district.
finding-ledger-twice = The instrument with serial number { $serial } ({ $id }) stands in more than one row; none was taken. Keep one.
finding-ledger-of-another = { $id } is registered to another organisation. Ask it to hand it over, or check the identifier.
finding-ledger-not-an-instrument = { $id } is no working instrument (perhaps a measurement standard); a ledger does not hold it.
finding-ledger-nameplate = { $id } has certificates, which state its nameplate; kind, model, serial number, manufacturer, class and range can no longer be changed. If it is another instrument, delete the identifier and register it as a new one.
finding-ledger-id-malformed = “{ $id }” cannot be an identifier. Leave it blank for a new instrument.

ledger-notes = How to fill the ledger
ledger-notes-row = One row is one instrument. A row with an error loses only itself.
ledger-notes-needed = The columns on blue are needed: instrument name, instrument kind, serial number, manufacturer.
ledger-notes-blank = Of a registered instrument, an empty cell means no change.
ledger-notes-range = Write the measuring range as “name = value; name = value”, for example: Maximum capacity Max = 30 kg; Minimum capacity Min = 200 g. A sentence as on the nameplate will do as well.
ledger-notes-id = The identifier is given by the system; leave it blank for a new instrument.
ledger-notes-nameplate = The nameplate of an instrument with certificates can no longer be changed; its name, place and purpose can.
ledger-notes-unread = The columns in grey (standing, valid through, certificate number) are for reading only.

ledger-done = { $new } registered, { $changed } changed, { $same } unchanged, { $refused } rows not taken.
ledger-would = { $new } would be registered, { $changed } changed, { $same } unchanged, { $refused } rows not taken. Nothing is registered yet.
error-ledger-keeper = Whose ledger is it? { $reason }

ledger-title = Ledger of instruments
ledger-out = Export
ledger-out-says = { $total } instruments are registered. The columns are those of the national ledger; an exported file can be changed and imported again.
ledger-xlsx = Download XLSX
ledger-csv = Download CSV
ledger-in = Import
ledger-in-says = CSV or XLSX, at most 8 MB and 50 000 rows. First you see what would become of each row; then you register.
ledger-blank = Download an empty ledger
ledger-choose = Ledger file
ledger-look = Look first
ledger-foreseen-title = What would happen
ledger-entered-title = Registered
ledger-again = The log has changed since you looked, and nothing was registered. This is how it stands now; please look again.
ledger-enter = Register { $count }
ledger-not-yet = Not now
ledger-enter-note = Each is a statement, signed in your organisation's name and entered in the log. Mend the rows that were not taken and import the file again; nothing is registered twice.
ledger-rows = What becomes of the rows
ledger-row-heading = Where
ledger-row = Row { $row }
ledger-row-of-sheet = “{ $sheet }”, row { $row }
ledger-at-cell = { $cell }: { $said }
ledger-instrument = Instrument
ledger-fate = Outcome
ledger-why = Explanation
ledger-more = { $count } more rows are not listed.
ledger-same = Unchanged: { $count }
ledger-fate-new = New
ledger-fate-changed = Changed
ledger-fate-refused = Not taken
ledger-change-name = Name
ledger-change-nameplate = Nameplate
ledger-change-place = Place of use
ledger-change-purpose = Purpose
