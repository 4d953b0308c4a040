# The community's screen
kiosk-title = A quarrel with a neighbour? Say it here
kiosk-lead = Say what it is about, and read what the law says and which ways are open.
kiosk-begin = Begin
kiosk-free = People's mediation is free
kiosk-phone = Have your phone with you: the code and the link go there
kiosk-forgets = When you are done or walk away, nothing of you stays on this screen
kiosk-end = Finish, and clear this screen
kiosk-done = The link is on your phone; go on there.
