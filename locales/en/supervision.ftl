# The gates before a certificate is issued: why it cannot be, and what to change.
refusal-self-review = { $party } cannot review their own record. A second person must review: name an authorized reviewer.
refusal-verifier-not-authorized =
    { $reason ->
        [authorization-not-valid-on-day] On { $day }, the authorization of { $party } to measure under { $rule } was not valid. Name a verifier authorized on that day, or add an authorization that was valid then.
        [authorization-withdrawn] By { $day }, the authorization of { $party } to measure under { $rule } had been withdrawn. Name a verifier authorized on that day.
        [out-of-scope] On { $day }, { $party } was authorized to measure, but not under { $rule }. Name a verifier whose scope covers it.
        [granted-without-right] On { $day }, whoever authorized { $party } to measure under { $rule } had no right to. Let an entitled organisation authorize again.
       *[not-authorized] On { $day }, { $party } was not authorized to measure under { $rule }. Name an authorized verifier.
    }
refusal-reviewer-not-authorized =
    { $reason ->
        [authorization-not-valid-on-day] On { $day }, the authorization of { $party } to review under { $rule } was not valid. Name a reviewer authorized on that day, or add an authorization that was valid then.
        [authorization-withdrawn] By { $day }, the authorization of { $party } to review under { $rule } had been withdrawn. Name a reviewer authorized on that day.
        [out-of-scope] On { $day }, { $party } was authorized to review, but not under { $rule }. Name a reviewer whose scope covers it.
        [granted-without-right] On { $day }, whoever authorized { $party } to review under { $rule } had no right to. Let an entitled organisation authorize again.
       *[not-authorized] On { $day }, { $party } was not authorized to review under { $rule }. Name an authorized reviewer.
    }
refusal-laboratory-may-not-certify =
    { $reason ->
        [authorization-not-valid-on-day] On { $day }, the authorization of { $party } to certify under { $rule } was not valid. Renew it, then issue.
        [authorization-withdrawn] By { $day }, the authorization of { $party } to certify under { $rule } had been withdrawn. Let an authorized laboratory certify.
        [out-of-scope] On { $day }, { $party } may certify, but not under { $rule }. Let a laboratory certify whose scope covers it.
        [granted-without-right] On { $day }, whoever authorized { $party } to certify under { $rule } had no right to. Let the metrology authority authorize again.
       *[not-authorized] On { $day }, { $party } was not authorized to certify under { $rule }. Let an authorized laboratory certify.
    }
refusal-person-of-other-laboratory = { $party } is authorized by { $other } and cannot measure or review for { $laboratory }. Name a person of { $laboratory }, or let { $other } certify.
refusal-value-outside-scope = The authorized range of { $party } under { $norm } is { $scope }; this was measured at { $value }. Let a laboratory do it whose scope covers it.
refusal-uncertainty-below-scope = At { $value } the record claims U = { $uncertainty }, smaller than { $party } is authorized to under { $norm }: { $scope }. Check the evaluation, or have the authorization extended first.
refusal-instrument-outside-scope = The authorization of { $party } under { $norm } does not cover this instrument: { $kind }, class { $class } (authorized classes: { $classes }). Let a laboratory do it whose scope covers it.
refusal-laboratory-may-only-calibrate = { $laboratory } calibrates by contract and may not issue verification certificates ({ $norm }). Calibrate, or let an institution verify that the authority set up or authorized.
refusal-laboratory-of-other-enterprise = { $laboratory } is the laboratory of an enterprise and certifies only that enterprise's instruments ({ $norm }). Send those of others to an institution that the authority set up or authorized.
refusal-not-signed-by-its-person =
    { $what ->
        [record] Nothing proves that { $party } signed the record on { $day } ({ $reason }). Sign it again with the verifier's own key, valid on that day.
       *[review] Nothing proves that { $party } signed the review on { $day } ({ $reason }). Sign it again with the reviewer's own key, valid on that day.
    }
refusal-record-of-other-certificate = The record does not belong to certificate { $number }: the instrument, the day, the rule or who signed differs. Use this certificate's own record.
refusal-not-approved = { $party } reviewed certificate { $number } and did not approve it. Settle what they found, then have it reviewed again.
refusal-review-of-other-content = The review is not of what certificate { $number } says now, or does not cite this record. Content that changed must be reviewed again.
refusal-standard-certificate-missing = There is no certificate { $number } of the standard { $standard }, used on { $day }. Add its certificate, or use a standard that has one.
refusal-standard-certificate-of-other = Certificate { $number } does not belong to the standard { $standard }, used on { $day }: the instrument, the number, the validity or the XML differs. Cite its own certificate.
refusal-standard-does-not-conform = The standard { $standard } was found not to conform ({ $number }) and cannot be used on { $day }. Use a standard that conforms.
refusal-standard-not-yet-certified = The standard { $standard } has its certificate { $number } only from { $from } on and cannot be used on { $day }. Cite the certificate valid on that day, or use another standard.
refusal-standard-overdue = The certificate { $number } of the standard { $standard } was valid through { $through }, and it is used on { $day }. Have it certified, or use a valid standard, and measure again.
refusal-standard-certificate-superseded = The certificate { $number } of the standard { $standard } was replaced from { $from } on and cannot be relied on for { $day }. Cite the one that replaced it.
refusal-standard-certificate-withdrawn = The certificate { $number } of the standard { $standard } was withdrawn from { $from } on and cannot be relied on for { $day }. Use a valid standard and measure again.

# The names in records.
finding-party-unknown = No person or organisation is called "{ $named }". Write the registered name, or the identifier (party:person:…).
finding-party-ambiguous = Two are called "{ $named }": { $first } and { $second }. Write the identifier instead of the name.
refusal-measured-after-issue = The work is dated { $day }, after the day of issue, { $issued }. What has not been done yet cannot be certified; correct the day.
refusal-review-by-other = This record asks { $named } for review, not { $party }.
refusal-record-certified-already = This record is certified already, as { $number }. To change anything, withdraw that one first.
refusal-record-sent-back = This record was sent back on { $day }. Its verifier corrects it and signs it again.
