"""Run the command line interface: ``python -m kepu_docs``."""

from kepu_docs.cli import main

main()
