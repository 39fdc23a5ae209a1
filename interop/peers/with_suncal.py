"""Monte Carlo with suncal, from the text of the model."""

import sys

try:
    import suncal
except ImportError:
    sys.exit(3)

from cases import GAUGE_BLOCK, MASS, SUM, measured


def student(nu, scale):
    return {"dist": "t", "scale": scale, "df": nu}


def uniform(a):
    return {"dist": "uniform", "a": a}


def normal(u):
    return {"dist": "normal", "std": u}


for case, formula, inputs in (
    (SUM, "y = a + b + c + d", {name: (0, normal(1)) for name in "abcd"}),
    (
        MASS,
        "y = (mr + dm)*(1 + (air - 1.2)*(1/w - 1/r)) - 100000",
        {
            "mr": (1e5, normal(0.05)),
            "dm": (1.234, normal(0.02)),
            "air": (1.2, uniform(0.1)),
            "w": (8000, uniform(1000)),
            "r": (8000, uniform(50)),
        },
    ),
    (
        GAUGE_BLOCK,
        "y = ls + d + d1 + d2 - ls*(dalpha*(t0 + delta) + alphas*dt) - 50000000",
        {
            "ls": (50_000_623, student(18, 25)),
            "d": (215, student(24, 6)),
            "d1": (0, student(5, 4)),
            "d2": (0, student(8, 7)),
            "alphas": (11.5e-6, uniform(2e-6)),
            "t0": (-0.1, normal(0.2)),
            "delta": (0, {"dist": "arcsine", "a": 0.5}),
            "dalpha": (0, {"dist": "curvtrap", "a": 1e-6, "d": 1e-7}),
            "dt": (0, {"dist": "curvtrap", "a": 0.05, "d": 0.025}),
        },
    ),
):
    model = suncal.Model(formula)
    for name, (estimate, distribution) in inputs.items():
        model.var(name).measure(estimate).typeb(**distribution)

    def evaluate(trials):
        found = model.monte_carlo(samples=trials)
        found.expand("y", conf=0.95)
        return float(found.uncertainty["y"])

    # Ten million trials at once would take gigabytes.
    measured("suncal", case, evaluate, trials=1_000_000)
