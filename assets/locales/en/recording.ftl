# Recordings
recording-title = Recording of a session
recording-asking-title = Shall this session be recorded?
recording-ask-lead = To record what is said at the joint table, everybody present has to agree first. The talks and the written record go on as ever.
recording-ask = Ask everybody whether to record
recording-asked = The mediator would like to record this joint session and asks whether you agree.
recording-words-what = What is recorded: your voice while all talk together, and your picture while your camera is on, or your screen while you share it.
recording-words-why = Why: if there is doubt later about what was said, you can look together. It is not sent to the court, and what you give way in to reach a settlement cannot be used against you in a suit, unless the law says otherwise or all agree.
recording-words-who = Who sees it: those who took part in this joint session, and the mediators who lead it. Nobody else.
recording-words-kept-days = How long: { $length } days from when it is ready; then it is deleted by itself, and a note of that is kept.
recording-words-kept-months = How long: { $length } months from when it is ready; then it is deleted by itself, and a note of that is kept.
recording-words-kept-years = How long: { $length ->
    [one] { $length } year
   *[other] { $length } years
  } from when it is ready; then it is deleted by itself, and a note of that is kept.
recording-words-caucus = What never is: talks alone with the mediator are never recorded, nor is the waiting room.
recording-words-back = You can change your mind at any time: one tap on “stop recording me”, and it stops at once. Saying no is fine: the mediation goes on, and nothing changes for you. You can ask the head of the committee to delete early what was recorded.
recording-words-minutes = It does not replace the written record: that is written as ever, and you are asked to check and sign it.
recording-agree = I agree to be recorded
recording-no = No
recording-no-too = You may also say no
recording-no-fine = Fine, nothing is recorded. The mediation goes on, and nothing changes for you.
recording-think-again = Look again
recording-code-sent = A code was sent to { $to }.
recording-second-factor = Please give the six digits of your authenticator.
recording-bound = The code agrees to this one recording and to the words you have just read (number { $mark }), and to nothing else.
recording-code = Code
recording-agree-now = Confirm
recording-waiting = You have agreed. It is recorded while everybody present agrees, and the page then says “Recording”.
recording-agreed = { $count ->
    [0] Nobody has agreed yet.
    [one] One person has agreed.
   *[other] { $count } people have agreed.
  }
recording-withdraw = Stop recording me
recording-stop = Stop the recording
recording-drop = Do not ask any more
recording-none = This session is not recorded.
recording-over = This session does not take place now, so nothing can be recorded.
recording-other = What was asked then is over. Please see how things stand now.
recording-to-room = Back to the video room
recording-state-running = being recorded
recording-state-paused = not being recorded
recording-state-making = being made ready
recording-state-kept = ready
recording-state-deleted = deleted
recording-play-lead = Everybody's sound and picture is a file of its own. Play them together, or one alone. Talks alone were not recorded: there it is silent.
recording-play-all = Play together
recording-stop-all = Pause all
recording-download = Download
recording-for-others = It is shown only to those who took part in the joint session and to the mediators.
recording-no-minutes = A recording does not replace the written record (Rules on online mediation, article 22).
recording-until = Kept until { $day }; then it is deleted by itself.
recording-tracks = Hashes it was sealed with
recording-tracks-more = While it was recorded, a part was closed about every ten seconds, each naming the hash of the one before. The last hash stands in the record of the case: a change to any part would show.
recording-segments = { $count ->
    [one] one part
   *[other] { $count } parts
  }
recording-line-microphone = sound
recording-line-camera = picture
recording-faults = Something is wrong with this recording
recording-fault-broken = A part does not follow the one before it: it was changed or taken away after it was recorded. So it is not played.
recording-fault-other-head = It does not match the hashes it was sealed with: something changed since.
recording-fault-gap = A small part was not kept while it was recorded.
recording-fault-torn = The platform stopped in the middle, and the end of that part is missing.
recording-fault-empty = Of somebody there is neither sound nor picture.
recording-deleted-term = The time for which it was kept is over; it was deleted.
recording-deleted-decided = It was deleted early, for this reason.
recording-deleted-erased = It was deleted with the words of the case.
recording-delete = Delete early
recording-delete-more = What somebody in it asks to have deleted is to be deleted (Personal Information Protection Law, article 47). It cannot be brought back; who deleted it, when and why is noted.
recording-delete-why = Why it is deleted
recording-delete-now = Delete this recording
