# Signature and footer of text messages and mails.
mail-signature = [Heyi]{" "}
mail-footer = Sent automatically by the heyi platform; please do not reply. If in doubt, call the number on your building’s notice board, never an unknown number in a mail.
