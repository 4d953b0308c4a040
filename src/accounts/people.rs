//! Finding and making people by the contacts they have proved.

use super::address::Address;
use super::{Accounts, AccountsError};
use crate::domain::identity::PersonName;
use crate::domain::ids::PersonId;
use crate::storage::accounts::people as rows;
use crate::storage::write_tx;
use crate::storage::{Read, Tx};

pub use rows::Person;

/// Who holds an address, if anybody known does.
pub async fn holder(read: &mut Read, address: &Address) -> Result<Option<Person>, AccountsError> {
    Ok(match address {
        Address::Phone(phone) => rows::by_phone(read, phone).await?,
        Address::Mail(mail) => rows::by_mail(read, mail).await?,
    })
}

/// The holder of an address just proved, made with this name if nobody held it yet.
pub async fn proven(
    accounts: &Accounts,
    address: &Address,
    name: &PersonName,
    locale: &str,
) -> Result<Person, AccountsError> {
    let fresh = Person {
        id: PersonId(accounts.clock.new_id()),
        name: name.clone(),
        phone: None,
        mail: None,
        locale: locale.to_owned(),
        elder: false,
        created_at: accounts.clock.now(),
    };
    write_tx!(accounts.store, |tx| {
        proven_in(tx, address, fresh.clone()).await
    })
}

/// As [`proven`], within a transaction.
pub async fn proven_in(
    tx: &mut Tx,
    address: &Address,
    fresh: Person,
) -> Result<Person, AccountsError> {
    if let Some(person) = holder(tx, address).await? {
        return Ok(person);
    }
    let person = match address.clone() {
        Address::Phone(phone) => Person {
            phone: Some(phone),
            ..fresh
        },
        Address::Mail(mail) => Person {
            mail: Some(mail),
            ..fresh
        },
    };
    rows::insert(tx, &person).await?;
    Ok(person)
}

pub async fn load(read: &mut Read, id: PersonId) -> Result<Option<Person>, AccountsError> {
    Ok(rows::load(read, id).await?)
}

/// Keeps in which language and how large somebody likes to read; messages follow it.
pub async fn prefer(
    accounts: &Accounts,
    id: PersonId,
    locale: &str,
    elder: bool,
) -> Result<(), AccountsError> {
    write_tx!(accounts.store, |tx| {
        Ok(rows::set_preferences(tx, id, locale, elder).await?)
    })
}
