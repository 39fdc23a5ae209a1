# 出证前的关口：为什么不能出，改什么就能出。
refusal-self-review = { $party } 不能核验自己检定的记录。签发要第二个人核验，换一位有授权的核验员。
refusal-verifier-not-authorized =
    { $reason ->
        [authorization-not-valid-on-day] { $party } 的检定授权在 { $day } 不在有效期内（规则 { $rule }）。换一位当天有授权的检定员，或补上当天有效的授权。
        [authorization-withdrawn] { $party } 的检定授权到 { $day } 已撤销（规则 { $rule }）。换一位当天有授权的检定员。
        [out-of-scope] { $party } 在 { $day } 有检定授权，但不含规则 { $rule }。换一位授权范围含它的检定员。
        [granted-without-right] { $party } 在 { $day } 的检定授权，授权人无权授予（规则 { $rule }）。由有权的机构重新授权。
       *[not-authorized] { $party } 在 { $day } 没有按规则 { $rule } 检定的授权。换一位有授权的检定员。
    }
refusal-reviewer-not-authorized =
    { $reason ->
        [authorization-not-valid-on-day] { $party } 的核验授权在 { $day } 不在有效期内（规则 { $rule }）。换一位当天有授权的核验员，或补上当天有效的授权。
        [authorization-withdrawn] { $party } 的核验授权到 { $day } 已撤销（规则 { $rule }）。换一位当天有授权的核验员。
        [out-of-scope] { $party } 在 { $day } 有核验授权，但不含规则 { $rule }。换一位授权范围含它的核验员。
        [granted-without-right] { $party } 在 { $day } 的核验授权，授权人无权授予（规则 { $rule }）。由有权的机构重新授权。
       *[not-authorized] { $party } 在 { $day } 没有按规则 { $rule } 核验的授权。换一位有授权的核验员。
    }
refusal-laboratory-may-not-certify =
    { $reason ->
        [authorization-not-valid-on-day] { $party } 的出证授权在 { $day } 不在有效期内（规则 { $rule }）。续上授权再出证。
        [authorization-withdrawn] { $party } 的出证授权到 { $day } 已撤销（规则 { $rule }）。由有授权的机构出证。
        [out-of-scope] { $party } 在 { $day } 可以出证，但授权范围不含规则 { $rule }。由授权范围含它的机构出证。
        [granted-without-right] { $party } 在 { $day } 的出证授权，授权人无权授予（规则 { $rule }）。由计量行政部门重新授权。
       *[not-authorized] { $party } 在 { $day } 没有按规则 { $rule } 出证的授权。由有授权的机构出证。
    }
refusal-person-of-other-laboratory = { $party } 的授权来自 { $other }，不能替 { $laboratory } 检定或核验。换 { $laboratory } 自己的人，或由 { $other } 出证。
refusal-value-outside-scope = { $party } 按 { $norm } 授权的测量范围是 { $scope }，这里测的是 { $value }。由授权范围含它的机构来做。
refusal-uncertainty-below-scope = 在 { $value }，记录的 U = { $uncertainty } 比 { $party } 按 { $norm } 授权的还小：{ $scope }。核对不确定度评定，或先申请扩大授权。
refusal-instrument-outside-scope = { $party } 按 { $norm } 的授权不含这种器具：{ $kind }，准确度等级 { $class }（授权的等级：{ $classes }）。由授权范围含它的机构来做。
refusal-laboratory-may-only-calibrate = { $laboratory } 是按合同校准的机构，不能按 { $norm } 出检定证书。改做校准，或由依法设置或授权的机构检定。
refusal-laboratory-of-other-enterprise = { $laboratory } 是企业内部机构，只给本企业的器具出证（{ $norm }）。别家的器具送依法设置或授权的机构。
refusal-not-signed-by-its-person =
    { $what ->
        [record] 原始记录不能证明是 { $party } 在 { $day } 签的（{ $reason }）。用检定员自己当天有效的密钥重新签。
       *[review] 核验不能证明是 { $party } 在 { $day } 签的（{ $reason }）。用核验员自己当天有效的密钥重新签。
    }
refusal-record-of-other-certificate = 原始记录与证书 { $number } 对不上：器具、日期、规则或签字的人不同。用这份证书自己的记录。
refusal-not-approved = { $party } 核验了证书 { $number }，没有同意。按核验意见改好，再送核验。
refusal-review-of-other-content = 核验的不是证书 { $number } 现在的内容，或没有引用这份记录。内容变了就要重新核验。
refusal-standard-certificate-missing = 找不到标准器 { $standard } 的证书 { $number }（{ $day } 使用）。先把它的证书存进来，或换一台有证书的标准器。
refusal-standard-certificate-of-other = 证书 { $number } 与标准器 { $standard } 对不上（{ $day } 使用）：器具、编号、有效期或 XML 不同。引用它自己的证书。
refusal-standard-does-not-conform = 标准器 { $standard } 检定不合格（{ $number }），{ $day } 不能使用。换一台合格的标准器。
refusal-standard-not-yet-certified = 标准器 { $standard } 到 { $from } 才有证书 { $number }，{ $day } 还不能使用。引用当天有效的证书，或换一台标准器。
refusal-standard-overdue = 标准器 { $standard } 的证书 { $number } 有效期至 { $through }，{ $day } 已过期。先送检，或换一台有效的标准器，重新测量。
refusal-standard-certificate-superseded = 标准器 { $standard } 的证书 { $number } 从 { $from } 起已被替换，{ $day } 不能再依据它。引用替换它的证书。
refusal-standard-certificate-withdrawn = 标准器 { $standard } 的证书 { $number } 从 { $from } 起已撤回，{ $day } 不能再依据它。换一台有效的标准器，重新测量。

# 记录里的人名。
finding-party-unknown = 没有叫“{ $named }”的人或机构。写登记的姓名，或写编号（party:person:…）。
finding-party-ambiguous = “{ $named }”有两个：{ $first } 和 { $second }。写编号，不写姓名。
refusal-measured-after-issue = 检定日期 { $day } 晚于出证日 { $issued }。还没有做的检定不能出证；改正日期。
refusal-review-by-other = 这份记录请的是 { $named } 核验，不是 { $party }。
refusal-record-certified-already = 这份记录已经出证，编号 { $number }。要改就先撤回那一份。
refusal-record-sent-back = 这份记录在 { $day } 已经退回检定员。请检定员改后重新签字。
