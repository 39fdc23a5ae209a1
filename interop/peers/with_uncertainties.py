"""Linear propagation with uncertainties."""

import sys

try:
    from uncertainties import ufloat, umath
except ImportError:
    sys.exit(3)

from cases import measured_chain


def evaluate(inputs):
    x = [ufloat(estimate, u) for estimate, u, _ in inputs]
    y = sum(umath.sin(one) * other for one, other in zip(x, x[1:]))
    return y.std_dev


measured_chain("uncertainties", evaluate)
