"""`python -m later_tui` is the command `later`."""

import sys

from later_tui.cli.main import main

sys.exit(main())
