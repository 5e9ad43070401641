"""`python -m pipeline.cli` is `paraph`."""

from pipeline.cli.main import main

main()
