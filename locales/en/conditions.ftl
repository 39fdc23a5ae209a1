### Conditions for judging meters in service, and the self-test of the platform.

infer-condition-collection-not-met = Condition not met ({ $norm }): { $found } % were collected, { $least } at least are asked. The district’s results allow no conclusion under it.
infer-condition-collection-unknown = Condition not known ({ $norm }): at least { $least } are to be collected.
infer-condition-readings-not-met = Condition not met ({ $norm }): { $found } groups of readings, { $least } at least are asked. The district’s results allow no conclusion under it.
infer-condition-readings-unknown = Condition not known ({ $norm }): at least { $least } groups of readings are asked.
infer-condition-monthly-loss-not-met = Condition not met ({ $norm }): a monthly loss of { $found } %, it is to lie between { $least } and { $largest }. The district’s results allow no conclusion under it.
infer-condition-monthly-loss-unknown = Condition not known ({ $norm }): all meters were never read at two times, so that there is no monthly loss; it is to lie between { $least } and { $largest }.
infer-duty-head-class = { $norm }: the head meter is to be of class { $figure } or better; readings cannot show that.
infer-duty-confirm-on-site = { $norm }: results are a first indication, to be confirmed on site.
infer-duty-keep-raw-data = { $norm }: raw data is to be kept.
infer-duty-estimate-again = { $norm }: to be estimated again every { $figure } at least.
infer-duty-validate-on-references = { $norm }: the platform is to be validated on reference districts every { $figure } at least.
infer-duty-calibrate-the-system = { $norm }: the system that verifies remotely is itself to be calibrated.
error-infer-conditions = There are no conditions of the name { $name }. There are: { $known }.
selftest-title = Self-test of the platform that verifies electricity meters remotely
selftest-scope = Run on { $districts ->
    [one] { $districts } district
   *[other] { $districts } districts
} whose truth is known, with { $meters ->
    [one] { $meters } meter
   *[other] { $meters } meters
}, { $failing ->
    [one] { $failing } of which is
   *[other] { $failing } of which are
} beyond the limit, stopped or bypassed. The truth is used for judging only.
selftest-norm = Written towards what { $norm } asks; { $confidence ->
    [read] compared with the text
    [secondary] only its title and abstract were seen, its clauses were not compared
   *[other] not verified
}.
selftest-versions = Program { $version }; limits { $rule } version { $rule-version }.
selftest-district = District
selftest-meters = Meters
selftest-decidable = Decidable
selftest-failing = To be named
selftest-named = Named
selftest-right = Named rightly
selftest-coverage = Intervals that hold the truth
selftest-bias = Mean deviation %
selftest-spread = Standard deviation %
selftest-largest = Largest deviation %
selftest-conditions = Conditions
selftest-met = met
selftest-no-conditions = none stated
selftest-not-met = not met
selftest-kinds = By kind of defect
selftest-kind = Kind
selftest-kind-ok = no defect
selftest-kind-out = beyond
selftest-kind-drift = drifting
selftest-kind-stopped = stopped
selftest-kind-theft = bypassed
selftest-kind-other = other
selftest-total = All
error-selftest-truth = There is no truth { $name }_meters.csv of this district in { $path } (columns meter, kind, err_mean_pct or err_pct).
error-selftest-none = No district has both readings and truth.
