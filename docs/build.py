"""Build the site in both languages, or bring the Vietnamese catalogues up to date.

``python docs/build.py`` builds ``docs/_build/site`` with a folder for each language. Any warning fails it, and
nothing is fetched. ``python docs/build.py catalogues`` writes what is new in the English pages into
``docs/locales``, for a translator to fill in.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BUILD = HERE / "_build"
SITE = BUILD / "site"
LOCALES = HERE / "locales"
NOTEBOOKS = HERE.parent / "notebooks"
LANGUAGES = ("en", "vi")

TRANSLATED = (
    "index",
    "why",
    "quickstart",
    "try",
    "indices",
    "concepts/",
    "methodology/",
    "glossary",
    "promise",
    "guides/",
    "pictures",
    "command-line",
    "notebooks/",
)
"""The pages whose prose has a Vietnamese catalogue: all of it must be translated."""


def started(*arguments: str) -> subprocess.Popen[bytes]:
    """Start Sphinx in the folder of the documentation."""
    command = [sys.executable, "-m", "sphinx", "-T", "-q", *arguments]
    return subprocess.Popen(command, env={**os.environ, "PYTHONWARNINGS": "ignore"})


def sphinx(*arguments: str) -> None:
    """Run Sphinx in the folder of the documentation; leave with its code where it fails."""
    if code := started(*arguments).wait():
        sys.exit(code)


def build() -> None:
    """Build both languages from nothing, side by side. The notebooks are run in each."""
    for folder in (SITE, BUILD / "doctrees", BUILD / "executed", HERE / "notebooks"):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(NOTEBOOKS, HERE / "notebooks", ignore=shutil.ignore_patterns(".*"))
    builds = []
    for language in LANGUAGES:
        print(f"building {language}", flush=True)
        places = ("-d", str(BUILD / "doctrees" / language), str(HERE), str(SITE / language))
        options = ("-D", f"language={language}", "-D", f"nb_execution_cache_path={BUILD / 'executed' / language}")
        builds.append(started("-n", "-W", "--keep-going", "-E", "-b", "html", *options, *places))
    if code := max(abs(one.wait()) for one in builds):
        sys.exit(code)
    shutil.rmtree(SITE / "jupyter_execute", ignore_errors=True)  # copies of pictures that pages have already
    shutil.copy(HERE / "_root.html", SITE / "index.html")
    (SITE / ".nojekyll").touch()
    print(f"built {SITE}")


def is_translated(page: str) -> bool:
    """Return whether a page has a Vietnamese catalogue."""
    return any(page.startswith(each) if each.endswith("/") else page == each for each in TRANSLATED)


def extract(folder: Path) -> dict[str, Path]:
    """Write the catalogues of the English pages into a folder and return those that are to be translated."""
    sphinx("-E", "-b", "gettext", "-D", "nb_execution_mode=off", "-d", str(folder / "doctrees"), str(HERE), str(folder))
    found = {path.relative_to(folder).with_suffix("").as_posix(): path for path in sorted(folder.rglob("*.pot"))}
    return {
        page: path for page, path in found.items() if is_translated(page) and path.read_text("utf-8").count("msgid") > 1
    }


def catalogues() -> None:
    """Bring the Vietnamese catalogues up to date."""
    whole, some = BUILD / "gettext", BUILD / "gettext-vi"
    for folder in (whole, some):
        shutil.rmtree(folder, ignore_errors=True)
    for page, path in extract(whole).items():
        target = (some / page).with_suffix(".pot")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    command = [
        sys.executable,
        "-m",
        "sphinx_intl",
        "update",
        "-p",
        str(some),
        "-d",
        str(LOCALES),
        "-l",
        "vi",
        "-w",
        "0",
    ]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    what = sys.argv[1:]
    if what == ["catalogues"]:
        catalogues()
    elif not what:
        build()
    else:
        sys.exit(__doc__)
