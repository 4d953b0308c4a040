# More people on either side, asked for one by one
further-title = Is there anybody else?
further-hint = If not, go on. If so, add them one by one, on either side, twenty people at most in all; leave a person empty whom you do not need.
further-person = Further person { $number }
further-side = On which side further person { $number } stands
further-side-claimant = With whoever asks
further-side-respondent = With the other side
further-name = Name of further person { $number }
further-contact = Phone or mail address of further person { $number }
further-address = Address of further person { $number }
further-add = Add one more person
further-contact-twice = This phone or mail address stands above already; give each their own, or leave it empty
# One more party in an open case
parties-lead = These are the parties so far. Whoever is added is asked to come; what was agreed before is signed only once they agree too.
parties-side = On which side
parties-claimant = Of whoever asked
parties-respondent = The other side
parties-name = Name of the person or body
parties-add = Add and ask them
parties-unreachable = Please give at least one way to reach them: phone, mail or address
