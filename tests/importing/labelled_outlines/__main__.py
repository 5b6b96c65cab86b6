"""Print how many headings and kinds are right: ``python -m tests.importing.labelled_outlines [--lines]``."""

import sys

from tests.importing.labelled_outlines.measure import measured
from tests.importing.labelled_outlines.texts import PARTS


def main() -> None:
    """Print a line for each part of the labelled texts; with ``--lines`` also what of those tuned to is not right."""
    for part in PARTS:
        score = measured(part)
        print(f"{part:9} {score}")
        if "--lines" in sys.argv and part == "tuned" and score.lines:
            print("\n".join(score.lines))


if __name__ == "__main__":
    main()
