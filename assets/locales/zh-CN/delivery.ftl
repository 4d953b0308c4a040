# 送达：邮寄、当面交付的文书
delivery-title = 寄出或者当面交付的文书
delivery-desk-title = 要送的文书
delivery-desk = { $count ->
    [0] 没有要送的文书
    [100] 要送的文书：99 件以上
   *[other] 要送的文书：{ $count } 件
  }
delivery-due = 过了日子还没送到的文书
delivery-more = 接着看后面的文书
delivery-none = 现在没有要送的文书。
delivery-lead = 这些当事人没有同意电子送达。请打印出来，寄给本人或者当面交给本人，送到以后在这里记下来。
delivery-receiver = （{ $name }代收）
delivery-end-done = 已送达
delivery-end-unneeded = 不用再送
delivery-end-abandoned = 送不到
delivery-by = { $name }记录
delivery-record = 记下送达情况
delivery-what = 哪一份文书
delivery-how = 怎么送的
delivery-how-handed = 当面交给本人
delivery-hint-handed = 本人在送达回证上签了名
delivery-how-household = 同住成年家属或代收人签收
delivery-hint-household = 写明是谁、和当事人是什么关系
delivery-how-posted = 已经寄出
delivery-hint-posted = 写快递单号；收到回执才算送达
delivery-how-received = 收到邮寄回执
delivery-hint-received = 送达日期是回执上写的收件日期
delivery-how-returned = 被退回
delivery-hint-returned = 写退回的原因，再换个办法送
delivery-how-left = 留置送达
delivery-hint-left = 拒收的：写明见证人，或者拍照、录像存在哪里
delivery-how-announced = 公告送达
delivery-hint-announced = 只有下落不明、别的办法都送不到的才用；公告满三十日那天视为送达，写那一天，凭证写登在哪里
delivery-how-abandoned = 送不到，不再送
delivery-hint-abandoned = 写明试过哪些办法、为什么送不到
delivery-how-mistaken = 上面一条记错了
delivery-how-opened = 本人在平台上打开、签收
delivery-on = 哪一天
delivery-on-hint = 签收、寄出或者退回的那一天
delivery-mark = 凭证
delivery-mark-hint = 快递单号、送达回证编号，或者谁签收的
delivery-save = 记下来
delivery-mistake = 有一条记错了
delivery-wrong = 哪一份文书最后的一条记错了
delivery-why = 错在哪里
delivery-why-hint = 比如：送的是另一方。记错的一条留着，不再算数，文书照旧要送
delivery-mend = 这一条作废
delivery-log = 送达记录
