### Whether verification is mandatory: the catalogue and the use.

purpose-trade = trade settlement
purpose-safety = safety protection
purpose-health = medical care
purpose-environment = environmental monitoring
purpose-other = something else

control-type-approval = type approval
control-verification = mandatory verification
control-type-approval-and-verification = type approval and mandatory verification
way-periodic = periodic verification
way-first-only = verified once, scrapped when out of limits
way-limited-use = verified once, replaced when its time is over

obligation-title = Must it be verified?
obligation-mandatory = Mandatory
obligation-later = Mandatory from { $from }
obligation-other-purpose = Not mandatory
obligation-purpose-unknown = Use not registered
obligation-not-listed = Not mandatory
obligation-says-mandatory = It is listed and used for { $purpose }: both hold, so it must be verified.
obligation-says-later = Both hold, so it must be verified from { $from } on.
obligation-says-other-purpose = It is listed, but not used for one of the four purposes that count: its owner may choose verification or calibration.
obligation-says-purpose-unknown = It is listed, but nobody has registered what it is used for, so nothing follows.
obligation-says-not-listed = It is not listed: its owner may choose verification or calibration.
obligation-key-listed = Catalogue: listed under “{ $name }” ({ $control }; { $way }).
obligation-key-not-listed = Catalogue: this kind is not listed.
obligation-key-purpose = Use: registered as { $purpose }.
obligation-key-purpose-other = Use: registered as { $purpose }, which is none of the four.
obligation-key-purpose-unknown = Use: not registered.
obligation-key-later = From: { $from }.
obligation-change-purpose = It is registered for another use.
obligation-change-catalogue = The catalogue is revised.
obligation-change-registered = It is registered for trade settlement, safety, medical care or environmental monitoring.
obligation-change-day = { $from } comes.
