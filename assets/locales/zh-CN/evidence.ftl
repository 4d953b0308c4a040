# 当事人出示的照片、录音、视频和文件
evidence-title = 照片和证据
evidence-lead = 照片、聊天截图、录音、视频、合同，都可以放在这里。说得清楚，调解起来就快。
evidence-none = 还没有人放东西。
evidence-given = 已经放上来的
evidence-add = 放一份上来
evidence-file = 照片、录音、视频或文件
evidence-file-hint = 照片和文件不超过 20 MB，录音不超过 50 MB，视频不超过 200 MB。网络不好也没关系，断了会接着传。
evidence-plain = 您的浏览器没有开脚本，这里只能传 20 MB 以内的文件。
evidence-broken = 系统暂时出了问题，文件没有传完。请过一会儿再选一次同一个文件，会接着传。
evidence-note = 这是什么
evidence-note-hint = 比如：11 月 3 日夜里拍的卧室墙面
evidence-audience = 给谁看
evidence-for-everybody = 给大家看
evidence-for-everybody-hint = 对方和调解员都看得到
evidence-for-mediator = 只给调解员看
evidence-for-mediator-hint = 对方看不到，也不会写进协议和任何文书
evidence-original-kept = 原件原样保存，并记下指纹，以后可以核对。给对方看的照片是重新制作的，里面没有拍摄地点和手机信息；录音、视频和文件是原样给对方的。
evidence-send = 上传
evidence-by = { $name } · { $at }
evidence-only-mediator = 只给调解员
evidence-withdrawn = 已收回
evidence-picture-of = 照片：{ $name }
evidence-download = 下载原件
evidence-fingerprint = 指纹（SHA-256）
evidence-withdraw = 收回
evidence-hand-on = 给现在的调解员看
evidence-hand-on-why = 这一份是给上一位调解员看的，现在的调解员看不到。
evidence-on-its-way = 还没有传完
evidence-on-its-way-how = 再选一次同一个文件，就从断的地方接着传。
evidence-percent = 已传 { $percent }%
evidence-stop = 不传了
evidence-sending = 正在上传：{"{"}percent{"}"}%
evidence-waiting = 网络断了，连上以后自动接着传，请不要关闭这一页。
evidence-making = 快好了，正在保存……
evidence-refused-kind = 这种文件收不了。请用照片（JPG、PNG、WebP）、录音、视频（MP4）、PDF、Word 或 Excel。
evidence-refused-archive = 压缩包收不了，请解开以后一份一份上传。
evidence-refused-large = 文件太大了：{ $sort ->
    [photo] 照片
    [sound] 录音
    [clip] 视频
   *[file] 文件
 }不能超过 { $megabytes } MB。
evidence-refused-pixels = 这张照片的像素太高，打不开。请截图或者调小以后再传。
evidence-refused-broken = 这个文件打不开，可能没有存完整。请换一份再试。
evidence-refused-many = 您放的文件已经很多了，不能再放。可以收回不需要的，或者请调解员帮忙。
evidence-refused-closed = 现在不能放证据了。
