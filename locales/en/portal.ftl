### Words of the pages.

portal-name = Digital metrology
portal-nav = Places
portal-nav-check = Check
portal-nav-register = Institutes
portal-skip = Skip to the content
portal-synthetic = The people, institutes, instruments and values on this page are made up.
portal-synthetic-day = In the example today is { $day }.
portal-footer = Every number on a page opens into the statements that made it.
portal-footer-interface = Interface for programs
portal-footer-checkpoint = Checkpoint of the log
portal-back-home = Back to the first page

portal-home-title = Is this certificate true?
portal-home-lead = Type the number on the certificate, or hand in a file. The answer follows from the certificate's own proof and the public log; you can do it again without a network.
portal-home-answers = Three answers
portal-home-trusted = Every check passed.
portal-home-doubtful = At least one check failed.
portal-home-cannot-check = None failed, but evidence is missing.
portal-home-log = The log
portal-home-log-size = The public log has { $size } statements. It only grows; nothing in it is edited.
portal-home-register = Where to have it measured
portal-home-register-what = Which institute measures what, and how well.

portal-ask-number = Certificate number
portal-ask-check = Check
portal-ask-file = or choose a file
portal-ask-check-file = Check the file
portal-ask-file-note = A bundle (.heng), PDF, XML or web page, up to 16 MB. Files are checked in memory and not kept.

portal-check-title = Check
portal-check-of-number = Public check · by number
portal-check-of-file = Public check · by file
portal-check-another = Check another
portal-check-findings = Also found in the files
portal-check-not-ours = The log here does not have this certificate, so only the file itself can speak.
portal-checks-wrong = Checks that failed or could not be made
portal-checks-paper = This certificate
portal-checks-people = Who signed
portal-checks-log = The public log
portal-checks-chain = Up to the unit
portal-answer-trusted = The certificate is true and not a character was changed. All { $passed } checks passed.
portal-answer-doubtful = Do not act on it yet. { $failed } failed, { $unknown } could not be made, the other { $passed } passed.
portal-answer-cannot-check = Evidence is missing, so neither true nor false can be said. { $unknown } could not be made, { $passed } passed.

portal-self-title = Do it yourself
portal-self-what = Download the bundle and check it without a network; the answer is the same as here.
portal-self-bundle = Download the bundle
portal-self-not-public = The bundle names the client and the people who signed, and holds the raw record, so it is not public. The holder of the certificate, the laboratory and the supervisor of the district can sign in and download it. Whoever has the certificate's PDF can check it without a network, or hand it in below.

portal-not-public = Not public
portal-not-public-certificate = The client, the place of work, the names of those who signed and the remark are not listed on this page. The holder, the laboratory and the supervisor of the district see them after signing in.
portal-not-public-results = The results of this calibration are the client's alone, and not public either.
portal-not-public-statement = Left out below are fields that are not public; the laboratory, the organisation and the supervisor whom they concern see them after signing in:
portal-not-public-organisation = The address. People of this organisation see it after signing in.
portal-not-public-person = The name, the address and the numbers of papers. People of the same organisation see them after signing in.
portal-person-of = A member of { $organisation }
portal-files-not-public = The files name the client and the people who signed, so they are not public. The holder, the laboratory and the supervisor of the district can sign in and download them.
portal-files-hold-all = The files hold what this page does not list: without every word of it nobody could check for themselves.

portal-fact-subject = Subject
portal-fact-laboratory = Laboratory
portal-fact-rule = Basis
portal-fact-count = Count
portal-fact-day = Day
portal-fact-file = File
portal-fact-index = Place in the log
portal-fact-instant = Instant
portal-fact-norm = Norm
portal-fact-number = Certificate
portal-fact-origin = Log
portal-fact-party = Signed by
portal-fact-rendering = Rendering
portal-fact-required = Required
portal-fact-sha256 = SHA-256
portal-fact-size = Size of the log
portal-fact-standard = Standard
portal-fact-statement = Statement
portal-fact-through = Valid through
portal-fact-value = Value
portal-fact-unit = Unit
portal-fact-version = Version of the rule

portal-check-about-bundle = Every statement in the bundle can be read, has the hash it is named by, and nothing else is in it.
portal-check-about-document = The file in hand is compared byte for byte with the hash noted at issue.
portal-check-about-renderings = The machine-readable XML is compared with the certificate, digit by digit.
portal-check-about-signature = The electronic signature is verified with the signer's public key.
portal-check-about-key = Introduction by introduction: was this key the signer's, and valid on the day?
portal-check-about-authorization = Were verifier, reviewer and laboratory authorized for this work on the day?
portal-check-about-review = Did a second person review exactly this content?
portal-check-about-inclusion = The log's tree is computed again: is the statement really in it?
portal-check-about-checkpoint = Was the checkpoint signed by the log's operator?
portal-check-about-witnesses = How many independent witnesses signed the same checkpoint?
portal-check-about-receipt = Does the log's receipt belong to this statement?
portal-check-about-standing = Up to the checkpoint, has anyone withdrawn or corrected it?
portal-check-about-record = Instrument, days and standards are compared with the raw record that the verifier signed.
portal-check-about-rule = Is the text of the rule the one that was published?
portal-check-about-limits = Limits and verdict are computed again from the raw readings, by the rule.
portal-check-about-uncertainty = Each result and its uncertainty are computed again from the raw readings, by the rule.
portal-check-about-chain = Certificate by certificate upwards to the one that realises the unit, with none missing.
portal-check-about-chain-validity = Were all standards within their validity on the day?
portal-check-about-chain-range = Does the range of the standard cover every point used?
portal-check-about-chain-uncertainty = Is the uncertainty of the standard small enough?

portal-status-conforms = Conforms
portal-status-conforms-reason = { $days ->
    [one] Valid through { $through }, one day left.
   *[other] Valid through { $through }, { $days } days left.
}
portal-status-conforms-without-end = Conforms
portal-status-conforms-without-end-reason = Verified to { $norm } on { $day }; no end of validity is set.
portal-status-does-not-conform = Does not conform
portal-status-does-not-conform-reason = Verified to { $norm } on { $day } and found outside its requirements. Not for mandatory use until repaired and verified again.
portal-status-not-decidable = Not decidable
portal-status-not-decidable-reason = Verified to { $norm } on { $day }; the uncertainty is too large to decide. Verify again with a better standard.
portal-status-calibrated = Calibrated
portal-status-calibrated-reason = Calibrated on { $day }: values and uncertainties, no verdict.
portal-status-calibrated-through = Calibrated
portal-status-calibrated-through-reason = Calibrated on { $day }, to be relied on through { $through }.
portal-status-expired = Expired
portal-status-expired-reason = Valid through { $through }. Have it verified before further use.
portal-status-withdrawn = Withdrawn
portal-status-withdrawn-reason = Withdrawn from { $from }. Reason: { $reason }
portal-status-superseded = Superseded
portal-status-superseded-reason = Superseded by { $number } from { $from }. Reason: { $reason }
portal-status-undermined = Doubtful
portal-status-undermined-reason = It rests on { $number }, which no longer stands from { $from }. Ask the laboratory whether to measure again.

portal-problem-readings-closed = No readings are taken in here
portal-problem-readings-closed-next = The administrator writes readings/feeds.toml and starts the service again.
portal-problem-no-page = There is no such page.
portal-problem-no-page-next = Look whether part of the address is missing. To check a certificate, type its number below.
portal-problem-no-certificate = The log has no certificate numbered { $number }.
portal-problem-no-certificate-next = Compare it with the paper. If the number is right, the paper was not issued here: keep it and ask the laboratory it names.
portal-problem-near = Did you mean one of these?
portal-problem-no-thing = The log has no statement about { $id }.
portal-problem-no-thing-next = Follow the serial number on a certificate's page, or type a certificate number.
portal-problem-no-statement = The log has no such statement.
portal-problem-no-statement-next = A statement's hash has 64 hexadecimal digits; look whether some are missing.
portal-problem-no-document = This certificate has no file named { $file }.
portal-problem-no-document-next = Choose one on the certificate's page.
portal-problem-file-not-public = The files of certificate { $number } are not public: they name the client and the people who signed.
portal-problem-file-not-public-next = The holder, the laboratory and the supervisor of the district can sign in and download them. To check the certificate, enter its number below.
portal-problem-file-of-others = The files of certificate { $number } are for its holder, its laboratory and the supervisor of the district: they name the client and the people who signed.
portal-problem-file-of-others-next = Ask the holder or the laboratory for them. To check the certificate, enter its number below.
portal-problem-lost-document = The store no longer has the file { $file }.
portal-problem-lost-document-next = The proof is not affected; download the bundle. The laboratory must bring the file back from its backup.
portal-problem-not-checkable = There is nothing in { $file } that can be checked.
portal-problem-not-checkable-next = Bundles (.heng), PDFs as issued, DCC XML and web pages can be checked. For a photograph or a scan, use the number.
portal-problem-no-file = No file was chosen.
portal-problem-no-file-next = Choose one, then check it.
portal-problem-bad-request = The request cannot be understood.
portal-problem-bad-request-next = Start again from the box below.
portal-problem-register-unreadable = { $field ->
        [uncertainty] The uncertainty must be a number and a unit.
       *[value] The value must be a number and a unit.
    }
portal-problem-register-unreadable-next = For example { $example }.
portal-problem-register-other-quantity = { $field ->
        [uncertainty] The unit of the uncertainty is not one of the chosen quantity.
       *[value] The unit of the value is not one of the chosen quantity.
    }
portal-problem-register-other-quantity-next = Write, for example, { $example }, or choose another quantity.
portal-problem-method = This address does not take such requests.
portal-problem-method-next = Start again from the box below.
portal-problem-too-large = The file is larger than 16 MB.
portal-problem-too-large-next = Issued files are not that large. The bundle (.heng) alone can be checked too.
portal-problem-model-too-large = The model file is larger than 64 KB.
portal-problem-model-too-large-next = For larger models use heng uncertainty on the command line.
portal-problem-model-wrong = This model cannot be evaluated.
portal-problem-model-wrong-next = The findings say why and where.
portal-problem-too-slow = It did not arrive within 30 seconds.
portal-problem-too-slow-next = On a slow network, hand in only the bundle (.heng), or use the number.
portal-problem-busy = Too many are asking for this at once.
portal-problem-busy-next = Try again in a few seconds. To check a certificate, its number is enough.
portal-problem-failure = This page could not be made, and the fault is ours.
portal-problem-failure-next = Try again in a while. With a bundle you can run heng check offline right now.

portal-why = Why
portal-why-link = Why
portal-why-version = Version { $version } of the rule
portal-why-since = Since when
portal-why-inputs = Rests on
portal-why-clauses = Clauses
portal-why-changes = What would change it
portal-why-record = The raw record, signed by the verifier
portal-why-correction = The correction
portal-why-upstream = Certificate { $number }
portal-why-standard = { $name }, certificate { $number }, valid through { $through }
portal-change-end = { $through } passes.
portal-change-new = The same instrument gets a newer certificate.
portal-change-withdrawn = The laboratory or the authority withdraws or corrects it.
portal-change-standard = The certificate of any standard above is withdrawn.
portal-change-repaired = It is repaired, verified again and found to conform.
portal-change-verified = It is verified again and found to conform.
portal-change-certified-again = It is verified or calibrated again, with a new certificate.
portal-change-first = A first verification, with its certificate.
why-unverified = It is registered as in service, and the log has no certificate of it.
why-due = From the work on { $performed }, the interval of the rule makes it valid through { $through }.
why-by-rule = { $norm }, work done on { $performed }.
why-soon = With fewer than { $days } days left it is said to be due soon; that is a reminder of ours, no regulation.
why-certificate = Certificate { $number }, work done on { $performed }

portal-chain = Where the value comes from
portal-chain-name = Traceability chain of { $count } steps, from the unit to this instrument
portal-chain-unit = Definition of the unit
portal-chain-exact = Exact, without uncertainty
portal-chain-caption = From top to bottom, each step passes the value on. Bars are relative uncertainties on a logarithmic scale and grow downwards; quantities without a natural zero have their figure only. A triangle marks a certificate that no longer stands.
portal-chain-incomplete = The chain does not reach the realisation of the unit; a certificate is missing.
portal-chain-table = Show the table
portal-column-thing = Instrument
portal-below = What rests on it
portal-below-count = { $count ->
    [one] One certificate rests on it, directly or through others.
   *[other] { $count } certificates rest on it, directly or through others.
}
portal-below-more = { $count } certificates were counted that rest on it; there are more.
portal-below-through = { $steps ->
    [one] through one step
   *[other] through { $steps } steps
}
portal-files = Files
portal-files-no-pdf = Only the XML original was made when it was issued, and no PDF. The .heng file is its proof, which can be checked without a network. For paper, print this page: it bears the number, the QR code and the checkpoint of the log.
paper-check = To check from paper
paper-printed = Printed on { $day }. What is corrected or withdrawn later is seen only by scanning.
paper-checkpoint = Checkpoint of the log: { $size } statements
portal-files-check = Check this certificate
portal-files-statement = The statement in the log
portal-timeline = What happened
portal-timeline-older = { $count } older or finer statements are not listed.
portal-registered = Registered as
portal-kind-standard = Measurement standard
portal-kind-instrument = Measuring instrument
portal-kind-party = Organisation or person
portal-kind-rule = Rule
portal-kind-other = Thing that statements speak of
portal-term-keeper = Kept by
portal-term-address = Address
portal-term-of = Belongs to
portal-term-authorization = Authorization number
portal-term-in-force = In force from
portal-term-id = Identifier
portal-event-requested = Asked { $laboratory } for verification, preferably on { $day }
portal-event-registered = Registered: { $name }
portal-event-measured = Measured to { $norm }; the verifier signed the raw record
portal-event-reviewed = A second person reviewed the content of certificate { $number }
portal-event-certified = { $kind } { $number }
portal-event-certified-fallen = { $kind } { $number }, which no longer stands
portal-event-withdrawn = { $number } no longer stands from { $from }: { $reason }
portal-event-withdrawn-by = { $number } no longer stands from { $from }, as { $person } decided: { $reason }
portal-event-published = The rule for { $norm } published, version { $version }
portal-event-introduced = { $name } introduced
portal-event-introduced-person = A person introduced; the name is not public
portal-event-key = A key of suite { $suite } introduced, valid through { $through }
portal-event-authorized = Authorized through { $through }: { $roles }
portal-event-sealed = Segment { $segment } of readings sealed, { $readings } of them
portal-event-compared = Comparison { $number }: { $step }
portal-event-inferred = errors inferred from the readings of { $from } to { $through }
portal-event-alarmed = { $addressee } is asked to act by { $day }
portal-event-done = { $action } on { $day }
portal-event-plan-reported = Report on the plan as of { $day }
portal-event-plan-published = Plan in force: { $title }
portal-event-clause-told = Feedback on { $norm }, clause { $clause }
portal-event-norm-stage = { $norm }: { $stage } on { $day }
portal-event-forecast = { $step }, for { $from } to { $through }
portal-event-attested = Attested: { $name }
portal-role-introduce = to introduce keys and authorize
portal-role-measure = to measure
portal-role-review = to review
portal-role-certify = to certify
portal-role-keep-standards = to keep measurement standards
portal-role-supervise = to supervise the instruments of a district
portal-role-coordinate = to coordinate comparison rounds
portal-role-attest = to state facts that a plan counts
portal-role-publish = to publish rules
portal-statement-party = A party introduced
portal-statement-key = A key introduced
portal-statement-auth = An authorization
portal-statement-reg = An instrument registered
portal-statement-meas = A raw record
portal-statement-assess = A review
portal-statement-cert = A certificate
portal-statement-stream = A segment of readings sealed
portal-statement-norm = A rule published
portal-statement-correct = A correction or withdrawal
portal-statement-comp = A step of a comparison round
portal-statement-publish = A report of the log
portal-statement-content = What was signed
portal-fact-about = About
portal-fact-cites = Rests on
portal-inclusion = Proof of inclusion
portal-inclusion-what = From the hash of this statement, combined in turn with the hashes below, follows the root in the log's checkpoint. With one statement missing or one character changed it does not.
portal-inclusion-root = Root
portal-inclusion-path = Path
portal-inclusion-path-count = { $count ->
    [one] One hash
   *[other] { $count } hashes
}

portal-register-title = Where to have it measured
portal-register-lead = What institutes are authorized to measure, from where to where and how well, and whether their standards still stand.
portal-register-any = Any
portal-register-value = Value to be measured, with unit
portal-register-uncertainty = Uncertainty at most (k = 2), with unit
portal-register-unreadable = Write a number and a unit, such as { $example }.
portal-register-other-quantity = This unit is not one of the chosen quantity. Write, for example, { $example }.
portal-register-seek = Search
portal-register-count =
    { $institutes ->
        [one] { $institutes } institute. Choose a quantity to compare how well it is measured.
       *[other] { $institutes } institutes. Choose a quantity to compare who measures it better.
    }
portal-register-found =
    { $institutes ->
        [one] { $institutes } institute can measure this.
       *[other] { $institutes } institutes can measure this.
    }
portal-register-none = No institute is authorized to all of this. Allow a larger uncertainty, or look for another value.
portal-register-offers = Who can measure it
portal-register-order = In the order of the smallest uncertainty at the value looked for, the best first; those whose standards ran out come last. An uncertainty that grows with the value is given for the value looked for.
portal-register-picture = The ranges of the institutes
portal-register-caption = Each bar is the authorized range of what an institute measures best; from one line to the next is a factor of ten or more. A range from zero reaches the left edge. The upright line is the value looked for. A dashed bar: the standards ran out, it cannot be done now.
portal-register-bar = U = { $uncertainty }, from { $from } to { $to }
portal-register-bar-range = From { $from } to { $to }
portal-register-with-factor = { $best } (k = { $factor })
portal-register-institute = Institute
portal-register-measurand = Item
portal-register-classes = Accuracy classes
portal-register-lapsed = Standards ran out; not possible now
portal-register-whole = Authorized without a stated range:
portal-register-standards =
    { $count ->
        [one] What { $count } standard passes on
       *[other] What its standards pass on, { $count } ranges
    }
standing-statutory = statutory institution
standing-authorized = authorized institution
standing-commercial = calibrates by contract, verifies nothing
standing-internal = internal, for its own enterprise only
portal-register-fallen = Certificate no longer stands
portal-register-entitled = { $count ->
    [one] What it is authorized to, one line
   *[other] What it is authorized to, { $count } lines
}

portal-nav-day = Today
portal-nav-laboratory = Laboratory
portal-nav-holdings = My instruments
portal-nav-districts = Districts
portal-day-title = Today
portal-sign-in = Sign in
portal-sign-out = Sign out
portal-sign-in-title = Sign in
portal-sign-in-lead = Checking needs no account. Measuring, reviewing, looking after instruments and supervising do.
portal-sign-in-name = Name
portal-sign-in-password = Password
portal-sign-in-note = You are signed out after half an hour without use. The log says what you may do; your name only says who you are.
portal-sign-in-wrong = Name and password do not belong together.
portal-sign-in-wait = Too many tries. Try again in { $seconds } seconds.
portal-sign-in-by = Sign in with { $provider }
portal-problem-sign-in-lost = This sign-in took too long, or began in another browser
portal-problem-sign-in-lost-next = Begin again at the sign-in page.
portal-problem-provider-refused = The identity service did not let you in
portal-problem-provider-refused-next = Try again from the sign-in page, or use a password.
portal-problem-provider-silent = The identity service gave no usable answer
portal-problem-provider-silent-next = Try again in a while, or use a password.
portal-problem-provider-doubted = The identity service's answer does not stand up to checking and was not believed
portal-problem-provider-doubted-next = Begin again at the sign-in page. If it happens again, tell the administrator: the service's log has the reason.
portal-problem-provider-stranger = The identity service knows you, but there is no account for you here
portal-problem-provider-stranger-next = Give this identifier to the administrator, who can add it to your account: { $subject }
portal-problem-sign-in-first = Sign in to see this page
portal-problem-sign-in-first-next = Come back once you are signed in.
portal-problem-not-allowed = { $person } may not do this
portal-problem-not-allowed-next = The log holds no authorization for it ({ $action }), or it is not yours to decide. Your organisation or the authority grants it.
portal-problem-cross-site = Another site began this request; nothing was done
portal-problem-cross-site-next = Go back to a page of this site and do it there.

stability-title = Stability
stability-caption = Each dot is the value that a certificate gives, the bar its expanded uncertainty; the line is the value of the first. A triangle marks a change larger than the two uncertainties combined.
stability-more = { $count } more values stand in the table only.
stability-spoken = { $name }: values and uncertainties of { $count } certificates
stability-value = Value
stability-day = Calibrated on
stability-found = Calibrated value
stability-change = Change
stability-ratio = Change ÷ uncertainty
stability-repeatability = “Change ÷ uncertainty” divides the change by the root of the sum of the squares of both U; where both calibrations used the same reference standard it understates. The certificates do not state repeatability by itself, so it is not drawn.
