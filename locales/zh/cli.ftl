### 命令行的话。

severity-info = 提示
severity-warning = 注意
severity-error = 错误

error-key-suite = 要的是 { $wanted } 的密钥，这一把是 { $found }。
error-suite = 没有 { $suite } 这种签名算法。可用 ed25519、es256、sm2。
error-decider = { $laboratory } 里没有叫 { $named } 的人，或者不止一个。请写作出决定的人的标识。
error-withdraw-day = { $performed } 所做工作的证书不能从 { $day } 起撤回。请写 { $performed } 至 { $today } 之间的一天。
error-no-certificate = 没有编号为 { $number } 的证书。
error-not-checkable = { $file } 不是能核验的证明包、PDF 或 XML：{ $reason }
error-no-dcc = { $file } 不是数字校准证书，也不是 D-SI 文件：{ $reason }
error-no-dcc-json = { $file } 不是 heng-dcc/1 格式的 JSON：{ $reason }
error-record-kind = { $path } 的扩展名不认识。记录可以是 .toml、.json、.csv、.xlsx。
error-template-kind = { $path } 的扩展名不认得。模板是 .xlsx 或 .csv。
error-model = { $path } 不是能算的模型。
error-method = 没有 { $method } 这种方法。可用 linear、monte-carlo。

key-written = 私钥写在 { $path }，只有你能读。
key-shown = { $suite } 公钥，标识 { $id }
withdrawn = { $number } 号证书自 { $day } 起撤销。
written = 写好了 { $path }
document-lost = 存储里没有文件 { $name } 了，所以没有写出。从备份里把它放回存储的 blobs 文件夹。
fsck-clean = 账本完好：{ $statements } 份声明，{ $documents } 份文件，根 { $root }
fsck-damaged = 账本有损：{ $statements } 份声明，{ $documents } 份文件，根 { $root }。先按上面各条从备份补回，再用。
dcc-checked = { $file }：{ $count } 个问题
chain-disseminates = 可传递 { $quantity }：{ $from } 到 { $to }，U = { $uncertainty }
chain-top = ◆ 单位的复现
chain-missing = 溯源链断了：缺少 { $statement }
chain-circle = 溯源链绕回了自己：{ $statement }
chain-too-deep = 溯源链长得不合情理，到 { $statement } 为止
check-number-unknown = 编号不明
check-valid-through = 有效期至 { $day }
check-expired = 有效期到 { $day } 为止，已过期
check-folded = 上游各份证书的 { $count } 条核验都通过
certified = { $number }  { $outcome }  { $name }
outcome-calibrated = 已校准
certify-summary = 出证 { $count } 份，其中不合格 { $failing } 份；{ $lost } 行没有出。用了 { $seconds } s，每秒 { $rate } 份。
certify-lost = 没有出证的行和原因在 { $path }。改好以后把这个文件再交一次。
init-done = 建好了 { $data }：{ $statements } 份声明，{ $certificates } 份标准器证书。
init-trust = 信任文件 { $path }
init-seeded = 密钥由种子 { $seed } 生成，谁都能再造出来：只可用于演示。
init-noted = 这台机器上的你从此信任它：{ $path }
serving = 在 http://{ $address }/ 上服务。按 Ctrl-C 停下。
error-serving = 服务不起来：{ $reason }

demo-made = 示例城已在 { $data }：{ $instruments } 台器具，账本 { $statements } 份声明，用时 { $seconds } 秒。全部是合成数据。
demo-policy = 断网核验用的信任文件：{ $path }
demo-accounts = 登录名和密码（刚生成，只在这里显示一次）：
demo-task-verifier = 检定员
demo-task-reviewer = 核验员
demo-task-owner = 器具的主人
demo-task-utility = 供电公司监测电能表的工程师
demo-task-platform = 充电桩监测平台的分析员
demo-task-operator = 充电桩运营者
demo-task-supervisor = 辖区监督员
demo-places = 可以看：
demo-shown-in-force = 在有效期内的证书
demo-shown-failed = 不合格的通知书
demo-shown-withdrawn = 被撤回的证书
demo-session = 示例充电收据，逐项核验
demo-receipts = 这些收据的文件
demo-found = 推断失准的电能表与实验室实测对照
demo-register = 哪里能测什么
demo-sign-in = 登录
account-added = { $name } 可以登录，代表 { $party }。
account-password = 密码（只显示这一次）：{ $password }
error-account-party = 账本里没有 { $party } 这一方，用它登录什么也做不了。请写账本里有的人或单位，例如 { $known }。
error-account-unknown = 没有叫“{ $name }”的账号。heng account list 列出已有的。

infer-title = 台区电能表的判断
infer-recalled = 账本里有 { $count } 只表的上一份证书，推断时先用上。
infer-recalled-batch = 另有 { $count } 只表没有证书，先用同一厂家、同一型号的其他表检定所得。
infer-recorded = { $network } 的推断已入账：声明 { $statement }，{ $alerts } 条报警。
infer-recorded-silent = { $network } 的推断已入账：声明 { $statement }。没有报警：有条件不满足，规范不允许据此下结论。
infer-withdrawn = 已撤回：{ $statement }，声明 { $by }。
infer-limit = 限值 ±{ $limit }（{ $norm }，{ $class } 级；{ $confidence ->
    [read] 原文已读
    [secondary] 只见二手资料，未核原文
   *[unverified] 未核实
  }）
infer-district = { $file }：线损 { $loss } %，总表误差 { $head } % ± { $u } %（标准不确定度）
infer-city = { $districts } 个台区、{ $meters } 只电能表、{ $readings } 个读数，用时 { $seconds } 秒：每秒 { $rate } 个读数；七百万只电能表三十天的读数在这台机器上约需 { $hours } 小时。
error-infer-counted = { $district } 的读数早于状态文件已计入的末尾，会重复计入。请用 --since 只给出之后的读数。
error-infer-district = 台区无法读取：{ $reason }
infer-nothing = { $file } 里没有可判断的读数。
infer-no-registers = { $file }：这些列不是电能表底度，没有采用：{ $names }
infer-without-readings = { $file }：这些电能表只在档案里，没有读数：{ $names }
error-infer-nothing = 没有一个台区有可判断的读数：至少要有总表 head_kwh、一块用户表和三个时刻。
error-infer-folder = { $path } 里没有名为 …_readings….parquet 或 .csv 的文件。
error-infer-city-option = 全市数据（districts-….parquet）不支持 { $option }。请去掉它：会打印计数，用 --csv、--json 或 --parquet FILE 可得到逐表结论。需要 { $option } 时请用单个台区自己的读数。
error-infer-city-beside = { $path } 里既有全市数据（districts-….parquet），又有单个台区的读数（{ $file }）。请分别放在各自的文件夹里，分开评判。
error-infer-one-file = { $option } 只指一个文件，而 { $path } 里有 { $districts } 个台区的读数。请去掉它，让每个台区用自己读数旁的文件（NAME_voltages、NAME_meters），或者指明是哪一个台区的读数。
infer-city-conditions = { $rule } 的条件：满足的台区 { $met } 个，不满足的 { $not-met } 个，不知道的 { $unknown } 个。--json 列出是哪些。
infer-city-recorded = 已入账 { $districts } 个台区，新报警 { $alerts } 条{ $known ->
    [0] 。
   *[other] ；其中 { $known } 个此前已有相同的推断。
}
infer-city-refused = { $district } 没有入账：{ $reason }
infer-recorded-known = { $network } 已有相同的推断：声明 { $statement }，没有新增。
error-known-format = { $path } 是另一版本（{ $format }），日期的算法不同。请换一个文件，把以前各日重新评判一遍。
error-infer-limits = 没有名为 { $name } 的限值。已有：{ $known }。
infer-meter = 电能表
infer-state = 状态
infer-error = 误差 %
infer-u = u %
infer-interval = 95 % 区间
infer-beyond = 超差概率
infer-since = 起于
infer-reason = 依据
infer-state-good = 合格
infer-state-beyond = 超差
infer-state-drifting = 漂移
infer-state-stopped = 停走
infer-state-bypassed = 被旁路
infer-state-undecided = 不能判断
infer-reason-balance = 电量平衡
infer-reason-vacant = 几乎不用电
infer-reason-load = 用电相对噪声太少
infer-reason-clocks = 时钟偏差太大
infer-reason-missing = 缺的读数太多
infer-reason-collinear = 与别的表的电量分不开
infer-reason-head = 被总表误差遮住
infer-reason-near-limit = 太靠近限值
infer-reason-voltages = 缺电压，用户引起的损耗不明
infer-reason-district = 台区整体不平衡：漏列用户、总表、单位或反送电
