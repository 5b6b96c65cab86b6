"""Print precision and recall by rule: ``python -m tests.checking.labelled [--lines]``."""

import sys

from tests.checking.labelled.measure import Score, measured, share
from tests.checking.labelled.texts import PARTS


def main() -> None:
    """Print a table for each part of the labelled texts; with ``--lines`` also what was missed or wrong."""
    for part in PARTS:
        score = measured(part)
        print("\n".join(table(part, score)))
        if "--lines" in sys.argv:
            print("\n".join(score.lines))


def table(part: str, score: Score) -> list[str]:
    """Return the lines of a table."""
    lines = [f"{part:26} found  missed  wrong  precision  recall"]
    for rule in sorted({*score.found, *score.missed, *score.wrong}):
        found, missed, wrong = score.found[rule], score.missed[rule], score.wrong[rule]
        lines.append(
            f"  {rule:24} {found:5}  {missed:6}  {wrong:5}  {share(found, wrong):9.1%}  {share(found, missed):6.1%}"
        )
    counts = score.found.total(), score.missed.total(), score.wrong.total()
    lines.append(
        f"  {'all':24} {counts[0]:5}  {counts[1]:6}  {counts[2]:5}  {score.precision:9.1%}  {score.recall:6.1%}"
    )
    return lines


if __name__ == "__main__":
    main()
