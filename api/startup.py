"""Imported first by `python -m api`: all that is imported stays, and to look for garbage among it takes a sixth of the
time of starting.  `main` turns collection on.

Tortoise reads the source of each model for comments that begin with `#:`, before Python 3.13 by parsing the whole file
once for each: another sixteenth.  No model has one.
"""

import gc

gc.disable()

import tortoise.models  # noqa: E402 - with the garbage collector off

# Where a later version has another name for it, this does nothing.
tortoise.models._get_comments = lambda cls: {}  # noqa: ARG005, SLF001 - there is no public way
