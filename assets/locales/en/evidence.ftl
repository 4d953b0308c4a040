# Photos, sound, clips and files that parties show
evidence-title = Photos and evidence
evidence-lead = Photos, screenshots of chats, recordings, videos, contracts: put them here. What can be seen is settled sooner.
evidence-none = Nothing here yet.
evidence-given = What is here
evidence-add = Add something
evidence-file = Photo, recording, video or file
evidence-file-hint = Photos and files up to 20 MB, recordings up to 50 MB, videos up to 200 MB. On a bad network it goes on from where it broke off.
evidence-plain = Your browser runs no scripts: files up to 20 MB can be sent here.
evidence-broken = Something is wrong on our side; the file has not come whole. Choose the same file again in a while, and it goes on.
evidence-note = What it is
evidence-note-hint = For example: the bedroom wall in the night of 3 November
evidence-audience = Who may see it
evidence-for-everybody = Everybody
evidence-for-everybody-hint = The other side and the mediator
evidence-for-mediator = The mediator alone
evidence-for-mediator-hint = The other side does not see it, and no paper will mention it
evidence-original-kept = The original is kept as it came, with its fingerprint, so that it can be checked later. Photos are shown to the other side as copies made anew, without the place or the phone in them; recordings, videos and files are passed on as they are.
evidence-send = Send
evidence-by = { $name } · { $at }
evidence-only-mediator = Mediator only
evidence-withdrawn = Taken back
evidence-picture-of = Photo: { $name }
evidence-download = Download the original
evidence-fingerprint = Fingerprint (SHA-256)
evidence-withdraw = Take back
evidence-hand-on = Show it to the mediator of now
evidence-hand-on-why = You showed this to an earlier mediator; the one of now does not see it.
evidence-on-its-way = Not sent whole yet
evidence-on-its-way-how = Choose the same file once more, and it goes on from where it broke off.
evidence-percent = { $percent }% sent
evidence-stop = Give it up
evidence-sending = Sending: {"{"}percent{"}"}%
evidence-waiting = The network is gone. It goes on by itself when it is back; please leave this page open.
evidence-making = Nearly there, saving…
evidence-refused-kind = This kind of file cannot be taken. Please use a photo (JPG, PNG, WebP), a recording, a video (MP4), PDF, Word or Excel.
evidence-refused-archive = Archives cannot be taken. Please unpack it and send the files one by one.
evidence-refused-large = The file is too large: a { $sort ->
    [photo] photo
    [sound] recording
    [clip] video
   *[file] file
 } may have up to { $megabytes } MB.
evidence-refused-pixels = This photo has too many pixels to open. Please make it smaller, or take a screenshot of it.
evidence-refused-broken = This file cannot be opened; it may not have been saved whole. Please try another copy.
evidence-refused-many = You have given very many files already. Take back what is not needed, or ask the mediator for help.
evidence-refused-closed = Evidence is no longer taken in now.
