"""``python -m kepu_docs`` is the command line."""

from kepu_docs.cli import main

main()
