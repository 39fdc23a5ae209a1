### What is said where storing, signing or issuing could not be done.

error-reading = { $path } cannot be read: { $reason }
error-writing = { $path } cannot be written: { $reason }
error-no-font = No Chinese font was found. Install fonts-noto-cjk, or name a folder with fonts by --fonts.
error-key = The key cannot be used: { $reason }
error-entropy = The operating system gave no random bytes: { $reason }
error-no-key = The key of { $party } is not here ({ $path }): { $reason }
error-store = The store cannot be used: { $path }: { $reason }
error-signing = { $party } could not sign: { $reason }
error-not-in-log = The statement { $statement } is not in the log.
error-receipt = The log gave no receipt: { $reason }
error-bundle = The bundle could not be written: { $reason }
error-rendering = The documents of { $number } could not be set: { $reason }
error-rule-unknown = There is no rule { $rule }. There are: { $known }
error-number-unfit = The certificate number "{ $number }" cannot be used: it names files, so it may hold letters, digits, blanks and - _ . ( ) [ ], 60 at most.
error-number-taken = The certificate number { $number } is taken. Give another one, or none.
error-no-standard = The store has no certificate of the standard { $standard }.
error-founding = The store could not be founded: { $reason }
error-password-length = A password has { $shortest } to { $longest } characters. A short sentence is easy to keep in mind.
error-account-name = "{ $name }" cannot be a name to sign in with. Use small letters, digits, dots and dashes, at most 40.
error-draft-name = There is no draft called "{ $name }".
error-origin = "{ $origin }" is no address of a service. Write https://name or http://name:port, without a path.
