### Tasks of the laboratory, review and withdrawal.

laboratory-title = Laboratory
laboratory-seek = Find an instrument: number, name or owner
laboratory-seek-go = Find
laboratory-found = Instruments found
laboratory-found-none = None was found. Registered instruments are found by serial number, name and owner.
laboratory-nothing = There is nothing to do now.
laboratory-to-review = Waiting for my review
laboratory-returned = Sent back to me
laboratory-drafts = My drafts
laboratory-asked = New requests
laboratory-waiting = Waiting for others
laboratory-standards = Our measurement standards
laboratory-draft-values = { $count ->
    [one] { $count } value filled in
   *[other] { $count } values filled in
}
laboratory-measured-by = measured by { $person }
laboratory-reviewed-by = waits for { $person }
laboratory-record-title = Record
laboratory-record-statement = Open the signed record
laboratory-performed-on = Day of the work
laboratory-foreseen = Computed from the record under { $norm }.
laboratory-foreseen-through = Valid through { $through }.
laboratory-foreseen-end = Good through { $through }.
laboratory-refused = It cannot be certified now
laboratory-returned-because = Sent back
laboratory-review = Review
laboratory-approve-what = Once you approve, the laboratory signs the certificate and it goes into the log.
laboratory-approve = Approve and issue
laboratory-return = Send back
laboratory-return-reason = What is wrong
laboratory-reason-wrong = Say why, in at most { $longest } characters.
laboratory-review-not-yours = The reviewer whom the record names reviews it; never the person who measured.
laboratory-withdraw = Withdraw the certificate
laboratory-withdraw-title = Withdraw a certificate
laboratory-withdraw-lead = The certificate does not vanish: the withdrawal is another statement, and every check shows it with its reason from then on.
laboratory-withdraw-below = { $count ->
    [one] { $count } certificate rests on it and falls with it.
   *[other] { $count } certificates rest on it and fall with it.
}
laboratory-withdraw-reason = Reason
laboratory-withdraw-from = From which day on it should not be relied on
laboratory-withdraw-day-wrong = Write the day like 2026-05-20, not before the day of the work, { $day }, and not after today.
laboratory-withdraw-day-later = It is withdrawn from { $day } on already. Only an earlier day can be said besides.
portal-problem-no-record = No such record waits for review
portal-problem-no-record-next = It may be certified already, or the address was copied wrongly. Look at the laboratory's tasks.

day-lead = { $count ->
    [one] On { $day } there is one thing to do. It follows from the log and from your drafts, and leaves this list once it is done.
   *[other] On { $day } there are { $count } things to do, the most urgent first. They follow from the log and from your drafts, and leave this list once they are done.
}
day-nothing = On { $day } there is nothing to do.
day-more = { $more } more: see all
day-step-spoken = { $step }: { $name } { $what }
day-review = Waiting for my review
day-review-step = Review
day-returned = Sent back to me
day-returned-step = Mend and sign
day-sheet = Records not finished
day-sheet-step = Go on filling
day-asked = New requests
day-asked-step = Begin
day-standards = Measurement standards to be calibrated
day-standards-step = See the standard
day-round = Comparisons of laboratories
day-round-step = Go on
day-failed = Does not conform; not to be used until repaired
day-failed-step = Repaired: ask for verification
day-fallen = The certificate no longer stands; verify again
day-fallen-step = Ask for verification
day-overdue = Overdue; verify before use
day-overdue-step = Ask for verification
day-unverified = Must be verified and never was
day-unverified-step = Ask for verification
day-undecided = Not decidable last time; a better standard is needed
day-undecided-step = Ask for verification
day-due-soon = Due within { $days } days
day-due-soon-step = Ask for verification
day-late = The wished day is past and there is no certificate
day-late-step = Ask again
day-answered = Requests answered
day-answered-step = See the certificate
day-district-failed = Found not to conform in the district
day-district-failed-step = See the list
day-district-fallen = With certificates that no longer stand
day-district-fallen-step = See the list
day-district-overdue = Overdue in the district
day-district-overdue-step = See the list
day-district-unverified = Never verified in the district
day-district-unverified-step = See the list
day-district-count = { $count } of { $all } that must be verified
