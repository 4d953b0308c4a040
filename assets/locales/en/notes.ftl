# Private notes
notes-title = My notes on the case
notes-lead = Only whoever mediates this case now reads them. They are in no dossier and no paper, and do not go to another mediator by themselves.
notes-text = Write a note
notes-save = Keep it
