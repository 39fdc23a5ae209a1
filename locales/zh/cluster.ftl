### 多台机器一起判断时的话。

cluster-city = { $districts } 个台区、{ $meters } 只电能表、{ $readings } 个读数，用时 { $seconds } 秒：每秒 { $rate } 个读数。
cluster-again = 一批台区没有判断完，重新派发：{ $reason }
cluster-no-answer = { $seconds } 秒内没有结果
cluster-begins-again = 与调度者失去联系，重新加入。
cluster-open = 注意：{ $address } 对网络开放，而这个端口不核实来者身份，谁连上都能派发任务。只应放在专用网络里。
error-cluster-listen = 请写出别的机器能连上的地址；{ $address } 不是一个具体地址。
error-cluster-stopped = 服务停止：{ $reason }
error-cluster-folder = { $path } 里没有名为 districts-….parquet 的文件。集群判断整座城市；单个台区用 heng infer meters。
error-cluster-job = 一批台区派发了几次都没有判断完：{ $reason }
