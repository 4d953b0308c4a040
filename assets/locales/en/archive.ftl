# A year for the archive
archive-title = A year for the archive
archive-lead = Take the matters that your organisation closed in a year away as one ZIP file, for whoever keeps your archive. In it are:
archive-holds-cases = a folder for each matter: the dossier (PDF and data file), all papers, the evidence that was shown to all, and what was handed in;
archive-holds-index = an index for a spreadsheet: number, when it came in and was closed, type, kinds of papers, names of files;
archive-holds-list = a list of the SHA-256 of every file, signed and timestamped, so that a missing or changed one is noticed later.
archive-without = What was said in private talks, what was told or shown to the mediator alone, and the mediator's notes are not in it. Files are named by numbers, not by people.
archive-body = Which organisation
archive-year = Closed in which year
archive-take = Download the ZIP
archive-wait = With many matters it takes some minutes. If it breaks off, download it again: an unfinished file does not open.
