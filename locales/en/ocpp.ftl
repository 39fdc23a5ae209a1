### Messages between charging piles and their platform (OCPP): sessions, checks and what the reader found.

check-name-sequence = No numbered message is missing
check-name-register = The register never runs backwards
check-name-gaps = No values are missing
check-name-signed = Signed readings agree with what is told
check-recording-bounds-passed = The recording holds the beginning and the end: { $began } to { $ended }.
check-recording-begins-later = The recording does not hold the beginning of the session.
check-recording-ends-before = The recording does not hold the end of the session.
check-recording-middle = The recording holds neither the beginning nor the end of the session.
check-recording-unnumbered = Messages of OCPP 1.6 have no numbers; a missing one cannot be seen.
check-recording-number-twice = Number { $before } is there twice.
check-recording-number-missing = After number { $before } comes { $after }: messages between them are missing.
check-recording-numbered = { $count ->
    [one] { $count } message is
   *[other] { $count } messages are
} numbered without a gap.
check-recording-clock-passed = { $count } times follow each other.
check-recording-register-passed = { $count ->
    [one] { $count } value of the register does
   *[other] { $count } values of the register do
} not run backwards.
check-recording-few-values = With { $count ->
    [one] { $count } time
   *[other] { $count } times
} there is no usual interval.
check-recording-gap = Usually there is a value every { $usual } s; from { $from } on there is none for { $longest } s.
check-recording-no-gap = Usually there is a value every { $usual } s; the longest interval is { $longest } s.
check-recording-nothing-signed = Nothing in the session is signed: anyone could have changed what is told.
check-recording-signed-fails = { $count ->
    [one] { $count } signed reading did not pass its checks.
   *[other] { $count } signed readings did not pass their checks.
}
check-recording-told-otherwise = The signed energy is { $signed }, the one that is told { $told }.
check-recording-signed-holds = { $count ->
    [one] { $count } signed reading holds
   *[other] { $count } signed readings hold
}; the signed energy is { $energy }, as it is told.
check-recording-signed-without-key = There is no usable public key { $count ->
    [one] for { $count } signed reading, so that it cannot be checked.
   *[other] for { $count } signed readings, so that they cannot be checked.
}
ocpp-recording = { $file }: { $messages ->
    [one] { $messages } message
   *[other] { $messages } messages
}, { $sessions ->
    [one] { $sessions } session
   *[other] { $sessions } sessions
}, { $signed ->
    [one] { $signed } signed reading
   *[other] { $signed } signed readings
}, { $outside ->
    [one] { $outside } value
   *[other] { $outside } values
} of no session.
ocpp-session = { $energy }, { $began } to { $ended }, { $values ->
    [one] { $values } value
   *[other] { $values } values
}
ocpp-signed = Signed reading { $subject }
error-no-ocpp = There is no OCPP message in { $file }: each line should hold a JSON array that begins with [2, [3 or [4.
finding-ocpp-line-unreadable = This line cannot be read: “{ $text }”
finding-ocpp-message-unknown = This line is no message of OCPP: “{ $text }”
finding-ocpp-number-twice = Message number { $number } is used again before it was answered.
finding-ocpp-repeated = This message repeats the one of line { $line } and was counted once.
finding-ocpp-answer-alone = The answer with number { $number } has no call.
finding-ocpp-unanswered = { $action } was not answered.
finding-ocpp-refused = { $action } was refused: { $code }
finding-ocpp-member-missing = { $path } is missing.
finding-ocpp-time-unreadable = The time in { $path } cannot be read: “{ $text }”
finding-ocpp-no-number = { $path } is no number: “{ $text }”
finding-ocpp-unit-other = The unit of energy “{ $text }” is not known; the value is left out of comparisons.
finding-ocpp-event-unknown = The type of event “{ $text }” is not known.
finding-ocpp-signed-other = The signed reading is not in OCMF ({ $text }) and was not checked.
