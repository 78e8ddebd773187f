"""Files of Word and Excel that are the same every time: archives whose parts all bear one date."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

_CORE = "docProps/core.xml"
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def steady(archive: bytes, date: datetime.date) -> bytes:
    """Return an archive as it would have been written at midnight of a date."""
    written = io.BytesIO()
    year = max(date.year, 1980)  # archives know no earlier one
    stamp = f"{date.isoformat()}T00:00:00Z".encode()
    with zipfile.ZipFile(io.BytesIO(archive)) as given, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for part in given.infolist():
            content = given.read(part)
            if part.filename == _CORE:
                content = _STAMP.sub(rb"\g<1>" + stamp + rb"\g<3>", content)
            entry = zipfile.ZipInfo(part.filename, (year, date.month, date.day, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            made.writestr(entry, content)
    return written.getvalue()
