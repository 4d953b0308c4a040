# 联系对方：今天要打的电话、要寄的信、要上的门
outreach-title = 今天要联系的人
outreach-none = 今天没有要联系的人。
outreach-today = 今天
outreach-late = 已经过期
outreach-by = 请在 { $day } 前办好。
outreach-read-out = 电话里可以这样说
outreach-script-ask = 您好，请问是{ $name }本人吗？
outreach-script-stop = 不是本人、或者本人不在：只问什么时候方便再打，别的一个字都不说。是本人，再往下说。
outreach-script-call = 我是{ $committee }的工作人员。{ $surname ->
    [none] 有人
   *[other] 有位姓{ $surname }的邻居，
  }因为“{ $dispute }”的事想请您一起谈谈。{ $free ->
    [yes] 调解不收费，参不参加由您决定，
   *[no] 要不要收费、收多少，我们会先跟您说清楚；参不参加由您决定，
  }不参加也不影响您的权利。您看愿意谈谈吗？想当面谈，或者需要帮忙，都可以告诉我。您要是不放心，可以先打114查我们的电话，再打回来。
outreach-script-help = 我是{ $committee }的工作人员。您说“{ $dispute }”的事需要帮忙，我来问问：是看不清、不会操作，还是有别的顾虑？{ $free ->
    [yes] 调解不收费，
   *[no] 要不要收费、收多少，我们会先跟您说清楚；
  }您不想用手机，也可以到我们这里来，或者由我们上门。{ $surname ->
    [none] { "" }
   *[other] 对方是姓{ $surname }的那位邻居；
  }谈不谈，还是由您决定。
outreach-script-meet = 我是{ $committee }的工作人员。“{ $dispute }”的事，您说想当面谈，我来跟您约个时间和地方。{ $free ->
    [yes] 调解不收费。
   *[no] 要不要收费、收多少，我们会先跟您说清楚。
  }您哪天方便？到我们这里来，还是在您附近？{ $surname ->
    [none] 对方这边，
   *[other] 对方是姓{ $surname }的那位邻居，
  }时间定下来我们再告诉他，也会先问您愿不愿意同坐一室。
outreach-print = 打印信件
outreach-record = 写下结果
outreach-more = 还有更多
outreach-desk = { $count ->
    [0] 今天没有要联系的人
   *[other] 今天要联系的人：{ $count } 件
  }
outreach-task-help = 对方说需要帮助
outreach-task-meet = 对方想当面谈
outreach-task-call = 打电话
outreach-task-letter = 寄一封信
outreach-task-visit = 上门一趟
outreach-task-address = 换一个联系方式
outreach-hint-help = 打个电话，问问需要什么。
outreach-hint-meet = 打个电话，约个时间和地方。
outreach-hint-call = 短信没有答复，请打个电话。
outreach-hint-letter = 打印信件寄出，把寄出的日子记下来。
outreach-hint-visit = 辖区的网格员会看到这一件，也可以由您去。
outreach-hint-address = 原来的号码不是本人的。请向申请人问一个新的。
outreach-share = 最近 { $days } 天请过的人里，{ $percent }% 有了答复
outreach-share-none = 最近 { $days } 天还没有可以统计的答复
outreach-numbers = 有答复 { $answered } 人，一直没有答复 { $silent } 人，找错人 { $wrong } 人；还在等 { $waiting } 人。
outreach-answers-title = 请过的人有没有答复
outreach-answers-more = 看明细
outreach-invited = 请过
outreach-accepted = 愿意谈
outreach-declined = 不参加
outreach-asked = 想当面谈、需要帮助
outreach-wrong = 找错人
outreach-silent = 一直没有答复
outreach-waiting = 还在等
outreach-how = 比例是有答复的人，除以有答复、一直没有答复和找错人的总数；还在等的不算在内。
outreach-days = 最近 { $days } 天
outreach-correct = 更正联系方式
outreach-correct-lead = { $name }现在登记的是：{ $contact }
outreach-correct-nothing = { $name }现在没有登记电话和邮箱。
outreach-correct-phone = 手机号
outreach-correct-mail = 邮箱
outreach-correct-address = 住址
outreach-correct-hint = 至少填一样。还没有答复的，会从头再请一次。
outreach-correct-save = 保存
outreach-visits = 要上门的人家
outreach-visits-none = 现在没有要上门的人家。
outreach-visit = 上门：{ $name }
outreach-visit-hand = 请交给对方
outreach-visit-hand-what = 一封邀请函。{ $committee }想请对方谈谈，可以打{ $phone }，也可以到{ $address }来。别的情况请不要打听，也不要跟别人说。
outreach-visit-came = 结果怎么样
outreach-visit-note = 说明
outreach-visit-save = 记下来
outreach-visit-fetch = 信在{ $committee }打印好，请先去取：{ $address }，电话 { $phone }。
