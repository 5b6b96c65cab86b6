"""A worker as in Celery and similar queues: a daemonic process, which may have no children, renders a batch.

Where other workers start processes of their own, this one does the work itself.
"""

import json
import multiprocessing
import sys
from pathlib import Path

import kepu_docs


def render_street(folder: Path) -> None:
    """Render the records that were left in ``folder``, and note the results."""
    report = kepu_docs.render_batch(folder / "records.jsonl", folder / "out", formats=["docx", "txt"], jobs=4)
    (folder / "done.json").write_text(json.dumps({"made": report.made, "failed": report.failed}), encoding="utf-8")


def main(folder: Path) -> None:
    """Give the work to a daemonic process, as a task queue would."""
    worker = multiprocessing.Process(target=render_street, args=(folder,), daemon=True)
    worker.start()
    worker.join()
    print((folder / "done.json").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
