# 按年归档
archive-title = 按年归档
archive-lead = 把本单位一年里办结的案件打成一个 ZIP 文件带走，交档案室保存。里面有：
archive-holds-cases = 每件案子一个文件夹：卷宗（PDF 和数据文件）、全部文书、当事人公开出示的证据和递交的材料；
archive-holds-index = 一份目录（可用表格软件打开）：案号、收案和办结日期、纠纷类型、文书种类、文件名；
archive-holds-list = 一份清单，写明每个文件的 SHA-256，并有电子签名和时间戳，日后少了、改了都查得出来。
archive-without = 背对背谈话、只告诉调解员的话和材料、调解员的笔记都不在里面。文件名只用编号，不写姓名。
archive-body = 哪个单位
archive-year = 哪一年办结的
archive-take = 下载 ZIP
archive-wait = 案件多时要等几分钟，下载中断了就重新下载一次：没有下完的文件打不开。
