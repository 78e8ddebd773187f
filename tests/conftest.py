"""Profiles for hypothesis: the same examples in every run, or new ones with ``--hypothesis-profile=fuzz``."""

from hypothesis import HealthCheck, settings

_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}

settings.register_profile("same", derandomize=True, max_examples=100, **_COMMON)
settings.register_profile("few", derandomize=True, max_examples=10, **_COMMON)
settings.register_profile("fuzz", max_examples=100, **_COMMON)
settings.load_profile("same")
