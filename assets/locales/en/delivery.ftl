# Service of papers by post and by hand
delivery-title = Papers to post or hand over
delivery-desk-title = Papers to bring
delivery-desk = { $count ->
    [0] No papers to bring
    [100] More than 99 papers to bring
    [one] 1 paper to bring
   *[other] { $count } papers to bring
  }
delivery-due = Papers that should have arrived
delivery-more = Further papers
delivery-none = There are no papers to bring now.
delivery-lead = These parties did not agree to electronic service. Please print the paper, post it or hand it over, and note it here once it is there.
delivery-receiver = (taken in by { $name })
delivery-end-done = Served
delivery-end-unneeded = No longer to be brought
delivery-end-abandoned = Could not be served
delivery-by = noted by { $name }
delivery-record = Note what happened
delivery-what = Which paper
delivery-how = How
delivery-how-handed = Handed to the party
delivery-hint-handed = The party signed the receipt
delivery-how-household = Signed for by an adult of the household, or whoever the party named
delivery-hint-household = Say who it was, and what they are to the party
delivery-how-posted = Posted
delivery-hint-posted = Write the tracking number; it is served when the receipt is back
delivery-how-received = The receipt came back
delivery-hint-received = The day of service is the day on the receipt
delivery-how-returned = It came back
delivery-hint-returned = Write why, then try another way
delivery-how-left = Left at the home
delivery-hint-left = For whoever refuses it: name the witness, or where photographs or video lie
delivery-how-announced = Served by public notice
delivery-hint-announced = Only for whoever cannot be found and reached in no other way; served on the day on which thirty days since the notice are over: give that day, and where it was published
delivery-how-abandoned = Cannot be served, given up
delivery-hint-abandoned = Say what was tried, and why it failed
delivery-how-mistaken = The entry above is wrong
delivery-how-opened = Opened on the platform by the party itself
delivery-on = On which day
delivery-on-hint = The day it was signed for, posted or came back
delivery-mark = Proof
delivery-mark-hint = The tracking number, the number of the receipt, or who signed for it
delivery-save = Save
delivery-mistake = An entry is wrong
delivery-wrong = Whose last entry is wrong
delivery-why = What is wrong with it
delivery-why-hint = For example: it went to the other side. The entry stays to be read and counts no more; the paper is still to be brought
delivery-mend = It does not count
delivery-log = Service of papers
