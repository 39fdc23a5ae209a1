### 从读数推断误差的话。

error-infer = 不能从 { $path } 推断：{ $reason }
error-infer-class = { $rule } 没有“{ $class }”级的充电桩。可写 --class 1 或 --class 2。
infer-piles-read = { $sessions } 次充电，{ $piles } 台桩，{ $vehicles } 辆车，{ $pairs } 对车与桩。
infer-piles-refused = { $sessions } 次没有电能或数值离谱，没有用。
infer-piles-nameless = { $sessions } 次充电没有桩号或车号，已剔除。
infer-piles-left-out = 以下文件没有充电记录的列（pile、vehicle、kwh，以及 y_pct 或 vehicle_kwh），没有采用：{ $files }
infer-piles-gauge-population = 没有检定过的桩作基准：误差相对于全体桩的平均。这个平均按零计，其不确定度 u = { $u } % 已在每个区间里。要得到绝对误差，请用 --anchors 给出检定过的桩。
infer-piles-gauge-verified = 以 { $piles } 台检定过的桩为基准，共同水平的 u = { $u } %；其余桩的平均误差 { $mean } %。
infer-piles-decided = 限值 ±{ $limit } %：限内 { $within } 台，超限 { $beyond } 台，不能判定 { $undecided } 台；建议查 { $listed } 台。
infer-piles-own-limits = 其中 { $piles } 台按自己登记的等级判定，限值与上面的不同。
infer-piles-unclassed = 以下桩登记的等级没有对应的限值，按 { $class } 级判定：{ $piles }
infer-piles-crowding = 贴着上限的四分之一里有 { $at } 台，再往里同样宽处有 { $before } 台；若并非有意贴限，这样或更挤的概率不超过 { $probability } %。
infer-piles-power = { $sessions } 次收费的电能超过额定功率在所用时间内能给的。
infer-piles-amount = { $sessions } 次的金额不等于单价乘电能。
infer-piles-unknown = 这些检定过的桩没有充电记录，没有用上：{ $piles }
infer-piles-column-pile = 桩
infer-piles-column-error = 误差/%
infer-piles-column-interval = 95 % 包含区间/%
infer-piles-column-probability = 超限概率/%
infer-piles-column-state = 状态
infer-piles-column-sessions = 次数
infer-piles-beyond = 超限
infer-piles-within = 限内
infer-piles-reason-near-limit = 不能判定：正好在限值附近
infer-piles-reason-few-sessions = 不能判定：充电次数太少
infer-piles-reason-weakly-linked = 不能判定：与别的桩联系太弱
infer-piles-reason-unanchored = 不能判定：没有车把它与检定过的桩连起来
infer-piles-reason-no-sessions = 不能判定：没有可用的充电记录
infer-piles-recalled = 账本里有 { $count } 台桩在这些充电之前的证书，误差以它们为基准。
infer-piles-contradicted = 以下桩的充电记录与其检定结果相差超过四倍标准不确定度，不再用作基准：{ $piles }
error-infer-piles-log = 入账需要登记过的网络和充电的起止日期：请写 --network、--begins-on 和 --ends-on。
infer-piles-unregistered = 以下桩没有登记，或出厂编号与别的桩相同，或一桩两名，没有入账：{ $piles }。请用对象标识。
error-infer-piles-figures = 有的数字算不出来，没有签署。请检查充电记录。
