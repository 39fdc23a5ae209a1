#!/usr/bin/env python3
"""Runs the benchmark of Heng's uncertainty engine and every peer that is installed, and prints their costs side by side.

    table.py [--bench COMMAND] [PYTHON]

PYTHON is an interpreter that has the peers (`pip install numpy uncertainties GTC suncal openturns metas_unclib`); without it, this one.
COMMAND runs the benchmark, by default `cargo bench -p heng-uncertainty`. A peer that is not installed is named and left out.
Processor time is that of all threads, and every figure is of the machine on which this runs, one after the other.
"""

import argparse
import shlex
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def figures_of(lines, columns):
    for line in lines.splitlines():
        parts = line.split("\t")
        if len(parts) == columns:
            try:
                yield (*parts[:-1], float(parts[-1]))
            except ValueError:
                continue


def of_heng(command):
    run = subprocess.run(shlex.split(command), cwd=HERE, stdout=subprocess.PIPE, text=True, check=True)
    return {(case, unit): number for case, unit, number in figures_of(run.stdout, 3)}


def of_peers(python):
    found, absent = {}, []
    for script in sorted(HERE.glob("with_*.py")):
        run = subprocess.run([python, script.name], cwd=HERE, capture_output=True, text=True, timeout=900, check=False)
        for peer, case, unit, number in figures_of(run.stdout, 4):
            found.setdefault((case, unit), {})[peer] = number
        if run.returncode:
            reason = "not installed" if run.returncode == 3 else (run.stderr.strip().splitlines() or ["failed"])[-1]
            absent.append(f"{script.stem.removeprefix('with_')}: {reason}")
    return found, absent


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--bench", default="cargo bench -p heng-uncertainty")
    arguments.add_argument("python", nargs="?", default=sys.executable)
    asked = arguments.parse_args()
    heng, (peers, absent) = of_heng(asked.bench), of_peers(asked.python)
    rows = [("case", "unit", "Heng", "peers, and how many times Heng's cost")]
    for (case, unit), number in heng.items():
        others = sorted(peers.get((case, unit), {}).items(), key=lambda of_peer: of_peer[1])
        text = ", ".join(f"{peer} {cost:.3g} ({cost / number:.1f} x)" for peer, cost in others)
        rows.append((case, unit, f"{number:.3g}", text))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        print("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths)), row[3]]).rstrip())
    for line in absent:
        print(f"left out: {line}")


if __name__ == "__main__":
    main()
