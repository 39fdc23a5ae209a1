### What the command line says.

severity-info = note
severity-warning = warning
severity-error = error

error-key-suite = A key of { $wanted } was wanted; this one is of { $found }.
error-suite = There is no signature suite { $suite }. There are ed25519, es256 and sm2.
error-decider = Not exactly one person of { $laboratory } is known as { $named }. Give the identifier of the person who decided.
error-withdraw-day = A certificate of work done on { $performed } cannot be withdrawn from { $day } on. Give a day from { $performed } to { $today }.
error-no-certificate = There is no certificate { $number }.
error-not-checkable = { $file } is no bundle, PDF or XML that can be checked: { $reason }
error-no-dcc = { $file } is neither a digital calibration certificate nor a D-SI document: { $reason }
error-no-dcc-json = { $file } is no heng-dcc/1 JSON: { $reason }
error-record-kind = The extension of { $path } is not known. Records are .toml, .json, .csv or .xlsx.
error-template-kind = The extension of { $path } is not known. Templates are .xlsx or .csv.
error-model = { $path } is no model that can be evaluated.
error-method = There is no method { $method }. There are linear and monte-carlo.

key-written = The secret key is in { $path }; only you can read it.
key-shown = { $suite } public key, identifier { $id }
withdrawn = Certificate { $number } is withdrawn from { $day } on.
written = Wrote { $path }
document-lost = The store no longer has the document { $name }, so it was not written. Put the file back from a backup of the store’s folder “blobs”.
fsck-clean = The log is whole: { $statements ->
    [one] { $statements } statement
   *[other] { $statements } statements
}, { $documents ->
    [one] { $documents } document
   *[other] { $documents } documents
}, root { $root }
fsck-damaged = The log is damaged: { $statements ->
    [one] { $statements } statement
   *[other] { $statements } statements
}, { $documents ->
    [one] { $documents } document
   *[other] { $documents } documents
}, root { $root }. Restore what is listed above from a copy before going on.
dcc-checked = { $file }: { $count ->
    [one] { $count } finding
   *[other] { $count } findings
}
chain-disseminates = passes on { $quantity }: { $from } to { $to }, U = { $uncertainty }
chain-top = ◆ realisation of the unit
chain-missing = The chain is broken: { $statement } is missing
chain-circle = The chain comes back to itself at { $statement }
chain-too-deep = The chain is longer than any real one; followed as far as { $statement }
check-number-unknown = number unknown
check-valid-through = Valid through { $day }
check-expired = Was valid through { $day }; expired
check-folded = All { $count } checks of the certificates above it passed
certified = { $number }  { $outcome }  { $name }
outcome-calibrated = calibrated
certify-summary = { $count } certified, { $failing } of them not conforming; { $lost ->
    [one] { $lost } row lost
   *[other] { $lost } rows lost
}. { $seconds } s, { $rate } certificates a second.
certify-lost = The rows without a certificate, with the reasons, are in { $path }. Repair them there and certify that file.
init-done = Made { $data }: { $statements ->
    [one] { $statements } statement
   *[other] { $statements } statements
}, { $certificates ->
    [one] { $certificates } certificate of a standard
   *[other] { $certificates } certificates of standards
}.
init-trust = Policy file { $path }
init-seeded = The keys come from the seed { $seed }; anyone can make them again. For demonstrations only.
init-noted = You on this machine trust it from now on: { $path }
serving = Serving on http://{ $address }/. Ctrl-C stops it.
error-serving = Cannot serve: { $reason }

demo-made = The example city is in { $data }: { $instruments ->
    [one] { $instruments } instrument
   *[other] { $instruments } instruments
}, { $statements } statements in the log, { $seconds } s. All of it is synthetic.
demo-policy = Whom to trust, for checking without a network: { $path }
demo-accounts = Accounts (passwords were just generated and are shown only here):
demo-task-verifier = verifier
demo-task-reviewer = reviewer
demo-task-owner = owner of instruments
demo-task-utility = the utility’s engineer
demo-task-platform = the charging platform’s analyst
demo-task-operator = an operator of charging piles
demo-task-supervisor = supervisor of a district
demo-places = Look at:
demo-shown-in-force = a certificate in force
demo-shown-failed = a rejection notice
demo-shown-withdrawn = a withdrawn certificate
demo-session = an example charging receipt, checked line by line
demo-receipts = the files of these receipts
demo-found = meters inferred to be wrong beside what the laboratory found
demo-register = what is measured where
demo-sign-in = sign in
account-added = { $name } may sign in, as { $party }.
account-password = Password (shown only this once): { $password }
error-account-party = The log introduces no party { $party }, so that whoever signs in as it could do nothing. Name one that it introduces: a person, or an organisation such as { $known }.
error-account-unknown = There is no account called "{ $name }". heng account list shows those there are.

infer-title = The meters of a district, judged by its balance
infer-recalled = The log has the last certificate of { $count ->
    [one] one meter
   *[other] { $count } meters
 }; what it says is known beforehand.
infer-recalled-batch = Of { $count ->
    [one] { $count } meter
   *[other] { $count } meters
} without a certificate it has what laboratories found of others of the same maker and model.
infer-recorded = What was inferred of { $network } is in the log: statement { $statement }, { $alerts ->
    [one] { $alerts } alarm
   *[other] { $alerts } alarms
}.
infer-recorded-silent = What was inferred of { $network } is in the log: statement { $statement }. No alarm was raised: a condition is not met, and the specification allows no conclusion.
infer-withdrawn = Taken back: { $statement }, by statement { $by }.
infer-limit = Limit ±{ $limit } ({ $norm }, class { $class }; { $confidence ->
    [read] read in the source
    [secondary] from secondary pages, the source not read
   *[unverified] unverified
  })
infer-district = { $file }: loss { $loss } %, error of the head meter { $head } % ± { $u } % (standard uncertainty)
infer-city = { $districts ->
    [one] { $districts } district
   *[other] { $districts } districts
}, { $meters ->
    [one] { $meters } meter
   *[other] { $meters } meters
}, { $readings ->
    [one] { $readings } reading
   *[other] { $readings } readings
} in { $seconds } s: { $rate } readings per second; seven million meters of thirty days would take { $hours } hours on this machine.
error-infer-counted = Readings of { $district } begin before the end of those that the state already holds; they would count twice. Give only later ones, with --since.
error-infer-district = A district cannot be read: { $reason }
infer-nothing = { $file } has no readings that can be judged.
infer-no-registers = { $file }: these columns hold no registers and were left out: { $names }
infer-without-readings = { $file }: these meters are in the file of meters and have no readings: { $names }
error-infer-nothing = No district has readings that can be judged: it takes the head meter head_kwh, one customer and three times.
error-infer-folder = { $path } has no file called …_readings….parquet or .csv.
error-infer-city-option = A city of districts-….parquet has no answer to { $option }. Leave it out: the counts are printed, and the verdicts with --csv, --json or --parquet FILE. For { $option } judge a district by its own readings.
error-infer-city-beside = { $path } has a city (districts-….parquet) and readings of single districts beside it ({ $file }). Put them into folders of their own and judge each by itself.
error-infer-one-file = { $option } names one file, and { $path } has readings of { $districts } districts. Leave it out, so that each district takes the files beside its own readings (NAME_voltages, NAME_meters), or name the readings of the one district.
infer-city-conditions = Conditions of { $rule }: { $met ->
    [one] { $met } district meets
   *[other] { $met } districts meet
} them, { $not-met ->
    [one] { $not-met } does
   *[other] { $not-met } do
} not, of { $unknown } it is not known. --json says which.
infer-city-recorded = { $districts ->
    [one] { $districts } district is
   *[other] { $districts } districts are
} in the log, with { $alerts ->
    [one] { $alerts } new alarm
   *[other] { $alerts } new alarms
}{ $known ->
    [0] .
   *[other] ; { $known } of them had said the same before.
}
infer-city-refused = { $district } was not taken into the log: { $reason }
infer-recorded-known = The log says the same of { $network } already: statement { $statement }. Nothing was added.
error-known-format = { $path } is of another version ({ $format }): its days were counted otherwise. Begin it anew: name another file, and judge the earlier days again.
error-infer-limits = There is no limit called { $name }. There are { $known }.
infer-meter = Meter
infer-state = State
infer-error = Error %
infer-u = u %
infer-interval = 95 % interval
infer-beyond = P beyond limit
infer-since = Since
infer-reason = Reason
infer-state-good = good
infer-state-beyond = beyond the limit
infer-state-drifting = drifting
infer-state-stopped = stopped
infer-state-bypassed = bypassed
infer-state-undecided = undecided
infer-reason-balance = the balance
infer-reason-vacant = almost nothing is drawn
infer-reason-load = too little is drawn beside the noise
infer-reason-clocks = clocks are too far off
infer-reason-missing = too many readings are missing
infer-reason-collinear = cannot be told from other meters
infer-reason-head = covered by the head meter's error
infer-reason-near-limit = too near the limit
infer-reason-voltages = no voltages say what the customer adds to the loss
infer-reason-district = the district does not balance: customers missing in the file, head meter, units or feed-in
