"""Scorecards as SDMX: data as SDMX-CSV 2.0, and the structure that it has as SDMX-JSON 2.0, made from the programme.

A row of the data is what one requirement of a reading says of one area, or of the whole (``_T``), in one year. Its
observation is the value where that is one number; the bounds, the verdict and the counts are attributes.
"""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from envindicators import __version__
from envindicators.algebra.tally import COUNTS
from envindicators.algebra.verdict import REASONS, VERDICT_NAMES
from envindicators.cells.cells import as_by
from envindicators.definitions.formula import Days, Quotient, Term, Units, Values
from envindicators.definitions.indicator import Requirement
from envindicators.definitions.programme import Programme
from envindicators.errors import OptionError
from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.verdicts import REASONS as REASON_WORDS
from envindicators.report.verdicts import VERDICTS
from envindicators.words.catalogue import languages
from envindicators.words.message import Message
from envindicators.words.text import Text, as_text

AGENCY = "ENVINDICATORS"
"""Who maintains the structure, unless it is said."""

TOTAL = "_T"
"""The code of the whole."""

_VERSION = "1.0"
_URN = "urn:sdmx:org.sdmx.infomodel"
_SHARE = "SHARE"
_DIMENSIONS = {
    "FREQ": Message("frequency"),
    "REF_AREA": Message("area"),
    "TARGET": Message("target"),
    "READING": Message("reading"),
    "REQUIREMENT": Message("number of the requirement"),
}
_OBSERVED = {
    "UNIT_MEASURE": Message("unit"),
    "OBS_STATUS": Message("status of the value"),
    "LOWER": Message("least possible value"),
    "UPPER": Message("greatest possible value"),
    "SATISFIED": Message("units that satisfy the rule"),
    "FAILED": Message("units that fail the rule"),
    "UNKNOWN": Message("units that may satisfy or fail the rule"),
    "UNPLACED_SATISFIED": Message("units that satisfy the rule, if they belong to the population"),
    "UNPLACED_FAILED": Message("units that fail the rule, if they belong to the population"),
    "UNPLACED_UNKNOWN": Message("units of which nothing is known"),
    "UNIT_COUNTED": Message("unit of what is counted"),
    "COVERAGE": Message("part of the units of which all is known"),
    "THRESHOLD": Message("threshold"),
    "VERDICT": Message("verdict"),
    "EXCEEDED": Message("exceeded"),
    "CONTESTED": Message("contested"),
    "REASON": Message("reason"),
}
_STATUS = {
    "A": Message("normal value"),
    "O": Message("missing value: it lies between bounds"),
    "M": Message("data cannot exist: not applicable"),
}
_FORMATS = {
    **dict.fromkeys(("LOWER", "UPPER", "COVERAGE", *(name.upper() for name in COUNTS)), "Double"),
    "THRESHOLD": "String",
    "EXCEEDED": "Boolean",
    "CONTESTED": "Boolean",
}


def sdmx_structure(
    programme: Programme, *, by: str | Sequence[str] | None = "area", agency: str = AGENCY
) -> dict[str, Any]:
    """Return the structure of a programme's results as an SDMX-JSON 2.0 message: codelists, concepts, dataflow.

    ``json.dumps`` writes it. Targets, readings, units, verdicts and reasons are codes with their names in every
    language; areas are text, since the programme does not list them.

    Args:
        programme: the programme.
        by: the key columns of the cards whose data it is for; those beside area and year are dimensions too.
        agency: the SDMX identifier of who maintains it.

    Raises:
        OptionError: for an agency that is no SDMX identifier.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> structure = sdmx_structure(soc_trang_2020)["data"]
        >>> [codelist["id"] for codelist in structure["codelists"]][:3]
        ['CL_FREQ', 'CL_TARGET', 'CL_READING']
    """
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z][A-Za-z0-9_-]*)*", agency):
        raise OptionError(f"agency is {agency!r}; expected an SDMX identifier, as 'ENVINDICATORS'")
    made = _Structure(programme, as_by(by), agency)
    return {
        "meta": {
            "schema": "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json",
            "id": made.id,
            "test": False,
            "prepared": f"{programme.document.date.isoformat()}T00:00:00Z",
            "contentLanguages": list(languages()),
            "sender": {"id": agency, "name": f"envindicators {__version__}"},
        },
        "data": {
            "codelists": made.codelists(),
            "conceptSchemes": [made.concepts()],
            "dataStructures": [made.structure()],
            "dataflows": [made.dataflow()],
        },
    }


def sdmx_csv(card: Scorecard, *, agency: str = AGENCY) -> str:
    """Return a scorecard as SDMX-CSV 2.0, of the structure that `sdmx_structure` makes of its programme.

    Args:
        card: the card, of one year or several; every year is known.
        agency: as for `sdmx_structure`.

    Raises:
        OptionError: for a card of no year.

    Example:
        >>> from envindicators import evaluate
        >>> from envindicators.programmes import soc_trang_2020
        >>> rows = [{"settlement": "rural", "persons": 1000, "hygienic_water": 990}]
        >>> print(sdmx_csv(evaluate(soc_trang_2020, {"residents": rows}, year=2020)).splitlines()[3].split(",")[4:11])
        ['_T', 'rural_water', 'persons', '1', '2020', '0.99', 'SHARE']
    """
    if None in card.years:
        raise OptionError("SDMX data have a year each; say year= when the tables are evaluated")
    made = _Structure(card.programme, card.by, agency)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    dimensions, observed = [*made.dimensions, "TIME_PERIOD"], ["OBS_VALUE", *_OBSERVED]
    writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *dimensions, *observed])
    head = ["dataflow", f"{agency}:{made.id}({_VERSION})", "I"]
    for groups in (False, *([True] if set(card.by) - {"year"} else [])):
        for row in card.to_frame(groups=groups, backend="rows"):
            told = made.row(row)
            writer.writerow([*head, *(_written(told[name]) for name in (*dimensions, *observed))])
    return written.getvalue()


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _names(name: Text | Message | str) -> dict[str, Any]:
    """Return a name as SDMX has it, in every language that it is in."""
    words = {lang: name.in_(lang) for lang in languages()} if isinstance(name, Message) else as_text(name).words
    told = {("en" if lang == "und" else lang): word for lang, word in words.items()}
    return {"name": told.get("en", next(iter(told.values()))), "names": dict(told)}


def _ids(keys: Iterable[str]) -> dict[str, str]:
    """Return keys as SDMX identifiers: letters, digits and underscores, each of them once."""
    found: dict[str, str] = {}
    for key in keys:
        plain = unicodedata.normalize("NFD", key).replace("đ", "d").replace("Đ", "D").encode("ascii", "ignore").decode()
        plain = re.sub(r"[^A-Za-z0-9_]+", "_", plain) or "X"
        plain = plain if plain[0].isalpha() else f"X{plain}"
        taken, own, number = {each.upper() for each in found.values()}, plain, 2
        while own.upper() in taken:
            own, number = f"{plain}_{number}", number + 1
        found.setdefault(key, own)
    return found


class _Structure:
    """The identifiers, codes and components of a programme's structure."""

    def __init__(self, programme: Programme, by: tuple[str, ...], agency: str) -> None:
        self.programme, self.agency = programme, agency
        self.id = _ids([programme.key])[programme.key].upper()
        self.columns = [name for name in by if name not in ("area", "year")]
        reserved = dict.fromkeys((*_DIMENSIONS, "TIME_PERIOD", "OBS_VALUE", *_OBSERVED))
        ids = _ids([*reserved, *self.columns])
        self.dimension_of = {name: ids[name].upper() for name in self.columns}
        self.dimensions = [*list(_DIMENSIONS)[:2], *self.dimension_of.values(), *list(_DIMENSIONS)[2:]]
        self.targets = _ids(target.key for target in programme.targets)
        readings = [reading for target in programme.targets for reading in target.every_reading]
        self.readings = _ids(dict.fromkeys(reading.key for reading in readings))
        self.reading_names = {reading.key: set[Text]() for reading in readings}
        for reading in readings:
            self.reading_names[reading.key].add(reading.name)
        requirements = {requirement for reading in readings for requirement in reading.requirements}
        self.most = max((len(reading.requirements) for reading in readings), default=1)
        self.unit_names = dict(sorted(map(_unit, requirements), key=lambda pair: pair[0]))
        units = _ids(sorted(self.unit_names))
        self.units = {unit: code.upper() for unit, code in units.items()}
        self.unit_of = {
            (requirement.indicator.key, str(requirement.threshold)): self.units[_unit(requirement)[0]]
            for requirement in requirements
        }

    def row(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row of a card's frame by component."""
        lower, upper = row["value_lower"], row["value_upper"]
        none = row["verdict"] == "NOT_APPLICABLE"
        # ends are rounded outwards, so those of one value are one float or two that touch
        certain = None not in (lower, upper) and math.nextafter(lower, math.inf) >= upper
        value = lower if row["observed"] is None else row["observed"]
        told = {
            "FREQ": "A",
            "REF_AREA": row.get("area", TOTAL),
            **{code: row.get(name, TOTAL) for name, code in self.dimension_of.items()},
            "TARGET": self.targets[row["target"]],
            "READING": self.readings[row["reading"]],
            "REQUIREMENT": row["requirement"],
            "TIME_PERIOD": row["year"],
            "OBS_VALUE": value if certain else None,
            "UNIT_MEASURE": self.unit_of[row["indicator"], row["threshold"]],
            "OBS_STATUS": "A" if certain else "M" if none else "O",
            "LOWER": lower,
            "UPPER": upper,
            **{name.upper(): row[name] for name in COUNTS},
            "UNIT_COUNTED": row["unit"],
        }
        rest = ("coverage", "threshold", "verdict", "exceeded", "contested", "reason")
        return told | {name.upper(): row[name] for name in rest}

    # the artefacts

    def _artefact(self, own_id: str, name: Text | Message | str) -> dict[str, Any]:
        return {"id": own_id, "agencyID": self.agency, "version": _VERSION, **_names(name)}

    def codelists(self) -> list[dict[str, Any]]:
        """Return the codelists."""
        name_of = {key: names.pop() if len(names) == 1 else key for key, names in self.reading_names.items()}
        requirements = {str(number): str(number) for number in range(1, self.most + 1)}
        lists: dict[str, tuple[Message, dict[str, Text | Message | str]]] = {
            "FREQ": (_DIMENSIONS["FREQ"], {"A": Message("annual")}),
            "TARGET": (
                _DIMENSIONS["TARGET"],
                {self.targets[target.key]: target.name for target in self.programme.targets},
            ),
            "READING": (_DIMENSIONS["READING"], {code: name_of[key] for key, code in self.readings.items()}),
            "REQUIREMENT": (_DIMENSIONS["REQUIREMENT"], {**requirements}),
            "UNIT_MEASURE": (
                _OBSERVED["UNIT_MEASURE"],
                {self.units[unit]: name for unit, name in self.unit_names.items()},
            ),
            "OBS_STATUS": (_OBSERVED["OBS_STATUS"], {**_STATUS}),
            "VERDICT": (_OBSERVED["VERDICT"], {name: VERDICTS[name.lower()] for name in VERDICT_NAMES}),
            "REASON": (_OBSERVED["REASON"], {name: REASON_WORDS[name] for name in REASONS}),
        }
        return [
            {
                **self._artefact(f"CL_{own_id}", name),
                "codes": [{"id": code, **_names(word)} for code, word in codes.items()],
            }
            for own_id, (name, codes) in lists.items()
        ]

    def concepts(self) -> dict[str, Any]:
        """Return the concept scheme."""
        names: dict[str, Text | Message | str] = {
            **_DIMENSIONS,
            **{code: name for name, code in self.dimension_of.items()},
            "TIME_PERIOD": Message("year"),
            "OBS_VALUE": Message("value"),
            **_OBSERVED,
        }
        concepts = [{"id": own_id, **_names(name)} for own_id, name in names.items()]
        return {**self._artefact("CS_" + self.id, self.programme.name), "concepts": concepts}

    def _component(self, own_id: str) -> dict[str, Any]:
        scheme = f"{_URN}.conceptscheme.Concept={self.agency}:CS_{self.id}({_VERSION})"
        coded = {"FREQ", "TARGET", "READING", "REQUIREMENT", "UNIT_MEASURE", "OBS_STATUS", "VERDICT", "REASON"}
        held: dict[str, Any] = {"format": {"dataType": _FORMATS.get(own_id, "String")}}
        if own_id in coded:
            held = {"enumeration": f"{_URN}.codelist.Codelist={self.agency}:CL_{own_id}({_VERSION})"}
        return {"id": own_id, "conceptIdentity": f"{scheme}.{own_id}", "localRepresentation": held}

    def structure(self) -> dict[str, Any]:
        """Return the data structure definition."""
        dimensions = [{**self._component(name), "position": place} for place, name in enumerate(self.dimensions)]
        time = self._component("TIME_PERIOD")
        time["localRepresentation"] = {"format": {"dataType": "GregorianYear"}}
        value = self._component("OBS_VALUE")
        value["localRepresentation"] = {"format": {"dataType": "Double"}}
        needed = ("UNIT_MEASURE", "OBS_STATUS", "VERDICT", "THRESHOLD")
        attributes = [
            {
                **self._component(name),
                "attributeRelationship": {"observation": {}},
                "usage": "mandatory" if name in needed else "optional",
            }
            for name in _OBSERVED
        ]
        components = {
            "dimensionList": {"id": "DimensionDescriptor", "dimensions": dimensions, "timeDimension": time},
            "measureList": {"id": "MeasureDescriptor", "measures": [{**value, "usage": "optional"}]},
            "attributeList": {"id": "AttributeDescriptor", "attributes": attributes},
        }
        return {**self._artefact(self.id, self.programme.name), "dataStructureComponents": components}

    def dataflow(self) -> dict[str, Any]:
        """Return the dataflow."""
        structure = f"{_URN}.datastructure.DataStructure={self.agency}:{self.id}({_VERSION})"
        return {**self._artefact(self.id, self.programme.name), "structure": structure}


def _unit(requirement: Requirement) -> tuple[str, Text | Message]:
    """Return the key of the unit of a value, and its name."""
    indicator, quantity = requirement.indicator, requirement.threshold.quantity
    if quantity is None or quantity.unit in ("%", "points"):
        return _SHARE, Message("part of 1")
    per = list(_per(indicator.formula))
    if per:
        divided = as_text("/".join([indicator.unit.key, *per]))
        return str(divided), divided
    return indicator.unit.key, indicator.unit.name


def _per(term: Term) -> Iterator[str]:
    """Yield by which units a value is divided; a mean is in the unit of what it averages."""
    match term:
        case Quotient(Values()):
            return
        case Quotient(top, Units(question)):
            yield from _per(top)
            yield question.table.unit.key
        case Quotient(top, Days()):
            yield from _per(top)
            yield "day"
        case _:
            return
