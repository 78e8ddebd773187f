"""Programmes that come with the library, each loaded when it is first used.

Beside Soc Trang's, which holds the document itself, they are targets of public documents in words of ours, one or
more of each kind of indicator; `envindicators.examples` has made-up figures for each.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from envindicators.display import show

if TYPE_CHECKING:
    from envindicators.definitions.programme import Programme

    eu_climate_2030: Programme
    in_clean_air_2026: Programme
    sg_green_2030: Programme
    soc_trang_2020: Programme
    vn_air_2030: Programme
    vn_methane_2030: Programme
    vn_new_rural_2025: Programme
    vn_trees_2025: Programme

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
    file = Path(__file__).with_name(f"{name}.toml")
    data = _compiled(file)
    globals()[name] = show("programme_read", file) if data is None else show("programme_of", data, str(file))
    return globals()[name]


def _compiled(file: Path) -> Any:
    """Return what a file says from the JSON that was made of it when the package was built, which is read sooner."""
    try:
        made = json.loads(file.with_suffix(".json").read_bytes())
    except FileNotFoundError:
        return None
    return made["data"] if made["of"] == zlib.crc32(file.read_bytes()) else None


def __dir__() -> list[str]:
    return [*__all__]
