# Entering for a party
enter-by = Entered by { $name }
enter-through = Contact: { $who }
enter-consent-in-person = the party agreed in person
enter-consent-on-the-phone = the party agreed on the phone
enter-consent-in-writing = the party agreed in writing
enter-file-letter = Photo of the letter
enter-file-scene = Photo of the place
enter-file-voice = Voice note
