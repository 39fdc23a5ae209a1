//! The policy: read and validated once, then asked.

use std::collections::{BTreeSet, HashMap};

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression, Schema, ValidationMode, Validator,
};
use heng_statement::Role;

use super::{Action, Person};

const POLICIES: &str = include_str!("policy.cedar");
const SCHEMA: &str = include_str!("policy.cedarschema");

/// What an action is about, as far as the policy asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Matter {
    /// The laboratory whose work it is.
    pub(crate) laboratory: Option<String>,
    /// Who measured.
    pub(crate) verifier: Option<String>,
    /// Who is to review.
    pub(crate) reviewer: Option<String>,
    /// Who keeps the instrument.
    pub(crate) keeper: Option<String>,
    /// The district.
    pub(crate) district: Option<String>,
}

/// The policy cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the access policy cannot be used: {0}")]
pub struct PolicyError(String);

/// The one policy.
pub(crate) struct AccessPolicy {
    authorizer: Authorizer,
    policies: PolicySet,
    /// What anyone may do: asked with every request, so it is decided once.
    public: BTreeSet<Action>,
}

impl AccessPolicy {
    /// Reads the policy and holds it against its schema.
    pub(crate) fn new() -> Result<Self, PolicyError> {
        let failed = |error: &dyn std::fmt::Display| PolicyError(error.to_string());
        let policies: PolicySet = POLICIES.parse().map_err(|error| failed(&error))?;
        let (schema, _) = Schema::from_cedarschema_str(SCHEMA).map_err(|error| failed(&error))?;
        let validated = Validator::new(schema).validate(&policies, ValidationMode::Strict);
        if !validated.validation_passed() {
            return Err(failed(&validated));
        }
        let mut policy = Self { authorizer: Authorizer::new(), policies, public: BTreeSet::new() };
        policy.public = Action::ALL
            .into_iter()
            .filter(|action| policy.decided(None, *action, &Matter::default()).unwrap_or(false))
            .collect();
        Ok(policy)
    }

    /// Whether somebody, or a visitor whom nobody knows, may do this. What cannot be decided is not allowed.
    pub(crate) fn allows(&self, person: Option<&Person>, action: Action, matter: &Matter) -> bool {
        match person {
            None => self.public.contains(&action),
            Some(_) if self.public.contains(&action) => true,
            Some(_) => self.decided(person, action, matter).unwrap_or(false),
        }
    }

    fn decided(&self, person: Option<&Person>, action: Action, matter: &Matter) -> Result<bool, PolicyError> {
        let failed = |error: &dyn std::fmt::Display| PolicyError(error.to_string());
        let name = |kind: &str, id: &str| {
            let kind = kind.parse::<EntityTypeName>().map_err(|error| failed(&error))?;
            Ok::<_, PolicyError>(EntityUid::from_type_name_and_id(kind, EntityId::new(id)))
        };
        let who = match person {
            Some(person) => name("Person", &person.id)?,
            None => name("Visitor", "anyone")?,
        };
        let about = name("Matter", "asked")?;
        let mut entities =
            vec![Entity::new(about.clone(), attributes(matter), Default::default()).map_err(|error| failed(&error))?];
        if let Some(person) = person {
            let of = described(person);
            entities.push(Entity::new(who.clone(), of, Default::default()).map_err(|error| failed(&error))?);
        }
        let entities = Entities::from_entities(entities, None).map_err(|error| failed(&error))?;
        let request = Request::new(who, name("Action", action.name())?, about, Context::empty(), None)
            .map_err(|error| failed(&error))?;
        let response = self.authorizer.is_authorized(&request, &self.policies, &entities);
        // A policy that could not be evaluated counts for nobody.
        Ok(response.decision() == Decision::Allow && response.diagnostics().errors().next().is_none())
    }
}

type Attributes = HashMap<String, RestrictedExpression>;

fn attributes(matter: &Matter) -> Attributes {
    let Matter { laboratory, verifier, reviewer, keeper, district } = matter;
    let all = [
        ("laboratory", laboratory),
        ("verifier", verifier),
        ("reviewer", reviewer),
        ("keeper", keeper),
        ("district", district),
    ];
    all.into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), RestrictedExpression::new_string(value.as_ref()?.clone()))))
        .collect()
}

fn described(person: &Person) -> Attributes {
    let text = |text: &str| RestrictedExpression::new_string(text.to_owned());
    let roles = person.roles.iter().map(|role| text(role_name(*role)));
    let districts = person.districts.iter().map(|district| text(district));
    [
        ("party", text(&person.id)),
        ("organisation", text(&person.organisation)),
        ("owner", RestrictedExpression::new_bool(person.is_owner)),
        ("roles", RestrictedExpression::new_set(roles)),
        ("districts", RestrictedExpression::new_set(districts)),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Introduce => "introduce",
        Role::Measure => "measure",
        Role::Review => "review",
        Role::Certify => "certify",
        Role::KeepStandards => "keep-standards",
        Role::Publish => "publish",
        Role::Supervise => "supervise",
        Role::Coordinate => "coordinate",
        Role::Attest => "attest",
    }
}
