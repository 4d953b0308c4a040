# 社区自助屏
kiosk-title = 邻里有纠纷，在这里说
kiosk-lead = 说说是什么事，您会看到法律怎么说、有哪些办法。
kiosk-begin = 开始
kiosk-free = 人民调解不收费
kiosk-phone = 请带手机：验证码和以后的链接发到您的手机上
kiosk-forgets = 说完或者离开，这块屏上不留下您的任何信息
kiosk-end = 结束，清除这块屏上的内容
kiosk-done = 链接已经发到您的手机，以后在手机上接着办。
