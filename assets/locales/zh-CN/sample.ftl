# heyi sample 写出的说明
sample-readme =
    和议文书样本

    这里的人、住址和事情都是编的，签名用的证书机构也是临时造的，用过就扔。请用这些文件试您自己的核验程序：
sample-file-unsigned = 还没有人签名的文书
sample-file-signed = 一个接一个签名，每签一次存一份
sample-file-last = 最新的一份：全部签完，并已封存（证书到期以后仍可核验）
sample-file-data = 文书内容的数据，与 PDF 里附的一模一样
sample-file-agreement = 裁定所确认的那份调解协议书
sample-file-enclosed = 卷宗里收着的那份调解协议书
sample-file-roots = 要信任的两张根证书：签名的和时间戳的
sample-file-revoked = 这张根证书吊销了哪些证书
sample-file-record = 平台对这份文书的记录，带平台的签名，交给 heyi verify --record
sample-file-said = 记录的原文，给别的程序用
sample-file-signature = 平台对这段原文的签名
sample-file-inclusion = 最新一份在存证之下的证明，交给 heyi verify --inclusion
sample-heyi =
    用 heyi 核验（不联网）。应当说：文件完整，全部签名有效，与平台的记录一致：
sample-heyi-unkept =
    卷宗是有人要的时候当场做出来的：卷宗本身没有人签名，平台也没有它的记录。用 heyi 核验（不联网）。
    应当说：卷宗上没有人签名；里面的调解协议，文件完整，全部签名有效：
sample-truncated =
    早先的一份也是真的，可是少了后来的签名。只有对照平台的记录才看得出来：
sample-agreement =
    裁定说的是不是这一份协议，对照裁定的记录就知道：
sample-pyhanko =
    用 pyHanko 核验（pip install pyhanko-cli）：
sample-openssl =
    用 openssl 核对平台的记录和吊销列表：
sample-openssl-lists =
    用 openssl 核对吊销列表：
sample-inclusion =
    离线核对存证证明：不用平台的数据库，也不用联网：
