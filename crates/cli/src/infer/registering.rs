//! A network that nobody has registered yet is registered by its keeper before the first inference about it.

use heng_office::ledger::registering;
use heng_office::{Office, clock, follow};
use heng_rule::Words;
use heng_statement::Registration;
use heng_statement::body::Place;
use heng_view::Inventory;

use crate::arguments::InferRecord;
use crate::failure::Failure;

/// Registers the network under a name, unless none is given or it is registered, and follows the log.
pub fn register(
    arguments: &InferRecord,
    (keeper, network, name): (&str, &str, Option<&str>),
    office: &Office,
    inventory: &mut Inventory,
) -> Result<(), Failure> {
    let Some(name) = name else { return Ok(()) };
    if inventory.thing(network).is_some_and(|thing| thing.registration.is_some()) {
        return Ok(());
    }
    let name = Words { zh: name.to_owned(), en: name.to_owned() };
    let place = arguments.district.clone().map(|district| Place { district, address: Words::default() });
    let registration = Registration {
        id: network.to_owned(),
        kind: Registration::NETWORK.to_owned(),
        name,
        keeper: keeper.to_owned(),
        instrument: None,
        place,
        purpose: None,
        synthetic: false,
    };
    office.append(vec![office.signed(&registering(keeper, registration, clock::now()))?])?;
    follow::follow(office.store(), inventory, office.size(), &mut |_, _| {})?;
    Ok(())
}
