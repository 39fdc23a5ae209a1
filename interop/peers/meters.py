#!/usr/bin/env python3
"""Runs `heng infer meters` beside ordinary least squares, ridge and recursive least squares in numpy, on one made district, and prints errors and processor time side by side.

    meters.py HENG [METERS [DAYS]]

HENG is the built program. The three textbook methods see the same registers: head minus customers on the customers' energies and a constant and the square of their sum, gaps filled evenly. The district is made here with a fixed
seed: homes with spikes on three phases, losses in lines and neutral, registers of 0.01 kWh, missing readings, one meter in twenty beyond 2 %. Processor time of heng includes reading the files.
"""

import csv
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

try:
    import numpy as np
except ImportError:
    sys.exit(3)

PER_DAY, STEPS = 96, 3


def made(homes, days, seed=7):
    random = np.random.Generator(np.random.PCG64(seed))
    error = np.clip(random.normal(0, 0.35, homes), -1, 1)
    beyond = random.random(homes) < 0.05
    beyond[0] = True
    error[beyond] = random.uniform(2.5, 6, beyond.sum()) * random.choice([-1, 1], beyond.sum())
    phase = random.integers(0, 3, homes)
    own, trunk = random.uniform(0.05, 0.2, homes), 0.12 / homes * random.uniform(0.5, 1.5, homes)
    base, rate, height = random.uniform(0.03, 0.2, homes), random.uniform(0.01, 0.05, homes), random.uniform(0.5, 2.5, homes)
    steps = days * PER_DAY * STEPS
    hour = (np.arange(steps) % (PER_DAY * STEPS)) / (4 * STEPS)
    busy = 0.4 + 1.2 * np.exp(-(((hour - 19) / 3) ** 2)) + 0.6 * np.exp(-(((hour - 7.5) / 1.5) ** 2))
    power = np.empty((homes, steps))
    for i in range(homes):
        starts = random.random(steps) < rate[i] * busy
        power[i] = base[i]
        for at in np.flatnonzero(starts):
            power[i, at : at + 1 + random.integers(0, 9)] += height[i] * random.uniform(0.5, 1.5)
    current = power * 1000 / 230
    drop, loss, volts = np.zeros((3, steps)), np.full(steps, 30.0 + 0.3 * homes), np.empty((homes, days * PER_DAY + 1))
    beyond_here = np.stack([current[phase == p].sum(0) for p in range(3)])
    source = 233 + 0.4 * random.normal(size=(3, steps))
    at = np.arange(0, steps, STEPS)
    for i in range(homes):
        along = trunk[i] * (2.5 * beyond_here - 0.5 * beyond_here.sum(0))
        drop += along
        loss += (along * beyond_here).sum(0) + own[i] * current[i] ** 2
        seen = source[phase[i]] - drop[phase[i]] - own[i] * current[i]
        volts[i] = np.append(seen[at], seen[-1])
        beyond_here[phase[i]] -= current[i]
    energy = power.reshape(homes, -1, STEPS).mean(2) / 4
    lost = loss.reshape(-1, STEPS).mean(1) / 4000
    total = np.append(0, np.cumsum(energy.sum(0) + lost)) * (1 + random.normal(0, 0.001))
    register = np.concatenate([np.zeros((homes, 1)), np.cumsum(energy * (1 + error[:, None] / 100), 1)], 1)
    register = np.floor((register + random.uniform(0, 1000, (homes, 1))) * 100) / 100
    register[:, 1:-1][random.random((homes, register.shape[1] - 2)) < 0.008] = np.nan
    head_volts = np.concatenate([source[:, at], source[:, -1:]], 1)
    return error, phase, np.floor(total * 100) / 100, register, volts.round(1), head_volts.round(1)


def text(value):
    return "" if np.isnan(value) else f"{value:.2f}"


def written(folder, phase, head, register, volts, head_volts):
    names = [f"m{i:03}" for i in range(len(phase))]
    times = 1_767_225_600 + 900 * np.arange(len(head))
    with open(folder / "d_readings.csv", "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["ts", "head_kwh", *names])
        for k, t in enumerate(times):
            out.writerow([t, text(head[k]), *map(text, register[:, k])])
    with open(folder / "d_voltages.csv", "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["ts", "head_va", "head_vb", "head_vc", *names])
        for k, t in enumerate(times):
            out.writerow([t, *map(text, head_volts[:, k]), *map(text, volts[:, k])])
    with open(folder / "d_meters.csv", "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["meter", "phase"])
        out.writerows([name, p + 1] for name, p in zip(names, phase))


def of_heng(heng, folder):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    arguments = ["--readings", folder / "d_readings.csv", "--voltages", folder / "d_voltages.csv", "--meters", folder / "d_meters.csv"]
    run = subprocess.run([heng, "infer", "meters", *arguments, "--csv", "--language", "en"], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    rows = list(csv.DictReader(run.stdout.splitlines()))
    estimate = np.array([float(row["error_percent"]) for row in rows])
    ends = np.array([[float(row["low_percent"]), float(row["high_percent"])] for row in rows])
    called = np.array([row["state"] == "beyond" for row in rows])
    return estimate, ends, called, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def energies(head, register):
    at = np.arange(register.shape[1])
    whole = np.stack([np.interp(at, at[~np.isnan(row)], row[~np.isnan(row)]) for row in register])
    x, h = np.diff(whole), np.diff(head)
    return np.column_stack([x.T, np.ones(len(h)), x.sum(0) ** 2]), h - x.sum(0)


def least_squares(design, target, ridge=0.0):
    penalty = np.zeros(design.shape[1])
    penalty[:-2] = ridge
    gram = design.T @ design + np.diag(penalty)
    inverse = np.linalg.inv(gram)
    beta = inverse @ (design.T @ target)
    rest = target - design @ beta
    variance = rest @ rest / (len(target) - len(beta))
    return beta, np.sqrt(variance * np.diag(inverse @ (gram - np.diag(penalty)) @ inverse))


def recursive(design, target, forgetting=0.9999):
    beta, covariance = np.zeros(design.shape[1]), np.eye(design.shape[1])
    squares = 0.0
    for row, y in zip(design, target):
        gain = covariance @ row / (forgetting + row @ covariance @ row)
        rest = y - row @ beta
        squares += rest * rest
        beta = beta + gain * rest
        covariance = (covariance - np.outer(gain, row @ covariance)) / forgetting
    return beta, np.sqrt(squares / len(target) * np.diag(covariance))


def main():
    heng = Path(sys.argv[1]).resolve()
    homes, days = (int(sys.argv[2]) if len(sys.argv) > 2 else 60), (int(sys.argv[3]) if len(sys.argv) > 3 else 35)
    error, phase, head, register, volts, head_volts = made(homes, days)
    table = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        written(folder, phase, head, register, volts, head_volts)
        estimate, ends, called, seconds = of_heng(heng, folder)
        table.append(("heng infer meters", estimate, ends, called, seconds))
    design, target = energies(head, register)
    for name, method in (
        ("numpy OLS", lambda: least_squares(design, target)),
        ("numpy ridge", lambda: least_squares(design, target, 0.02 * np.trace(design[:, :-2].T @ design[:, :-2]) / homes)),
        ("numpy recursive least squares", lambda: recursive(design, target)),
    ):
        begun = time.process_time()
        beta, u = method()
        seconds = time.process_time() - begun
        # (1 + e)(1 + b) = 1.
        estimate = -100 * beta[:-2] / (1 + beta[:-2])
        spread = 196 * u[:-2]
        table.append((name, estimate, np.column_stack([estimate - spread, estimate + spread]), np.abs(estimate) > 2, seconds))
    wrong = np.abs(error) > 2
    print(f"{homes} meters, {days} days, {wrong.sum()} beyond 2 %")
    print(f"{'':32}{'MAE/%':>8}{'found':>8}{'right':>10}{'covered':>9}{'CPU s':>8}")
    for name, estimate, ends, called, seconds in table:
        right = f"{(called & wrong).sum()}/{called.sum()}"
        covered = ((ends[:, 0] <= error) & (error <= ends[:, 1])).mean()
        print(f"{name:32}{np.abs(estimate - error).mean():8.3f}{(called & wrong).sum():8}{right:>10}{covered:9.2f}{seconds:8.3f}")


main()
