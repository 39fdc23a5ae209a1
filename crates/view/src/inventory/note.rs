//! Following the log.

use std::collections::BTreeSet;

use heng_statement::body::PartyKind;
use heng_statement::{Body, Certificate, Correction, Registration, Review, Statement, StatementHash};

use jiff::civil::Date;

use super::{Asked, Authorized, Certified, Corrected, Entered, Inventory, Registered, Returned, Work};
use crate::round::RoundLog;

impl Inventory {
    /// Follows the log by one statement. They come in the order of the log; one that was followed already changes nothing.
    pub fn note(&mut self, index: u64, hash: &StatementHash, statement: &Statement) {
        if index != self.size {
            return;
        }
        self.size = index + 1;
        for about in &statement.about {
            if let Some(thing) = self.things.get_mut(about) {
                thing.last_index = index;
            }
        }
        self.plan.note(index, hash, statement, &self.anchor);
        if matches!(statement.body, Body::Party(_) | Body::Key(_) | Body::Auth(_)) {
            for about in &statement.about {
                self.introductions.entry(about.clone()).or_default().push(hash.clone());
            }
        }
        match &statement.body {
            Body::Party(party) => {
                self.parties.insert(party.id.clone(), party.clone());
                self.party_statements.insert(party.id.clone(), hash.clone());
            }
            Body::Reg(registration) => self.register(index, hash, statement.legal_day(), registration),
            Body::Req(request) => {
                let asked = Asked {
                    statement: hash.clone(),
                    by: statement.issuer.clone(),
                    laboratory: request.laboratory.clone(),
                    wanted_on: request.wanted_on,
                    remark: request.remark.clone(),
                    made_at: statement.made_at,
                };
                self.things.entry(request.thing.clone()).or_default().asked.push(asked);
            }
            Body::Meas(record) => {
                let thing = statement.about.first().cloned().unwrap_or_default();
                self.work.insert(
                    hash.clone(),
                    Work {
                        index,
                        thing,
                        rule: record.rule.clone(),
                        occasion: record.occasion,
                        verifier: statement.issuer.clone(),
                        reviewer: record.reviewer.clone(),
                        performed_on: record.performed_on,
                        made_at: statement.made_at,
                        returned: None,
                    },
                );
            }
            Body::Assess(review) => self.review(hash, statement, review),
            Body::Cert(certificate) => self.certify(index, hash, statement, certificate),
            Body::Correct(correction) => {
                let named = statement.cites.iter().chain([&correction.statement]).chain(&correction.replaced_by);
                for named in named.collect::<BTreeSet<_>>() {
                    self.corrections.entry(named.clone()).or_default().push(hash.clone());
                }
                self.correct(hash, &statement.issuer, correction);
                self.service.withdraw(&statement.issuer, &correction.statement);
                let anchor = self.anchor.clone();
                for round in self.rounds.values_mut() {
                    round.correct(hash, &statement.issuer, &correction.statement, Some(&anchor));
                }
            }
            Body::Infer(inference) => {
                let keeper = self.things.get(&inference.network).and_then(Entered::keeper);
                self.service.infer(hash, statement, inference, keeper);
            }
            Body::Alert(alert) => self.service.alarm(hash, statement, alert),
            Body::Fix(fix) => {
                let keeper = self.things.get(&fix.thing).and_then(Entered::keeper);
                self.service.fix(hash, statement, fix, keeper);
            }
            Body::Comp(step) => match step.round() {
                None => self.rounds.extend(RoundLog::new(index, hash, statement).map(|round| (hash.clone(), round))),
                Some(round) => {
                    if let Some(round) = self.rounds.get_mut(round) {
                        round.note(index, hash, statement);
                    }
                }
            },
            Body::Auth(granted) => {
                self.authorizations.entry(granted.party.clone()).or_default().push(Authorized {
                    hash: hash.clone(),
                    by: statement.issuer.clone(),
                    has_number: granted.number.is_some(),
                    from: granted.valid_from,
                    through: granted.valid_through,
                });
            }
            // The log of plans has followed these.
            Body::Life(_) | Body::Plan(_) | Body::Attest(_) | Body::Fcst(_) | Body::Report(_) => {}
            Body::Key(_) | Body::Stream(_) | Body::Norm(_) | Body::Publish(_) => {}
        }
    }

    /// The last registration counts: the thing moves to its keeper and its district.
    fn register(&mut self, index: u64, hash: &StatementHash, on: Date, registration: &Registration) {
        let id = &registration.id;
        let thing = self.things.entry(id.clone()).or_default();
        let first = thing.registered.take().map_or((hash.clone(), on), |before| (before.by, before.on));
        thing.registered = Some(Registered { by: first.0, on: first.1, last: hash.clone() });
        if let Some(before) = thing.registration.replace(registration.clone()) {
            if let Some(kept) = self.by_keeper.get_mut(&before.keeper) {
                kept.remove(id);
            }
            if let Some(used) = before.place.and_then(|place| self.by_district.get_mut(&place.district)) {
                used.remove(id);
            }
        }
        thing.last_index = index;
        self.by_keeper.entry(registration.keeper.clone()).or_default().insert(id.clone());
        if let Some(place) = &registration.place {
            self.by_district.entry(place.district.clone()).or_default().insert(id.clone());
        }
    }

    fn review(&mut self, hash: &StatementHash, statement: &Statement, review: &Review) {
        if review.approved {
            return;
        }
        for cited in &statement.cites {
            if let Some(work) = self.work.get_mut(cited)
                && work.reviewer == statement.issuer
            {
                work.returned = Some(Returned {
                    statement: hash.clone(),
                    reason: review.reason.clone().unwrap_or_default(),
                    made_at: statement.made_at,
                });
            }
        }
    }

    fn certify(&mut self, index: u64, hash: &StatementHash, statement: &Statement, certificate: &Certificate) {
        for cited in &statement.cites {
            self.work.remove(cited);
        }
        let Ok(place) = u32::try_from(self.certificates.len()) else { return };
        let id = certificate.instrument.id.clone().unwrap_or_default();
        let thing = self.things.entry(id.clone()).or_default();
        thing.certificates.push(place);
        thing.last_index = index;
        thing.asked.retain(|asked| asked.laboratory != statement.issuer);
        self.by_hash.insert(hash.clone(), place);
        self.by_number.insert(certificate.number.clone(), place);
        self.by_serial.entry(certificate.instrument.serial.clone()).or_default().push(place);
        self.certificates.push(Certified {
            hash: hash.clone(),
            index,
            number: certificate.number.clone(),
            thing: id,
            name: certificate.instrument.name.clone(),
            kind: certificate.kind,
            outcome: certificate.verdict.as_ref().map(|verdict| verdict.outcome),
            issuer: statement.issuer.clone(),
            client: certificate.client.id.clone(),
            rule: certificate.rule.id.clone(),
            performed_on: certificate.performed_on,
            issued_on: certificate.issued_on,
            valid_through: certificate.valid_through,
            standards: certificate.standards.iter().map(|used| used.certificate_statement.clone()).collect(),
            correction: None,
        });
    }

    /// The correction by someone entitled that reaches back furthest counts; of equal days the first.
    fn correct(&mut self, hash: &StatementHash, issuer: &str, correction: &Correction) {
        let Some(place) = self.by_hash.get(&correction.statement) else { return };
        let Some(certified) = usize::try_from(*place).ok().and_then(|place| self.certificates.get_mut(place)) else {
            return;
        };
        let reaches_further = certified.correction.as_ref().is_none_or(|before| correction.from < before.from);
        if reaches_further && (issuer == certified.issuer || issuer == self.anchor) {
            certified.correction = Some(Corrected {
                by: hash.clone(),
                kind: correction.kind,
                replaced_by: correction.replaced_by.clone(),
                from: correction.from,
                reason: correction.reason.clone(),
            });
        }
    }

    /// The laboratories of the log, by identifier.
    pub fn laboratories(&self) -> impl Iterator<Item = &heng_statement::Party> {
        self.parties().filter(|party| matches!(party.kind, PartyKind::Laboratory | PartyKind::NationalInstitute))
    }
}
