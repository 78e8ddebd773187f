"""The programme of a made-up province: ``an_binh_2030``, read from its file when the package is imported."""

from __future__ import annotations

from importlib.resources import as_file, files

import envindicators as ei

__all__ = ["an_binh_2030"]

with as_file(files(__name__) / "an_binh_2030.toml") as _file:
    an_binh_2030 = ei.Programme.load(_file)
