"""Runs the attacks and prints their table: ``python -m tests.attacks [PATTERN...] [--jobs N] [--fresh] [--list]``."""

import argparse
import sys

from tests.attacks import frame
from tests.attacks.starter import prepare
from tests.attacks.table import attacks, chosen, told

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("patterns", nargs="*", metavar="PATTERN", help="part of a group, a door or a name")
    parser.add_argument("--jobs", type=int, default=1, help="attacks at once")
    parser.add_argument("--fresh", action="store_true", help="start a Python of its own for each")
    parser.add_argument("--quick", action="store_true", help="those alone that the tests always run")
    parser.add_argument("--failures", action="store_true", help="print those alone that failed")
    parser.add_argument("--list", action="store_true", help="print the names, and run none")
    parser.add_argument("--seconds", type=int, default=frame.SECONDS, help="of the clock, until a run is killed")
    given = parser.parse_args()
    frame.SECONDS = given.seconds
    which = chosen(given.patterns, quick=given.quick)
    if given.list:
        for group, at in which:
            print(f"{group}: {attacks(group)[at].id}")
        sys.exit(0)
    prepare()
    sys.exit(1 if told(which, given.jobs, fresh=given.fresh, failures=given.failures) else 0)
