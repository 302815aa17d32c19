"""`python -m servanda` is the command."""

import sys

from servanda.cli.main import main

sys.exit(main())
