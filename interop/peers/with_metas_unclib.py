"""Linear propagation with METAS UncLib, whose Python package needs a .NET or Mono runtime."""

import sys

try:
    from metas_unclib import get_stdunc, ufloat, umath, use_linprop
except (ImportError, RuntimeError):
    sys.exit(3)

from cases import measured_chain

use_linprop()


def evaluate(inputs):
    x = [ufloat(estimate, u, idof=1 / degrees) for estimate, u, degrees in inputs]
    y = sum(umath.sin(one) * other for one, other in zip(x, x[1:]))
    return get_stdunc(y)


measured_chain("METAS UncLib", evaluate)
