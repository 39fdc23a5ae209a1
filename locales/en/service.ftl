### Instruments in service: errors inferred from readings, alarms, and what was done.

portal-nav-service = In service
portal-home-found = How right are inferences?
portal-home-found-what = Meters and charging piles that their readings called wrong are verified; inferred and found errors stand side by side.
service-title = Instruments in service
service-lead = { $networks ->
    [one] { $networks } network
   *[other] { $networks } networks
}, { $instruments ->
    [one] { $instruments } instrument
   *[other] { $instruments } instruments
}. { $waiting ->
    [one] { $waiting } alarm waits
   *[other] { $waiting } alarms wait
} for an answer, { $overdue } of them past the day.
service-none = There is no network that you may see.
service-note = Errors of meters are inferred from the balance of the head meter with the meters behind it; intervals are of 95 %. What the readings cannot say is called undecided, with the reason. The method: docs/meters.md.
service-note-piles = Errors of charging piles are inferred from sessions in which pile and vehicle both measured the energy: a vehicle that charges here and there compares piles. No session is a calibration. The method: docs/piles.md.
service-network = Network
service-districts = Several districts
service-meters = Instruments
service-waiting = Waiting
service-overdue = { $count } overdue
service-loss = Loss
service-period = Readings
service-network-lead = Readings of { $from } to { $through }: { $alarming ->
    [one] { $alarming } instrument needs
   *[other] { $alarming } instruments need
} somebody, { $good } within the limit, { $undecided } undecided.
service-supplied = Supplied
service-limit = Limit of error
service-program = Program
service-statement = Statement
service-level = Errors are against
service-level-population-mean = the mean of all piles, u = { $u }
service-level-verified = { $piles ->
    [one] { $piles } verified pile
   *[other] { $piles } verified piles
}, u of the level { $u }
service-errors = Each instrument’s error with its interval
service-error = Error and 95 % interval
service-probability = Beyond the limit
service-registered = Registered
service-registered-together = Registered together
service-over = Over-registered
service-over-together = The instruments beyond the limit and those that drift registered together { $energy } too much (negative: too little; k = 2).
service-balance = Balance by day
service-balance-days = Supplied, registered and lost on each day
service-day = Day
service-earlier = Earlier inferences
service-since = since { $day }
service-sessions = { $all ->
    [one] { $all } session
   *[other] { $all } sessions
} of { $part ->
    [one] { $part } vehicle
   *[other] { $part } vehicles
}
service-beyond-power = more energy than power and time allow in { $part } of { $all } sessions
service-wrong-amount = amount is not price times energy in { $part } of { $all } bills
service-own-limit = by its own class the limit is ±{ $limit }
service-reason-near-limit = on the limit
service-reason-few-sessions = too few sessions
service-reason-weakly-linked = too weakly linked with other piles
service-reason-unanchored = no vehicle links it with a verified pile
service-reason-no-sessions = no usable session
service-state-good = within the limit
service-state-beyond = beyond the limit
service-state-drifting = drifting
service-state-stopped = stopped
service-state-bypassed = bypassed
service-state-undecided = undecided
service-alarm-open = to be answered by { $day }
service-alarm-overdue = was to be answered by { $day }: overdue
service-alarm-answered = answered on { $day }
service-alarm-withdrawn = alarm taken back
service-alarms-title = Alarms to answer
service-alarms-lead = { $count ->
    [0] No alarm waits.
    [one] One alarm waits for an answer. Each answer is a signed statement.
   *[other] { $count } alarms wait for an answer, the most urgent first. Each answer is a signed statement.
}
service-alarms-none = Everything was answered.
service-matrix-title = By keeper and district
service-matrix-piles = Charging piles
service-matrix-meters = Meters
service-matrix-lead-piles = { $all ->
    [one] { $all } charging pile is
   *[other] { $all } charging piles are
} watched: { $alarming ->
    [one] { $alarming } needs
   *[other] { $alarming } need
} somebody, { $undecided } undecided.
service-matrix-lead-meters = { $all ->
    [one] { $all } meter is
   *[other] { $all } meters are
} watched: { $alarming ->
    [one] { $alarming } needs
   *[other] { $alarming } need
} somebody, { $undecided } undecided.
service-matrix-none = None of these is watched that you may see.
service-matrix-open = A cell says how many need somebody, of how many; it opens into their list.
service-matrix-list = { $all } in all, those that need somebody first; { $shown } shown.
service-matrix-cell = { $keeper }, { $district }: { $alarming } / { $all } need somebody, { $undecided } undecided
service-keeper = Keeper
service-nowhere = No district
service-shade-0 = none needs somebody
service-shade-1 = less than 2 %
service-shade-2 = less than 5 %
service-shade-3 = 5 % or more
service-beyond-probability = beyond the limit with { $percent } %
service-answer = Say what was done
service-answer-action = What was done
service-answer-day = On
service-answer-instrument = The instrument that was put in (its identifier, for example thing:home-meter:001-05b)
service-answer-sign = Sign
service-answer-action-wrong = Choose what was done.
service-answer-day-wrong = Write the day as in 2026-05-20.
service-answer-instrument-wrong = Name the instrument that was put in; it must be registered. Register it first.
service-answer-remark-wrong = The remark is too long: 500 characters at most.
service-action-replaced = replaced
service-action-sampled = taken at random
service-action-repaired = repaired in place
service-action-left-in-place = looked at and left
service-refused-no-network = Nobody has registered the network { $network }. Its keeper registers it first.
service-refused-not-keeper = { $thing } is kept by { $keeper }: only they can say this.
service-refused-no-instruments = { $count ->
    [one] { $count } instrument is not registered: { $things }. Register it first.
   *[other] { $count } instruments are not registered: { $things }. Register them first.
}
service-refused-no-alert = There is no alarm { $alert }.
service-refused-no-inference = A random sample names the inference that it tests; there is no { $inference }.
service-refused-not-addressee = This alarm asks { $addressee } to act.
service-refused-answered = The alarm { $alert } was answered or taken back.
causes-title = Failing together
causes-lead = Of { $looked ->
    [one] { $looked } instrument
   *[other] { $looked } instruments
} that somebody looked at within two years, { $failed ->
    [one] { $failed } was found
   *[other] { $failed } were found
} not in order.
causes-none = { $groups ->
    [0] There is nothing to compare yet: no two groups of one kind, of different models, passed by different laboratories or with different standards.
    [one] The { $groups } group that has others to be compared with (of one model, passed by one laboratory or with one standard) does not stand out.
   *[other] None of the { $groups } groups (of one model, passed by one laboratory or with one standard) stands out.
}
causes-unread = Readings of { $networks ->
    [one] { $networks } network were
   *[other] { $networks } networks were
} not read: there are too many at once.
causes-shared = What they have in common
causes-failed = Not in order
causes-others = Others of their kind
causes-chance = By chance
causes-which = Which ones
causes-more = … and { $count } more
causes-model = model { $name }
causes-laboratory = passed by { $name }
causes-standard = passed with the standard { $name }
causes-share = { $count } of { $of } ({ $low } to { $high } %)
causes-note = An instrument counts once: as not in order if a certificate rejects it, or its readings alarmed and no laboratory found it in order. “By chance” is the probability that chance alone would name any group at all that stands out as far, of all that were looked at (Fisher’s exact test, Holm’s steps); { $percent } % or less is shown, with the 95 % intervals of the shares. That something is shared is a reason to look, not a cause.
service-network-withdrawn = What was inferred from { $from } to { $through } was taken back by whoever said it; nothing stands. It is shown as it was.
service-period-of = { $from } – { $through }
service-period-withdrawn = { $from } – { $through } (taken back)
service-refused-nothing = { $statement } is no alarm and no inference that stands. The page of the instrument or the network names their statements.
service-refused-not-issuer = { $issuer } said this, and only they can take it back.
service-refused-out-of-time = { $day } cannot be: something is done after its alarm and not later than today.
error-service-results = The file of results cannot be read: { $reason }
found-title = Inferred and found
found-lead = Meters and charging piles that their readings alarmed about were verified, and others at random beside them. What was inferred came first and what was found later; both are in the log, and nobody can change them.
found-none = No instrument was verified after an alarm or at random yet.
found-precision = Alarms that were right
found-precision-said = of { $all } that were alarmed about, { $part } do not conform
found-missed = Missed
found-missed-said = of { $all } taken at random, { $part } do not conform
found-coverage = Coverage
found-coverage-said = of { $all } that can be compared, the 95 % interval holds what was found of { $part }
found-meters = One by one
found-meter = Meter { $number }
found-pile = Pile { $number }
found-sampled = taken at random
found-inferred = Inferred, 95 % interval
found-found = Found (k = 2)
found-verdict = Verification
found-interval = Interval
found-conforms = conforms
found-does-not-conform = does not conform
found-holds = holds what was found
found-holds-not = does not hold it
found-note = The error found is the mean over the loads (of meters, at unity power factor): which load was used is not known, so that none counts more. Of a meter that drifts, the mean of the period is inferred and the end is found: only the verdicts are compared. What has stopped has no error to be found and is not verified. A pile that was mended is compared by the verification before that.
