# Words that every page uses
common-name = Heyi
common-mark = 和
common-tagline = Neighbours settle by agreement
common-language-switch = 中文
common-skip = Skip to the main text
common-elder-on = Large text
common-elder-off = Standard text
common-sign-in = Sign in
common-sign-out = Sign out
common-menu = Main sections
common-footer-free = People's mediation is free, and taking part is your own choice.
common-footer-times = All times are Beijing time.
common-demo = Demonstration: people and cases here are invented; no message really leaves.
common-demo-people = Change person
common-demo-outbox = Sent messages
common-back = Back
common-others = Other things I can do
common-change = Change
common-optional = (optional)
common-error-title = Please look at these again
common-error-prefix = Error:
common-date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
  } { $year }
common-date-time = { $date }, { $time }
common-stage-consult = Consult
common-stage-assess = Assess
common-stage-mediate = Mediate
common-stage-arbitrate = Arbitrate
common-stage-litigate = Litigate
common-task-done = Done
common-task-todo = To do
common-task-waiting = Waiting for the other side
common-task-locked = Not yet open

# While filling in
form-required = Please fill this in
form-choose = Please choose one
form-nul = This held a character that cannot be kept; we took it out, please check
form-glyph = Papers cannot print { $characters } – please take it out or say it in words; everything else you typed is still here
form-too-long = This is too long; please stay within { $limit } characters
form-date-to-come = This day is yet to come; please look again
form-date = Please give a date, such as 2026-11-30
form-code = Please give the code of 6 digits

# Error pages
error-reference = Reference: { $reference }
error-reference-why = If you call us, tell us this reference and we can find what happened.
error-home = To the first page
error-not-found = We did not find this page
error-not-found-more = The address may be incomplete, or the page is not open to you. Please check the link; if it came in a message, open it there again.
error-sign-in = Please sign in first
error-sign-in-more = You are not signed in, or your sign-in has run out; nothing was changed. Once you are signed in you come back to this page.
error-sign-in-go = Sign in
error-second-factor = A one-time password is needed
error-second-factor-more = Please confirm who you are with the one-time password on your phone.
error-forbidden = This cannot be done now
error-forbidden-more = You may not take this step in this case, or it is not its turn yet.
error-conflict = Someone was faster
error-conflict-more = The case changed while you were looking at this page. Please go back, see what is new, and decide again.
error-case = See where the case stands now
error-out-of-order = This step cannot be taken now
error-out-of-order-more = The case has not come to this step.
error-stale-form = This page was open for too long
error-stale-form-more = For your safety, please go back, reload the page and send it again.
error-bad-request = We did not understand this request
error-bad-request-more = What was sent is incomplete. Please go back and try again.
error-too-large = What you sent is too large
error-too-large-more = One file may have up to 20 MB. Please make a photograph smaller, or write a long text in several parts; then go back and try again.
error-too-many = Too many attempts
error-too-many-more = { $minutes ->
    [1] Please wait one minute and try again.
   *[other] Please wait { $minutes } minutes and try again.
  }
error-method = This page cannot be opened this way
error-method-more = Please start again from the first page.
error-internal = Something went wrong on our side
error-internal-more = What you filled in is not lost because of this. We have noted the failure; please try again in a while.
error-unavailable = Not possible just now
error-unavailable-more = Please try again in a few minutes. If it stays like this, call us and tell us the reference below.
common-cases = My cases
common-desk = Desk
common-continue = Continue
common-role-dispatcher = Dispatcher
common-role-mediator = Mediator
common-role-seal_holder = Seal holder
common-role-clerk = Court clerk
common-role-judge = Judge
common-role-head = Committee head
common-role-intake_officer = Intake officer
common-role-grid_worker = Grid worker
common-role-supervisor = Supervisor
common-role-operator = Operator
common-error-of = { $label }:{" "}
error-typed = What you wrote
error-typed-more = It was not sent. It is kept here so that you can copy it.
error-glyph = One character cannot be printed yet
error-glyph-more = We have no shape for “{ $character }”, so the paper was not made. Please write it by hand for now, or enter the name in another way and try again.
