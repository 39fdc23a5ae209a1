"""The cases that every peer evaluates, and how a figure is printed: peer, case, unit and number between tabs."""

import math
import time

TRIALS = 10_000_000
SUM = "sum of four normal inputs"
MASS = "mass calibration"
GAUGE_BLOCK = "gauge block"


def chain(count):
    """Estimates, standard uncertainties and degrees of freedom of y = sum of sin(x_i) x_(i+1), case A19."""
    return [(1 + 0.001 * i, 0.01 + 1e-5 * i, 5 + i % 20) for i in range(count)]


CHAIN_U = {100: 0.1447652683020724, 1000: 0.4487081549207178}

# Exact u of the cases, by theory, quadrature and characteristic functions.
U = {SUM: 2.0, MASS: 0.07547973996, GAUGE_BLOCK: 35.8080786}


def printed(peer, case, unit, number):
    print(f"{peer}\t{case}\t{unit}\t{number:.6g}", flush=True)


def measured(peer, case, evaluate, trials=TRIALS):
    """CPU seconds of all threads for ten million trials; fewer are scaled up, which flatters a peer if anything."""
    start = time.process_time()
    u = evaluate(trials)
    seconds = time.process_time() - start
    assert math.isclose(u, U[case], rel_tol=0.01), f"{peer}, {case}: u = {u}, and not {U[case]}"
    printed(peer, case, "CPU s for 1e7 trials", seconds * TRIALS / trials)


def measured_chain(peer, evaluate, times=5):
    """The least wall time of some evaluations, in ms."""
    for count in (100, 1000):
        least = math.inf
        for _ in range(times):
            start = time.perf_counter()
            u = evaluate(chain(count))
            least = min(least, time.perf_counter() - start)
        assert math.isclose(u, CHAIN_U[count], rel_tol=1e-9), f"{peer}: u = {u}, and not {CHAIN_U[count]}"
        printed(peer, f"chain of {count} inputs", "ms, model and budget", least * 1e3)
