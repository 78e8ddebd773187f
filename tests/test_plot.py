"""Pictures: what is drawn stands where the numbers say, every word is there, and they look as they did."""

from __future__ import annotations

import io
import itertools
import os
import random
import re
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from html import unescape
from pathlib import Path

import pytest
from cards import evaluated, example, programme, random_cards
from defined import _clause, _document
from hypothesis import given, settings
from hypothesis import strategies as st

import envindicators as ei
from envindicators.algebra.verdict import Verdict
from envindicators.programmes import soc_trang_2020
from envindicators.report.cards import caption, counts_words, group_label, target_words, year_words
from envindicators.report.measures import result_words
from envindicators.report.numbers import shares
from envindicators.report.plots.canvas import limits
from envindicators.report.plots.lines import _spread
from envindicators.report.plots.plot import picture, svg
from envindicators.report.verdicts import VERDICTS, key_of, symbol, verdict_words
from envindicators.words.message import gettext

matplotlib = pytest.importorskip("matplotlib", reason="pictures need matplotlib: pip install 'envindicators[plot]'")
matplotlib.use("Agg")

from matplotlib import pyplot as plt  # noqa: E402
from matplotlib.colors import to_rgba  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402
from matplotlib.testing.compare import compare_images  # noqa: E402
from matplotlib.text import Text  # noqa: E402

IMAGES = Path(__file__).parent / "images"
DRAWN_WITH = "3.11"
"""The matplotlib that the reference images were drawn with; another sets letters differently."""

YEARS = ("area", "year")


def axes():
    return Figure(layout="constrained").add_subplot()


def marks(ax, label):
    return ax.findobj(lambda artist: artist.get_label() == f"_{label}")


def said(ax):
    """Return every text on some axes, white space folded."""
    texts = [*ax.texts, *ax.get_yticklabels(), *ax.get_xticklabels(), ax.xaxis.label]
    titles = [ax.get_title(loc) for loc in ("left", "center", "right")]
    return [" ".join(text.split()) for text in [*(text.get_text() for text in texts), *titles]]


def row_labels(ax):
    return [" ".join(label.get_text().split()) for label in ax.get_yticklabels()]


def spans(ax, label):
    """Return from where to where each box of a kind runs along the axis of shares."""
    return [(box.get_x(), box.get_x() + box.get_width()) for box in marks(ax, label)]


def many(count=108, years=(2020,)):
    """Return a card of many communes, some of them silent."""
    chance = random.Random(3)
    names = [f"Xã {('An Lạc', 'Mỹ Hương', 'Đại Ân')[place % 3]} {place + 1}" for place in range(count)]
    rows = []
    for year in years:
        for area in names:
            persons = chance.randint(2000, 20000)
            water = None if not chance.randrange(15) else round(persons * chance.uniform(0.93, 1))
            rows.append(
                {"area": area, "year": year, "settlement": "rural", "persons": persons, "hygienic_water": water}
            )
    by, year = (YEARS, None) if len(years) > 1 else ("area", years[0])
    return evaluated(soc_trang_2020, {"residents": rows}, year=year, by=by, lang="vi", expected=[*names, "Xã Vắng"])


# as they looked


PICTURES = {
    "bullets_vi": lambda: example("vi").plot(),
    "bullets_of_years": lambda: example("en", by=("year",), year=None).plot(),
    "dots_of_11": lambda: example("en").plot("rural_waste"),
    "dots_of_108": lambda: many().plot("rural_water"),
    "dots_of_streams": lambda: example("vi").plot("urban_waste", reading="each_stream"),
    "dots_dark": lambda: example("vi").plot("urban_waste"),
    "lines_of_11": lambda: example("vi", by=YEARS, year=None).plot("rural_waste"),
    "lines_of_108": lambda: many(years=range(2016, 2021)).plot("rural_water"),
    "lines_of_the_whole": lambda: example("en", by=("year",), year=None).plot("establishment_standards"),
}


@pytest.mark.skipif(
    not matplotlib.__version__.startswith(f"{DRAWN_WITH}."),
    reason=f"the reference images were drawn with matplotlib {DRAWN_WITH}, which sets letters as no other does",
)
@pytest.mark.parametrize("name", PICTURES)
def test_it_looks_as_it_did(name, tmp_path):
    """Set DRAW_IMAGES to draw the references anew, and look at them before they are committed."""
    with plt.style.context("dark_background" if "dark" in name else "default"):
        figure = PICTURES[name]().figure
        target = (IMAGES if os.environ.get("DRAW_IMAGES") else tmp_path) / f"{name}.png"
        figure.savefig(target, dpi=40, metadata={"Software": None})
    plt.close(figure)
    assert compare_images(str(IMAGES / target.name), str(target), tol=1) is None


# what is drawn stands where the numbers say


@settings(max_examples=60)
@given(random_cards())
def test_bars_and_dots_end_where_the_bounds_are(card):
    (judgement,) = card["water"].judgements
    rate = None if judgement.verdict is Verdict.NOT_APPLICABLE else judgement.rate
    lower, upper = (0, 0) if rate is None else (float(rate.lower), float(rate.upper))
    share = float(judgement.threshold.level)
    ax = card.plot(ax=axes())
    assert [mark.get_xdata() for mark in marks(ax, "threshold")] == [[share, share]]
    assert spans(ax, "certain") == ([(0, pytest.approx(lower))] if lower else [])
    assert spans(ax, "possible") == ([(pytest.approx(lower), pytest.approx(upper))] if lower < upper else [])
    for _, end in spans(ax, "certain"):
        assert end <= lower
    if not card.groups:
        return
    ax = card.plot("water", ax=axes())
    assert [mark.get_xdata() for mark in marks(ax, "threshold")] == [[share, share]]
    rates = [card["water", group].rate for group in card.groups]
    rates += [card["water"].rate]
    ends = [(float(each.lower), float(each.upper)) for each in rates if each is not None]
    assert sorted(mark.get_xdata()[0] for mark in marks(ax, "certain")) == sorted(a for a, b in ends if a == b)
    drawn, wanted = sorted(spans(ax, "possible")), sorted((a, b) for a, b in ends if a < b)
    assert [end for pair in drawn for end in pair] == pytest.approx([end for pair in wanted for end in pair])


@settings(max_examples=40)
@given(random_cards())
def test_the_axis_has_room_for_all_that_says_anything(card):
    judgements = [card["water", group].judgements[0] for group in card.groups] + [*card["water"].judgements]
    left, right = limits(judgements)
    assert left < right
    for judgement in judgements:
        assert left <= float(judgement.threshold.level) <= right
        if judgement.rate is not None and (judgement.rate.lower, judgement.rate.upper) != (0, 1):
            assert left <= float(judgement.rate.lower) <= float(judgement.rate.upper) <= right


@settings(max_examples=40)
@given(random_cards())
def test_rows_are_sorted_and_each_says_its_shares_and_verdict(card):
    if not card.groups:
        return
    ax = card.plot("water", ax=axes())
    labels = row_labels(ax)
    assert labels[:2] == ["", gettext("As a whole", card.lang)]
    by_label = {" ".join(group_label((group,)).split()): card["water", group] for group in card.groups}
    assert sorted(labels[2:]) == sorted(by_label)
    shown = [by_label[label] for label in labels[2:]]
    beside = [text.get_text() for text in ax.texts]
    for each in shown:
        (judgement,) = each.judgements
        verdict = VERDICTS[key_of(each)].in_(card.lang)
        assert f"{shares(judgement, card.lang)}  {verdict}" in beside
        assert symbol(each) in beside
    rates = [None if each.verdict is Verdict.NOT_APPLICABLE else each.rate for each in shown]
    known = [rate for rate in rates if rate is not None]
    assert rates == [*known, *[None] * (len(rates) - len(known))]
    floor = card["water"].judgements[0].threshold.direction == "at_least"
    order = [(rate.lower, rate.upper) if floor else (-rate.upper, -rate.lower) for rate in known]
    assert order == sorted(order)


def test_a_bar_for_each_requirement():
    card = example("en", readings=(("urban_waste", "each_stream"),))
    ax = card.plot(ax=axes())
    judgements = [judgement for assessment in card for judgement in assessment.judgements]
    assert len(judgements) == len(card) + 2
    drawn = [mark.get_xdata()[0] for mark in marks(ax, "threshold")]
    assert drawn == [float(judgement.threshold.level) for judgement in judgements]
    assert "✗*" in said(ax)
    assert "not met (contested)" in said(ax)
    for judgement in card["urban_waste"].judgements:
        assert judgement.requirement.indicator.name.in_("en") in said(ax)
        assert f"{shares(judgement, 'en')} (threshold ≥ 90%)" in said(ax)


def test_a_block_of_dots_for_each_requirement():
    card = example("vi")
    ax = card.plot("urban_waste", reading="each_stream", ax=axes())
    assessment = card["urban_waste"].under("each_stream")
    assert row_labels(ax).count("Chung") == len(marks(ax, "threshold")) == len(assessment.judgements) == 3
    for judgement in assessment.judgements:
        assert judgement.requirement.indicator.name.in_("vi") in row_labels(ax)
    assert len(row_labels(ax)) == 3 * (2 + len(card.groups))


def test_bullets_of_years_have_a_bar_for_each():
    card = example("en", by=("year",), year=None)
    ax = card.plot(ax=axes())
    whole = [card.of_year(year)[target.key] for target in card.targets for year in card.years]
    lower = [float(each.rate.lower) for each in whole]
    assert [end for _, end in spans(ax, "certain")] == pytest.approx([each for each in lower if each])
    assert row_labels(ax).count("2018") == len(card)


# what is no share


WASTE = ei.Table("waste", ei.Unit("tonne", ei.Text(vi="tấn", en="tonnes")), total="generated")
GENERATED = ei.Amount("generated", ei.Text(vi="phát sinh", en="generated"), table=WASTE)


def amounts(by, year, last=80, lang="en"):
    """Return a card of a ceiling and of a change, whose base is 100 and 50 tonnes in two areas."""
    targets = [
        ei.Target(key, _clause(), 2020, requirement)
        for key, requirement in (
            ("cap", GENERATED.at_most("140 tonne")),
            ("change", GENERATED.since(2018).at_most("-10%")),
        )
    ]
    made = ei.Programme("p", "p", _document(), targets)
    figures = (("A", 2018, 100), ("B", 2018, 50), ("A", 2020, last), ("B", 2020, 55))
    rows = [{"area": area, "year": year, "generated": count} for area, year, count in figures]
    return evaluated(made, {"waste": rows}, by=by, year=year, lang=lang)


def test_amounts_and_changes_stand_in_their_unit_on_an_axis_with_0():
    card = amounts("area", 2020)
    for target, level, values, tick in (("cap", 140, [55, 80, 135], "tonnes"), ("change", -10, [-20, -10, 10], "%")):
        ax = card.plot(target, ax=axes())
        assert sorted(mark.get_xdata()[0] for mark in marks(ax, "certain")) == pytest.approx(values)
        assert {mark.get_xdata()[0] for mark in marks(ax, "threshold")} == {level}
        left, right = ax.get_xlim()
        assert left <= min(0, *values) < max(0, *values) <= right
        assert bool(marks(ax, "base")) == (target == "change")
        ax.figure.draw_without_rendering()
        assert all(label.get_text().endswith(tick) for label in ax.get_xticklabels())


def test_what_has_no_upper_end_runs_to_the_edge():
    ax = amounts("area", 2020, last=None).plot("cap", ax=axes())
    assert [start for start, _ in spans(ax, "possible")] == [55, 0]
    assert all(end > ax.get_xlim()[1] for _, end in spans(ax, "possible"))


def test_bars_that_are_no_shares_are_scaled_to_their_target():
    ax = amounts(None, 2020).plot(ax=axes())
    cap, change = (mark.get_xdata()[0] for mark in marks(ax, "threshold"))
    ((base, _),) = (mark.get_xdata() for mark in marks(ax, "base"))
    (first, second) = spans(ax, "certain")
    assert first == (0, pytest.approx(cap * 135 / 140))
    assert base - change == pytest.approx(second[1] - second[0])
    assert not ax.get_xticks().size


@pytest.mark.parametrize("target", ["cap", "change"])
def test_years_of_what_is_no_share(target):
    card = amounts(YEARS, None, lang="vi")
    ax = card.plot(target, ax=axes())
    bottom, top = ax.get_ylim()
    assert bottom <= 0 <= top
    said_last = card.of_year(2020)[target].judgements[0].shown_in("vi")
    assert any(said_last in text for text in said(ax))


def test_no_line_falls_to_the_bound_of_an_amount_that_is_open_above():
    ax = amounts(YEARS, None, last=None).plot("cap", ax=axes())
    ends = [line.get_ydata()[-1] for kind in ("lower", "upper") for line in marks(ax, kind)]
    assert ends.count(55) == 1  # area B's; the whole is from 55 up, and stands as a bar alone


# years


def test_lines_run_through_the_bounds_of_each_year():
    card = example("vi", by=YEARS, year=None)
    ax = card.plot("rural_waste", ax=axes())
    cards = [card.of_year(year) for year in card.years]
    wholes = [each["rural_waste"].rate for each in cards]
    drawn = [list(line.get_ydata()) for line in marks(ax, "lower")]
    assert pytest.approx([float(rate.lower) for rate in wholes]) in drawn
    assert pytest.approx([float(rate.upper) for rate in wholes]) in [list(m.get_ydata()) for m in marks(ax, "upper")]
    boxes = [(box.get_y(), box.get_y() + box.get_height()) for box in marks(ax, "possible")]
    assert pytest.approx((float(wholes[-1].lower), float(wholes[-1].upper))) in boxes
    assert {mark.get_ydata()[0] for mark in marks(ax, "threshold")} == {0.5}
    assert [mark.get_xdata()[0] for mark in marks(ax, "review")] == [2018, 2020]
    for review in soc_trang_2020.reviews:
        assert review.name.in_("vi") in said(ax)
    assert "≥ 50% (đến năm 2020)" in said(ax)
    for group in {group[0] for group in card.groups} - {"Sóc Trăng"}:
        rate = shares(card["rural_waste", (group, 2020)].judgements[0], "vi")
        assert any(text.endswith(f" {group} {rate}") for text in said(ax))
    assert any("Sóc Trăng -" in text for text in said(ax))


def test_a_line_breaks_where_nothing_came():
    came = [("A", 2016, 90), ("A", 2018, 90), ("B", 2016, 80), ("B", 2017, 80), ("B", 2018, 80)]
    rows = [
        {"area": area, "year": year, "settlement": "rural", "persons": 100, "hygienic_water": water}
        for area, year, water in came
    ]
    card = evaluated(soc_trang_2020, {"residents": rows}, by=YEARS, expected=["A", "B"])
    ax = card.plot("rural_water", ax=axes())
    runs = sorted([round(x) for x in line.get_xdata()] for line in marks(ax, "lower"))
    assert runs == [[2016], [2016], [2016, 2017, 2018], [2018], [2018]]  # A and the whole break in 2017
    assert [(box.get_y(), box.get_height()) for box in marks(ax, "possible")] == [(0, 1), (0, 1)]


def test_of_many_lines_the_lowest_are_named():
    card = many(years=(2019, 2020))
    ax = card.plot("rural_water", ax=axes())
    year = card.of_year(2020)
    known = [year["rural_water", group] for group in year.groups]
    worst = sorted((each.rate.lower, each.group[0]) for each in known if each.rate.lower > 0)[:6]
    text = " | ".join(said(ax))
    for _, name in worst:
        assert re.search(rf"✗ {name} [0-9,]+%", text)
    assert len(re.findall(r"Xã [^|]*? [0-9]+ 9[0-9],[0-9]+%", text)) == 6
    assert "Xã Vắng ..." in text or "và " in text


def test_several_requirements_have_a_line_each():
    ax = example("en", by=YEARS, year=None).plot("urban_waste", reading="each_stream", ax=axes())
    assert len(marks(ax, "lower")) == 3
    assert any("picture of a single year" in text for text in said(ax))


# every word is there


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_bullets_say_all_that_the_card_says(lang):
    card = example(lang)
    ax = card.plot(ax=axes())
    text = said(ax)
    assert caption(card, lang) in text
    assert f"{year_words(2020, lang)}: {counts_words(card, lang)}" in text
    for assessment in card:
        (judgement,) = assessment.judgements
        assert target_words(assessment.target, lang).replace("\N{NO-BREAK SPACE}", " ") in text
        assert verdict_words(assessment, lang) in text
        assert symbol(assessment) in text
        assert " ".join(result_words(judgement, lang).split()) in text


def test_it_speaks_the_language_asked_for():
    assert "Long Phú" in said(example("vi").plot("rural_water", ax=axes()))
    assert "97,996% không đạt" in said(example("en").plot("rural_water", ax=axes(), lang="vi"))
    assert "97.996% not met" in said(example("vi").plot("rural_water", ax=axes(), lang="en"))


def test_ticks_are_written_as_the_language_does():
    for lang, wanted in (("vi", {"98%", "98,5%", "100%"}), ("en", {"98%", "98.5%", "100%"})):
        ax = example("vi").plot("medical_waste", ax=axes(), lang=lang)
        ax.figure.draw_without_rendering()
        assert wanted <= {label.get_text() for label in ax.get_xticklabels()}


def test_what_did_not_come_and_what_did_not_arise():
    ax = example("vi").plot("new_facilities", ax=axes())
    assert "... chưa đủ căn cứ đánh giá" in said(ax)
    assert any("không phát sinh; ... : chưa có số liệu" in text for text in said(ax))
    ax = example("vi").plot("rural_water", ax=axes())
    assert "- không phát sinh" in said(ax)
    assert spans(example("vi").plot(ax=axes()), "possible").count((0, 1)) == 3


def test_names_are_text_and_no_mathematics():
    rows = [
        {"area": name, "settlement": "urban", "persons": 3, "water": 2}
        for name in (r"$\nothing$", "a\x1b[31m\nb", "100%")
    ]
    card = evaluated(programme(ei.at_least("98%")), {"people": rows}, year=2020, by="area")
    ax = card.plot("water")
    ax.figure.savefig(os.devnull, format="png")
    plt.close(ax.figure)
    assert {r"$\nothing$", "a [31m b", "100%"} <= set(row_labels(ax))


def apart(texts):
    """Return whether some texts stand apart, all of them within the figure."""
    boxes = [Text.get_window_extent(text) for text in texts if text.get_text()]
    edge = texts[0].get_figure(root=True).bbox
    inside = all(edge.x0 <= box.x0 and box.x1 <= edge.x1 + 1 and edge.y0 <= box.y0 for box in boxes)
    return inside and not any(
        box.shrunk(0.95, 0.95).overlaps(other) for place, box in enumerate(boxes) for other in boxes[place + 1 :]
    )


def test_no_label_lies_upon_another():
    for card in (example("vi"), many()):
        ax = card.plot("rural_water")
        ax.figure.draw_without_rendering()
        left, right = ax.get_xlim()
        assert apart([label for label in ax.get_yticklabels() if label.get_text()])
        assert apart([label for label in ax.get_xticklabels() if left <= label.get_position()[0] <= right])
        assert apart([text for text in ax.texts if "%  " in text.get_text()])
        plt.close(ax.figure)


def test_names_of_lines_lie_upon_none():
    for card, count in ((example("vi", by=YEARS, year=None), 12), (many(years=(2019, 2020)), 7)):
        ax = card.plot("medical_waste" if count == 12 else "rural_water")
        ax.figure.draw_without_rendering()
        names = [text for text in ax.texts if re.match(r"[▲✓✗?] ", text.get_text())]
        assert len(names) == count
        assert apart(names)
        plt.close(ax.figure)


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from((0.05, 0.1))), min_size=1, max_size=9))
def test_names_are_spread_within_the_axes(names):
    wanted, heights = sorted(each for each, _ in names), [height for _, height in names]
    places = _spread(wanted, heights)
    for place, (lower, upper) in enumerate(itertools.pairwise(places)):
        assert upper - lower >= (heights[place] + heights[place + 1]) / 2 - 1e-9
    assert places[0] >= -1e-9
    assert places[-1] <= 1 + max(heights) / 2 + 1e-9
    if all(b - a >= 0.11 for a, b in itertools.pairwise(wanted)):
        assert places == pytest.approx(wanted)


# a guest on the axes of others


def test_axes_that_are_given_are_drawn_on_and_nothing_else_changes():
    before, settings_before = plt.get_fignums(), dict(matplotlib.rcParams)
    figure = Figure()
    left, right = figure.subplots(1, 2)
    assert example("vi").plot(ax=left) is left
    assert example("vi", by=YEARS, year=None).plot("rural_water", ax=right) is right
    assert plt.get_fignums() == before
    assert dict(matplotlib.rcParams) == settings_before


def test_without_axes_there_is_a_new_figure_as_large_as_needed():
    small, large = example("vi").plot("rural_water").figure, many().plot("rural_water").figure
    assert large.get_figheight() > 4 * small.get_figheight()
    with plt.rc_context({"font.size": 20}):
        bigger = example("vi").plot("rural_water").figure
    assert bigger.get_figwidth() == pytest.approx(2 * small.get_figwidth())
    for figure in (small, large, bigger):
        plt.close(figure)


def test_the_style_is_followed():
    with plt.style.context("dark_background"):
        for ax in (example("vi").plot("rural_waste", ax=axes()), example("vi").plot(ax=axes())):
            assert {to_rgba(text.get_color()) for text in ax.texts} == {to_rgba("white")}
            assert {to_rgba(text.get_color()) for text in ax.get_yticklabels()} == {to_rgba("white")}
            first = matplotlib.rcParams["axes.prop_cycle"].by_key()["color"][0]
            assert {box.get_edgecolor() for box in marks(ax, "possible")} == {to_rgba(first)}
    with plt.rc_context({"font.size": 14, "font.family": ["monospace"]}):
        ax = example("vi").plot("rural_water", ax=axes())
        assert ax.get_yticklabels()[1].get_fontsize() == pytest.approx(14 * 0.95)
        assert ax.get_yticklabels()[1].get_fontfamily()[0] == "monospace"


def test_a_title_and_targets_and_a_size_of_ones_own():
    card = example("en")
    ax = card.plot(targets=["rural_water", "urban_water"], title="Water", figsize=(9, 3))
    assert [label.split(" [")[0] for label in row_labels(ax)] == [
        card.programme.target(key).name.in_("en") for key in ("rural_water", "urban_water")
    ]
    assert ax.get_title("left") == "Water"
    assert tuple(ax.figure.get_size_inches()) == (9, 3)
    for options, message in (
        ({"target": "rural_water", "targets": ["rural_water"]}, "leave out one"),
        ({"ax": axes(), "figsize": (9, 3)}, "leave out one"),
        ({"targets": []}, "targets is empty"),
        ({"targets": "rural_water"}, "expected a list of keys"),
    ):
        with pytest.raises((ValueError, TypeError), match=message):
            card.plot(**options)
    with pytest.raises(KeyError, match="rural_water"):
        card.plot(targets=["rural_wate"])


def test_the_whole_has_a_colour_that_no_group_has():
    ax = example("vi", by=YEARS, year=None).plot("rural_waste", ax=axes())
    colours = [line.get_color() for line in sorted(marks(ax, "certain"), key=lambda line: -line.get_zorder())]
    assert len(colours) > 10
    assert colours[0] not in colours[1:]


# threads, and no traces


def png(draw):
    written = io.BytesIO()
    draw().figure.savefig(written, format="png", dpi=30, metadata={"Software": None})
    return written.getvalue()


def test_pictures_are_the_same_from_eight_threads_and_leave_no_trace():
    settings_before = dict(matplotlib.rcParams)
    years = example("vi", by=YEARS, year=None)
    draws = [example("vi").plot, lambda: example("en").plot("urban_waste"), lambda: years.plot("rural_waste")]
    wanted = [png(draw) for draw in draws]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(png, draws * 8)) == wanted * 8
    assert plt.get_fignums() == []
    assert dict(matplotlib.rcParams) == settings_before


def test_svg_is_the_same_from_eight_threads_and_in_every_style():
    drawn = [picture(example("vi"), None, None, "vi"), picture(example("en"), "urban_waste", None, "en"),
             picture(example("vi", by=YEARS, year=None), "rural_waste", None, "vi")]  # fmt: skip
    wanted = [svg(each, "f") for each in drawn]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(svg, drawn * 8, "f" * 24)) == wanted * 8
    # classic lets lines of dashes have no width of their own; those of matplotlib's own tests set letters otherwise
    for style in (name for name in plt.style.available if name != "classic" and not name.startswith("_")):
        with plt.style.context(style):
            assert [svg(each, "f") for each in drawn] == wanted, style


def test_axes_show_themselves_in_a_notebook():
    assert example("vi").plot("rural_water")._repr_png_().startswith(b"\x89PNG")


def test_svg_clips_what_lies_outside_the_axes_and_says_every_word():
    drawn = picture(example("en"), "medical_waste", None, "en")
    shown = svg(drawn, "f")
    assert set(re.findall(r"url\(#([^)]*)\)", shown)) == set(re.findall(r'clipPath id="([^"]*)"', shown)) != set()
    words = " ".join(unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", shown))
    for row in drawn.rows:
        for line in f"{row.label}\n{row.words}\n{row.said}".splitlines():
            assert line in words


def test_what_cannot_be_drawn():
    card = example("en")
    with pytest.raises(KeyError, match="rural_water"):
        card.plot("rural_wate")
    with pytest.raises(KeyError, match="no reading"):
        card.plot("rural_water", reading="people")
    with pytest.raises(ValueError, match="is of one target"):
        card.plot(reading="persons")
    with pytest.raises(ValueError, match="expected one of"):
        card.plot(lang="fr")


def test_without_matplotlib_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError, match=re.escape("pip install 'envindicators[plot]'")):
        example("en").plot()


def test_a_hundred_thousandth_is_not_rounded_away():
    assert picture(example("vi"), "rural_water", None, "vi").rows[3].words == "97,996%  không đạt"
    assert Fraction(97996, 100000) < Fraction(98, 100)


def test_drawing_warns_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for drawn in (example("vi").plot(), example("vi", by=YEARS, year=None).plot("rural_water")):
            drawn.figure.savefig(os.devnull, format="png")
            plt.close(drawn.figure)
