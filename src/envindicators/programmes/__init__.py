"""Programmes that come with the library, each loaded when it is first used."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from envindicators.programmes.soc_trang import soc_trang_2020

_HOME_OF = {"soc_trang_2020": "soc_trang"}

__all__ = ["soc_trang_2020"]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'envindicators.programmes' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"envindicators.programmes.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__]
