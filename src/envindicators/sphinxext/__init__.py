"""A Sphinx extension: methodology pages written from the objects that compute.

Put ``"envindicators.sphinxext"`` among the extensions of a site and say in ``conf.py`` which example, if
any, a programme is worked out on:

.. code-block:: python

    extensions = ["envindicators.sphinxext"]
    envindicators_programme = "envindicators.programmes:soc_trang_2020"
    envindicators_examples = {
        "envindicators.programmes:soc_trang_2020": {
            "tables": "envindicators.examples:soc_trang",
            "year": 2020,
            "by": "area",
            "note": "envindicators.examples:MADE_UP",
        }
    }

Directives: ``programme``, ``target``, ``tables``, ``duties``, ``document``, ``scorecard``. Roles: ``target``, ``duty``,
``table``, ``clause``. The words follow the ``language`` of the site where the library has a catalogue for it; else
they are English.

The extra ``docs`` brings Sphinx; without it the import of this module says so.
"""

from __future__ import annotations

from envindicators.frames.packages import package_needed

try:
    import sphinx as _sphinx
except ImportError as error:  # pragma: no cover - the tests of this module need Sphinx
    raise package_needed("envindicators.sphinxext", "docs") from error

from envindicators.sphinxext.extension import setup

__all__ = ["setup"]

del _sphinx
