"""300 random table sets, each two overlapping tables in two months: how many hidden figures an attacker gets back."""

import sys
import time

from checks.attack.statistics import intervals, published_in_two_months, random_tables, recovered
from spoiwo.kernel.suppression import Policy, is_sensitive

SETS = 300


def main(sets: int = SETS) -> int:
    """Print the figures; 1 when a hidden figure was recovered or is known too well."""
    policy, started = Policy(), time.perf_counter()
    figures = hidden = primary = back = close = refused = 0
    naive_sets = naive_back = 0
    for seed in range(sets):
        tables = random_tables(seed)
        shown = frozenset(tables.cells) - tables.unpublished
        figures += len(shown)
        small = frozenset(key for key in shown if is_sensitive(tables.cells[key], policy))
        got = recovered(tables.cells, tables.relations, small | tables.unpublished, small)
        naive_sets += bool(got)
        naive_back += len(got)
        answer = published_in_two_months(tables, policy)
        if answer is None:
            refused += 1
            continue
        early, late = answer
        hidden += len(late.hidden - tables.unpublished)
        primary += len(small)
        back += len(recovered(tables.cells, tables.relations, late.hidden, late.hidden - tables.unpublished))
        ends = intervals(tables.cells, tables.relations, late.hidden)
        close += sum(1 for key in small if ends[key][0] > 1e-6 or ends[key][1] < policy.threshold - 1e-6)
        assert early.hidden <= late.hidden
    print(f"{sets} zestawów, {figures} liczb; poniżej progu {policy.threshold}: {primary}, ukryto razem {hidden}")
    print(f"bez ukrywania wtórnego: odzyskane {naive_back} liczb w {naive_sets} zestawach")
    print(f"z ukrywaniem wtórnym: odzyskane {back}; znane dokładniej niż 0–{policy.threshold}: {close}")
    print(f"nie do ogłoszenia (odmowa): {refused}; {time.perf_counter() - started:.1f} s")
    return 1 if back or close or refused or not naive_sets else 0


if __name__ == "__main__":
    sys.exit(main())
