### 核验：每一条核验的名字，以及它为什么通过、不通过或无法核验。

answer-trusted = 可信
answer-doubtful = 存疑
answer-cannot-check = 无法核验
outcome-passed = 通过
outcome-failed = 未通过
outcome-not-possible = 无法核验

check-name-bundle = 证明包
check-name-document = 文件原样
check-name-renderings = 各版本数字一致
check-name-signature = 签名
check-name-key = 密钥归属
check-name-authorization = 授权
check-name-review = 核验人
check-name-inclusion = 已入账
check-name-checkpoint = 账本检查点
check-name-witnesses = 见证人
check-name-receipt = 入账回执
check-name-standing = 是否仍有效力
check-name-record = 与原始记录一致
check-name-rule = 规程版本
check-name-limits = 允许误差与结论复算
check-name-uncertainty = 数值与不确定度复算
check-name-chain = 溯源链完整
check-name-chain-validity = 标准器在有效期内
check-name-chain-range = 标准器量程覆盖
check-name-chain-uncertainty = 标准器不确定度足够

check-no-policy = 没有说明信任谁。用 --policy 给出信任文件。
check-no-proof = { $file } 里没有证明。请索取同名的 .heng 文件，或原样的 PDF。
check-rests-on = 要先通过“{ $check }”这一条才能核验。
check-policy-key-unreadable = 信任文件里 { $party } 的公钥读不了。
check-policy-log-key-unreadable = 信任文件里账本 { $origin } 的公钥读不了。检查点的大小是 { $size }。
check-policy-witness-key-unreadable = 信任文件里有一个见证人的公钥读不了。

check-bundle-passed = 证明包完整，含 { $count } 份声明。
check-bundle-statement-unreadable = 第 { $index } 号声明读不了，或被改动过。
check-bundle-statement-twice = 第 { $index } 号声明出现了两次。
check-bundle-text-unreadable = 附带的一份文本读不了。
check-bundle-text-unused = 附带的文本 { $sha256 } 没有任何声明认可。
check-bundle-without-certificate = 证明包里没有它要证明的证书。

check-document-passed = 与签发时的 { $rendering } 逐字节相同。
check-document-altered = 与 { $number } 号证书签发的文件不同：被改动过，或被别的程序另存过。请索取原文件。
check-document-not-issued = { $number } 号证书没有签发过这种文件。

check-renderings-passed = 证书的 { $count } 个结果在 XML 里数字相同。
check-renderings-no-xml = 证明包里没有 XML，无从比较。
check-renderings-unreadable = XML 读不了。
check-renderings-other-number = XML 是另一份证书的。
check-renderings-digit-missing = XML 里没有结果 { $value }（{ $unit }）。

check-checkpoint-passed = 账本 { $origin } 签了大小为 { $size } 的检查点。
check-checkpoint-unreadable = 检查点读不了。
check-checkpoint-log-unknown = 信任文件里没有账本 { $origin }（检查点大小 { $size }）。
check-checkpoint-not-authentic = 检查点不是账本 { $origin } 签的（大小 { $size }）。
check-witnesses-passed = 要求 { $required } 个见证人，有 { $count } 个。
check-witnesses-too-few = 要求 { $required } 个见证人，只有 { $count } 个。
check-witnesses-not-authentic = { $witness } 的见证签名是假的（要求 { $required } 个，有 { $count } 个）。
check-witnesses-unknown = 检查点上有 { $witness } 的签名，信任文件不认识它（要求 { $required } 个，有 { $count } 个）。
check-inclusion-passed = { $count } 份声明都在大小为 { $size } 的账本里。
check-inclusion-failed = 第 { $index } 号声明 { $statement } 不在这个检查点的账本里。
check-receipt-passed = 证书是账本第 { $index } 号，账本的回执对得上。
check-receipt-unreadable = 账本的回执读不了。
check-receipt-failed = 账本的回执不是这份证书的。

check-signature-passed = 证书、记录、核验三份声明的签名都对得上，由 { $party } 签发。
check-signature-key-unknown = 不知道 { $party } 用的是谁的密钥。
check-signature-not-authentic = 内容与 { $party } 的签名对不上。
check-record-missing = 证明包里没有原始记录。
check-key-passed = 密钥由监管机构引入，当日属于 { $party }。
check-authorization-passed = 机构与检定员当日都有这个项目的授权（{ $party }）。
check-review-passed = { $party } 核验了同样的内容，不是检定员本人。
check-review-missing = 没有第二个人的核验。
check-key-unknown = 不知道 { $party } 在 { $day } 用的密钥是谁引入的。
check-key-of-other-party = 密钥不是 { $party } 的（{ $day }）。
check-key-not-valid-on-day = { $party } 的密钥在 { $day } 不在有效期内。
check-key-withdrawn = { $party } 的密钥在 { $day } 已被撤销。
check-key-introduced-without-right = 引入 { $party } 密钥的一方无权引入（{ $day }）。
check-not-authorized = { $party } 没有做这件事的授权（{ $day }）。
check-authorization-not-valid-on-day = { $party } 的授权在 { $day } 不在有效期内。
check-authorization-withdrawn = { $party } 的授权在 { $day } 已被撤销。
check-out-of-scope = { $party } 的授权不含这个项目（{ $day }）。
check-granted-without-right = 给 { $party } 授权的一方无权授权（{ $day }）。
check-no-review = { $party } 签的不是核验（{ $day }）。
check-review-of-other-content = { $party } 核验的是别的内容（{ $day }）。
check-not-approved = { $party } 没有同意签发（{ $day }）。
check-self-approval = { $party } 核验了自己的记录（{ $day }）。

check-standing-passed = 截至 { $instant }，没有被更正或撤销。
check-standing-superseded = 自 { $day } 起被另一份证书代替：{ $why }
check-standing-withdrawn = 自 { $day } 起已被撤销：{ $why }
check-standing-corrected = 账本说它已被更正，但没有附上更正声明。请按当前状态重出证明包。
check-standing-unknown = 账本没有说它是否仍有效力。
check-standing-unreadable = 账本关于效力的声明读不了。
check-standing-not-by-log = 关于效力的声明不是账本签的。
check-standing-of-other-tree = 关于效力的声明属于另一个检查点。

check-record-passed = 器具、客户、日期、地点都与签名的原始记录一致。
check-record-differs = 证书与签名的原始记录不一致：{ $part }。
check-rule-passed = 依据 { $norm } 规则第 { $version } 版，与发布的逐字节相同。
check-rule-not-published = 没有找到 { $norm } 规则第 { $version } 版的发布声明。
check-rule-not-entitled = 发布 { $norm } 规则第 { $version } 版的一方无权发布。
check-rule-text-missing = 证明包里没有 { $norm } 规则第 { $version } 版的文本。
check-rule-text-unreadable = { $norm } 规则第 { $version } 版的文本读不了，或与发布的不同。
check-limits-passed = 允许误差、每点结论、总结论和有效期复算一致。
check-limits-differ = { $place } 的允许误差或结论复算不一致。
check-verdict-differs = 总结论复算不一致。
check-validity-differs = 有效期复算不一致。
check-uncertainty-passed = 每个数值和不确定度复算一致，逐位相同。
check-uncertainty-differs = { $place } 的数值或不确定度复算不一致。

check-chain-passed = 经 { $count } 份证书，直到单位的复现。
check-chain-missing = 溯源链断了：缺少证书声明 { $statement }。
check-chain-circle = 溯源链绕回了自己：{ $statement }。
check-chain-too-deep = 溯源链长得不合情理，到 { $statement } 为止。
check-chain-step-passed = 用到的 { $count } 件标准器都满足。
check-chain-top = 不用标准器：它复现单位。
check-chain-lapsed = 标准器 { $standard } 的证书到 { $through } 为止，用它的那天是 { $day }。
check-chain-other-document = 标准器 { $standard } 的证书与引用的不是同一份。
check-chain-refused = 规则不接受标准器：{ $code }（{ $facts }）。
