# The second language of an agreement: the Chinese decides, and beside each text stands its translation
translation-title = Translation of the agreement
translation-lead = The Chinese stands first; beside it or below it write what it says in the other language. You can save a part and go on later.
translation-prevails = Where the two differ the Chinese text prevails, and the agreement says so.
translation-back = Back to the clauses
translation-nothing = There are no texts on the board yet. Write them in Chinese first.
translation-in = In { $language }
translation-is-done = Translated
translation-missing = Not translated yet
translation-outdated = The Chinese was changed; please check the translation
translation-was = It is the translation of:
translation-fits = I have checked it: it fits the changed Chinese as it is
translation-save = Save the translation
translation-choose = Agreement in two languages
translation-choose-more = For a party who does not read Chinese the agreement can stand in Chinese and another language side by side; the Chinese text prevails. Headings, legal notices and other fixed wording stand there in English; what you write, you or the interpreter translate text by text.
translation-language = Second language
translation-language-save = Save the language
translation-chinese-alone = Chinese alone
translation-tongue-en = English
translation-tongue-fr = French
translation-tongue-de = German
translation-tongue-es = Spanish
translation-tongue-ru = Russian
translation-tongue-kk = Kazakh
translation-tongue-vi = Vietnamese
translation-tongue-my = Burmese
translation-go = Write the translation
translation-complete = Everything is translated.
translation-missing-count = { $count ->
    [1] One text is not translated, or was changed in Chinese since.
   *[other] { $count } texts are not translated, or were changed in Chinese since.
  }
translation-first = Complete the translation before the agreement is made
translation-first-more = Both agree. The agreement stands in two languages, and these texts are not translated, or were changed in Chinese since:
translation-place-facts = Main facts
translation-place-disputed = Points in dispute
translation-place-responsibility = Each side's responsibility
translation-place-undisputed = Fact { $number } that both sides accept
translation-place-act = Clause { $number }: what is to be done
translation-place-proof = Clause { $number }: how it is shown
translation-place-on-default = Clause { $number }: what if it is not done
