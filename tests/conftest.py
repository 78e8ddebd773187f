"""Profiles for hypothesis: random by default, repeatable where the environment says CI."""

import os

from hypothesis import HealthCheck, settings

_COMMON = {"deadline": None, "max_examples": 100, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("local", **_COMMON)
settings.register_profile("ci", derandomize=True, print_blob=True, **_COMMON)
settings.load_profile("ci" if os.environ.get("CI") else "local")
