# Messages that did not arrive
undelivered-title = Messages that did not arrive
undelivered-none = Every message arrived. Nothing to do here.
undelivered-lead = The platform has tried these many times in vain. Please call the people first, so that nobody waits for nothing; once the address works, try again.
undelivered-desk = { $count ->
    [one] 1 message did not arrive: look
   *[other] { $count } messages did not arrive: look
  }
undelivered-desk-none = Messages that did not arrive
undelivered-what-mail = A mail did not arrive
undelivered-what-sms = A text message did not arrive
undelivered-what-watch = A step that was due was not carried out
undelivered-what-webhook = The body that sent the matter was not told
undelivered-what-papers = The papers of the acceptance were not made
undelivered-what-anchor = The hourly seal over all events was not made
undelivered-what-recording = The recording of a session was not made ready
undelivered-what-recording-gone = The recording of a session was not deleted
undelivered-what-notify = A notice could not be written
undelivered-case = Case
undelivered-to = To
undelivered-staff = A member of staff
undelivered-at = Given up
undelivered-attempts = { $count ->
    [one] after 1 try
   *[other] after { $count } tries
  }
undelivered-why = What the other system said
undelivered-why-hidden = It may quote an address; the dispatcher of the case sees it.
undelivered-do = What to do
undelivered-call = Please call them:
undelivered-reach = No phone number is known; please reach them another way.
undelivered-again = Try again
