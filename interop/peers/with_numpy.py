"""Monte Carlo with numpy, vectorized over blocks that stay in the cache, as a careful person would write it by hand."""

import sys

try:
    import numpy as np
except ImportError:
    sys.exit(3)

from cases import GAUGE_BLOCK, MASS, SUM, measured

BLOCK = 50_000


def in_blocks(draw):
    def evaluate(trials):
        random = np.random.Generator(np.random.PCG64(1))
        outcomes = np.empty(trials)
        for start in range(0, trials, BLOCK):
            block = outcomes[start : start + BLOCK]
            block[:] = draw(random, len(block))
        mean, u = outcomes.mean(), outcomes.std(ddof=1)
        assert np.isfinite(mean)
        np.quantile(outcomes, [0.025, 0.975], overwrite_input=True)
        return u

    return evaluate


def four(random, n):
    return sum(random.standard_normal(n) for _ in range(4))


def mass(random, n):
    reference = random.normal(100_000, 0.05, n)
    added = random.normal(1.234, 0.02, n)
    air, weight = random.uniform(1.1, 1.3, n), random.uniform(7_000, 9_000, n)
    density = random.uniform(7_950, 8_050, n)
    return (reference + added) * (1 + (air - 1.2) * (1 / weight - 1 / density)) - 100_000


def gauge_block(random, n):
    def trapezoid(a, d):
        return (a + d * random.uniform(-1, 1, n)) * random.uniform(-1, 1, n)

    ls = 50_000_623 + 25 * random.standard_t(18, n)
    d = 215 + 6 * random.standard_t(24, n) + 4 * random.standard_t(5, n) + 7 * random.standard_t(8, n)
    alpha = random.uniform(9.5e-6, 13.5e-6, n)
    t0 = random.normal(-0.1, 0.2, n)
    delta = 0.5 * np.sin(random.uniform(0, 2 * np.pi, n))
    return ls + d - ls * (trapezoid(1e-6, 1e-7) * (t0 + delta) + alpha * trapezoid(0.05, 0.025)) - 50_000_000


for case, draw in ((SUM, four), (MASS, mass), (GAUGE_BLOCK, gauge_block)):
    measured("numpy", case, in_blocks(draw))
