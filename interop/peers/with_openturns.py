"""Monte Carlo with OpenTURNS: a symbolic function of a random vector. A curvilinear trapezoid is a product of two of its uniform variables."""

import sys

try:
    import openturns as ot
except ImportError:
    sys.exit(3)

from cases import GAUGE_BLOCK, MASS, SUM, measured

ot.RandomGenerator.SetSeed(1)


def symbolic(names, formula, marginals):
    joint = ot.JointDistribution if hasattr(ot, "JointDistribution") else ot.ComposedDistribution
    vector = ot.RandomVector(joint(marginals))
    result = ot.CompositeRandomVector(ot.SymbolicFunction(names, [formula]), vector)

    def evaluate(trials):
        sample = result.getSample(trials)
        sample.computeQuantilePerComponent([0.025, 0.975])
        return sample.computeStandardDeviation()[0]

    return evaluate


unit = ot.Uniform(-1, 1)
for case, names, formula, marginals in (
    (SUM, ["a", "b", "c", "d"], "a + b + c + d", [ot.Normal(0, 1)] * 4),
    (
        MASS,
        ["mr", "dm", "air", "w", "r"],
        "(mr + dm)*(1 + (air - 1.2)*(1/w - 1/r)) - 100000",
        [ot.Normal(1e5, 0.05), ot.Normal(1.234, 0.02), ot.Uniform(1.1, 1.3), ot.Uniform(7e3, 9e3), ot.Uniform(7950, 8050)],
    ),
    (
        GAUGE_BLOCK,
        ["ls", "d", "d1", "d2", "alphas", "t0", "delta", "p", "q", "r", "s"],
        "ls + d + d1 + d2 - ls*((1e-6 + 1e-7*p)*q*(t0 + delta) + alphas*(0.05 + 0.025*r)*s) - 50000000",
        [
            ot.Student(18, 50_000_623, 25),
            ot.Student(24, 215, 6),
            ot.Student(5, 0, 4),
            ot.Student(8, 0, 7),
            ot.Uniform(9.5e-6, 13.5e-6),
            ot.Normal(-0.1, 0.2),
            ot.Arcsine(-0.5, 0.5),
            unit,
            unit,
            unit,
            unit,
        ],
    ),
):
    # Ten million trials at once would take gigabytes.
    measured("OpenTURNS", case, symbolic(names, formula, marginals), trials=1_000_000)
