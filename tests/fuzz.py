"""Run every property test with fresh seeds, round after round, for some minutes: ``python tests/fuzz.py 30``.

What follows the minutes goes to pytest, as ``python tests/fuzz.py 30 tests/test_laws_cells.py``. It stops at the first
round in which a law fails; hypothesis prints how to run the failing example again, and keeps it for the next run.
"""

from __future__ import annotations

import subprocess
import sys
import time


def fuzz(minutes: float, arguments: list[str]) -> int:
    """Return pytest's code of the round that failed, or 0."""
    command = [sys.executable, "-m", "pytest", "-q", "-m", "hypothesis", "--hypothesis-profile=fuzz"]
    until = time.monotonic() + 60 * minutes
    while time.monotonic() < until:
        code = subprocess.run([*command, *(arguments or ["tests"])], check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(fuzz(float(sys.argv[1]), sys.argv[2:]))
