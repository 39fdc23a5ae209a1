### What is said of readings as they come in.

error-readings = Readings cannot be kept or read: { $reason }
error-readings-none = There are no readings in { $path }. Give the data folder that heng readings ingest or heng serve was given, or take readings in first.
error-readings-feed = “{ $feed }” is no name of a feed. Names have lower-case letters, digits, - and ., for example heping-01.
error-readings-verified = { $path }, line { $line }: no line of a verified meter. The header is meter,valid_from,valid_through; days are written 2026-03-01.

readings-ingested = { $readings ->
    [one] { $readings } reading
   *[other] { $readings } readings
}: { $added } new ({ $conflicts } of them differ from one that is there, { $late } late, { $early } before their time), { $again } again; { $rejected ->
    [one] { $rejected } line not taken and kept as it came.
   *[other] { $rejected } lines not taken and kept as they came.
}
readings-total = total
readings-rejected = { $lines ->
    [one] { $lines } line was not taken; it is kept as it came in readings/rejects.
   *[other] { $lines } lines were not taken; they are kept as they came in readings/rejects.
}
readings-missing = { $feed }: { $numbers } of its own numbers did not come.
readings-no-verified = There is no log and no list of verified meters (--verified): accuracy and index are unknown.
readings-column-feed = feed
readings-column-day = day
readings-column-completeness = completeness
readings-column-accuracy = accuracy
readings-column-timeliness = timeliness
readings-column-validity = validity
readings-column-index = index
readings-column-readings = readings
readings-column-p95 = 95 % delay
readings-column-at = at
readings-column-register = register
readings-column-value = value
readings-column-received = received

finding-reading-value = Line { $line }: “{ $found }” is no number.
finding-reading-value-long = Line { $line }: “{ $found }” has more than 16 digits.
finding-reading-time = Line { $line }: “{ $found }” is no instant. It is written 2026-03-01T00:15:00+08:00.
finding-reading-time-zone = Line { $line }: “{ $found }” names no offset, and its feed has not stated one (utc_offset).
finding-reading-time-fine = Line { $line }: “{ $found }” is finer than a millisecond.
finding-reading-time-range = Line { $line }: “{ $found }” is not between 2000 and 2100.
finding-reading-unit = Line { $line }: “{ $found }” is no known unit.
finding-reading-name = Line { $line }: “{ $found }” in column { $column } cannot be a name.
finding-reading-district = Line { $line }: “{ $found }” is no code of a district.
finding-reading-whole = Line { $line }: “{ $found }” in column { $column } is no whole number that can be used.
finding-reading-again = { $meter }, { $register } at { $at } is there already and was not stored again.
finding-reading-conflict = { $meter }, { $register } at { $at }: another reading is there; { $value } is kept too.
finding-reading-late = { $meter }, { $register } at { $at } came after { $seconds } s, later than its feed promised.
finding-reading-early = { $meter }, { $register } at { $at } came { $seconds } s before its time.
finding-reading-sequence = Number { $sequence } was used before; now it is { $meter }, { $register } at { $at }.
finding-reading-unit-changed = { $meter }, { $register } was read in another unit before; now it is { $unit }.
finding-readings-none = There are no readings.
finding-readings-header = The header cannot be read; the whole text is kept as it came.
finding-readings-encoding = Line { $line } is not UTF-8.
finding-readings-quotes = Line { $line } has a quotation mark that does not close.
finding-readings-width = Line { $line } has { $found } cells where the header has { $wanted }.
finding-readings-json = Line { $line } is no JSON object.
finding-readings-json-twice = Line { $line } has a member twice.
finding-readings-json-kind = Line { $line } has a member that is neither text nor a number.
finding-readings-column-missing = Columns are missing: { $columns }. The whole text is kept as it came.
finding-readings-column-twice = Column { $columns } is there twice. The whole text is kept as it came.
finding-readings-column-unknown = Columns that are not known were not used: { $columns }
finding-readings-column-kind = Column { $columns } has a type that cannot be used. The whole text is kept as it came.
finding-readings-parquet = This is no Parquet that can be read: { $reason }. All of it is kept as it came.
finding-readings-arrow = This is no Arrow that can be read: { $reason }. All of it is kept as it came.
finding-readings-too-many = A message has at most { $most } rows. All of it is kept as it came.
finding-readings-more-findings = There is more to say, which is not listed; the counts are complete.

check-name-reading = Reading
portal-check-about-reading = The line of the reading is followed along the given hashes to the root of its segment, which is compared with the one sealed in the log.
check-reading-passed = { $meter }, { $register } at { $at }: { $value }, fed by { $feed }, { $count ->
    [one] is the one reading of sealed segment { $segment },
   *[other] is one of the { $count } readings of sealed segment { $segment },
} unaltered.
check-reading-not-sealed = This line is not in sealed segment { $segment }: it was altered, or belongs elsewhere.
check-reading-unreadable = The line or its way cannot be read (segment { $segment }).
check-reading-without-seal = The file has no statement that seals readings.
check-reading-signature-passed = The seal is signed with a key of { $party } and unaltered.
check-reading-key-passed = The key was { $party }’s on that day.

readings-sealed = Segment { $segment }: { $readings ->
    [one] { $readings } reading
   *[other] { $readings } readings
}, root { $root }
readings-sealed-none = There is no segment to seal.
error-readings-not-found = { $meter } has no settled reading at { $at }.
error-readings-not-sealed = Segment { $segment } is not sealed yet. Run heng readings seal first.
error-readings-url = “{ $url }” is not written as mqtt://HOST:PORT.
readings-archived = { $parts } parts of { $megabytes } MB moved to the object store, read back and compared.
readings-archived-none = There is nothing to move.
readings-archive-unsealed = { $segments } segments are not sealed yet and stay. Run heng readings seal first.
error-archive-settings = { $what }: { $reason }. Correct the file as docs/readings.md shows it.
error-archive-no-settings = { $what } was moved to an object store, and { $reason } is not there. Put the file back.
error-archive-unreachable = { $what }: the object store does not answer as it should ({ $reason }). Look whether its endpoint can be reached, then do the same again; nothing is lost.
error-archive-refused = { $what }: the object store refuses ({ $reason }). Check keys, region and bucket in readings/archive.toml, the clock of this machine, and that the key may read and write objects.
error-archive-missing = { $what } is not in the object store. Bring it back from the store’s versions or from a backup, or check bucket and endpoint in readings/archive.toml.
error-archive-altered = { $what } is not what was moved there, and is not used. Bring it back from the store’s versions or from a backup.
error-archive-locked = Another process is moving parts of { $what }. Wait until it is done.
finding-readings-message-too-large = The message has { $bytes } bytes, and at most { $largest } are taken. Nothing of it was; send it in parts.
readings-mqtt-connected = Connected to { $broker }, subscribed to { $topic }.
readings-mqtt-gone = The connection to { $broker } is gone: { $reason }. It is tried again.
readings-mqtt-no-feed = The topic “{ $topic }” names no feed; the message was not used.
account-token = Token (shown only here): { $token }
