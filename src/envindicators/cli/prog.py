"""What the command is called."""

from __future__ import annotations

import sys
from pathlib import Path

PROG = "envindicators" if Path(sys.argv[0]).stem == "envindicators" else "python -m envindicators"
"""As it was called, so that what is advised can be typed."""
