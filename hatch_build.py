"""Message catalogues, and programmes as they are read fastest: made when the package is built.

Catalogues are brought up to date by hand:

    python hatch_build.py update    # take up what the code says now; then translate what is new
    python hatch_build.py           # compile, as a build does

A catalogue is ``src/envindicators/locale/LANGUAGE/LC_MESSAGES/envindicators.po``. Beside each programme in TOML comes
the same in JSON, with a checksum of the TOML that it was made of: without it, or of another, the TOML itself is read.
"""

from __future__ import annotations

import io
import json
import sys
import tomllib
import zlib
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path(__file__).parent / "src" / "envindicators"
KEYWORDS = {**DEFAULT_KEYWORDS, "Message": None, "counted": (1, 2), "within": ((1, "c"), 2)}

VOLATILE = tuple(f'"{name}' for name in ("Report", "POT-Creation", "PO-Revision", "Last", "Language-Team", "Generated"))
"""How those lines of a catalogue begin that would change with every update, or say nothing."""


def catalogues() -> list[Path]:
    """Return the catalogues there are."""
    return sorted((PACKAGE / "locale").glob("*/LC_MESSAGES/*.po"))


def language(path: Path) -> str:
    """Return the language of a catalogue."""
    return path.parents[1].name


def read(path: Path) -> Catalog:
    """Return a catalogue as it is."""
    with path.open("rb") as opened:
        return read_po(opened, locale=language(path))


def said() -> Catalog:
    """Return what the code says, in English."""
    found = Catalog()
    for file, _, message, comments, context in extract_from_dir(PACKAGE, [("**.py", "python")], keywords=KEYWORDS):
        found.add(message, locations=[(file, 1)], auto_comments=comments, context=context)
    return found


def compile_all() -> list[Path]:
    """Compile every catalogue and programme whose source is newer, and return all of them."""
    programmes = sorted((PACKAGE / "programmes").glob("*.toml"))
    compiled: list[Path] = []
    for path, suffix, made in (
        *((path, ".mo", _catalogue) for path in catalogues()),
        *((path, ".json", _programme) for path in programmes),
    ):
        target = path.with_suffix(suffix)
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            unfinished = target.with_suffix(f".{id(path)}.tmp")
            unfinished.write_bytes(made(path))
            unfinished.replace(target)
        compiled.append(target)
    return compiled


def _catalogue(path: Path) -> bytes:
    written = io.BytesIO()
    write_mo(written, read(path))
    return written.getvalue()


def _programme(path: Path) -> bytes:
    toml = path.read_bytes()
    made = {"of": zlib.crc32(toml), "data": tomllib.loads(toml.decode())}
    return json.dumps(made, ensure_ascii=False, default=str).encode()


def update() -> None:
    """Take up in every catalogue what the code says now, and leave out what it does not say any more."""
    template = said()
    for path in catalogues():
        catalogue = read(path)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        written = io.BytesIO()
        write_po(written, catalogue, width=120, sort_by_file=True, include_lineno=False)
        lines = written.getvalue().decode().splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith(VOLATILE)), encoding="utf-8")


class CatalogueHook(BuildHookInterface[Any]):
    """Compiles the catalogues and programmes before anything is built or installed, in place too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the same for every build
        build_data["artifacts"] += [f"/{path.relative_to(self.root).as_posix()}" for path in compile_all()]


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    compile_all()
