"""Rows that are totals of others: by their name, or because their figures are sums.

A total that is taken for one more area counts everyone twice, in silence. So a row is refused, until it is
said what it is, that is called a total and stands among rows that are not, or whose total is the sum of all
the rows that are alike in everything but the area (or in everything but a category that it leaves blank), or
of several that stand right before or after it. Its known parts must be sums too; where one of its rows has a
blank part, the sum may be more than the known parts.

A sum of all the others is certain whatever its size: to say what the row is takes a word, and a total that
passes takes a verdict. Sums of neighbours are looked for in many places, and small figures are often sums by
chance. What such a sum is worth as evidence is taken to be the total, times the smaller side of the part that
tells most (ten at most, as parts follow their totals): the chance that an unrelated row hits both is about the
inverse. It is certain from `EVIDENCE` times the rows on that it was looked for among. Less than that, sums of
two, and rows that stand twice are suspicions.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from envindicators.cells.classes import UNKNOWN
from envindicators.cells.grouping import exact_sum
from envindicators.cells.table_cells import COUNTED
from envindicators.definitions.table import Table
from envindicators.words.spelling import bare, fold, looks

EVIDENCE = 30
"""From what evidence on a sum is no chance."""

_PART_TELLS = 10
"""How many times as much a sum is worth at most where a part is one too: parts follow their totals closely."""

_ROUNDS = 6
"""How often totals are looked for again among the rows that are none: communes, districts, provinces, a country."""


# by name

_UNITS = (
    "tỉnh huyện xã phường quận nước quốc vùng miền khu cụm ấp thôn bản tổ ngành đơn địa thành thị "
    "province provinces district districts commune communes country nation region regions state city county wards"
)
_WORDS = f"trong đó tổng cộng số chung hợp toàn cả luỹ kế dồn các tổngcộng tổngsố luỹkế toàntỉnh cảnước {_UNITS}"
_SPELT = {form: bare(word) for word in _WORDS.split() for form in (looks([word])[0], bare(word))}
_AREA = "|".join(map(bare, _UNITS.split()))
_TOTAL = re.compile(
    rf"""
    (?: tong|cong|tong\ hop|chung|(?:tong|cong)\ chung|tc|sum|all|overall|tinh|province
      | (?:tongcong|tongso|luyke|toantinh|canuoc)(?:\ .+)?
      | (?:tong\ )?(?:tong\ so|tong\ cong|luy\ ke|cong\ don)(?!\ ty\b)(?:\ .+)?
      | (?:(?:tong|cong|so|chung|tong\ so|tong\ cong)\ )?(?:toan|ca|cac)\ (?:{_AREA})\b.*
      | (?:tong|cong)\ (?:{_AREA})\b.*
      | (?:.*\ )?(?:sub\ ?)?totals?(?:\ .*)?
      | (?:sum|aggregate)\ of\ .*
      | (?:trong\ do|of\ which|thereof)(?:\ .*)?
      | (?:the\ )?(?:whole|entire|all)\ (?:the\ )?(?:{_AREA}|areas)\b.*
      | (?:nation|country|province|district|state)\ ?wide
      | cumulative(?:\ .*)?
    )""",
    re.VERBOSE,
)
_MAY_BE = re.compile(
    r"[\W\d_]*(?:(?:[ivx]+|[a-h])[\W\d_]+)?(?:t[oôổ]ng|c[oộ]ng|s[oố]\b|chung|to[aà]n|tòan|c[aả]\b|c[aá]c\b|luy|lũy|luỹ|t[iỉ]nh|tc"
    r"|trong\b|of\b|thereof|sum|all|over|the\b|whole|entire|nation|country|district|state|province|cumul|aggr)"
    r"|.*total|[∑σ]"
)
"""What a name begins with, or holds, that may be a total's: most are none, and told so at once."""
_WORD = re.compile(r"[^\W\d_]+")
_NUMERAL = re.compile(r"[ivx]+|[a-h]")


def _is_total(name: str) -> bool:
    """Return whether a folded name is one that tables give to their totals."""
    words = looks(_WORD.findall(re.sub(r"\(.*?\)|\[.*?\]", " ", name)))
    if len(words) > 1 and _NUMERAL.fullmatch(words[0]):
        del words[0]
    if not words:
        return any(sign in name for sign in "∑σ")
    return _TOTAL.fullmatch(" ".join(_SPELT.get(word, word) for word in words)) is not None


def called_totals(areas: Sequence[Any]) -> NDArray[np.bool_]:
    """Return which areas have a name that tables give to their totals, in Vietnamese or English.

    Case, diacritics left out, what cannot be seen, numbers, brackets and punctuation make no difference.

    Example:
        >>> called_totals(["I. TỔNG CỘNG:", "Luỹ kế", "Toan tinh", "Province total", "Cộng Hòa", "Tổng Cọt"]).tolist()
        [True, True, True, True, False, False]
    """
    named = np.zeros(len(areas), dtype=np.bool_)
    places = [place for place, area in enumerate(areas) if isinstance(area, str)]
    for place, name in zip(places, fold([areas[place] for place in places]), strict=True):
        named[place] = _MAY_BE.match(name) is not None and _is_total(name)
    return named


# by their figures


@frozen
class SuspectedTotal:
    """A row that is, or may be, a total of others.

    Args:
        row: its position in the ledger.
        siblings: how many rows it is the total of, or stands beside where only its name tells.
        column: the column that gives it away: the area, or the category that it leaves blank.
        kind: the kind of problem: ``"total_row"`` where its figures are sums, ``"total_name"`` where it is
            only called a total, ``"suspected_total"`` or ``"doubled_rows"`` where it is only suspected.
    """

    row: int
    siblings: int
    column: str
    kind: str

    @property
    def certain(self) -> bool:
        """Whether the row is refused until it is said what it is."""
        return self.kind in ("total_row", "total_name")


@frozen(eq=False)
class _Sums:
    """Rows whose totals are sums of others, and what else those others add up to.

    Args:
        rows: positions in the ledger.
        count: how many rows each has below it.
        filled: how many of those have a total above 0.
        parts: for each part the sum of what is known, and how many are blank.
        among: among how many rows the sum was looked for, 1 where there is no choice.
    """

    rows: NDArray[np.intp]
    count: NDArray[np.int64]
    filled: NDArray[np.int64]
    parts: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]]
    among: NDArray[np.int64]


@frozen(eq=False)
class _Figures:
    """The figures of the rows of a ledger.

    Args:
        total: the totals, 0 where blank.
        parts: for each part what is known of it, and where it is blank.
        grain: how many counted units make one that is shown.
    """

    total: NDArray[np.int64]
    parts: Sequence[tuple[NDArray[np.int64], NDArray[np.bool_]]]
    grain: int

    @classmethod
    def of(cls, table: Table, ledger: NDArray[np.int64]) -> _Figures:
        """Return the figures of a ledger; a flag makes a part the whole of its row, or nothing of it."""
        parts = len(table.parts)
        total = np.maximum(ledger[:, ledger.shape[1] - 1 - parts], 0)
        found: list[tuple[NDArray[np.int64], NDArray[np.bool_]]] = []
        for place in range(parts):
            flag, amount = ledger[:, 1 + place], ledger[:, ledger.shape[1] - parts + place]
            known = np.where(flag == COUNTED, np.maximum(amount, 0), np.where(flag == 1, total, 0))
            blank = np.where(flag == COUNTED, amount == UNKNOWN, flag == UNKNOWN)
            found.append((known, blank & ((total > 0) | (ledger[:, ledger.shape[1] - 1 - parts] == UNKNOWN))))
        return cls(total, found, table.unit.grain)

    @property
    def bounded(self) -> bool:
        """Whether the figures add up within 64 bits."""
        columns = [self.total, *(known for known, _ in self.parts)]
        return all(exact_sum(column) < 2**62 for column in columns)

    def evidence(self, sums: _Sums) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return what each sum is worth as evidence, 0 where its parts are none; then with round figures discounted.

        Where no part tells, 1000 and 2000 are 3000 as readily as 1 and 2 are 3.
        """
        own = self.total[sums.rows]
        fits, telling = np.ones(len(own), dtype=np.bool_), np.zeros(len(own), dtype=np.int64)
        for (known, blank), (least, blanks) in zip(self.parts, sums.parts, strict=True):
            part, silent = known[sums.rows], blank[sums.rows]
            exact = (part == least) & (blanks == 0)
            fits &= silent | exact | ((part >= least) & (blanks > 0))
            telling = np.maximum(telling, np.where(exact & ~silent, np.minimum(part, own - part), 0))
        worth = np.where(fits, own / self.grain * np.minimum(1 + telling / self.grain, _PART_TELLS), 0.0)
        return worth, np.where(telling > 0, worth, np.where(fits, own / self.roundness, 0.0))

    @property
    def roundness(self) -> int:
        """The greatest number that divides all totals, and at least one shown unit."""
        return max(int(np.gcd.reduce(self.total)), self.grain)


def _codes(columns: Sequence[NDArray[np.int64]]) -> NDArray[np.intp]:
    """Return for each row a code, from 0 on, that rows share which agree in all columns."""
    codes = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        least, most = int(column.min()), int(column.max())
        if (int(codes.max()) + 1) * (most - least + 1) >= 2**62:
            codes = np.unique(codes, return_inverse=True)[1].reshape(-1).astype(np.int64)
        codes = codes * (most - least + 1) + (column - least)
    return np.unique(codes, return_inverse=True)[1].reshape(-1)


def _added(values: NDArray[Any], code: NDArray[np.intp], size: int) -> NDArray[np.int64]:
    sums = np.zeros(size, dtype=np.int64)
    np.add.at(sums, code, values)
    return sums


@frozen(eq=False)
class _Search:
    """A ledger in which totals are looked for.

    Args:
        ledger: the rows.
        figures: their figures.
        elsewhere: for each row a code of its year and other keys but the area.
        family: for each row a code of all that tells it from others but the area.
        blanks: by the name of a column that rows may leave blank, where they do, and where it stands.
        categories: the names of the categories.
        areas: whether the rows have areas.
        arrival: for each row when it came, None where that is not known.
    """

    ledger: NDArray[np.int64]
    figures: _Figures
    elsewhere: NDArray[np.int64]
    family: NDArray[np.intp]
    blanks: dict[str, tuple[NDArray[np.bool_], tuple[int, ...]]]
    categories: frozenset[str]
    areas: bool
    arrival: NDArray[np.int64] | None

    @classmethod
    def of(
        cls,
        table: Table,
        areas: Sequence[Any],
        elsewhere: NDArray[np.int64],
        ledger: NDArray[np.int64],
        arrival: NDArray[np.int64] | None,
    ) -> _Search:
        """Return the search through a ledger."""
        parts = len(table.parts)
        blanks: dict[str, tuple[NDArray[np.bool_], tuple[int, ...]]] = {}
        categories = [category.key for category in table.categories]
        for place, name in enumerate([*categories, *(column.key for column in table.years)], start=1 + parts):
            blanks[name] = (ledger[:, place] == UNKNOWN, (place,))
        if parts and (ledger[:, 1] != COUNTED).any():
            blanks[table.total] = (ledger[:, 1] == COUNTED, tuple(range(1, 1 + parts)))
        held = any(area is not None for area in areas)
        outside = elsewhere[ledger[:, 0]]
        family = _codes([outside, *ledger[:, 1 : ledger.shape[1] - 1 - parts].T])
        figures = _Figures.of(table, ledger)
        return cls(ledger, figures, outside, family, blanks, frozenset(categories), held, arrival)

    def alike(self, rows: NDArray[np.intp], left_out: Sequence[str]) -> NDArray[np.intp]:
        """Return a code that rows share which are alike in everything but some columns."""
        if left_out == ("area",):
            return self.family[rows]
        spare = {place for name in left_out if name in self.blanks for place in self.blanks[name][1]}
        width = self.ledger.shape[1] - 1 - len(self.figures.parts)
        key = self.elsewhere if "area" in left_out else self.ledger[:, 0]
        columns = [key, *(self.ledger[:, place] for place in range(1, width) if place not in spare)]
        return _codes([column[rows] for column in columns])

    def choices(self) -> Iterator[tuple[str, ...]]:
        """Yield the columns in which a total may differ from its rows, fewest first."""
        open_columns = [
            *(["area"] if self.areas else []),
            *(name for name, (blank, _) in self.blanks.items() if blank.any()),
        ]
        for size in range(1, len(open_columns) + 1):
            yield from itertools.combinations(open_columns, size)

    def of_siblings(
        self, rows: NDArray[np.bool_], named: NDArray[np.bool_], left_out: Sequence[str]
    ) -> Iterator[_Sums]:
        """Yield the rows blank in all of some columns whose totals are sums of the rows blank in none of them.

        Args:
            rows: the rows that may be added up, or be totals.
            named: rows that may be totals only.
            left_out: the columns.
        """
        blank, filled = np.ones(len(rows), dtype=np.bool_), np.ones(len(rows), dtype=np.bool_)
        for name in left_out:
            if name in self.blanks:
                blank &= self.blanks[name][0]
                filled &= ~self.blanks[name][0]
        candidates, proper = (rows | named) & blank, rows & filled & ~named
        chosen = np.flatnonzero(candidates | proper)
        if not candidates.any() or not proper.any():
            return
        code = self.alike(chosen, left_out)
        size = int(code.max()) + 1
        inside, asking = proper[chosen], candidates[chosen]

        def sums(values: NDArray[Any], asking: NDArray[np.intp]) -> NDArray[np.int64]:
            of_rows: NDArray[np.int64] = values[chosen].astype(np.int64)
            whole: NDArray[np.int64] = _added(of_rows[inside], code[inside], size)[code[asking]]
            own: NDArray[np.int64] = np.where(inside, of_rows, 0)[asking]
            return whole - own

        figures = self.figures
        places = np.flatnonzero(asking)
        total = figures.total[chosen[places]]
        places = places[(total > 0) & (sums(figures.total, places) == total)]
        if len(places):
            yield _Sums(
                chosen[places],
                sums(np.ones(len(rows)), places),
                sums(figures.total > 0, places),
                [(sums(known, places), sums(blank_part, places)) for known, blank_part in figures.parts],
                np.ones(len(places), dtype=np.int64),
            )

    def of_neighbours(self, rows: NDArray[np.bool_]) -> Iterator[_Sums]:
        """Yield the rows whose totals are sums of those that stand right after them, then right before them.

        Rows alike in everything but the area are neighbours, whatever else stands between them.
        """
        chosen = self._as_they_came(rows)
        if not len(chosen):
            return
        chosen = chosen[np.argsort(self.family[chosen], kind="stable")]
        code = self.family[chosen]
        sizes = np.bincount(code)
        ends = np.cumsum(sizes)[code]
        among = sizes[code]
        places, own = np.arange(len(chosen)), self.figures.total[chosen]
        running = self._running(chosen, self.figures.total)
        wanted = running[1:] + own
        after = np.minimum(np.searchsorted(running, wanted, side="left"), len(chosen))
        fits = np.flatnonzero((own > 0) & (after <= ends) & (running[after] == wanted))
        if len(fits):
            yield self._between(chosen, fits, places[fits] + 1, after[fits], among[fits])
        wanted = running[:-1] - own
        before = np.maximum(np.searchsorted(running, wanted, side="right") - 1, 0)
        fits = np.flatnonzero((own > 0) & (before >= ends - among) & (running[before] == wanted))
        if len(fits):
            yield self._between(chosen, fits, before[fits], places[fits], among[fits])

    def _between(
        self,
        chosen: NDArray[np.intp],
        fits: NDArray[np.intp],
        first: NDArray[np.intp],
        last: NDArray[np.intp],
        among: NDArray[np.int64],
    ) -> _Sums:
        def sums(values: NDArray[Any]) -> NDArray[np.int64]:
            running = self._running(chosen, values)
            return running[last] - running[first]

        parts = [(sums(known), sums(blank)) for known, blank in self.figures.parts]
        return _Sums(chosen[fits], last - first, sums(self.figures.total > 0), parts, among)

    def _as_they_came(self, rows: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Return the positions of some rows in the order in which they came."""
        chosen = np.flatnonzero(rows)
        return chosen if self.arrival is None else chosen[np.argsort(self.arrival[chosen], kind="stable")]

    def _running(self, chosen: NDArray[np.intp], values: NDArray[Any]) -> NDArray[np.int64]:
        return np.concatenate([[0], np.cumsum(values[chosen], dtype=np.int64)])

    def doubled(self, rows: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
        """Yield rows at which several in a row begin whose figures stand in the same order before, and how many."""
        chosen = self._as_they_came(rows & (self.figures.total > 0))
        ordered = np.sort(self.figures.total[chosen])
        if np.count_nonzero(ordered[1:] == ordered[:-1]) < 3:
            return
        chosen = chosen[np.argsort(self.family[chosen], kind="stable")]
        figures = [self.figures.total, *(np.where(blank, UNKNOWN, known) for known, blank in self.figures.parts)]
        same = _codes([self.family[chosen], *(column[chosen] for column in figures)])
        by_figures = np.argsort(same, kind="stable")
        back = np.zeros(len(chosen), dtype=np.int64)
        repeats = same[by_figures][1:] == same[by_figures][:-1]
        back[by_figures[1:]] = np.where(repeats, by_figures[1:] - by_figures[:-1], 0)
        starts = np.flatnonzero(np.concatenate([[True], back[1:] != back[:-1]]))
        lengths = np.diff([*starts.tolist(), len(back)])
        worth = np.add.reduceat(np.log1p(self.figures.total[chosen] / self.figures.grain), starts)
        certain = (back[starts] >= lengths) & (lengths >= 3) & (worth > np.log(EVIDENCE) + 2 * np.log(len(chosen)))
        for start, length in zip(starts[certain].tolist(), lengths[certain].tolist(), strict=True):
            yield int(chosen[start]), length


def find_totals(
    table: Table,
    areas: Sequence[Any],
    elsewhere: NDArray[np.int64],
    ledger: NDArray[np.int64],
    arrival: NDArray[np.int64] | None = None,
) -> list[SuspectedTotal]:
    """Return the rows of a ledger that are, or may be, totals of others, in the order in which they came.

    Args:
        table: the table.
        areas: the area of each site.
        elsewhere: for each site a code that sites share which agree in year and all other keys but the area.
        ledger: the rows, see `TableCells`.
        arrival: for each row when it came, so that neighbours tell something; None where that is not known.
    """
    if len(ledger) < 2:
        return []
    search = _Search.of(table, areas, elsewhere, ledger, arrival)
    named = called_totals(areas)[ledger[:, 0]]
    beside = _added(~named, search.elsewhere.astype(np.intp), int(search.elsewhere.max()) + 1)[search.elsewhere]
    named &= beside > 0
    found = {row: SuspectedTotal(row, int(beside[row]), "area", "total_name") for row in np.flatnonzero(named).tolist()}
    rows = ~named
    if search.figures.bounded:
        for _ in range(_ROUNDS):
            hits = list(_hits(search, rows, named))
            certain = {hit.row: hit for hit in hits if hit.certain}
            found |= {row: hit for row, hit in certain.items() if rows[row] or found[row].kind == "total_name"}
            fresh = [row for row in certain if rows[row]]
            rows[fresh] = False
            if not fresh:
                for hit in hits:
                    found.setdefault(hit.row, hit)
                break
        if arrival is not None:
            for row, length in search.doubled(rows):
                found.setdefault(row, SuspectedTotal(row, length, "area", "doubled_rows"))
    order = np.arange(len(ledger)) if arrival is None else arrival
    return [found[row] for row in sorted(found, key=order.__getitem__)]


def _hits(search: _Search, rows: NDArray[np.bool_], named: NDArray[np.bool_]) -> Iterator[SuspectedTotal]:
    """Yield the rows that are sums of others, certain or suspected."""
    for left_out in search.choices():
        for sums in search.of_siblings(rows, named, left_out):
            worth, discounted = search.figures.evidence(sums)
            few = 2 if search.categories.issuperset(left_out) else 3
            many = (sums.count >= few) & (sums.filled >= few - 1)
            certain = (worth > 0) & (many | named[sums.rows] & (sums.count >= 2))
            suspect = (sums.count >= 2) & (discounted >= EVIDENCE)
            yield from _told(sums, certain | suspect, certain, left_out[0])
    if search.arrival is not None and search.areas:
        for sums in search.of_neighbours(rows):
            worth, discounted = search.figures.evidence(sums)
            certain = (sums.filled >= 3) & (worth >= EVIDENCE * sums.among)
            suspect = (sums.filled >= 2) & (discounted >= EVIDENCE * sums.among)
            yield from _told(sums, certain | suspect, certain, "area")


def _told(sums: _Sums, chosen: NDArray[np.bool_], certain: NDArray[np.bool_], column: str) -> Iterator[SuspectedTotal]:
    for place in np.flatnonzero(chosen).tolist():
        kind = "total_row" if certain[place] else "suspected_total"
        yield SuspectedTotal(int(sums.rows[place]), int(sums.count[place]), column, kind)
