"""Linear propagation with GTC, with its effective degrees of freedom."""

import sys

try:
    import GTC
except ImportError:
    sys.exit(3)

from cases import measured_chain


def evaluate(inputs):
    x = [GTC.ureal(*one) for one in inputs]
    y = sum(GTC.sin(one) * other for one, other in zip(x, x[1:]))
    assert GTC.dof(y) > 1_000
    return GTC.uncertainty(y)


measured_chain("GTC", evaluate)
