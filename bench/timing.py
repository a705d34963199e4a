"""Timing of the peers: the best of three runs by the monotonic clock."""

import time


def best(work, runs=3):
    """Seconds of the fastest run of work()."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def report(row, peer, value):
    """Prints a result for scripts/bench.sh: row, peer's name, value."""
    print(f"{row}\t{peer}\t{value:.6g}", flush=True)
