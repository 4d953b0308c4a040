wishes-title = 说说您的希望
wishes-lead = 这些只用来给您找合适的调解员，不写也可以。
wishes-language = 希望用什么话来谈
wishes-language-hint = 可以选几种
wishes-employer = 您在哪里上班
wishes-employer-hint = 同一个单位的调解员就不会派来
wishes-do = 记下来
