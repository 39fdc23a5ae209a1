//! What fails together, among the instruments that a visitor may see.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use heng_statement::service::ServiceState;
use heng_statement::{CertificateKind, legal_day};
use heng_view::Inventory;
use heng_view::inventory::Entered;
use heng_view::service::causes::{Causes, Look, common_causes};
use heng_view::service::standing;

use super::found::certified_as_found;
use super::{is_concerned, is_seen, is_seen_whole, matter, results_if_there};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::visit::Visit;

/// No more networks are read than this; what is left out is said.
const MOST_FILES: usize = 500;

/// What fails together, and of how many networks the readings were not read.
pub(crate) struct CausesSeen {
    pub(crate) causes: Causes,
    pub(crate) unread: usize,
}

/// What fails together, of all instruments that the visitor may see.
pub(crate) fn causes(portal: &Portal, visit: &Visit) -> Result<CausesSeen, Problem> {
    let inventory = portal.inventory()?;
    let on = portal.today();
    let (looks, unread) = looks(portal, visit, &inventory)?;
    let mut concerned = Concerned::default();
    let looked = near(visit, &inventory, &looks).into_iter().filter_map(|(id, thing)| {
        let looks = looks.get(id).map_or(&[][..], Vec::as_slice);
        // What readings said is of a network that the visitor may see.
        let may = !looks.is_empty() || concerned.may(portal, visit, &inventory, id);
        if may { inventory.looked(id, thing, looks, on) } else { None }
    });
    let looked: Vec<_> = looked.collect();
    Ok(CausesSeen { causes: common_causes(&looked), unread })
}

/// What may concern the visitor at all: what their organisation keeps, what lies in their districts, and what readings said. The policy decides on each.
fn near<'a>(
    visit: &Visit,
    inventory: &'a Inventory,
    looks: &'a BTreeMap<String, Vec<Look>>,
) -> BTreeMap<&'a str, &'a Entered> {
    let mut near: BTreeMap<&str, &Entered> = BTreeMap::new();
    if let Some(person) = visit.person() {
        near.extend(inventory.of_keeper(&person.organisation));
        near.extend(person.districts.iter().flat_map(|code| inventory.of_district(code)));
    }
    near.extend(looks.keys().filter_map(|id| Some((id.as_str(), inventory.thing(id)?))));
    near
}

/// What the policy said of a keeper in a district: a city's instruments have few of both.
#[derive(Default)]
struct Concerned(HashMap<(Option<String>, Option<String>), bool>);

impl Concerned {
    fn may(&mut self, portal: &Portal, visit: &Visit, inventory: &Inventory, id: &str) -> bool {
        let of = matter(inventory, id);
        let asked = (of.keeper, of.district);
        *self.0.entry(asked).or_insert_with(|| is_concerned(portal, visit, inventory, id))
    }
}

/// What readings said of each instrument that the visitor may see: every alarm that no laboratory found to be wrong, and of what was last inferred those in
/// order. Both are of the same networks, or those of which there are only alarms would seem to fail.
fn looks(
    portal: &Portal,
    visit: &Visit,
    inventory: &Inventory,
) -> Result<(BTreeMap<String, Vec<Look>>, usize), Problem> {
    let service = inventory.service();
    let mut looks: BTreeMap<String, Vec<Look>> = BTreeMap::new();
    let mut add =
        |thing: &str, on, has_failed| looks.entry(thing.to_owned()).or_default().push(Look { on, has_failed });
    let (mut read, mut unread) = (BTreeSet::new(), 0);
    for (id, all) in service.networks() {
        let Some(inferred) = standing(all) else { continue };
        let is_whole = is_seen_whole(portal, visit, inventory, id);
        // A transformer district is one keeper's; of charging piles each may see a part.
        if !is_whole && inferred.inference.level.is_none() {
            continue;
        }
        if read.len() == MOST_FILES {
            unread += 1;
            continue;
        }
        let Some(results) = results_if_there(portal, inferred)? else { continue };
        read.insert(id);
        for one in results.instruments.iter().filter(|one| one.state == ServiceState::Good) {
            if is_whole || is_concerned(portal, visit, inventory, &one.thing) {
                add(&one.thing, inferred.inference.ends_on, false);
            }
        }
    }
    for alert in service.alerts().filter(|alert| !alert.is_withdrawn) {
        let network = service.inference(&alert.alert.inference).map(|inferred| inferred.inference.network.as_str());
        let Some(network) = network.filter(|network| read.contains(network)) else { continue };
        let found = alert.answer.as_ref().and_then(|done| certified_as_found(inventory, done));
        let was_wrong = found.is_some_and(|one| one.kind == CertificateKind::Verification);
        if !was_wrong && is_seen(portal, visit, inventory, (network, &alert.alert.thing)) {
            add(&alert.alert.thing, legal_day(alert.made_at), true);
        }
    }
    Ok((looks, unread))
}
