### 要不要强制检定：目录和用途两条。

purpose-trade = 贸易结算
purpose-safety = 安全防护
purpose-health = 医疗卫生
purpose-environment = 环境监测
purpose-other = 其他

control-type-approval = 型式批准
control-verification = 强制检定
control-type-approval-and-verification = 型式批准、强制检定
way-periodic = 周期检定
way-first-only = 首次检定，失准报废
way-limited-use = 首次检定，限期使用，到期轮换

obligation-title = 要不要强制检定
obligation-mandatory = 强制检定
obligation-later = 自 { $from } 起强制检定
obligation-other-purpose = 不强制
obligation-purpose-unknown = 用途未登记
obligation-not-listed = 不强制
obligation-says-mandatory = 目录里有，又用于{ $purpose }：两条都满足，必须检定。
obligation-says-later = 两条都满足，自 { $from } 起必须检定。
obligation-says-other-purpose = 目录里有，但不用于要管的四种用途：可以自行选择检定或校准。
obligation-says-purpose-unknown = 目录里有，但没有登记用途，判断不了。
obligation-says-not-listed = 目录里没有：可以自行选择检定或校准。
obligation-key-listed = 目录：列在“{ $name }”（{ $control }；{ $way }）。
obligation-key-not-listed = 目录：没有列这种器具。
obligation-key-purpose = 用途：登记为{ $purpose }。
obligation-key-purpose-other = 用途：登记为{ $purpose }，不在四种之内。
obligation-key-purpose-unknown = 用途：没有登记。
obligation-key-later = 起始日：{ $from }。
obligation-change-purpose = 改作别的用途并登记。
obligation-change-catalogue = 目录修订。
obligation-change-registered = 登记为贸易结算、安全防护、医疗卫生或环境监测用。
obligation-change-day = 到了 { $from }。
