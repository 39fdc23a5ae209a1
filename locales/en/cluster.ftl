### What is said where many machines judge.

cluster-city = { $districts ->
    [one] { $districts } district
   *[other] { $districts } districts
}, { $meters ->
    [one] { $meters } meter
   *[other] { $meters } meters
}, { $readings ->
    [one] { $readings } reading
   *[other] { $readings } readings
} in { $seconds } s: { $rate } readings per second.
cluster-again = Some districts were not judged and are given out again: { $reason }
cluster-no-answer = no answer within { $seconds } s
cluster-begins-again = The scheduler was lost, or had given this executor up: it joins again.
cluster-open = Note: { $address } is open to the network and asks nobody who he is: whoever connects can give out work. Keep it on a network of its own.
error-cluster-listen = Write the address at which other machines reach this one; { $address } is none.
error-cluster-stopped = The service stopped: { $reason }
error-cluster-folder = { $path } has no file called districts-….parquet. The cluster judges whole cities; for single districts use heng infer meters.
error-cluster-job = Some districts were given out several times and were not judged: { $reason }
