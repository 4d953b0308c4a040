# Clauses to begin with
library-title = My clauses
library-lead = Write it once and use it with one tap. Nobody but you sees them.
library-none = None yet.
library-own = My own
library-begin = Begin with a common clause
library-back = Back to the clauses
library-begin-lead = One tap puts it into the form; change what does not fit.
library-discard = Delete
library-new = A new one
library-name = Name
library-text = Text
library-fillers = Names in braces are filled in from the case: {"{claimant}"}, {"{respondent}"}, {"{mediator}"}, {"{number}"}, {"{place}"}, {"{sum}"}, {"{today}"}, {"{in 15 days}"}, {"{session}"}.
library-keep = Keep it
library-unknown = Nothing is called “{ $name }”; please change what stands in braces
library-missing = The case has no “{ $name }”; please write it out
