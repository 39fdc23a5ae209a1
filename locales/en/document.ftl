# Words of the printed certificate: headings, columns, verdicts. Values come from the certificate itself.
certificate-page = Page { $page } of { $pages }
attachment-xml = Machine-readable content of certificate { $number } (DCC XML)
list-separator = , { "" }
sentence-separator = { " " }

kind-verification = Verification Certificate
kind-rejection-notice = Rejection Notice
kind-calibration = Calibration Certificate

badge-synthetic = Example data
synthetic-meaning = The people, organisations, instruments and values in this certificate are made up.
badge-not-read = Not checked against the source

term-number = Certificate number
term-client = Client
term-instrument = Instrument
term-model = Model
term-serial = Serial number
term-manufacturer = Manufacturer
term-basis-verification = Verified according to
term-basis-calibration = Calibrated according to
term-occasion = Occasion
term-verified-on = Verified on
term-calibrated-on = Calibrated on
term-issued-on = Issued on
term-valid-through = Valid through
term-place = Place
authorization-number = Authorization { $number }
rule-version = Rule { $id }, version { $version }, SHA-256 { $hash }…

occasion-initial = Initial verification
occasion-subsequent = Subsequent verification
occasion-in-service = In-service inspection
occasion-calibration = Calibration
answer-yes = Yes
answer-no = No

outcome-conforms = Conforms
outcome-does-not-conform = Does not conform
outcome-not-decidable = Not decidable
verdict-conforms = The instrument meets the requirements of { $norm }.
verdict-conforms-class = The instrument meets the requirements of { $norm } for class { $class }.
verdict-does-not-conform = The instrument does not meet the requirements of { $norm }. Items that do not conform: { $items }.
verdict-not-decidable = With an uncertainty this large, { $norm } cannot be decided for: { $items }.
verdict-valid-through = Valid through { $day }.

heading-standards = Measurement standards used
heading-conditions = Environment and place
heading-dissemination = What the instrument can pass on
heading-remark = Remark
heading-budget = Where the uncertainty comes from
column-standard = Name, model, serial number
column-range = Range
column-accuracy = Uncertainty or class
column-certificate = Certificate
column-valid-through = Valid through
column-quantity = Quantity
column-from = From
column-to = To
column-smallest-uncertainty = Smallest uncertainty
column-limit = Permitted
column-outcome = Verdict
column-uncertainty = Uncertainty
column-point = Point
column-source = Source
column-estimate = Estimate
column-share = Share of variance
limits-from = Limits from: { "" }
model-of-measurement = Measurement model: { "" }
budget-meaning = Each line is one input quantity: its estimate, standard uncertainty and degrees of freedom, and what it contributes to the result; the bar is its share of the variance.
picture-name = { $item }: where { $points } points lie between their limits
picture-caption = The grey band is what is permitted, the upright bar the uncertainty. Dot: conforms; square: does not conform; dashed ring: not decidable.

function-verifier-verification = Verified by
function-verifier-calibration = Calibrated by
function-reviewer-verification = Reviewed by
function-reviewer-calibration = Reviewed by
function-approver-verification = Approved by
function-approver-calibration = Approved by

check-code = QR code of the address { $address }
check-scan = Scan to check
check-offline = Without a network:

note-signature = This certificate takes effect by the laboratory's electronic signature; paper is a print of it. Signature, log entry and traceability are checked with the proof bundle attached to the file.
note-scope = The results hold for this instrument alone. It may not be copied in part without the laboratory's written consent.
note-verification = An instrument that is repaired, unsealed or altered within its validity must be verified again.
note-rejection-notice = This instrument may not be used where a valid verification is required.
note-calibration = A calibration states values and uncertainties; it gives no verdict unless the client asked for one and it is stated above.
note-not-read = Figures marked “Not checked against the source” come from secondary material and have not yet been compared with the regulation's own text.

characteristic-class = Accuracy class
characteristic-max = Maximum capacity Max
characteristic-min = Minimum capacity Min
characteristic-e = Verification interval e
characteristic-d = Actual interval d
characteristic-n = Number of intervals n
characteristic-range = Range
characteristic-from = Lower limit of range
characteristic-to = Upper limit of range
characteristic-lower = Lower limit of range
characteristic-upper = Upper limit of range
characteristic-division = Scale interval
characteristic-resolution = Resolution
characteristic-nominal = Nominal value
characteristic-density = Density
characteristic-voltage = Nominal voltage
characteristic-current = Nominal current
characteristic-power = Rated power
characteristic-constant = Meter constant
characteristic-flow_min = Minimum flow
characteristic-flow_max = Maximum flow
characteristic-fuel = Fuel
characteristic-phases = Phases

quantity-mass = Mass
quantity-pressure = Pressure
quantity-temperature = Temperature
quantity-volume = Volume
quantity-energy = Electrical energy
quantity-length = Length
quantity-voltage = Voltage
quantity-current = Current
quantity-power = Power
quantity-time = Time
quantity-frequency = Frequency
