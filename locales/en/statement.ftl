# Why a key, an authorization or a review does not stand. $party: who was to be entitled; $day: on which day.

finding-key-unknown = Nobody trusted has introduced the key that signed for { $party }, as of { $day }. Ask for the statement that introduces it.
finding-key-of-other-party = The key that signed for { $party } on { $day } belongs to someone else. Do not rely on what it signed.
finding-key-not-valid-on-day = The key of { $party } was not valid on { $day }. It must be signed again with a key that is.
finding-key-withdrawn = The key of { $party } had been withdrawn by { $day }. It must be signed again with a key that stands.
finding-key-introduced-without-right = The key of { $party } was introduced by someone who may not speak for them on { $day }. Their own organisation must introduce it.
finding-signature-not-authentic = The signature of { $party } of { $day } does not match the contents. They were changed after signing, or never signed.
finding-not-authorized = Nobody has authorized { $party } to do this, as of { $day }. It takes an authorization by the organisation or the authority.
finding-authorization-not-valid-on-day = The authorization of { $party } did not cover { $day }. It takes one that is valid on that day.
finding-authorization-withdrawn = The authorization of { $party } had been withdrawn by { $day }. It takes a new one.
finding-out-of-scope = The authorization of { $party } on { $day } does not cover this rule, quantity, range or uncertainty. Look at its scope.
finding-granted-without-right = Whoever authorized { $party } was not entitled to on { $day }. The authority must authorize them first.
finding-no-review = The statement of { $party } of { $day } is no review. A second person must review before issue.
finding-review-of-other-content = { $party } reviewed another content on { $day }, not this certificate. This one must be reviewed.
finding-not-approved = { $party } did not approve the certificate on { $day }. It must not be issued like this.
finding-self-approval = { $party } approved their own act on { $day }. A second person must; nobody approves their own.
finding-no-part-in-round = { $party } has no such part in this round ({ $day }, { $statement }).
