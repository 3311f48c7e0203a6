"""`python -m taropy`: the command line."""

import sys

from taropy.cli import main

if __name__ == "__main__":
    sys.exit(main())
