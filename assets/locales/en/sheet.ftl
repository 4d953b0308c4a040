# The sheet on a door
sheet-title = A quarrel with a neighbour? Let us talk.
sheet-what = Noise, a leak, a blocked way, money owed, a family matter: tell the mediation committee, which brings both sides together.
sheet-scan = Scan with your phone; it takes a few minutes
sheet-or = No phone at hand? Call or come by:
sheet-hint = Use your browser's “Print”: one A4 page, for the building's door.
sheet-doors = Sheets for doors
sheet-doors-lead = Open an address to print the sheet for its door. Whoever scans it has the address filled in.
sheet-doors-none = No doors are listed in your area. Ask the operator to write them into town.toml and run heyi town.
sheet-print = Print the sheet
sheet-print-doors = Print all, a page each
sheet-print-desks = Print all, six a page, to cut for merchants' desks
sheet-pdf = PDF
sheet-pdf-desk = Desk cards, PDF
sheet-kiosk = Community screen
