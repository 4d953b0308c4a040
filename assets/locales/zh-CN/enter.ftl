# 代为登记
enter-by = { $name }代为登记
enter-through = 联系人：{ $who }
enter-consent-in-person = 本人当面同意
enter-consent-on-the-phone = 本人在电话里同意
enter-consent-in-writing = 本人书面同意
enter-file-letter = 来信照片
enter-file-scene = 现场照片
enter-file-voice = 录音
