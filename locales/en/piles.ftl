### Words of inference from readings.

error-infer = Nothing can be inferred from { $path }: { $reason }
error-infer-class = { $rule } has no charging pile of class { $class }. Write --class 1 or --class 2.
infer-piles-read = { $sessions ->
    [one] { $sessions } session
   *[other] { $sessions } sessions
}, { $piles ->
    [one] { $piles } pile
   *[other] { $piles } piles
}, { $vehicles ->
    [one] { $vehicles } vehicle
   *[other] { $vehicles } vehicles
}, { $pairs ->
    [one] { $pairs } pair
   *[other] { $pairs } pairs
} of a vehicle and a pile.
infer-piles-refused = { $sessions ->
    [one] { $sessions } session without energy or with impossible numbers was left out.
   *[other] { $sessions } sessions without energy or with impossible numbers were left out.
}
infer-piles-nameless = { $sessions ->
    [one] { $sessions } session that names no pile or no vehicle was left out.
   *[other] { $sessions } sessions that name no pile or no vehicle were left out.
}
infer-piles-left-out = These files have no columns of sessions (pile, vehicle, kwh, and y_pct or vehicle_kwh) and were left out: { $files }
infer-piles-gauge-population = No verified pile: errors are against the mean of all piles. It is taken as zero, and its u = { $u } % is inside every interval. For errors against the standard, give verified piles with --anchors.
infer-piles-gauge-verified = Against { $piles ->
    [one] { $piles } verified pile
   *[other] { $piles } verified piles
}, the common level being known to u of { $u } %; the mean error of the others is { $mean } %.
infer-piles-decided = Limit ±{ $limit } %: { $within } within, { $beyond } beyond, { $undecided } not decidable; { $listed } on the list to inspect.
infer-piles-own-limits = { $piles ->
    [one] { $piles } of them is held to another limit, that of its own class.
   *[other] { $piles } of them are held to another limit, that of their own class.
}
infer-piles-unclassed = These piles are registered without a class that a rule has a limit for, and are held to class { $class }: { $piles }
infer-piles-crowding = { $at ->
    [one] { $at } pile lies
   *[other] { $at } piles lie
} in the quarter below the upper limit, { $before } in the quarter before it; if none is set there on purpose, the probability of this or more is at most { $probability } %.
infer-piles-power = { $sessions ->
    [one] { $sessions } session charges for more energy than the rated power gives in its time.
   *[other] { $sessions } sessions charge for more energy than the rated power gives in their time.
}
infer-piles-amount = { $sessions ->
    [one] { $sessions } amount is
   *[other] { $sessions } amounts are
} not the price times the energy.
infer-piles-unknown = These verified piles have no sessions and were not used: { $piles }
infer-piles-column-pile = Pile
infer-piles-column-error = Error/%
infer-piles-column-interval = 95 % coverage interval/%
infer-piles-column-probability = P beyond/%
infer-piles-column-state = State
infer-piles-column-sessions = Sessions
infer-piles-beyond = beyond
infer-piles-within = within
infer-piles-reason-near-limit = not decidable: on the limit
infer-piles-reason-few-sessions = not decidable: too few sessions
infer-piles-reason-weakly-linked = not decidable: too weakly linked with other piles
infer-piles-reason-unanchored = not decidable: no vehicle links it with a verified pile
infer-piles-reason-no-sessions = not decidable: no usable session
infer-piles-recalled = The log has a certificate of { $count ->
    [one] { $count } pile
   *[other] { $count } piles
} from before the sessions: errors are against these.
infer-piles-contradicted = The sessions contradict the verification of these piles by more than four standard uncertainties, so that they say nothing of the others: { $piles }
error-infer-piles-log = A log takes an inference of piles with the network that was registered and the days of the sessions: say --network, --begins-on and --ends-on.
infer-piles-unregistered = These piles are not registered, have a serial number that another has too, or are named twice, and are not in the log: { $piles }. Name them by their identifiers.
error-infer-piles-figures = A figure is none, so nothing was signed. Look at the sessions.
