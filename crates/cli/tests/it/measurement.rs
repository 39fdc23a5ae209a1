//! Every example of a measurement, decision, line, comparison and material through the program: the published figures and ours.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::city::root;

/// A file with what is asked of it, then its figures: path in the answer, published or exact value, tolerance. The tolerance is that of the
/// published digits, that of exact figures 10⁻⁸ of them, and that of trials four times their standard error. The sources stand in the files.
const PUBLISHED: &str = "
uncertainty gauge-block-gum-h1.toml
  outputs/0/estimate 50000838 1e-6
  outputs/0/standard_uncertainty 31.66387911 1e-8
  outputs/0/effective_degrees_of_freedom 16.75185574 1e-8
  outputs/0/truncated/effective_degrees_of_freedom 16 0
  outputs/0/truncated/coverage_factor 2.920781622 1e-9
  outputs/0/truncated/expanded_uncertainty 92.483 5e-4
  outputs/0/budget/input=dtheta/contribution 16.59902706 1e-8
  outputs/0/budget/input=dalpha/contribution 2.88678731 1e-8
uncertainty gauge-block-gum-h1.toml --digits 1
  outputs/0/reported_standard_uncertainty 30 0
uncertainty gauge-block-gum-h1.toml --coverage 0.95
  coverage_probability 0.95 0
  outputs/0/coverage_factor 2.11 0.005
uncertainty impedance-gum-h2.toml
  outputs/0/standard_uncertainty 0.0710714074 1e-8
uncertainty impedance-gum-h2-complex.toml
  outputs/0/standard_uncertainty 0.236 6e-4
uncertainty impedance-gum-h2-observations.toml
  correlations/0/1 -0.5884297844 1e-8
  correlations/0/2 -0.4852592242 1e-8
  correlations/1/2 0.9925116489 1e-8
uncertainty zener-voltage-gum-h5.toml
  outputs/0/estimate 10.0000971 1e-9
  outputs/0/standard_uncertainty 18.05328533e-6 1e-13
  outputs/0/effective_degrees_of_freedom 9 1e-9
uncertainty zener-voltage-gum-h5-groups.toml
  outputs/0/estimate 10.0000971 1e-9
  outputs/0/standard_uncertainty 18.05328533e-6 1e-13
  outputs/0/effective_degrees_of_freedom 9 1e-9
  analyses/0/standard_deviation_of_means 57.08950088 1e-8
  analyses/0/standard_deviation_within 84.88698369 1e-8
  analyses/0/f 2.26151927 1e-8
  analyses/0/critical/0.95 2.124029264 1e-9
  analyses/0/critical/0.975 2.451939217 1e-9
  analyses/0/standard_deviation_between 42.63861057 1e-8
  analyses/0/without_effect/standard_uncertainty 13.32324193 1e-8
  analyses/0/without_effect/degrees_of_freedom 49 0
uncertainty numerical-tolerance-jcgm-101.toml --method monte-carlo --digits 2
  outputs/0/monte_carlo/numerical_tolerance 0.5e-5 0
uncertainty numerical-tolerance-jcgm-101.toml --method monte-carlo --digits 1
  outputs/1/monte_carlo/numerical_tolerance 0.5 0
uncertainty effective-degrees-gum-g41.toml
  outputs/0/standard_uncertainty 0.01029465881 1e-10
  outputs/0/effective_degrees_of_freedom 18.99874231 2e-7
  outputs/0/expanded_uncertainty 0.022 5e-4
  outputs/0/truncated/effective_degrees_of_freedom 18 0
  outputs/0/truncated/expanded_uncertainty 0.0216283 5e-8
uncertainty cadmium-standard-eurachem-a1.toml
  outputs/0/estimate 1002.69972 1e-5
  outputs/0/standard_uncertainty 0.8351992268 1e-6
  outputs/0/budget/input=m/contribution 0.49995 1e-5
  outputs/0/budget/input=temperature/contribution 0.486284 1e-6
  outputs/0/budget/input=V/contribution 0.40935 1e-5
  outputs/0/budget/input=repeatability/contribution 0.20054 1e-5
  outputs/0/budget/input=P/contribution 0.0578967 1e-7
uncertainty hydrochloric-acid-eurachem-a3.toml
  outputs/0/estimate 0.1013871612 1e-8
  outputs/0/standard_uncertainty 1.843387444e-4 2e-11
uncertainty hydrochloric-acid-uniform-eurachem-a3.toml
  outputs/0/standard_uncertainty 1.647053987e-4 2e-11
uncertainty mass-ea-4-02-s2.toml
  outputs/0/estimate 10000.025 1e-9
  outputs/0/standard_uncertainty 0.02926174978 1e-10
  outputs/0/reported_expanded_uncertainty 0.059 0.002
uncertainty thermal-expansion-tn-1900-e13.toml
  outputs/0/estimate 1.726620896e-5 1e-14
  outputs/0/standard_uncertainty 1.755477281e-6 1e-15
uncertainty chain-of-a-hundred.toml
  outputs/0/estimate 90.12037235584025 1e-10
  outputs/0/standard_uncertainty 0.1447652683020724 1e-13
  outputs/0/effective_degrees_of_freedom 1185.237192457121 1e-8
uncertainty chain-of-a-thousand.toml
  outputs/0/estimate 1439.070739226591 1.5e-9
  outputs/0/standard_uncertainty 0.4487081549207178 5e-13
  outputs/0/effective_degrees_of_freedom 9790.60914465218 1e-8
uncertainty square-at-zero.toml --method both
  outputs/0/standard_uncertainty 0 0
  outputs/0/second_order/standard_uncertainty 1.414213562 1e-9
  outputs/0/second_order/bias 1 1e-10
  outputs/0/monte_carlo/mean 1 0.006
  outputs/0/monte_carlo/standard_uncertainty 1.414213562 0.02
uncertainty square-at-zero.toml --method second-order
  outputs/0/reported_expanded_uncertainty 2.8 0
uncertainty sum-of-normal-jcgm-101.toml --method monte-carlo
  outputs/0/standard_uncertainty 2 1e-9
  outputs/0/expanded_uncertainty 3.919927969 1e-8
  outputs/0/monte_carlo/standard_uncertainty 2 0.006
  outputs/0/monte_carlo/symmetric_interval/1 3.919927969 0.02
uncertainty sum-of-normal-jcgm-101.toml --method adaptive --digits 2
  outputs/0/monte_carlo/numerical_tolerance 0.05 0
  outputs/0/monte_carlo/symmetric_interval/0 -3.919927969 0.1
uncertainty sum-of-rectangular-jcgm-101.toml --method monte-carlo
  outputs/0/monte_carlo/standard_uncertainty 2 0.006
  outputs/0/monte_carlo/symmetric_interval/0 -3.879406741 0.02
  outputs/0/monte_carlo/symmetric_interval/1 3.879406741 0.02
uncertainty mass-calibration-jcgm-101.toml --method both
  outputs/0/estimate 1.234 1e-9
  outputs/0/standard_uncertainty 0.05385164807 1e-10
  outputs/0/interval/0 1.128452709 1e-8
  outputs/0/interval/1 1.339547291 1e-8
  outputs/0/second_order/standard_uncertainty 0.07496347385 1e-9
  outputs/0/second_order/interval/0 1.087074291 1e-8
  outputs/0/second_order/interval/1 1.380925709 1e-8
  outputs/0/monte_carlo/standard_uncertainty 0.07547973996 2.2e-4
  outputs/0/monte_carlo/symmetric_interval/0 1.084433299 0.001
  outputs/0/monte_carlo/symmetric_interval/1 1.383566779 0.001
  outputs/0/monte_carlo/numerical_tolerance 0.005 0
uncertainty comparison-loss-jcgm-101.toml --method monte-carlo
  outputs/0/estimate 100e-6 1e-14
  outputs/0/standard_uncertainty 100e-6 1e-14
  outputs/0/monte_carlo/mean 150e-6 5e-7
  outputs/0/monte_carlo/standard_uncertainty 111.8033989e-6 8e-7
  outputs/0/monte_carlo/shortest_interval/0 0 5e-7
  outputs/0/monte_carlo/shortest_interval/1 366.0052897e-6 3e-6
uncertainty gauge-block-jcgm-101.toml --method monte-carlo
  outputs/0/standard_uncertainty 32.138 5e-4
  outputs/0/monte_carlo/mean 838 0.15
  outputs/0/monte_carlo/standard_uncertainty 35.8080786 0.1
  outputs/0/monte_carlo/symmetric_interval/0 744.348 0.8
  outputs/0/monte_carlo/symmetric_interval/1 931.652 0.8
uncertainty polar-coordinates-jcgm-102.toml --method monte-carlo
  outputs/0/standard_uncertainty 0.01 1e-9
  outputs/1/standard_uncertainty 1 1e-9
  outputs/0/monte_carlo/mean 0.01548572461 3.2e-5
  outputs/0/monte_carlo/standard_uncertainty 0.007758371829 2.5e-5
  outputs/1/monte_carlo/mean 0 0.0045
  outputs/1/monte_carlo/standard_uncertainty 1.117546869 0.004
  joint/correlations/0/1 0 0.004
  regions/ellipsoidal/factor 2.448 5e-4
uncertainty polar-coordinates-near-jcgm-102.toml --method monte-carlo
  outputs/0/standard_uncertainty 0.01 1e-9
  outputs/1/standard_uncertainty 10 1e-9
  outputs/0/monte_carlo/mean 0.01256445466 2.7e-5
  outputs/0/monte_carlo/standard_uncertainty 0.006567684455 2.2e-5
  outputs/1/monte_carlo/mean 0 0.007
  outputs/1/monte_carlo/standard_uncertainty 1.744127245 0.004
uncertainty polar-coordinates-far-jcgm-102.toml --method monte-carlo
  outputs/0/standard_uncertainty 0.01 1e-9
  outputs/1/standard_uncertainty 0.1 1e-9
  outputs/0/monte_carlo/mean 0.1005012694 4e-5
  outputs/0/monte_carlo/standard_uncertainty 0.009974710806 3e-5
  outputs/1/monte_carlo/standard_uncertainty 0.1005126612 3e-4
uncertainty logarithm-npl-es-11.toml --method monte-carlo
  outputs/0/estimate -0.5108256238 1e-9
  outputs/0/standard_uncertainty 0.4811252243 1e-9
  outputs/0/interval/1 0.4321624882 1e-9
  outputs/0/monte_carlo/mean -0.6649002929 0.0025
  outputs/0/monte_carlo/standard_uncertainty 0.6062266974 0.0025
  outputs/0/monte_carlo/shortest_interval/0 -1.897119985 0.01
  outputs/0/monte_carlo/shortest_interval/1 0.0953101798 1e-4
  outputs/0/monte_carlo/symmetric_interval/0 -2.079441542 0.01
decision zener-diode-jcgm-106.toml --limits ..-5.40_V
  conformance_probability 0.9192433408 1e-9
decision motor-oil-jcgm-106.toml --limits 12.5_mm^2/s..16.3_mm^2/s
  conformance_probability 0.6626297865 1e-9
decision ball-bearing-jcgm-106.toml --limits ..2_µm --prior gamma:4,0.25
  global_risks/nonconforming 0.04238011199 1e-8
  global_risks/consumers_risk 0.008019111884 1e-8
  global_risks/producers_risk 0.01744456923 1e-8
decision four-to-one-rp-19.toml --limits -1_V..1_V --prior conforming:0,0.95
  global_risks/consumers_risk 0.008710101881 1e-9
  global_risks/conditional_consumers_risk 0.009238976261 1e-9
  global_risks/producers_risk 0.01595393569 1e-9
decision four-to-one-060-rp-19.toml --limits -1_V..1_V --prior conforming:0,0.60
  global_risks/consumers_risk 0.04838603208 1e-9
  global_risks/conditional_consumers_risk 0.0826008191 1e-9
  global_risks/producers_risk 0.06260452759 1e-9
decision deaver.toml --limits -2_V..2_V --prior normal:0,1
  global_risks/consumers_risk 0.008006084834 1e-9
  global_risks/producers_risk 0.01485088421 1e-9
decision guard-bands-ilac-g8.toml --limits ..10_V --output w0
  specific_risk 0.5 1e-9
decision guard-bands-ilac-g8.toml --limits ..10_V --output w1645
  specific_risk 0.04998490554 1e-9
decision guard-bands-ilac-g8.toml --limits ..10_V --output w2
  specific_risk 0.02275013195 1e-9
decision guard-bands-ilac-g8.toml --limits ..10_V --output w2 --rule risk=0.02275013194817921
  acceptance/upper 8 1e-9
curve equal-weights-iso-28037.csv --stimulus 10.5,0.5 --response 3.5,0.2
  intercept 1.866666667 1e-8
  intercept_uncertainty 0.4654746681 1e-8
  slope 1.757142857 1e-8
  slope_uncertainty 0.1195228609 1e-8
  covariance -0.05 1e-9
  goodness/chi_squared 1.664761905 1e-8
  goodness/quantile 9.487729037 1e-8
  stimuli/0/prediction/value 4.913279133 1e-8
  stimuli/0/prediction/standard_uncertainty 0.3220355601 1e-8
  responses/0/prediction/value 8.016666667 1e-8
  responses/0/prediction/standard_uncertainty 0.4064095317 1e-8
curve unknown-weights-iso-28037.csv
  intercept 1.172 1e-8
  slope 1.963571429 1e-8
  chi_squared 0.1164982857 1e-8
  scale 0.170659226 1e-8
  intercept_uncertainty 0.1588750932 1e-8
  slope_uncertainty 0.04079535788 1e-8
  covariance -0.005824914286 1e-8
curve unknown-weights-iso-28037.csv --scale distribution
  scale 0.241348592 1e-8
  intercept_uncertainty 0.2246833115 1e-8
  slope_uncertainty 0.05769334839 1e-8
curve both-coordinates-iso-28037.csv --response 3.5,0.2
  intercept 0.5788221221 1e-7
  intercept_uncertainty 0.4764206296 1e-7
  slope 2.159656567 1e-7
  slope_uncertainty 0.1355479275 1e-7
  covariance -0.0577169391 1e-7
  chi_squared 2.74267679 1e-7
  responses/0/prediction/value 8.137620108 1e-7
  responses/0/prediction/standard_uncertainty 0.4843499768 1e-7
curve thermometer-mathioulakis.csv
  intercept 0.09903424207 1e-7
  intercept_uncertainty 0.01230723204 1e-7
  slope 0.9783964125 1e-7
  slope_uncertainty 0.0002366420158 1e-9
  chi_squared 23.5492104 1e-6
  goodness/quantile 15.507 5e-4
curve thermometer-gum-h3.csv --response 10
  intercept -0.1712037901 1e-9
  intercept_uncertainty 0.002877597835 1e-10
  slope 0.00218269774 1e-10
  slope_uncertainty 0.0006679387732 1e-11
  correlation -0.9304296031 1e-8
  scale 0.003497563964 1e-10
  degrees_of_freedom 9 0
  responses/0/prediction/value -0.1493768127 1e-9
  responses/0/prediction/standard_uncertainty 0.004138595753 1e-10
comparison creosote-iso-5725-5.toml
  robust/method=algorithm_a/result/location 20.41214286 1e-8
  robust/method=algorithm_a/result/scale 1.0698397 1e-7
  robust/method=algorithm_a_exact_factors/result/scale 1.067772898 1e-8
comparison censored-iso-13528-e1.toml
  robust/method=algorithm_a/result/location 26.0080055 1e-7
  robust/method=algorithm_a/result/scale 7.23726724 1e-7
  robust/method=algorithm_a_as_printed/result/location 26.01 0.005
  robust/method=algorithm_a_as_printed/result/scale 7.2296 5e-5
comparison arsenic-iso-13528-e2.toml
  homogeneity/result/mean 0.18715 1e-8
  homogeneity/result/standard_deviation_of_means 0.00397946116 1e-8
  homogeneity/result/within_items 0.00556327242 1e-8
  homogeneity/result/between_items 0.000600925213 1e-8
  homogeneity/result/criterion 0.00842 5e-6
  homogeneity/result/expanded_criterion_factors/0 1.88 0.005
  homogeneity/result/expanded_criterion_factors/1 1.01 0.005
  stability/result/later_mean 0.19375 1e-8
  stability/result/difference 0.00660 5e-6
comparison homogeneity-20-items-iso-13528.toml
  homogeneity/result/expanded_criterion_factors/0 1.59 0.005
  homogeneity/result/expanded_criterion_factors/1 0.57 0.005
comparison homogeneity-18-items-iso-13528.toml
  homogeneity/result/expanded_criterion_factors/0 1.62 0.005
  homogeneity/result/expanded_criterion_factors/1 0.62 0.005
comparison homogeneity-16-items-iso-13528.toml
  homogeneity/result/expanded_criterion_factors/0 1.67 0.005
  homogeneity/result/expanded_criterion_factors/1 0.68 0.005
comparison homogeneity-14-items-iso-13528.toml
  homogeneity/result/expanded_criterion_factors/0 1.72 0.005
  homogeneity/result/expanded_criterion_factors/1 0.75 0.005
comparison homogeneity-12-items-iso-13528.toml
  homogeneity/result/expanded_criterion_factors/0 1.79 0.005
  homogeneity/result/expanded_criterion_factors/1 0.86 0.005
comparison homogeneity-08-items-iso-13528.toml
  homogeneity/result/expanded_criterion_factors/0 2.01 0.005
  homogeneity/result/expanded_criterion_factors/1 1.25 0.005
comparison atrazine-iso-13528-e3.toml
  robust/method=mean/result/location 0.251211765 1e-8
  robust/method=mean/result/scale 0.0672108161 1e-8
  robust/method=median_made/result/location 0.2620 1e-9
  robust/method=median_made/result/scale 0.038558 1e-7
  robust/method=median_niqr/result/scale 0.0402340575 1e-8
  robust/method=algorithm_a/result/location 0.257011039 1e-7
  robust/method=algorithm_a/result/scale 0.0395199072 1e-7
comparison mercury-iso-13528-e4.toml
  scores/laboratory=L04/percent_difference -70.5 0.05
  scores/laboratory=L04/percent_allowed/value -156.6 0.05
  scores/laboratory=L04/z/value -4.70 0.005
  scores/laboratory=L04/z_prime/value -3.99 0.005
  scores/laboratory=L04/zeta/value -7.10 0.005
  scores/laboratory=L04/e_n/value -3.55 0.005
  scores/laboratory=L23/zeta/value -7.35 0.005
  scores/laboratory=L23/e_n/value -3.69 0.005
  scores/laboratory=L01/z_prime/value 1.16 0.005
  scores/laboratory=L01/e_n/value 0.83 0.005
comparison three-laboratories.toml
  assigned_value/result/value 1.5310 5e-5
  assigned_value/result/standard_uncertainty 0.1060 5e-5
  standard_deviation/result 0.0948 5e-5
  scores/1/z/value -1.35 0.005
  scores/2/z_prime/value 0.70 0.005
  homogeneity/result/within_items 0.0223 5e-5
  homogeneity/result/between_items 0 0
  homogeneity/result/f 0.69 0.005
comparison pcb-28-ccqm-k25.toml
  reference_values/result/consistency/chi_squared 68.215398 1e-6
  reference_values/result/consistency/p_value 2.40886684e-13 1e-20
  reference_values/result/consistency/birge_ratio 3.69365 5e-6
  reference_values/result/largest_consistent_subset/chi_squared 5.49502711 1e-8
  reference_values/result/estimates/estimator=weighted_mean/consensus/value 33.2995662 1e-7
  reference_values/result/estimates/estimator=weighted_mean/consensus/standard_uncertainty 0.183926733 1e-8
  reference_values/result/estimates/estimator=weighted_mean/consensus/degrees_of_equivalence/0/difference 1.000434 5e-7
  reference_values/result/estimates/estimator=weighted_mean/consensus/degrees_of_equivalence/0/expanded_uncertainty 2.02689 5e-6
  reference_values/result/estimates/estimator=largest_consistent_subset/consensus/value 32.3978259 1e-7
  reference_values/result/estimates/estimator=largest_consistent_subset/consensus/standard_uncertainty 0.217270169 1e-8
  reference_values/result/estimates/estimator=der_simonian_laird/consensus/value 33.6004326 1e-7
  reference_values/result/estimates/estimator=der_simonian_laird/consensus/standard_uncertainty 0.74499791 1e-8
  reference_values/result/estimates/estimator=der_simonian_laird/consensus/between_laboratories 1.7114154 1e-7
  reference_values/result/estimates/estimator=hartung_knapp_sidik_jonkman/consensus/standard_uncertainty 0.621377638 1e-8
  reference_values/result/estimates/estimator=mandel_paule/consensus/value 33.5853409 1e-7
  reference_values/result/estimates/estimator=mandel_paule/consensus/standard_uncertainty 0.627564005 1e-8
  reference_values/result/estimates/estimator=restricted_maximum_likelihood/consensus/value 33.5889775 1e-7
  reference_values/result/estimates/estimator=linear_pool/consensus/value 33.6416667 1e-7
  reference_values/result/estimates/estimator=linear_pool/consensus/standard_uncertainty 1.50395497 1e-8
  reference_values/result/estimates/estimator=linear_pool/consensus/interval/0 31.4476221 1e-6
  reference_values/result/estimates/estimator=hierarchical/consensus/value 33.6 0.05
  reference_values/result/estimates/estimator=hierarchical/consensus/standard_uncertainty 0.79 0.05
comparison pcb-28-ccqm-k25.csv --estimator mandel-paule
  reference_values/result/estimates/0/consensus/value 33.5853409 1e-7
  assigned_value/result/value 33.5853409 1e-7
comparison power-sensor-ccem-rf-k25.toml
  reference_values/result/consistency/p_value 0.593808154 1e-8
  reference_values/result/estimates/estimator=weighted_mean/consensus/value 0.819179739 1e-8
  reference_values/result/estimates/estimator=weighted_mean/consensus/standard_uncertainty 0.00197845839 1e-10
  reference_values/result/estimates/estimator=mandel_paule/consensus/between_laboratories 0 0
  reference_values/result/estimates/estimator=linear_pool/consensus/standard_uncertainty 0.0111958628 1e-9
comparison carotid-stenosis.toml
  reference_values/result/consistency/chi_squared 11.6463129 1e-7
  reference_values/result/estimates/estimator=weighted_mean/consensus/value -0.421235359 1e-8
  reference_values/result/estimates/estimator=der_simonian_laird/consensus/value -0.412270584 1e-8
  reference_values/result/estimates/estimator=mandel_paule/consensus/between_laboratories 0.289538282 1e-8
  reference_values/result/estimates/estimator=linear_pool/consensus/standard_uncertainty 2.46078431 1e-7
material standard-solution.toml
  homogeneity/result/mean_square_between 0.0455388888889 1e-10
  homogeneity/result/mean_square_within 0.0170277777778 1e-10
  homogeneity/result/standard_uncertainty 0.0974869411957 1e-10
  long_term_stability/result/trend/slope -0.00207584830339 1e-10
  long_term_stability/result/trend/slope_uncertainty 0.00212776697999 1e-10
  short_term_stability/result/trend/slope_uncertainty 0.00205383602047 1e-10
  certified_value/result/standard_uncertainty 0.12860115548 1e-9
  control_chart/result/standard_deviation 0.306254029658 1e-9
material bottles-crm001-x.toml
  homogeneity/result/mean 0.00485 1e-10
  homogeneity/result/mean_square_between 8.411666667e-6 1e-14
  homogeneity/result/f 3.09695234 1e-8
  homogeneity/result/p_value 0.074834544 1e-8
  homogeneity/result/between_bottles 9.74299368e-4 1e-12
  homogeneity/result/hidden_by_repeatability 4.06567655e-4 1e-12
material bottles-crm001-y.toml
  homogeneity/result/mean 531.956667 1e-6
  homogeneity/result/between_bottles 3.94658671 1e-8
  homogeneity/result/standard_uncertainty 4.56652694 1e-8
material bottles-crm001-y.csv
  homogeneity/result/p_value 0.308636265 1e-8
  homogeneity/result/standard_uncertainty 4.56652694 1e-8
";

/// An example with what is asked of it, and its figures.
struct Case {
    folder: &'static str,
    file: &'static str,
    further: Vec<String>,
    figures: Vec<(&'static str, f64, f64)>,
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in PUBLISHED.lines().filter(|line| !line.is_empty()) {
        let words: Vec<&'static str> = line.split_whitespace().collect();
        match (line.starts_with(' '), words.as_slice()) {
            (true, [path, value, tolerance]) => {
                let figure = (*path, value.parse().unwrap(), tolerance.parse().unwrap());
                cases.last_mut().unwrap().figures.push(figure);
            }
            (false, [folder, file, further @ ..]) => {
                // A blank within an argument is written as a low line.
                let unmarked =
                    |word: &&str| if word.contains('_') { word.replace('_', " ") } else { (*word).to_owned() };
                cases.push(Case { folder, file, further: further.iter().map(unmarked).collect(), figures: Vec::new() });
            }
            _ => panic!("{line}"),
        }
    }
    cases
}

fn heng(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_heng")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

impl Case {
    fn answer(&self) -> Value {
        let file = root().join("examples").join(self.folder).join(self.file).display().to_string();
        let further: Vec<&str> = self.further.iter().map(String::as_str).collect();
        let printed = match self.folder {
            "uncertainty" => heng(&[&["uncertainty", &file, "--json"], further.as_slice()].concat()),
            "decision" => {
                let folder = tempfile::tempdir().unwrap();
                let result = folder.path().join("result.json").display().to_string();
                fs::write(&result, heng(&["uncertainty", &file, "--json"])).unwrap();
                heng(&[&["decide", &result, "--json"], further.as_slice()].concat())
            }
            "curve" => heng(&[&["fit", &file, "--model", "straight-line", "--json"], further.as_slice()].concat()),
            "comparison" => heng(&[&["compare", &file, "--json"], further.as_slice()].concat()),
            _ => heng(&[&["material", &file, "--json"], further.as_slice()].concat()),
        };
        serde_json::from_slice(&printed).unwrap()
    }
}

/// What stands at a path; a step `key=value` chooses from a list.
fn at<'a>(answer: &'a Value, path: &str) -> &'a Value {
    path.split('/').fold(answer, |value, step| match (step.split_once('='), step.parse::<usize>()) {
        (Some((key, wanted)), _) => value.as_array().unwrap().iter().find(|one| one[key] == wanted).unwrap(),
        (None, Ok(place)) => &value[place],
        (None, Err(_)) => &value[step],
    })
}

#[test]
fn every_example_has_its_published_figures() {
    let mut wrong = Vec::new();
    for case in cases() {
        let answer = case.answer();
        for (path, expected, tolerance) in &case.figures {
            let found = at(&answer, path);
            let number = found.as_f64().or_else(|| found.as_str().and_then(|text| text.parse().ok()));
            if !number.is_some_and(|number| (number - expected).abs() <= *tolerance) {
                wrong.push(format!("{} {:?}: {path} is {found}, expected {expected}", case.file, case.further));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_example_is_left_out() {
    let cases = cases();
    for folder in ["uncertainty", "decision", "curve", "comparison", "material"] {
        let there: BTreeSet<String> = fs::read_dir(root().join("examples").join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        let held: BTreeSet<String> =
            cases.iter().filter(|case| case.folder == folder).map(|case| case.file.to_owned()).collect();
        assert_eq!(there, held, "{folder}");
    }
}

/// JCGM 101:2008, 9.3: the first-order interval is not validated, that to second order is with one digit of u and not with two; 9.4: a
/// warning where a sensitivity is zero.
#[test]
fn the_verdict_is_that_of_the_supplement() {
    let verdict = |digits: &str| {
        let file = root().join("examples/uncertainty/mass-calibration-jcgm-101.toml").display().to_string();
        let printed = heng(&["uncertainty", &file, "--json", "--method", "both", "--digits", digits]);
        let answer: Value = serde_json::from_slice(&printed).unwrap();
        let output = &answer["outputs"][0];
        assert_eq!(output["monte_carlo"]["linear_validated"], false);
        (output["second_order"]["validated"].as_bool().unwrap(), output["valid_method"].as_str().unwrap().to_owned())
    };
    assert_eq!(verdict("1"), (true, "second-order".to_owned()));
    assert_eq!(verdict("2"), (false, "monte-carlo".to_owned()));
    let file = root().join("examples/uncertainty/square-at-zero.toml").display().to_string();
    let answer: Value = serde_json::from_slice(&heng(&["uncertainty", &file, "--json"])).unwrap();
    assert_eq!(answer["findings"][0]["code"], "second-order-terms");
}

/// By theory: ln of R(0.1, 1.1) lies below 0 with probability 0.9, where first order says Φ(0.5108/0.4811) = 0.856.
#[test]
fn a_decision_rests_on_the_trials_where_there_are_some() {
    let folder = tempfile::tempdir().unwrap();
    let result = folder.path().join("result.json").display().to_string();
    let file = root().join("examples/uncertainty/logarithm-npl-es-11.toml").display().to_string();
    for (method, expected, tolerance) in
        [("linear", 0.855_8, 1e-3), ("monte-carlo", 0.9, 2e-3), ("adaptive", 0.9, 5e-3)]
    {
        fs::write(&result, heng(&["uncertainty", &file, "--json", "--method", method])).unwrap();
        let printed = heng(&["decide", &result, "--limits", "..0", "--json"]);
        let answer: Value = serde_json::from_slice(&printed).unwrap();
        let found = answer["conformance_probability"].as_f64().unwrap();
        assert!((found - expected).abs() < tolerance, "{method}: {found}");
    }
}

/// One identity is one thing, in whatever model; a constant of the table is itself.
#[test]
fn budgets_carry_identities() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.toml").display().to_string();
    let text = "format = \"heng-model/1\"\nmodel = \"E = constant(\\\"fine-structure constant\\\")*T + q\"\n[inputs.T]\nidentity = \"LAB-417/2\"\nvalue = \"300 J\"\nstandard_uncertainty = \"1 J\"\n[inputs.q]\nvalue = \"1 J\"\n";
    fs::write(&path, text).unwrap();
    let answer: Value = serde_json::from_slice(&heng(&["uncertainty", &path, "--json"])).unwrap();
    let budget = &answer["outputs"][0]["budget"];
    assert_eq!(at(budget, "input=T")["identity"], "LAB-417/2");
    assert!(at(budget, "input=q")["identity"].is_null());
    let constant = budget.as_array().unwrap().iter().find(|line| line["identity"] == "fine-structure constant");
    assert!(constant.unwrap()["standard_uncertainty"].as_f64().unwrap() > 0.0);
}

#[test]
fn what_is_wrong_is_said_with_its_place_or_its_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (table, result) = (path("table.csv"), path("result.json"));
    let model = root().join("examples/decision/motor-oil-jcgm-106.toml").display().to_string();
    fs::write(&result, heng(&["uncertainty", &model, "--json"])).unwrap();
    let said = |arguments: &[&str]| {
        let all = [&["--language", "en"], arguments].concat();
        let output = Command::new(env!("CARGO_BIN_EXE_heng")).args(&all).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    for (limits, expected) in [
        ("12.5 V..16.3 V", "is not of the kind of y, which is in mm²·s⁻¹"),
        ("12.5 mm^2/s", "are no limits"),
        ("..", "lower or an upper one"),
        ("16.3 mm^2/s..12.5 mm^2/s", "not below the upper"),
        ("12..16", "no quantity with a unit"),
    ] {
        let error = said(&["decide", &result, "--limits", limits]);
        assert!(error.contains(expected), "{error}");
    }
    let error = said(&["decide", &result, "--limits", "..16 mm^2/s", "--rule", "risk=2"]);
    assert!(error.contains("P between 0 and 1"), "{error}");
    let error = said(&["decide", &result, "--limits", "..16 mm^2/s", "--prior", "normal:1"]);
    assert!(error.contains("normal:MEAN,SIGMA"), "{error}");
    let error = said(&["decide", &model, "--limits", "..16 mm^2/s"]);
    assert!(error.contains("heng uncertainty --json"), "{error}");
    let fit: &[&str] = &["fit", &table, "--model", "straight-line"];
    let compare: &[&str] = &["compare", &table];
    for (command, bytes, expected) in [
        (fit, "x,y\n1,2\n2,x\n3,4\n".as_bytes(), "table.csv:3:3: error"),
        (fit, b"x,y\n1,2\n2,3,4\n", "table.csv:3:1: error"),
        (fit, b"x/mm,z\n1,2\n", "table.csv:1:6: error"),
        (fit, b"x/mm,ux/V,y\n1,1,1\n", "table.csv:1:6: error"),
        (fit, b"x/nosuch,y\n1,1\n", "table.csv:1:1: error"),
        (fit, b"x,y\n1,1\n2,2\n", "points are needed"),
        (fit, b"# only a comment\nx,y\n", "There are no results"),
        (compare, b"laboratory,value\nA,1\n\xd6\xd0,2\n", "table.csv:3:1: error"),
        (compare, b"laboratory,value/mm,u/V\nA,1,1\n", "table.csv:1:21: error"),
        (compare, b"laboratory,value/mm,u/mm\nA,1,1\nA,2,1\n", "table.csv:3:1: error"),
    ] {
        fs::write(&table, bytes).unwrap();
        let error = said(command);
        assert!(error.contains(expected), "{error}");
    }
}
