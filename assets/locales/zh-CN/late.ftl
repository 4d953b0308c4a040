# 最初几分钟超时了：上级看到的一页
late-title = 超时提醒
late-call = 请打电话督促
late-office = 单位电话
late-no-phone = 平台上没有留电话
late-nobody = 这个调委会没有调度员，请打单位的电话，并安排人接手。
late-open = 打开案件
late-no-more = 这里只看得到时限和该找谁；案件内容由调委会的人看。
