"""`python -m helpers …` does the same as `zhanbao …`."""

import sys

from helpers.cli import main

if __name__ == "__main__":
    sys.exit(main())
