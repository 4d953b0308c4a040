# 双方各还有别的人：一个一个添
further-title = 还有别的当事人吗
further-hint = 没有就不用管。有的话一位一位添，每一边都可以添，总共不超过二十位；多出来的一位空着就行。
further-person = 另一位当事人 { $number }
further-side = 另一位当事人 { $number } 站在哪一边
further-side-claimant = 和申请人一起
further-side-respondent = 和对方一起
further-name = 另一位当事人 { $number } 的姓名
further-contact = 另一位当事人 { $number } 的手机号或者邮箱
further-address = 另一位当事人 { $number } 的住址
further-add = 再添一位当事人
further-contact-twice = 这个手机号或者邮箱上面已经写过；每一位要写自己的，没有就空着
# 立案以后再加当事人
parties-lead = 现在有这些当事人。加进来的人会收到邀请；先前谈好的，也要他同意才能签。
parties-side = 他是哪一方
parties-claimant = 申请人一方
parties-respondent = 对方
parties-name = 姓名或者单位名称
parties-add = 加上，并且请他来
parties-unreachable = 请至少写一种能找到他的办法：手机、邮箱或者住址
