"""Programmes that come with the library, each loaded when it is first used.

Beside Soc Trang's, which holds the document itself, they are targets of public documents in words of ours, one or
more of each kind of indicator; `envindicators.examples` has made-up figures for each.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from envindicators.definitions.programme import Programme
    from envindicators.programmes.soc_trang import soc_trang_2020

    eu_climate_2030: Programme
    in_clean_air_2026: Programme
    sg_green_2030: Programme
    vn_air_2030: Programme
    vn_methane_2030: Programme
    vn_new_rural_2025: Programme
    vn_trees_2025: Programme

_HOME_OF = {"soc_trang_2020": "soc_trang"}

__all__ = [
    "eu_climate_2030",
    "in_clean_air_2026",
    "sg_green_2030",
    "soc_trang_2020",
    "vn_air_2030",
    "vn_methane_2030",
    "vn_new_rural_2025",
    "vn_trees_2025",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'envindicators.programmes' has no attribute {name!r}")
    if name in _HOME_OF:
        value: object = getattr(importlib.import_module(f"envindicators.programmes.{_HOME_OF[name]}"), name)
    else:
        from envindicators.definitions.programme import Programme

        value = Programme.load(Path(__file__).with_name(f"{name}.toml"))
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__]
