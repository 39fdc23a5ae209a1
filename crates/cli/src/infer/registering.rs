//! A network that nobody has registered yet is registered by its keeper before the first inference about it.

use heng_office::{Office, clock, follow};
use heng_rule::Words;
use heng_statement::body::Place;
use heng_statement::{Body, Registration, Statement};
use heng_view::Inventory;

use crate::arguments::InferRecord;
use crate::failure::Failure;

/// Registers the network under the name that the arguments give it, unless it is registered, and follows the log.
pub fn register(
    arguments: &InferRecord,
    (keeper, network): (&str, &str),
    office: &Office,
    inventory: &mut Inventory,
) -> Result<(), Failure> {
    let Some(name) = &arguments.register else { return Ok(()) };
    if inventory.thing(network).is_some_and(|thing| thing.registration.is_some()) {
        return Ok(());
    }
    let name = Words { zh: name.clone(), en: name.clone() };
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
    let statement = Statement {
        format: heng_statement::FORMAT.to_owned(),
        issuer: keeper.to_owned(),
        about: vec![network.to_owned()],
        made_at: clock::now(),
        cites: Vec::new(),
        under: None,
        body: Body::Reg(Box::new(registration)),
    };
    office.append(vec![office.signed(&statement)?])?;
    follow::follow(office.store(), inventory, office.size(), &mut |_, _| {})?;
    Ok(())
}
