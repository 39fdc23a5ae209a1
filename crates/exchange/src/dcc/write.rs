//! A certificate as DCC 3.3.0 with D-SI 2.2. The same certificate gives the same bytes.

use heng_quantity::{Distribution, Reported, Uncertainty};
use heng_rule::{Cell, Limit, Named, Outcome, PointResult, Words as Text};
use heng_statement::{Certificate, CertificateKind, StandardUsed};
use heng_wording::{Language, Words};

use super::tree::Tree;

/// The two languages' words.
struct Both {
    zh: &'static Words,
    en: &'static Words,
}

impl Both {
    fn say(&self, code: &str, data: &[(&str, &str)]) -> Text {
        Text { zh: self.zh.say(code, data), en: self.en.say(code, data) }
    }
}

/// The XML of a certificate.
pub fn write(certificate: &Certificate) -> Vec<u8> {
    let words = Both { zh: Words::of(Language::Zh), en: Words::of(Language::En) };
    let mut tree = Tree::new();
    let namespaces = [
        ("xmlns:dcc", "https://ptb.de/dcc"),
        ("xmlns:si", "https://ptb.de/si"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xsi:schemaLocation", "https://ptb.de/dcc https://ptb.de/dcc/v3.3.0/dcc.xsd"),
        ("schemaVersion", "3.3.0"),
    ];
    tree.element("dcc:digitalCalibrationCertificate", &namespaces, |tree| {
        tree.element("dcc:administrativeData", &[], |tree| administrative(tree, certificate, &words));
        tree.element("dcc:measurementResults", &[], |tree| {
            tree.element("dcc:measurementResult", &[], |tree| measurement(tree, certificate, &words));
        });
    });
    tree.into_bytes()
}

fn text(tree: &mut Tree, name: &str, text: &Text) {
    tree.element(name, &[], |tree| contents(tree, text));
}

fn contents(tree: &mut Tree, text: &Text) {
    tree.leaf("dcc:content", &[("lang", "zh")], &text.zh);
    tree.leaf("dcc:content", &[("lang", "en")], &text.en);
}

fn administrative(tree: &mut Tree, certificate: &Certificate, words: &Both) {
    tree.element("dcc:dccSoftware", &[], software);
    tree.element("dcc:coreData", &[], |tree| {
        tree.leaf("dcc:countryCodeISO3166_1", &[], "CN");
        tree.leaf("dcc:usedLangCodeISO639_1", &[], "zh");
        tree.leaf("dcc:usedLangCodeISO639_1", &[], "en");
        tree.leaf("dcc:mandatoryLangCodeISO639_1", &[], "zh");
        stated(tree, "dcc:uniqueIdentifier", &certificate.number);
        let day = certificate.performed_on.to_string();
        tree.leaf("dcc:beginPerformanceDate", &[], &day);
        tree.leaf("dcc:endPerformanceDate", &[], &day);
        tree.leaf("dcc:performanceLocation", &[], "other");
        tree.leaf("dcc:issueDate", &[], &certificate.issued_on.to_string());
    });
    tree.element("dcc:items", &[], |tree| tree.element("dcc:item", &[], |tree| item(tree, certificate, words)));
    tree.element("dcc:calibrationLaboratory", &[], |tree| {
        if let Some(number) = &certificate.authorization_number {
            stated(tree, "dcc:calibrationLaboratoryCode", number);
        }
        let laboratory = &certificate.laboratory;
        let place = laboratory.address.as_ref().unwrap_or(&laboratory.name);
        tree.element("dcc:contact", &[], |tree| contact(tree, &laboratory.name, place));
    });
    tree.element("dcc:respPersons", &[], |tree| {
        for (place, person) in certificate.signatories.iter().enumerate() {
            tree.element("dcc:respPerson", &[], |tree| {
                tree.element("dcc:person", &[], |tree| text(tree, "dcc:name", &person.name));
                stated(tree, "dcc:role", &person.function);
                if place == 0 {
                    tree.leaf("dcc:mainSigner", &[], "true");
                }
            });
        }
    });
    let client = &certificate.client;
    let place = client.address.as_ref().unwrap_or(&client.name);
    tree.element("dcc:customer", &[], |tree| contact(tree, &client.name, place));
    tree.element("dcc:statements", &[], |tree| statements(tree, certificate, words));
}

/// PTB's Schematron wants a letter before the numbers of a release.
fn software(tree: &mut Tree) {
    tree.element("dcc:software", &[], |tree| {
        tree.element("dcc:name", &[], |tree| tree.leaf("dcc:content", &[], "Heng 衡"));
        tree.leaf("dcc:release", &[], concat!("v", env!("CARGO_PKG_VERSION")));
        tree.leaf("dcc:type", &[], "application");
    });
}

/// The schema allows no empty text here and no blank at either end.
fn stated(tree: &mut Tree, name: &str, text: &str) {
    let text = text.trim();
    tree.leaf(name, &[], if text.is_empty() { "–" } else { text });
}

fn contact(tree: &mut Tree, name: &Text, place: &Text) {
    text(tree, "dcc:name", name);
    tree.element("dcc:location", &[], |tree| text(tree, "dcc:further", place));
}

fn item(tree: &mut Tree, certificate: &Certificate, words: &Both) {
    let instrument = &certificate.instrument;
    text(tree, "dcc:name", &instrument.name);
    tree.element("dcc:manufacturer", &[], |tree| text(tree, "dcc:name", &instrument.manufacturer));
    stated(tree, "dcc:model", &instrument.model);
    tree.element("dcc:identifications", &[], |tree| {
        tree.element("dcc:identification", &[("refType", "basic_serialNumber")], |tree| {
            tree.leaf("dcc:issuer", &[], "manufacturer");
            stated(tree, "dcc:value", &instrument.serial);
            text(tree, "dcc:name", &words.say("dcc-serial-number", &[]));
        });
        if let Some(id) = &instrument.id {
            tree.element("dcc:identification", &[], |tree| {
                tree.leaf("dcc:issuer", &[], "calibrationLaboratory");
                stated(tree, "dcc:value", id);
                text(tree, "dcc:name", &words.say("dcc-thing", &[]));
            });
        }
    });
    let quantities: Vec<(&String, &Reported)> = instrument
        .characteristics
        .iter()
        .filter_map(|(name, cell)| match cell {
            Cell::Quantity(quantity) => Some((name, quantity)),
            _ => None,
        })
        .collect();
    if !quantities.is_empty() {
        tree.element("dcc:itemQuantities", &[], |tree| {
            for (name, reported) in quantities {
                tree.element("dcc:itemQuantity", &[], |tree| {
                    tree.element("dcc:name", &[], |tree| tree.leaf("dcc:content", &[], name));
                    real(tree, reported);
                });
            }
        });
    }
}

fn statements(tree: &mut Tree, certificate: &Certificate, words: &Both) {
    let mut statement = |ref_type: &str, declaration: &Text, further: &dyn Fn(&mut Tree)| {
        tree.element("dcc:statement", &[("refType", ref_type)], |tree| {
            text(tree, "dcc:declaration", declaration);
            further(tree);
        });
    };
    if certificate.synthetic {
        statement("basic_comment", &words.say("dcc-synthetic", &[]), &|_| {});
    }
    let kind = match certificate.kind {
        CertificateKind::Verification => "dcc-kind-verification",
        CertificateKind::RejectionNotice => "dcc-kind-rejection-notice",
        CertificateKind::Calibration => "dcc-kind-calibration",
    };
    match &certificate.verdict {
        Some(verdict) => {
            let status = status(verdict.outcome);
            statement("basic_conformity", &words.say(kind, &[]), &|tree| tree.leaf("dcc:conformity", &[], status));
        }
        None => statement("basic_comment", &words.say(kind, &[]), &|_| {}),
    }
    if let Some(through) = certificate.valid_through {
        let through = through.to_string();
        statement("basic_recalibration", &words.say("dcc-valid-through", &[]), &|tree| {
            tree.leaf("dcc:date", &[], &through)
        });
    }
    if let Some(remark) = &certificate.remark {
        statement("basic_comment", remark, &|_| {});
    }
    let address = certificate.check_address.as_str();
    statement("basic_comment", &words.say("dcc-check", &[("address", address)]), &|_| {});
}

fn status(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Conforms => "pass",
        Outcome::DoesNotConform => "fail",
        Outcome::NotDecidable => "noPass",
    }
}

fn measurement(tree: &mut Tree, certificate: &Certificate, words: &Both) {
    text(tree, "dcc:name", &certificate.rule.title);
    tree.element("dcc:usedMethods", &[], |tree| {
        tree.element("dcc:usedMethod", &[("refType", "basic_calibrationMethod")], |tree| {
            text(tree, "dcc:name", &certificate.rule.title);
            stated(tree, "dcc:norm", &certificate.rule.norm);
            let rule = &certificate.rule;
            stated(tree, "dcc:reference", &format!("{} {} sha256:{}", rule.id, rule.version, rule.sha256));
        });
    });
    tree.element("dcc:usedSoftware", &[], software);
    if !certificate.standards.is_empty() {
        tree.element("dcc:measuringEquipments", &[], |tree| {
            for standard in &certificate.standards {
                tree.element("dcc:measuringEquipment", &[("refType", "basic_measurementStandard")], |tree| {
                    equipment(tree, standard)
                });
            }
        });
    }
    if certificate.environment.is_empty() {
        let unrecorded = words.say("dcc-environment-not-recorded", &[]);
        tree.element("dcc:influenceConditions", &[], |tree| {
            tree.element("dcc:influenceCondition", &[], |tree| {
                text(tree, "dcc:name", &unrecorded);
                tree.element("dcc:data", &[], |tree| text(tree, "dcc:text", &unrecorded));
            });
        });
    } else {
        tree.element("dcc:influenceConditions", &[], |tree| {
            for condition in &certificate.environment {
                let ref_type = match condition.name.as_str() {
                    "temperature" => "basic_temperature",
                    "relative_humidity" => "basic_humidityRelative",
                    _ => "basic_influenceCondition",
                };
                tree.element("dcc:influenceCondition", &[("refType", ref_type)], |tree| {
                    text(tree, "dcc:name", &condition.label);
                    tree.element("dcc:data", &[], |tree| quantity(tree, condition, ref_type, None));
                });
            }
        });
    }
    tree.element("dcc:results", &[], |tree| {
        for result in &certificate.results {
            tree.element("dcc:result", &[], |tree| {
                text(tree, "dcc:name", &result.title);
                tree.element("dcc:data", &[], |tree| {
                    for point in &result.points {
                        tree.element("dcc:list", &[], |tree| point_quantities(tree, point));
                    }
                    if result.points.is_empty() {
                        let code = match result.outcome {
                            Some(Outcome::Conforms) => "dcc-conforms",
                            Some(Outcome::DoesNotConform) => "dcc-does-not-conform",
                            Some(Outcome::NotDecidable) => "dcc-not-decidable",
                            None => "dcc-not-judged",
                        };
                        text(tree, "dcc:text", &words.say(code, &[]));
                    }
                });
            });
        }
    });
}

/// The certificate of a standard is cited by the hash of its XML: whoever has the file can tell whether it is the one.
fn equipment(tree: &mut Tree, standard: &StandardUsed) {
    text(tree, "dcc:name", &standard.name);
    tree.element("dcc:certificate", &[], |tree| {
        tree.element("dcc:referral", &[], |tree| tree.leaf("dcc:content", &[], "DCC"));
        stated(tree, "dcc:referralID", &standard.certificate_number);
        tree.leaf("dcc:procedure", &[], "SHA-256");
        stated(tree, "dcc:value", &standard.certificate_xml_sha256);
    });
    stated(tree, "dcc:model", &standard.model);
    tree.element("dcc:identifications", &[], |tree| {
        tree.element("dcc:identification", &[], |tree| {
            tree.leaf("dcc:issuer", &[], "manufacturer");
            stated(tree, "dcc:value", &standard.serial);
        });
    });
}

fn point_quantities(tree: &mut Tree, point: &PointResult) {
    for set in &point.words {
        tree.element("dcc:quantity", &[], |tree| {
            text(tree, "dcc:name", &set.label);
            tree.element("dcc:noQuantity", &[], |tree| stated(tree, "dcc:content", &set.word));
        });
    }
    for condition in &point.conditions {
        quantity(tree, condition, "basic_nominalValue", None);
    }
    for observed in &point.observed {
        quantity(tree, observed, "basic_measuredValue", None);
    }
    let judged = point.limit.as_ref().zip(point.outcome);
    quantity(tree, &point.result, of_result(&point.result.name), judged);
}

/// A result is an error of the instrument only where the rule calls it one; a length, a mass or a coefficient is a measured value.
fn of_result(name: &str) -> &'static str {
    if name.split('_').any(|word| word == "error") { "basic_measurementError" } else { "basic_measuredValue" }
}

fn quantity(tree: &mut Tree, named: &Named, ref_type: &str, judged: Option<(&Limit, Outcome)>) {
    tree.element("dcc:quantity", &[("refType", ref_type)], |tree| {
        text(tree, "dcc:name", &named.label);
        real(tree, &named.quantity);
        let Some((limit, outcome)) = judged else { return };
        tree.element("dcc:measurementMetaData", &[], |tree| {
            tree.element("dcc:metaData", &[("refType", "basic_conformity")], |tree| {
                stated(tree, "dcc:norm", &limit.citation.norm);
                if let Some(clause) = &limit.citation.clause {
                    stated(tree, "dcc:reference", clause);
                }
                tree.leaf("dcc:conformity", &[], status(outcome));
                if limit.lower.is_none() && limit.upper.is_none() {
                    return;
                }
                tree.element("dcc:data", &[], |tree| {
                    let bounds =
                        [(&limit.lower, "basic_acceptanceLimitLower"), (&limit.upper, "basic_acceptanceLimitUpper")];
                    for (bound, ref_type) in bounds {
                        if let Some(bound) = bound {
                            tree.element("dcc:quantity", &[("refType", ref_type)], |tree| real(tree, bound));
                        }
                    }
                });
            });
        });
    });
}

fn real(tree: &mut Tree, reported: &Reported) {
    tree.element("si:real", &[], |tree| {
        tree.leaf("si:value", &[], &reported.value.to_string());
        tree.leaf("si:unit", &[], &reported.unit.to_string());
        if let Some(uncertainty) = &reported.uncertainty {
            tree.element("si:measurementUncertaintyUnivariate", &[], |tree| univariate(tree, uncertainty));
        }
    });
}

fn univariate(tree: &mut Tree, uncertainty: &Uncertainty) {
    let distribution = |tree: &mut Tree, distribution: &Option<Distribution>| {
        if let Some(distribution) = distribution {
            tree.leaf("si:distribution", &[], name(*distribution));
        }
    };
    match uncertainty {
        Uncertainty::Standard { value, distribution: stated } => tree.element("si:standardMU", &[], |tree| {
            tree.leaf("si:valueStandardMU", &[], &value.to_string());
            distribution(tree, stated);
        }),
        Uncertainty::Expanded { value, coverage_factor, coverage_probability, distribution: stated } => {
            tree.element("si:expandedMU", &[], |tree| {
                tree.leaf("si:valueExpandedMU", &[], &value.to_string());
                tree.leaf("si:coverageFactor", &[], &coverage_factor.to_string());
                tree.leaf("si:coverageProbability", &[], &coverage_probability.to_string());
                distribution(tree, stated);
            });
        }
        Uncertainty::Interval { lower, upper, coverage_probability, standard, distribution: stated } => {
            tree.element("si:coverageIntervalMU", &[], |tree| {
                if let Some(standard) = standard {
                    tree.leaf("si:valueStandardMU", &[], &standard.to_string());
                }
                tree.leaf("si:intervalMin", &[], &lower.to_string());
                tree.leaf("si:intervalMax", &[], &upper.to_string());
                tree.leaf("si:coverageProbability", &[], &coverage_probability.to_string());
                distribution(tree, stated);
            });
        }
    }
}

fn name(distribution: Distribution) -> &'static str {
    match distribution {
        Distribution::Normal => "normal",
        Distribution::StudentT => "student-t",
        Distribution::Uniform => "uniform",
        Distribution::Triangular => "triangular",
        Distribution::Arcsine => "arcsine",
    }
}
