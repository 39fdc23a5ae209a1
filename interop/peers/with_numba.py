"""Monte Carlo with numba: the loop over trials written out and compiled, as somebody who needs speed in Python would write it."""

import sys

try:
    import numpy as np
    from numba import njit
except ImportError:
    sys.exit(3)

from cases import GAUGE_BLOCK, MASS, SUM, measured


@njit
def four(outcomes):
    for i in range(outcomes.size):
        outcomes[i] = (
            np.random.standard_normal()
            + np.random.standard_normal()
            + np.random.standard_normal()
            + np.random.standard_normal()
        )


@njit
def mass(outcomes):
    for i in range(outcomes.size):
        reference = np.random.normal(100_000, 0.05)
        added = np.random.normal(1.234, 0.02)
        air, weight = np.random.uniform(1.1, 1.3), np.random.uniform(7_000, 9_000)
        density = np.random.uniform(7_950, 8_050)
        outcomes[i] = (reference + added) * (1 + (air - 1.2) * (1 / weight - 1 / density)) - 100_000


@njit
def t(degrees):
    return np.random.standard_normal() / np.sqrt(np.random.chisquare(degrees) / degrees)


@njit
def trapezoid(a, d):
    return (a + d * np.random.uniform(-1, 1)) * np.random.uniform(-1, 1)


@njit
def gauge_block(outcomes):
    for i in range(outcomes.size):
        ls = 50_000_623 + 25 * t(18)
        d = 215 + 6 * t(24) + 4 * t(5) + 7 * t(8)
        alpha = np.random.uniform(9.5e-6, 13.5e-6)
        t0 = np.random.normal(-0.1, 0.2)
        delta = 0.5 * np.sin(np.random.uniform(0, 2 * np.pi))
        outcomes[i] = ls + d - ls * (trapezoid(1e-6, 1e-7) * (t0 + delta) + alpha * trapezoid(0.05, 0.025)) - 50_000_000


def evaluated(draw):
    draw(np.empty(1))  # compiles it, which is not counted

    def evaluate(trials):
        outcomes = np.empty(trials)
        draw(outcomes)
        u = outcomes.std(ddof=1)
        np.quantile(outcomes, [0.025, 0.975], overwrite_input=True)
        return u

    return evaluate


for case, draw in ((SUM, four), (MASS, mass), (GAUGE_BLOCK, gauge_block)):
    measured("numba", case, evaluated(draw))
