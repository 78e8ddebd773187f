"""What the public names return is public too."""

import importlib
import inspect
import pkgutil
import typing
from pathlib import Path

import attrs
import pytest

import envindicators as ei

PUBLIC = {name: getattr(ei, name) for name in ei.__all__}
CLASSES = {name: value for name, value in PUBLIC.items() if inspect.isclass(value)}
KINDS = {kind for kind in CLASSES if issubclass(CLASSES[kind], ei.Indicator)}
FORM_COLUMNS = ("Always", "FormColumn", "Joined", "Measured", "Percent", "Period", "Periods", "SheetName")
INNER = {
    "Cells.tables",
    "Files.outline",
    "Files.stream",
    "Scorecard.results",
    *(f"{name}.formula" for name in KINDS),
    *(f"{name}.read" for name in FORM_COLUMNS),
}
"""What these objects are made of; the reference leaves it out."""
API = Path(__file__).parents[1] / "docs" / "api"


def own_classes(annotation):
    """Yield the classes of this library that an annotation speaks of."""
    for part in typing.get_args(annotation):
        yield from own_classes(part)
    if inspect.isclass(annotation) and annotation.__module__.startswith("envindicators"):
        yield annotation


def every_name():
    """The names that annotations use, also those that only type checkers import."""
    names = {}
    for module in pkgutil.walk_packages(ei.__path__, "envindicators."):
        if not module.name.startswith(("envindicators.sphinxext", "envindicators.__main__", "envindicators.cli")):
            names |= vars(importlib.import_module(module.name))
    return {name: value for name, value in names.items() if not name.startswith("__")} | PUBLIC | {"Axes": object}


NAMES = every_name()


def hints(function):
    return typing.get_type_hints(inspect.unwrap(function), localns=NAMES)


def returned(value):
    """Yield by where it stands each class that a public name hands out."""
    if inspect.isfunction(value):
        yield from ((f"{value.__name__}()", cls) for cls in own_classes(hints(value).get("return")))
    if not inspect.isclass(value):
        return
    if attrs.has(value):
        resolved = attrs.resolve_types(value, localns=NAMES)
        for field in attrs.fields(resolved):
            if not field.name.startswith("_"):
                yield from ((f"{value.__name__}.{field.name}", cls) for cls in own_classes(field.type))
    for name, member in inspect.getmembers_static(value):
        if name.startswith("_"):
            continue
        if isinstance(member, (classmethod, staticmethod)):
            member = member.__func__
        if isinstance(member, property):
            member = member.fget
        member = getattr(member, "func", member)  # a cached property
        if inspect.isfunction(member) and member.__module__.startswith("envindicators"):
            yield from ((f"{value.__name__}.{name}", cls) for cls in own_classes(hints(member).get("return")))


@pytest.mark.parametrize("name", PUBLIC)
def test_what_a_public_name_hands_out_is_public(name):
    for where, cls in returned(PUBLIC[name]):
        assert where in INNER or cls in PUBLIC.values(), f"{where} is a {cls.__module__}.{cls.__qualname__}"


def test_the_test_sees_returned_classes():
    handed_out = {cls for name in PUBLIC for _, cls in returned(PUBLIC[name])}
    assert {ei.Scorecard, ei.Assessment, ei.Judgement, ei.Threshold, ei.Question, ei.Part} <= handed_out


@pytest.mark.parametrize("name", [name for name in PUBLIC if name not in ("areas", "examples", "programmes")])
def test_every_public_name_is_in_the_reference(name):
    assert any(f":: envindicators.{name}\n" in page.read_text(encoding="utf-8") for page in API.glob("*.md"))


@pytest.mark.parametrize("name", CLASSES)
def test_a_public_class_says_where_a_user_finds_it(name):
    """`help` and a traceback name a class as it is called."""
    assert CLASSES[name].__name__ == name
    assert inspect.getdoc(CLASSES[name])
