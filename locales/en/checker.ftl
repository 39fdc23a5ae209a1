### Checking: the name of each check, and why it passed, failed or was not possible.

answer-trusted = Trusted
answer-doubtful = Doubtful
answer-cannot-check = Cannot check
outcome-passed = passed
outcome-failed = failed
outcome-not-possible = cannot check

check-name-bundle = Proof bundle
check-name-document = File as issued
check-name-renderings = Same digits in all renderings
check-name-signature = Signatures
check-name-key = Whose keys
check-name-authorization = Authorization
check-name-review = Second person
check-name-inclusion = In the log
check-name-checkpoint = Checkpoint of the log
check-name-witnesses = Witnesses
check-name-receipt = Receipt of the log
check-name-standing = Still stands
check-name-record = Agrees with the raw record
check-name-rule = Version of the rule
check-name-limits = Limits and verdict recomputed
check-name-uncertainty = Values and uncertainties recomputed
check-name-chain = Chain up to the unit
check-name-chain-validity = Standards valid on the day
check-name-chain-range = Standards cover the range
check-name-chain-uncertainty = Standards accurate enough

check-no-policy = Nobody said whom to trust. Give a policy file with --policy.
check-no-proof = { $file } carries no proof. Ask for the .heng file of the same name, or for the PDF as issued.
check-rests-on = This needs the check “{ $check }” to pass first.
check-policy-key-unreadable = The policy's public key of { $party } cannot be read.
check-policy-log-key-unreadable = The policy's public key of the log { $origin } cannot be read. The checkpoint has size { $size }.
check-policy-witness-key-unreadable = A witness's public key in the policy cannot be read.

check-bundle-passed = The bundle is whole and holds { $count } statements.
check-bundle-statement-unreadable = Statement { $index } cannot be read, or was changed.
check-bundle-statement-twice = Statement { $index } occurs twice.
check-bundle-text-unreadable = A text in the bundle cannot be read.
check-bundle-text-unused = No statement vouches for the text { $sha256 }.
check-bundle-without-certificate = The bundle does not hold the certificate that it is about.

check-document-passed = Byte for byte the { $rendering } that was issued.
check-document-altered = Not the file issued with certificate { $number }: it was changed, or saved again by another program. Ask for the original file.
check-document-not-issued = Certificate { $number } was never issued as a file of this kind.

check-renderings-passed = The certificate's { $count } results stand in the XML with the same digits.
check-renderings-no-xml = The bundle has no XML to compare with.
check-renderings-unreadable = The XML cannot be read.
check-renderings-other-number = The XML is of another certificate.
check-renderings-digit-missing = The XML does not show the result { $value } ({ $unit }).
check-renderings-digit-unstated = The XML shows { $value } ({ $unit }), which the certificate does not state.

check-checkpoint-passed = The log { $origin } signed the checkpoint of size { $size }.
check-checkpoint-unreadable = The checkpoint cannot be read.
check-checkpoint-log-unknown = The policy does not name the log { $origin } (checkpoint of size { $size }).
check-checkpoint-not-authentic = The checkpoint of size { $size } was not signed by the log { $origin }.
check-witnesses-passed = { $count ->
    [one] { $count } witness, { $required } required.
   *[other] { $count } witnesses, { $required } required.
}
check-witnesses-too-few = { $count ->
    [one] Only { $count } witness, { $required } required.
   *[other] Only { $count } witnesses, { $required } required.
}
check-witnesses-not-authentic = The signature in the name of the witness { $witness } is false ({ $count } found, { $required } required).
check-witnesses-unknown = The checkpoint carries a signature of { $witness }, whom the policy does not know ({ $count } found, { $required } required).
check-inclusion-passed = All { $count } statements are in the log of size { $size }.
check-inclusion-failed = Statement { $index }, { $statement }, is not in the log of this checkpoint.
check-receipt-passed = The certificate is entry { $index } of the log, and the log's receipt says so.
check-receipt-unreadable = The log's receipt cannot be read.
check-receipt-failed = The log's receipt is not for this certificate.

check-signature-passed = The signatures on certificate, record and review are authentic; issued by { $party }.
check-signature-key-unknown = Nobody known introduced the key that { $party } used.
check-signature-not-authentic = The contents do not match the signature of { $party }.
check-record-missing = The bundle does not hold the raw record.
check-key-passed = The key was introduced by the authority and was that of { $party } on the day.
check-authorization-passed = Laboratory and verifier were authorized for this on the day ({ $party }).
check-review-passed = { $party } reviewed exactly this content and is not the verifier.
check-review-missing = No second person has reviewed it.
check-key-unknown = Nobody known introduced the key that { $party } used on { $day }.
check-key-of-other-party = The key is not that of { $party } ({ $day }).
check-key-not-valid-on-day = The key of { $party } was not valid on { $day }.
check-key-withdrawn = The key of { $party } had been withdrawn by { $day }.
check-key-introduced-without-right = Whoever introduced the key of { $party } had no right to ({ $day }).
check-not-authorized = { $party } has no authorization for this ({ $day }).
check-authorization-not-valid-on-day = The authorization of { $party } was not valid on { $day }.
check-authorization-withdrawn = The authorization of { $party } had been withdrawn by { $day }.
check-out-of-scope = The authorization of { $party } does not cover this ({ $day }).
check-granted-without-right = Whoever authorized { $party } had no right to ({ $day }).
check-no-review = What { $party } signed is no review ({ $day }).
check-review-of-other-content = { $party } reviewed another content ({ $day }).
check-not-approved = { $party } did not approve it ({ $day }).
check-self-approval = { $party } approved their own act ({ $day }).
check-no-part-in-round = { $party } has no such part in this round ({ $day }).
check-laboratory-not-named = { $party } signed, but the certificate names another laboratory.
check-verifier-not-named = { $party } signed the record, but the certificate names another verifier.
check-reviewer-not-named = { $party } signed the review, but the certificate names another reviewer.
check-review-of-other-record = { $party } reviewed on the ground of another record.
check-person-of-other-laboratory = { $party } was authorized by { $other }, not by the laboratory that certifies.

check-standing-passed = Neither corrected nor withdrawn as of { $instant }.
check-standing-superseded = Replaced by another certificate from { $day } on: { $why }
check-standing-withdrawn = Withdrawn from { $day } on: { $why }
check-standing-corrected = The log says that it was corrected, and the correction is not in the bundle. Write the bundle again as of now.
check-standing-unknown = The log does not say whether it still stands.
check-standing-unreadable = The log's statement of standing cannot be read.
check-standing-not-by-log = The statement of standing was not signed by the log.
check-standing-of-other-tree = The statement of standing belongs to another checkpoint.

check-record-passed = Instrument, client, day and place are those of the signed record.
check-record-differs = The certificate does not say what the signed record says: { $part }.
check-rule-passed = { $norm }, version { $version } of the rule, byte for byte as published.
check-rule-not-published = No publication of { $norm }, version { $version } of the rule, was found.
check-rule-not-entitled = Whoever published { $norm }, version { $version } of the rule, had no right to.
check-rule-text-missing = The bundle does not hold the text of { $norm }, version { $version } of the rule.
check-rule-text-unreadable = The text of { $norm }, version { $version } of the rule, cannot be read or is not as published.
check-limits-passed = Limits, outcomes, verdict and validity come out the same.
check-limits-differ = The limit or the outcome at { $place } does not come out the same.
check-verdict-differs = The verdict does not come out the same.
check-validity-differs = The period of validity does not come out the same.
check-uncertainty-passed = Every value and uncertainty comes out the same, digit by digit.
check-uncertainty-differs = The value or the uncertainty at { $place } does not come out the same.

check-chain-passed = { $count ->
    [one] Through { $count } certificate to where the unit is realised.
   *[other] Through { $count } certificates to where the unit is realised.
}
check-chain-missing = The chain is broken: the certificate statement { $statement } is missing.
check-chain-circle = The chain comes back to itself at { $statement }.
check-chain-too-deep = The chain is longer than any real one; followed as far as { $statement }.
check-chain-step-passed = All { $count } standards used satisfy this.
check-chain-top = It uses no standard: it realises the unit.
check-chain-lapsed = The certificate of the standard { $standard } ran until { $through }; it was used on { $day }.
check-chain-other-document = The certificate of the standard { $standard } is not the one that was cited.
check-chain-refused = The rule does not accept the standard: { $code } ({ $facts }).

finding-from-kind = Results cannot be taken from { $file }. What can be used: a certificate's .heng file or its PDF as issued, what heng uncertainty --bundle wrote, JSON archives of GTC, XML of METAS UncLib.
finding-from-unreadable = The file { $file } cannot be read: { $reason }
finding-from-no-results = The certificate { $file } has no result with an uncertainty.
finding-from-too-much = { $file } comes to more contributions of standards to results than can be taken over. Take the certificate of the result that you need alone.
finding-from-sha256 = { $file } is not the file that the model means: its SHA-256 is { $sha256 }. Put the right file there, or correct sha256.
finding-from-doubtful = { $file } is doubtful and is not used. Run heng check { $file } to see what is wrong.
finding-budget-unreadable = This is no heng-budget/1 file: { $reason }
finding-budget-too-large = The file has more than { $limit } MB and is not read.
finding-budget-format = The format is { $format }, not heng-budget/1.
finding-budget-not-canonical = The bytes of the file are not the canonical form of its content: someone has changed it.
finding-budget-input-missing = A file that the model takes inputs from is missing, or has another hash.
check-budget-opened = The file is whole and holds the { $count } files that the model takes inputs from.
check-budget-files-differ = The file is not whole: a file that the model takes inputs from is missing, changed or unreadable ({ $code }).
check-budget-passed = Computed again from the model and the inputs in the file: { $count } results and their budgets are the same to the last digit.
check-budget-differs = Computed again, the results differ from what the file states ({ $result }).
check-budget-not-evaluable = The model in the file cannot be evaluated ({ $code }).
check-budget-beyond-bounds = Computing it again takes more than is done here ({ $code }). Check the file with heng check on your own machine.
check-budget-more-files = From here on the files inside were not opened: there are too many. Check the file with heng check on your own machine.
check-budget-unsigned = Nobody signs a computed result; the certificates in it are signed, see below. Whoever wrote the model answers for the numbers in it.

check-plan-published = The plan { $plan } is there as it was published, with { $rows } rows.
check-plan-publication-missing = The publication of the plan { $plan } is missing, or is of another plan.
check-plan-file-missing = The file { $file } of the plan is missing.
check-plan-signature-passed = All { $count } statements are signed by those who make them.
check-plan-key-passed = All { $count } statements were made with a key that was valid on the day.
check-plan-by-authority = { $party } is the authority, whose report this is.
check-plan-not-by-authority = { $party } is not the authority that this policy trusts.
check-plan-evidence-list-missing = The list of the evidence is missing.
check-plan-evidence-missing = The statement { $statement } that the report rests on is missing.
check-plan-evidence-later = The statement { $statement } came into the log after the report was made.
check-plan-evidence-before = All { $count } statements that it rests on lay among the first { $size } of the log.
check-plan-figure-differs = { $indicator } is stated as { $stated }, but { $computed } follows from the evidence.
check-plan-rows-differ = The rows or the figures of the report are not those of the plan { $plan }.
check-plan-recomputed = All { $count } figures were computed again from the evidence in this bundle, with the same result.
check-name-plan-as-published = Plan as published
check-name-evidence-before-report = Evidence before the report
check-name-figures-recomputed = Figures computed again
portal-check-about-plan-as-published = The figures follow from the plan's own files, whose hashes stand in the statement by which it was published.
portal-check-about-evidence-before-report = Every statement that the report names is in the bundle and lay in the log before the report was made.
portal-check-about-figures-recomputed = Every figure is computed again from the statements in the bundle and compared with the report.
