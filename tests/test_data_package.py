"""The inputs of a programme as a Data Package: frictionless takes it, and what its schemas say is so."""

from __future__ import annotations

import csv
import json

import pytest

import envindicators as ei
from envindicators.formats.tables import template
from envindicators.programmes import soc_trang_2020

frictionless = pytest.importorskip("frictionless", reason="pip install frictionless")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def validated(programme, tables, folder, **options):
    """Return what frictionless says of a package and of files of some rows, error types by table."""
    package = ei.data_package(programme, **options)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    for resource in package["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]]
        key = resource["path"].removesuffix(".csv")
        with (folder / resource["path"]).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(tables.get(key, []))
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert not report.errors
    return {task.name: [error.type for error in task.errors] for task in report.tasks if task.errors}


def example():
    return {
        key: frame.astype(object).where(frame.notna(), None).to_dict("records")
        for key, frame in ei.examples.soc_trang().items()
    }


def test_the_example_is_valid(tmp_path):
    assert validated(soc_trang_2020, example(), tmp_path, layout="counts", lang="vi") == {}


@pytest.mark.parametrize("name", ei.programmes.__all__)
@pytest.mark.parametrize("layout", [None, "counts"])
def test_a_resource_has_the_columns_of_the_template(name, layout, tmp_path):
    """For every programme that ships; and empty files of it are valid."""
    programme = getattr(ei.programmes, name)
    for resource, table in zip(
        ei.data_package(programme, layout=layout)["resources"], programme.tables.values(), strict=True
    ):
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert names == template(table, records=layout is None).strip().split(",")
        assert all(field["description"] for field in resource["schema"]["fields"])
    assert validated(programme, {}, tmp_path, layout=layout) == {}


GOOD = {"area": "A", "year": 2020, "settlement": "rural", "persons": 10, "hygienic_water": 9}
WORKS = {"area": "A", "year": 2020, "id": "7", "activity": "both", "built": 2016, "meets_standards": "true"}


@pytest.mark.parametrize(
    ("table", "rows", "errors"),
    [
        ("residents", [GOOD], []),
        ("residents", [GOOD | {"settlement": "rurl"}], ["constraint-error"]),
        ("residents", [GOOD | {"settlement": None, "hygienic_water": None}], []),
        ("residents", [GOOD | {"persons": -1}], ["constraint-error"]),
        ("residents", [GOOD | {"persons": 1.5}], ["type-error"]),
        ("residents", [GOOD | {"year": 20}], ["constraint-error"]),
        ("residents", [GOOD | {"area": None}], ["constraint-error"]),
        ("establishments", [WORKS], []),
        ("establishments", [WORKS, WORKS], ["primary-key"]),
        ("establishments", [WORKS, WORKS | {"year": 2019}], []),
        ("establishments", [WORKS | {"meets_standards": "yes"}], ["type-error"]),
    ],
)
def test_what_is_wrong_in_a_file_is_found(table, rows, errors, tmp_path):
    assert validated(soc_trang_2020, {table: rows}, tmp_path) == ({table: errors} if errors else {})


def test_another_layout_is_refused():
    with pytest.raises(ei.OptionError, match="layout is 'weighted'"):
        ei.data_package(soc_trang_2020, layout="weighted")
