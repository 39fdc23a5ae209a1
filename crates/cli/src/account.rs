//! `heng account`: who may sign in to the portal of a store, as whom.

use std::process::ExitCode;

use heng_office::accounts::{Accounts, generated_password};
use heng_wording::Words;

use crate::arguments::AccountCommand;
use crate::failure::Outcome;
use crate::print;

/// Adds an account with a password that is shown once, gives one another password, or lists them.
pub fn account(command: &AccountCommand, words: &Words) -> Outcome {
    match command {
        AccountCommand::Add(add) if add.token => {
            let token = Accounts::of(&add.data).add_machine(&add.name, &add.party)?;
            print::line(words.say("account-added", &[("name", &add.name), ("party", &add.party)]));
            print::line(words.say("account-token", &[("token", &token)]));
        }
        AccountCommand::Add(add) => {
            let password = generated_password()?;
            Accounts::of(&add.data).add(&add.name, &add.party, &password)?;
            print::line(words.say("account-added", &[("name", &add.name), ("party", &add.party)]));
            print::line(words.say("account-password", &[("password", &password)]));
        }
        AccountCommand::Reset(reset) => {
            let accounts = Accounts::of(&reset.data);
            let unknown = || crate::failure::Failure::unreadable("error-account-unknown").with("name", &reset.name);
            let account = accounts.named(&reset.name)?.ok_or_else(unknown)?;
            let password = generated_password()?;
            accounts.change_password(&account, &password)?;
            print::line(words.say("account-password", &[("password", &password)]));
        }
        AccountCommand::List(list) => {
            for account in Accounts::of(&list.data).all()? {
                print::line(format_args!("{:<24} {}", account.name, account.party));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
