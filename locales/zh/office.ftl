### 办公台的话：存、签、出证做不成的时候。

error-reading = 读不了 { $path }：{ $reason }
error-writing = 写不了 { $path }：{ $reason }
error-no-font = 没有找到中文字体。安装 fonts-noto-cjk，或用 --fonts 指出放字体的文件夹。
error-key = 密钥用不了：{ $reason }
error-entropy = 操作系统没有给出随机数：{ $reason }
error-no-key = 这里没有 { $party } 的密钥（{ $path }）：{ $reason }
error-store = 数据目录用不了：{ $path }：{ $reason }
error-signing = { $party } 没有签成：{ $reason }
error-not-in-log = 声明 { $statement } 不在账本里。
error-receipt = 账本没有给出回执：{ $reason }
error-bundle = 证明包没有写成：{ $reason }
error-rendering = { $number } 的文件没有排成：{ $reason }
error-rule-unknown = 没有 { $rule } 这份规程。现有：{ $known }
error-number-unfit = 证书编号“{ $number }”不能用：它要做文件名，只能用字、数字、空格和 - _ . ( ) [ ]，最多 60 个。
error-number-taken = 证书编号 { $number } 已经有了。改一个，或不填。
error-no-standard = 数据目录里没有标准器 { $standard } 的证书。
error-founding = 建不成数据目录：{ $reason }
error-password-length = 密码要有 { $shortest } 到 { $longest } 个字符。短句好记：连着写四五个词。
error-account-name = “{ $name }”不能作登录名。用小写字母、数字、点和短横，最多 40 个。
error-draft-name = 没有叫“{ $name }”的草稿。
error-origin = “{ $origin }”不是服务的网址。写成 https://heng.example 这样，后面不带路径。
