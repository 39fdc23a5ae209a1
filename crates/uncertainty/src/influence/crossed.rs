//! The correlations of influences, found by the pair of identities: a file may have as many of them as it has results.

use std::collections::BTreeMap;

use super::{Component, InfluenceCorrelation};

/// Correlations by their pairs, with the place of each among all.
pub(super) struct Crossed<'a> {
    all: &'a [InfluenceCorrelation],
    places: BTreeMap<(&'a str, &'a str), Vec<usize>>,
}

impl<'a> Crossed<'a> {
    pub(super) fn of(all: &'a [InfluenceCorrelation]) -> Self {
        let mut places: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for (place, InfluenceCorrelation { between: [one, other], .. }) in all.iter().enumerate() {
            places.entry((one, other)).or_default().push(place);
        }
        Self { all, places }
    }

    /// Those of influences that are both among the components, in their order.
    fn among(&self, components: &BTreeMap<&str, f64>) -> Vec<&'a InfluenceCorrelation> {
        if components.len().saturating_mul(components.len()) > self.all.len() {
            let is_there = |identity: &String| components.contains_key(identity.as_str());
            return self.all.iter().filter(|correlation| correlation.between.iter().all(is_there)).collect();
        }
        let pairs = components.keys().flat_map(|one| components.keys().map(move |other| (*one, *other)));
        let mut places: Vec<usize> = pairs.filter_map(|pair| self.places.get(&pair)).flatten().copied().collect();
        places.sort_unstable();
        places.into_iter().filter_map(|place| self.all.get(place)).collect()
    }

    /// u² = Σᵢ Σⱼ uᵢ(y) uⱼ(y) r(xᵢ, xⱼ), and the correlations that take part in it.
    ///
    /// Source: JCGM 100:2008, 5.2.2 (16).
    pub(super) fn combined(&self, components: &[Component]) -> (f64, Vec<&'a InfluenceCorrelation>) {
        let mut by_identity: BTreeMap<&str, f64> = BTreeMap::new();
        for one in components {
            *by_identity.entry(&one.identity).or_default() += one.component;
        }
        let among = self.among(&by_identity);
        let of = |identity: &String| by_identity.get(identity.as_str()).copied().unwrap_or_default();
        let squares: f64 = components.iter().map(|one| one.component * one.component).sum();
        let crossed: f64 = among
            .iter()
            .map(|correlation| {
                let [one, other] = &correlation.between;
                2.0 * correlation.coefficient * of(one) * of(other)
            })
            .sum();
        (libm::sqrt((squares + crossed).max(0.0)), among)
    }
}

#[cfg(test)]
mod tests {
    use super::{Component, Crossed, InfluenceCorrelation};

    fn correlations(count: usize) -> Vec<InfluenceCorrelation> {
        let of = |place: usize| InfluenceCorrelation {
            between: [format!("x{}", place % 7), format!("x{}", 7 + place % 5)],
            coefficient: 0.5 / (place + 1) as f64,
        };
        (0..count).map(of).collect()
    }

    fn components(places: &[usize]) -> Vec<Component> {
        places.iter().map(|place| Component { identity: format!("x{place}"), component: *place as f64 - 4.5 }).collect()
    }

    /// Each pair of components among the correlations, or each correlation among the components: whichever is less, the same comes out.
    #[test]
    fn the_correlations_of_components_are_found_either_way() {
        let of = components(&[1, 3, 8, 9, 9]);
        for count in [3, 9, 35, 400] {
            let all = correlations(count);
            let (combined, among) = Crossed::of(&all).combined(&of);
            let is_there = |identity: &String| of.iter().any(|one| one.identity == *identity);
            let wanted: Vec<&InfluenceCorrelation> =
                all.iter().filter(|correlation| correlation.between.iter().all(is_there)).collect();
            assert_eq!(among, wanted);
            let sum = |identity: &String| -> f64 {
                of.iter().filter(|one| one.identity == *identity).map(|one| one.component).sum()
            };
            let squares: f64 = of.iter().map(|one| one.component * one.component).sum();
            let crossed: f64 =
                all.iter().map(|one| 2.0 * one.coefficient * sum(&one.between[0]) * sum(&one.between[1])).sum();
            assert_eq!(combined, libm::sqrt((squares + crossed).max(0.0)));
        }
    }
}
