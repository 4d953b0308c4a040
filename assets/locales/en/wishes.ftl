wishes-title = Your wishes
wishes-lead = This only helps to find a fitting mediator; you may leave it empty.
wishes-language = What would you like to speak
wishes-language-hint = You may choose several
wishes-employer = Where you work
wishes-employer-hint = So that no mediator from there is sent
wishes-do = Save
