# 为什么一把密钥、一份授权或一次核验不成立。$party：应当有资格的人或单位；$day：哪一天。

finding-key-unknown = 到 { $day } 为止，可信任的各方都没有介绍过替 { $party } 签名的密钥。请向对方要介绍这把密钥的声明。
finding-key-of-other-party = { $day } 替 { $party } 签名的密钥是别人的。不要采信它签的内容。
finding-key-not-valid-on-day = { $party } 的密钥在 { $day } 不在有效期内。要用有效的密钥重新签名。
finding-key-withdrawn = { $party } 的密钥在 { $day } 之前已经撤回。要用仍然有效的密钥重新签名。
finding-key-introduced-without-right = { $party } 的密钥由无权代表其身份的一方介绍，截至 { $day }。应由其所在单位介绍。
finding-signature-not-authentic = { $party } 在 { $day } 的签名与内容对不上。内容在签名后改过，或者没有签过。
finding-not-authorized = 到 { $day } 为止，没有人授权 { $party } 做这件事。要有所在单位或主管部门的授权。
finding-authorization-not-valid-on-day = { $party } 的授权不包括 { $day } 这一天。要有当天有效的授权。
finding-authorization-withdrawn = { $party } 的授权在 { $day } 之前已经撤回。要重新授权。
finding-out-of-scope = { $party } 在 { $day } 的授权不包括这个规程、量、测量范围或不确定度。请核对授权范围。
finding-granted-without-right = 给 { $party } 授权的一方在 { $day } 没有这个权限。要先由主管部门授权给它。
finding-no-review = { $party } 在 { $day } 的声明不是核验。签发前要有第二个人核验。
finding-review-of-other-content = { $party } 在 { $day } 核验的是另一份内容，不是这份证书。这份证书要另行核验。
finding-not-approved = { $party } 在 { $day } 没有通过这份证书。这样不能签发。
finding-self-approval = { $party } 在 { $day } 批准了自己做的事。要由第二个人来做，不能是本人。
finding-no-part-in-round = { $party } 在这次比对里没有这个身份（{ $day }，{ $statement }）。
