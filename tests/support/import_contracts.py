"""`python -m tests.support.import_contracts`: what lint-imports does, for a virtual environment that was moved.

A script in .venv/bin names the folder that it was installed in.
"""

import sys

from importlinter.cli import lint_imports_command

if __name__ == "__main__":
    sys.exit(lint_imports_command())
