"""Imported first by `python -m api`: all that is imported stays, and to look for garbage among it takes a sixth of the
time of starting.  `main` turns collection on.
"""

import gc

gc.disable()
