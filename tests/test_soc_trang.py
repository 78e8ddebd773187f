"""The programme of Resolution 12-NQ/TU, held against the scanned text of the resolution."""

from __future__ import annotations

import pathlib
import pickle
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator

import attrs
import pytest

import envindicators.programmes
from envindicators.definitions.indicator import Indicator
from envindicators.definitions.programme import Duty, Programme, Target
from envindicators.definitions.rule import Rule
from envindicators.definitions.source import Clause, Correction
from envindicators.definitions.table import Table
from envindicators.programmes import soc_trang_2020
from envindicators.words.text import Text

DUTIES = soc_trang_2020.duties
TARGETS = soc_trang_2020.targets

HEADINGS = {
    "III.1 ¶1a": "III- NHIỆM VỤ VÀ GIẢI PHÁP 1- Tăng cường sự lãnh đạo của Đảng về bảo vệ môi trường",
    "III.2 ¶1a": "2- Nâng cao hiệu lực, hiệu quả quản lý nhà nước về bảo vệ môi trường",
    "III.3 ¶1a": "3- Phát huy tốt vai trò của Mặt trận Tổ quốc, các đoàn thể trong công tác bảo vệ môi trường",
    "III.4 ¶1a": "4- Thực hiện xã hội hoá công tác bảo vệ môi trường",
    "IV.1": "IV- TỔ CHỨC THỰC HIỆN 1-",
    "IV.2 a": "2-",
    "IV.3 ¶1": "3-",
}
"""What stands before a duty that opens a section."""

READINGS = {
    "urban_water": {"persons": "text", "households": "proxy"},
    "rural_water": {"persons": "text", "households": "proxy"},
    "new_facilities": {
        "any": "text",
        "both_devices": "text",
        "one_kind": "text",
        "any_plan_years": "text",
        "any_since_resolution": "text",
        "both_devices_plan_years": "text",
        "both_devices_since_resolution": "text",
        "one_kind_plan_years": "text",
        "one_kind_since_resolution": "text",
    },
    "establishment_standards": {"all": "text", "existing": "text", "of_inspected": "statistic"},
    "urban_waste": {"pooled": "text", "each_stream": "text", "of_collected": "statistic", "two_rates": "statistic"},
    "rural_waste": {"pooled": "text", "each_stream": "text", "of_collected": "statistic", "two_rates": "statistic"},
    "medical_waste": {"pooled": "text", "of_collected": "statistic"},
}

PRODUCERS = "one_of('activity', 'production', 'both')"
CONCERNED = "one_of('activity', 'production', 'business', 'both')"
URBAN_STREAMS = "one_of('stream', 'urban_domestic', 'industrial', 'service')"
RURAL_STREAMS = "one_of('stream', 'rural', 'craft_village')"
MEDICAL = "one_of('stream', 'medical')"
ANY = "flag('clean_technology') | flag('pollution_reduction') | flag('waste_treatment')"
BOTH = "flag('clean_technology') | flag('pollution_reduction') & flag('waste_treatment')"
ONE_KIND = "flag('clean_technology') | flag('treatment_equipment')"
WATER = "flag('hygienic_water')"
STANDARDS = "flag('meets_standards')"
COLLECTED = "flag('collected')"
TREATED = "flag('treated_to_standard')"
HANDLED = f"{COLLECTED} & {TREATED}"

SHARES = {
    ("urban_water", "persons"): [("residents", "one_of('settlement', 'urban')", WATER, "≥ 100%")],
    ("urban_water", "households"): [("households", "one_of('settlement', 'urban')", WATER, "≥ 100%")],
    ("rural_water", "persons"): [("residents", "one_of('settlement', 'rural')", WATER, "≥ 98%")],
    ("rural_water", "households"): [("households", "one_of('settlement', 'rural')", WATER, "≥ 98%")],
    **{
        ("new_facilities", f"{equipment}{suffix}"): [
            ("establishments", f"{PRODUCERS} & between('built', {first}, 2020)", where, "≥ 100%")
        ]
        for equipment, where in (("any", ANY), ("both_devices", BOTH), ("one_kind", ONE_KIND))
        for suffix, first in (("", 2015), ("_plan_years", 2016), ("_since_resolution", 2017))
    },
    ("establishment_standards", "all"): [("establishments", CONCERNED, STANDARDS, "≥ 100%")],
    ("establishment_standards", "existing"): [
        ("establishments", f"{CONCERNED} & between('built', None, 2014)", STANDARDS, "≥ 100%")
    ],
    ("establishment_standards", "of_inspected"): [
        ("establishments", f"{CONCERNED} & flag('inspected')", STANDARDS, "≥ 100%")
    ],
    ("urban_waste", "pooled"): [("waste", URBAN_STREAMS, HANDLED, "≥ 90%")],
    ("urban_waste", "each_stream"): [
        ("waste", f"one_of('stream', '{stream}')", HANDLED, "≥ 90%")
        for stream in ("urban_domestic", "industrial", "service")
    ],
    ("urban_waste", "of_collected"): [("waste", f"{URBAN_STREAMS} & {COLLECTED}", TREATED, "≥ 90%")],
    ("urban_waste", "two_rates"): [
        ("waste", URBAN_STREAMS, COLLECTED, "≥ 90%"),
        ("waste", f"{URBAN_STREAMS} & {COLLECTED}", TREATED, "≥ 90%"),
    ],
    ("rural_waste", "pooled"): [("waste", RURAL_STREAMS, HANDLED, "≥ 50%")],
    ("rural_waste", "each_stream"): [
        ("waste", f"one_of('stream', '{stream}')", HANDLED, "≥ 50%") for stream in ("rural", "craft_village")
    ],
    ("rural_waste", "of_collected"): [("waste", f"{RURAL_STREAMS} & {COLLECTED}", TREATED, "≥ 50%")],
    ("rural_waste", "two_rates"): [
        ("waste", RURAL_STREAMS, COLLECTED, "≥ 50%"),
        ("waste", f"{RURAL_STREAMS} & {COLLECTED}", TREATED, "≥ 50%"),
    ],
    ("medical_waste", "pooled"): [("waste", MEDICAL, HANDLED, "≥ 100%")],
    ("medical_waste", "of_collected"): [("waste", f"{MEDICAL} & {COLLECTED}", TREATED, "≥ 100%")],
}
"""For each reading its requirements: table, population, rule, threshold."""

TABLES = {
    "residents": ("person", "stock", False, None, "persons hygienic_water settlement"),
    "households": ("household", "stock", False, None, "households hygienic_water settlement"),
    "establishments": (
        "establishment",
        "stock",
        False,
        "id",
        (
            "establishments clean_technology pollution_reduction waste_treatment treatment_equipment meets_standards "
            "inspected activity built"
        ),
    ),
    "waste": ("kilogram", "flow", True, None, "generated collected treated_to_standard stream"),
    "zones": ("zone", "stock", False, "id", "zones central_wastewater_treatment kind"),
    "dischargers": ("discharger", "stock", False, "id", "dischargers monitoring_device"),
    "polluters": ("polluter", "stock", False, "id", "polluters relocation_road_map"),
    "environmental_files": ("file", "stock", False, "id", "files post_checked kind"),
}

VALUES = {
    "residents": {"settlement": ("urban", "rural")},
    "households": {"settlement": ("urban", "rural")},
    "establishments": {"activity": ("production", "business", "both", "other")},
    "waste": {"stream": ("urban_domestic", "industrial", "service", "rural", "craft_village", "medical", "other")},
    "zones": {"kind": ("zone", "cluster")},
    "dischargers": {},
    "polluters": {},
    "environmental_files": {"kind": ("impact_assessment_report", "protection_plan")},
}


def folded(words: str) -> str:
    return " ".join(words.split())


@pytest.fixture(scope="module")
def scan() -> str:
    """The scanned text, white space folded."""
    path = pathlib.Path(__file__).parent / "data" / "12-nq-tu.vi.txt"
    return folded(path.read_text(encoding="utf-8"))


def clauses() -> list[Clause]:
    return [*(target.clause for target in TARGETS), *(duty.clause for duty in DUTIES)]


def corrections() -> list[Correction]:
    return list(dict.fromkeys(correction for clause in clauses() for correction in clause.corrections))


def corrected(words: str) -> str:
    for correction in corrections():
        words = words.replace(correction.scan, correction.corrected)
    return words


def texts(thing: object, path: str = "") -> Iterator[tuple[str, Text]]:
    """Yield every `Text` within an object, with the way to it."""
    if isinstance(thing, Text):
        yield path, thing
    elif isinstance(thing, tuple):
        for number, item in enumerate(thing):
            yield from texts(item, f"{path}[{getattr(item, 'key', number)}]")
    elif not isinstance(thing, Rule) and attrs.has(kind := type(thing)):
        for attribute in attrs.fields(kind):
            yield from texts(getattr(thing, attribute.name), f"{path}.{attribute.name}")


def strings(thing: object) -> Iterator[str]:
    """Yield every string within an object."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for item in thing:
            yield from strings(item)
    elif attrs.has(kind := type(thing)):
        for attribute in attrs.fields(kind):
            yield from strings(getattr(thing, attribute.name))


class TestWords:
    @pytest.mark.parametrize("thing", [*TARGETS, *DUTIES], ids=lambda thing: thing.key)
    def test_a_quote_stands_in_the_text(self, thing: Target | Duty, scan: str) -> None:
        assert thing.clause.scan in scan
        assert thing.clause.quote in corrected(scan)
        for correction in thing.clause.corrections:
            assert correction.scan in scan

    def test_the_duties_are_sections_iii_and_iv(self, scan: str) -> None:
        start, end = scan.index("III- NHIỆM VỤ"), scan.index("TỈM TỈNH UỶ")
        section = scan[start:end].strip()

        def joined(field: str) -> str:
            words: list[str] = []
            for duty in DUTIES:
                words += [HEADINGS[duty.clause.section]] if duty.clause.section in HEADINGS else []
                words.append(getattr(duty.clause, field))
            return " ".join(words)

        assert joined("scan") == section
        assert joined("quote") == corrected(section)

    def test_the_targets_are_section_ii_3(self, scan: str) -> None:
        start, end = scan.index("Thực hiện đạt và vượt"), scan.index("III- NHIỆM VỤ")
        chapeau, *items = re.split(r"- ?(?=\d+% )", scan[start:end])
        assert [item.strip() for item in items] == list(dict.fromkeys(target.clause.scan for target in TARGETS))
        note = soc_trang_2020.document.note
        assert note is not None
        assert f"“{chapeau.strip()}”" in note.in_("vi")

    def test_the_document(self, scan: str) -> None:
        document = soc_trang_2020.document
        assert scan.startswith(f"Số {document.number} {document.place}, ngày 15 tháng 3 năm 2017")
        assert document.date.isoformat() == "2017-03-15"
        assert document.title.in_("vi") in scan
        assert all(clause.document is document for clause in clauses())

    def test_nothing_else_is_mended(self) -> None:
        assert [str(correction) for correction in corrections()] == [
            "họp vệ sinh → hợp vệ sinh",
            "nghiên cúu → nghiên cứu",
            "môi trưcmg → môi trường",
            "môi trưòng → môi trường",
            "triến khai → triển khai",
            "Đe cao → Đề cao",
            "Ưỷ ban → Uỷ ban",
            "ưỷ ban → Uỷ ban",
            "tham mun → tham mưu",
        ]

    def test_a_doubtful_mend_says_why(self) -> None:
        doubtful = [correction for correction in corrections() if not correction.certain]
        assert [correction.scan for correction in doubtful] == ["ưỷ ban"]
        assert all(correction.note is not None for correction in doubtful)

    def test_every_text_is_in_both_languages_and_nfc(self) -> None:
        found = [
            *texts(soc_trang_2020),
            *(
                (f"tables.{key}{path}", text)
                for key, table in soc_trang_2020.tables.items()
                for path, text in texts(table)
            ),
        ]
        assert len(found) > 300
        for path, text in found:
            for words in (text.in_("vi"), text.in_("en")):
                assert words == folded(words), path
                assert words, path
                assert unicodedata.is_normalized("NFC", words), path
            if not path.endswith(".translation") and (not path.endswith("name") or text.in_("vi") != "kg"):
                assert text.in_("vi") != text.in_("en"), path

    def test_every_string_is_nfc_and_folded(self) -> None:
        for words in strings(soc_trang_2020):
            assert unicodedata.is_normalized("NFC", words)
            assert words == folded(words)

    def test_vietnamese_keeps_the_spelling_of_the_document(self) -> None:
        for words in strings(soc_trang_2020):
            assert not re.search("ủy|Ủy|hóa\\b|hủy|thủy|Thủy", words), words

    def test_every_quote_is_translated(self) -> None:
        translations = [clause.translation for clause in clauses()]
        assert all(translations)
        pairs = {(clause.quote, clause.translation) for clause in clauses()}
        assert len(pairs) == len(set(translations)) == 5 + 59
        for clause in clauses():
            assert clause.quote[-1] == clause.translation.in_("en")[-1] or clause.quote.endswith(",...")


class TestTargets:
    def test_keys_and_readings(self) -> None:
        found = {target.key: {reading.key: reading.kind for reading in target.readings} for target in TARGETS}
        assert found == READINGS
        assert [(key, list(readings)) for key, readings in found.items()] == [
            (key, list(readings)) for key, readings in READINGS.items()
        ]

    def test_what_each_reading_computes(self) -> None:
        found = {
            (target.key, reading.key): [
                (
                    each.indicator.table.key,
                    repr(each.indicator.among),
                    repr(each.indicator.where),
                    str(each.threshold),
                )
                for each in reading.requirements
            ]
            for target in TARGETS
            for reading in target.readings
        }
        assert found == SHARES

    @pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.key)
    def test_a_target(self, target: Target) -> None:
        assert target.deadline == 2020
        assert target.level == Text(vi="tỉnh", en="province")
        assert target.clause.note is not None
        assert [each.indicator.key for each in target.default.requirements] == [target.key]
        assert all(reading.rationale is not None for reading in target.readings)
        for reading in target.readings[1:]:
            for each in reading.requirements:
                assert each.indicator.key.startswith(f"{target.key}/")
        names = [reading.name for reading in target.readings]
        assert len(set(names)) == len(names)

    @pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.key)
    def test_the_threshold_is_in_the_quote(self, target: Target) -> None:
        for reading in target.readings:
            for each in reading.requirements:
                assert each.threshold.direction == "at_least"
                assert each.threshold.percent in re.findall(r"\d+%", target.clause.quote)

    @pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.key)
    def test_the_deadline_is_inferred_on_grounds_that_stand_in_the_text(self, target: Target, scan: str) -> None:
        assert target.clause.deadline == "inferred"
        assert "2020" not in target.clause.quote
        ground = target.clause.deadline_rationale
        assert ground is not None
        quoted = re.findall("“(.*?)”", ground.in_("vi"))
        assert quoted == ["đến năm 2020", "nhiệm kỳ 2015-2020", "vào năm 2020"]
        assert all(words in scan for words in quoted)

    def test_clauses_shared_by_two_targets(self) -> None:
        by_key = {target.key: target.clause for target in TARGETS}
        assert [clause.section for clause in by_key.values()] == [
            f"II.3 ({number})" for number in (1, 1, 2, 3, 4, 4, 5)
        ]
        assert by_key["urban_water"] == by_key["rural_water"]
        assert by_key["urban_waste"] == by_key["rural_waste"]


class TestDuties:
    def test_counts(self) -> None:
        assert (len(TARGETS), len(DUTIES), len(soc_trang_2020.reviews)) == (7, 59, 2)
        assert len({duty.clause.section for duty in DUTIES}) == 59

    def test_what_must_be_done(self) -> None:
        must = {duty.key: duty for duty in DUTIES if duty.strength == "must"}
        assert list(must) == [
            "central_wastewater_treatment",
            "discharge_monitoring",
            "investment_screening",
            "investor_responsibility",
        ]
        for duty in DUTIES:
            assert (duty.key in must) == bool(re.search(r"\bphải\b|kiên quyết không", duty.clause.quote))

    def test_what_is_periodic_encouraged_enabled(self) -> None:
        by_strength = {
            strength: [duty.key for duty in DUTIES if duty.strength == strength]
            for strength in ("periodic", "encourage", "enable")
        }
        assert by_strength == {
            "periodic": ["party_inspection", "state_inspection", "waste_planning", "post_checks"],
            "encourage": ["organic_farming", "clean_energy_and_recycling", "private_services"],
            "enable": ["public_monitoring"],
        }
        opening = {
            "periodic": ("Định kỳ", "Thường xuyên"),
            "encourage": ("khuyến khích",),
            "enable": ("tạo điều kiện",),
        }
        for duty in DUTIES:
            if duty.strength in opening and duty.key != "state_inspection":  # its "Định kỳ" opens the clause before
                assert duty.clause.quote.startswith(opening[duty.strength])

    def test_a_stated_actor_is_named_by_the_sentence(self) -> None:
        for duty in DUTIES:
            if duty.basis == "stated":
                assert duty.actor is not None
                assert duty.actor.in_("vi").casefold() in duty.clause.quote.casefold()

    def test_a_carried_over_actor_is_the_last_one_stated(self) -> None:
        stated = ""
        for duty in DUTIES:
            if duty.basis == "stated":
                stated = duty.clause.quote.casefold()
            elif duty.basis == "carried_over":
                assert duty.actor is not None
                assert stated.startswith(" ".join(duty.actor.in_("vi").casefold().split()[:4]))

    def test_who_must_act_by_section(self) -> None:
        def bases(section: str) -> dict[str, int]:
            found = [duty.basis for duty in DUTIES if duty.clause.section.startswith(section)]
            return {basis: found.count(basis) for basis in dict.fromkeys(found)}

        assert bases("III.1") == {"stated": 1, "carried_over": 7}
        assert bases("III.2") == {"implied": 27, "stated": 2}
        assert bases("III.3") == {"stated": 1, "carried_over": 5}
        assert bases("III.4") == {"not_stated": 10}
        assert bases("IV") == {"stated": 3, "carried_over": 3}

    def test_nobody_is_made_up(self) -> None:
        for duty in DUTIES:
            assert (duty.actor is None) == (duty.basis == "not_stated")

    def test_measured_duties(self) -> None:
        found = {duty.key: duty.indicator for duty in DUTIES if duty.indicator is not None}
        assert {key: (each.table.key, repr(each.among), repr(each.where)) for key, each in found.items()} == {
            "central_wastewater_treatment": ("zones", "all_units()", "flag('central_wastewater_treatment')"),
            "discharge_monitoring": ("dischargers", "all_units()", "flag('monitoring_device')"),
            "relocation": ("polluters", "all_units()", "flag('relocation_road_map')"),
            "post_checks": ("environmental_files", "all_units()", "flag('post_checked')"),
        }
        assert all(key == indicator.key for key, indicator in found.items())
        assert all(soc_trang_2020.duty(key).note is not None for key in found)

    def test_reviews(self) -> None:
        interim, final = soc_trang_2020.reviews
        assert (interim.key, interim.year, final.key, final.year) == ("interim", 2018, "final", 2020)
        for review in (interim, final):
            assert review.held_by.in_("vi") == "Tỉnh uỷ"
            assert review.advised_by is not None
            assert review.advised_by.in_("vi") == "Ban Tuyên giáo Tỉnh uỷ"
            assert review.clause is not None
            assert review.clause == soc_trang_2020.duty("reviews").clause
            assert review.clause.section == "IV.3 ¶2b"
            assert f"vào năm {review.year}" in review.clause.quote


class TestTables:
    def test_tables(self) -> None:
        found = {
            key: (table.unit.key, table.period, table.nested, table.id, " ".join(table.columns))
            for key, table in soc_trang_2020.tables.items()
        }
        assert found == TABLES
        assert list(found) == list(TABLES)

    def test_allowed_values(self) -> None:
        assert {
            key: {category.key: category.values for category in table.categories}
            for key, table in soc_trang_2020.tables.items()
        } == VALUES

    def test_mass_is_counted_in_grams(self) -> None:
        unit = soc_trang_2020.tables["waste"].unit
        assert unit.grain == 1000
        assert dict(unit.multiples) == {"gram": 1, "kilogram": 1000, "tonne": 1_000_000}
        others = [table.unit for key, table in soc_trang_2020.tables.items() if key != "waste"]
        assert all(other.grain == 1 for other in others)

    @pytest.mark.parametrize("table", soc_trang_2020.tables.values(), ids=lambda table: table.key)
    def test_everything_has_a_name(self, table: Table) -> None:
        assert table.note is not None
        columns = [(column.key, column.name) for column in table.parts]
        columns += [(column.key, column.name) for column in table.categories]
        columns += [(column.key, column.name) for column in table.years]
        assert {key for key, _ in columns} == {*table.columns} - {table.total}
        for key, name in [(table.key, table.name), *columns]:
            assert name.in_("vi") != key
            assert name.in_("en")
        for category in table.categories:
            assert len(category.value_names) == len(category.values)

    def test_indicators_have_names_of_their_own(self) -> None:
        # Treated of collected is one share, whether it stands alone or beside the rate of collection.
        def what(indicator: Indicator) -> tuple[Table, Rule, Rule]:
            return indicator.table, indicator.among, indicator.where

        by_name: dict[Text, set[tuple[Table, Rule, Rule]]] = {}
        for indicator in soc_trang_2020.indicators:
            by_name.setdefault(indicator.name, set()).add(what(indicator))
        assert all(len(shares) == 1 for shares in by_name.values())


class TestObject:
    def test_pickles(self) -> None:
        copy = pickle.loads(pickle.dumps(soc_trang_2020))
        assert isinstance(copy, Programme)
        assert copy == soc_trang_2020
        assert hash(copy) == hash(soc_trang_2020)

    def test_is_at_hand_by_name(self) -> None:
        assert soc_trang_2020.key == "soc_trang_2020"
        assert "soc_trang_2020" in envindicators.programmes.__all__
        assert "soc_trang_2020" in dir(envindicators.programmes)
        with pytest.raises(AttributeError, match="no attribute 'hai_phong_2020'"):
            envindicators.programmes.hai_phong_2020

    def test_is_loaded_when_first_used_and_without_a_frame_library(self) -> None:
        script = (
            "import sys, envindicators.programmes\n"
            "assert not any('soc_trang' in name for name in vars(envindicators.programmes))\n"
            "assert not any(name.startswith('envindicators.definitions') for name in sys.modules)\n"
            "from envindicators.programmes import soc_trang_2020\n"
            "heavy = {'pandas', 'numpy', 'narwhals', 'polars', 'pyarrow'} & set(sys.modules)\n"
            "assert not heavy, heavy\n"
        )
        subprocess.run([sys.executable, "-c", script], check=True)


SECTION = re.compile(r"(?P<section>[IVX]+)\.(?P<point>\d)(?: \((?P<bullet>\d)\)| ¶(?P<paragraph>\d)[a-z]?| [a-z])?")
ORDINALS = {
    "vi": ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín"],
    "en": ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"],
}


def test_every_clause_says_its_place_as_running_text_cites_it():
    clauses = [each.clause for each in (*TARGETS, *DUTIES)] + [review.clause for review in soc_trang_2020.reviews]
    assert clauses
    for clause in clauses:
        cited = SECTION.fullmatch(clause.section)
        vi, en = f"điểm {cited['point']}, mục {cited['section']}", f"point {cited['point']}, section {cited['section']}"
        for kind, name in (("bullet", "gạch đầu dòng"), ("paragraph", "đoạn")):
            if cited[kind]:
                nth = {lang: every[int(cited[kind]) - 1] for lang, every in ORDINALS.items()}
                vi, en = f"{name} thứ {nth['vi']}, {vi}", f"{nth['en']} {kind}, {en}"
        assert dict(clause.place.words) == {"vi": vi, "en": en}
