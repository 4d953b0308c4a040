caucus-title = Notes of private talks
caucus-kept = Only you can read this. It goes into no agreement and no certificate, and is not handed on to arbitration or a court.
caucus-with = Alone with { $name }
caucus-side = Which side was it?
caucus-text = What they said
caucus-hint = What helps the mediation; no need for every word.
caucus-save = Keep
