# 常用条款
library-title = 我的常用条款
library-lead = 写一次，以后写条款时一点就能用。只有您自己看得到。
library-none = 还没有写过。
library-own = 我自己的
library-begin = 从常用条款开始
library-back = 回到协议条款
library-begin-lead = 点一条，就填进条款表里，再按双方说的改。
library-discard = 删掉
library-new = 新写一条
library-name = 名称
library-text = 内容
library-fillers = 可以用大括号代替案子里的内容：{"{申请人}"}、{"{被申请人}"}、{"{调解员}"}、{"{案号}"}、{"{地点}"}、{"{金额}"}、{"{今天}"}、{"{15天后}"}、{"{见面时间}"}。
library-keep = 存下来
library-unknown = 大括号里的“{ $name }”没有对应的内容，请改一改
library-missing = 这个案子没有“{ $name }”，请直接写出来
