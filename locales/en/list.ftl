### Names of kinds and places, and the words of lists.

district-120101 = Heping
district-120102 = Hedong
district-120103 = Hexi
district-120104 = Nankai
district-120105 = Hebei
district-120106 = Hongqiao
district-120110 = Dongli
district-120111 = Xiqing
district-120112 = Jinnan
district-120113 = Beichen
district-120114 = Wuqing
district-120115 = Baodi
district-120116 = Binhai
district-120117 = Ninghe
district-120118 = Jinghai
district-120119 = Jizhou

kind-digital-indicating-scale = Scale
kind-pressure-gauge = Pressure gauge
kind-fuel-dispenser = Fuel dispenser
kind-ac-electricity-meter = Electricity meter
kind-ac-charging-pile = AC charging pile
kind-dc-charging-pile = DC charging pile
kind-weight = Weight
kind-thermometer = Thermometer
kind-gauge-block = Gauge block
kind-analogue-indicating-scale = Analogue scale
kind-truck-scale = Truck scale
kind-gas-dispenser = Gas dispenser
kind-cold-water-meter = Cold-water meter
kind-diaphragm-gas-meter = Diaphragm gas meter
kind-ultrasonic-gas-meter = Ultrasonic gas meter
kind-heat-meter = Heat meter
kind-sphygmomanometer = Sphygmomanometer
kind-automatic-sphygmomanometer = Automatic sphygmomanometer
kind-clinical-thermometer = Clinical thermometer
kind-weigh-in-motion = Weigh-in-motion instrument
kind-vehicle-speed-meter = Vehicle speed meter
kind-taximeter = Taximeter
kind-sound-level-meter = Sound level meter
kind-breath-alcohol-analyser = Breath alcohol analyser
kind-exhaust-gas-analyser = Vehicle exhaust gas analyser
kind-grain-moisture-meter = Grain moisture meter

condition-failed = Does not conform
condition-fallen = Certificate fallen
condition-overdue = Overdue
condition-unverified = Never verified
condition-undecided = Not decidable
condition-due-soon = Due soon
condition-in-force = In force

list-caption = Measuring instruments
list-instrument = Instrument
list-where = Where
list-condition = Condition
list-certificate = Certificate
list-next = Next step
list-ask = Ask for verification
list-asked = Asked for
list-empty = There is no instrument here.
list-days-left = { $days ->
    [one] { $days } day left
   *[other] { $days } days left
}
list-days-over = { $days ->
    [one] { $days } day over
   *[other] { $days } days over
}

owner-title = My instruments
owner-lead = { $total } are registered; what needs doing comes first.
owner-calendar = Instruments falling due
owner-calendar-due = { $name } ({ $serial }): verification falls due
owner-calendar-link = Download the due list as a calendar
owner-calendar-note = The calendar file (.ics) goes into the calendar of a phone or a computer and reminds 30 days before.
owner-request-title = Ask for verification
owner-request-laboratory = Which laboratory
owner-request-day = Preferred day
owner-request-remark = Anything else (optional)
owner-request-send = Send the request
owner-request-note = The request is signed in the name of your organisation and goes into the log; the laboratory sees it the same day.
owner-request-wrong = Not sent yet. Change this first:
owner-request-day-wrong = Write the day like 2026-05-20, not before today.
owner-request-laboratory-wrong = Choose a laboratory from the list.
owner-request-remark-wrong = At most { $longest } characters.

district-title = Verified in time
district-lead = { $all } instruments in service are under mandatory verification; { $missing } of them are not verified in time or do not conform. As of { $day }.
district-others =
    { $others ->
        [one] { $others } more registered instrument is not listed for mandatory verification, or not used for trade, safety, health or the environment. It is not in the table.
       *[other] { $others } more registered instruments are not listed for mandatory verification, or not used for trade, safety, health or the environment. They are not in the table.
    }
district-others-link = List them
district-others-title = Instruments that need not be verified
district-rate-title = How the rate is made
district-rate = Verified in time = instruments whose certificate is valid on the day ÷ instruments in service under mandatory verification. Verification is mandatory where the catalogue lists the instrument and its use is one of the four; both must hold. Due soon counts as in time; overdue, not conforming, withdrawn, not decidable and never verified do not.
district-note = Totals count instruments; they are not averages of cells. The darker, the more is missing. Rates are cut, so 100 means that not one is missing.
district-all = Whole city
district-all-kinds = All kinds
district-total = Total
district-none = None
district-keepers-title = { $kind }: verified in time, by keeper
district-all-keepers = All keepers
district-person = A person
district-to-keepers = See by keeper
district-shade-0 = 98 % and more
district-shade-1 = 95–98
district-shade-2 = 90–95
district-shade-3 = below 90
district-cell = { $district }, { $kind }: { $rate } % verified in time, { $missing } of { $all } missing
district-list = { $missing } of { $all } are not verified in time or do not conform; what needs doing comes first.
district-list-cut = { $missing } of { $all } are not verified in time or do not conform; the first { $shown } that need doing are listed.

by-hand-title = Register an instrument
by-hand-lead = Fill in what the nameplate says. Once registered it stands under your organisation, and whether it must be verified is known at once.
by-hand-many = Many instruments: register them together with a ledger
by-hand-optional = may be left blank
by-hand-kind-hint = The kinds of the mandatory catalogue and of the regulations.
by-hand-range-hint = A sentence as on the nameplate, or “name = value; name = value”, for example: Maximum capacity Max = 30 kg; Minimum capacity Min = 200 g.
by-hand-purpose-hint = What is listed and used for trade settlement, safety protection, medical and health care or environmental monitoring must be verified.
by-hand-address-hint = A place of use needs its district as well. The address is not public.
by-hand-check = Look first
by-hand-wrong = Nothing is registered yet. Mend this first:
by-hand-already = This instrument is registered to your organisation already.
by-hand-already-page = See its page
by-hand-look = Nothing is registered yet. Compare it with the nameplate once more.
by-hand-enter = Register
by-hand-edit = Change something
by-hand-note = A registration is a statement, signed in your organisation's name and entered in the log. Once there are certificates, what the nameplate says can no longer be changed.
