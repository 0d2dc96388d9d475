"""`python -m pathwaydsl`."""

import sys

from pathwaydsl.cli import main

if __name__ == "__main__":
    sys.exit(main())
