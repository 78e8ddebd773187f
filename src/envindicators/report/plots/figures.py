"""Figures of matplotlib's that know nothing of pyplot: one that shows itself, and one that is drawn as SVG.

Whoever imports this module imports matplotlib.
"""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from html import escape
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backend_bases import FigureCanvasBase, GraphicsContextBase, RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

FONT = "DejaVu Sans"
"""The font that comes with matplotlib, and has all letters of Vietnamese."""

_ONE_BY_ONE = threading.Lock()
"""Held while warnings are silenced, which all threads share."""

_SHARP = 220
"""The dots of an inch of a picture that is printed."""

_COMMANDS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "Z"}
_ANCHORS = {"center": "middle", "right": "end"}


class ShownAxes(Axes):
    """Axes that show their figure where they are the answer of a cell in Jupyter."""

    def _repr_png_(self) -> bytes:
        figure = self.get_figure(root=True)
        assert figure is not None
        written = io.BytesIO()
        figure.savefig(written, format="png")
        return written.getvalue()


def new_axes(size: tuple[float, float]) -> Axes:
    """Return the axes of a new figure, so many inches wide and high, in the style that is in force."""
    return Figure(figsize=size, layout="constrained").add_subplot(axes_class=ShownAxes)


def plain_axes(size: tuple[float, float]) -> Axes:
    """Return the axes of a new figure, black on white whatever style is in force."""
    layout = ConstrainedLayoutEngine(h_pad=0.04, w_pad=0.04, hspace=0.02, wspace=0.02)
    figure = Figure(size, 72, facecolor="white", edgecolor="white", layout=layout)
    grid = figure.add_gridspec(left=0.125, right=0.9, bottom=0.11, top=0.88)
    ax = figure.add_subplot(grid[0])
    ax.patch.set(facecolor="white", edgecolor="none", linewidth=0)
    for spine in ax.spines.values():
        spine.set(color="black", linewidth=0.8, visible=True)
    for axis in (ax.xaxis, ax.yaxis):
        axis.labelpad = 4.0
    ax.set_axisbelow("line")
    ax.grid(visible=False, which="both")
    ax.minorticks_off()
    ax.tick_params(
        axis="both", which="both", color="black", labelcolor="black", direction="out", length=3.5, width=0.8, pad=3.5,
        labelrotation=0, left=True, labelleft=True, right=False, labelright=False, bottom=True, labelbottom=True,
        top=False, labeltop=False,
    )  # fmt: skip
    return ax


def svg_body(ax: Axes, key: str) -> tuple[float, float, str]:
    """Return the width and the height of a figure in points, and what stands in its SVG.

    Args:
        ax: the axes of the figure.
        key: what its ids begin with.
    """
    figure = ax.figure
    assert isinstance(figure, Figure)
    width, height = figure.get_size_inches() * 72
    canvas = _Canvas(figure, _Renderer(width, height, key))
    figure.draw(canvas.renderer)
    return width, height, "".join(canvas.renderer.parts)


@contextmanager
def letters_may_lack() -> Generator[None]:
    """Let a picture be drawn though the font has not all letters of a name; it shows boxes for them."""
    with _ONE_BY_ONE, warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        yield


def png_bytes(ax: Axes) -> bytes:
    """Return a figure as PNG."""
    figure = ax.figure
    assert isinstance(figure, Figure)
    figure.set_dpi(_SHARP)
    written = io.BytesIO()
    canvas: Any = FigureCanvasAgg(figure)
    canvas.print_png(written, metadata={"Software": None})  # None leaves it out
    return written.getvalue()


class _Canvas(FigureCanvasBase):
    """Lets a figure be laid out by the renderer that draws it."""

    def __init__(self, figure: Figure, renderer: _Renderer) -> None:
        super().__init__(figure)
        self.renderer = renderer

    def get_renderer(self) -> _Renderer:
        return self.renderer


class _Renderer(RendererBase):
    """Draws paths and text as SVG. Letters stay letters, to be set by whoever shows the page."""

    def __init__(self, width: float, height: float, key: str) -> None:
        super().__init__()
        self.width, self.height, self.key = width, height, key
        self.parts: list[str] = []
        self._clips: dict[tuple[float, ...], str] = {}

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self.width, self.height

    def points_to_pixels(self, points: Any) -> Any:
        return points

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[float, float, float]:  # noqa: ARG002
        known = get_font(
            findfont(prop)
        ).get_charmap()  # of a letter that the font has not, the reader's font may be wider
        return super().get_text_width_height_descent("".join(c if ord(c) in known else "W" for c in s), prop, False)

    def draw_path(self, gc: GraphicsContextBase, path: Path, transform: Any, rgbFace: Any = None) -> None:  # noqa: N803
        drawn = " ".join(
            f"{_COMMANDS[code]}{_numbers(() if code == Path.CLOSEPOLY else points)}"
            for points, code in path.iter_segments(transform + self._down(), simplify=False)
        )
        style = f"{_fill(gc, rgbFace)}{_stroke(gc)}"
        if drawn and style:
            self.parts.append(f'<path d="{drawn}"{style}{self._clip(gc)}/>')

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: Any,
        angle: float,  # noqa: ARG002 - no text of a picture is turned
        ismath: Any = False,  # noqa: ARG002, FBT002
        mtext: Any = None,
    ) -> None:
        anchor = ""
        if mtext is not None and mtext.get_ha() in _ANCHORS:
            x = mtext.get_transform().transform(mtext.get_unitless_position())[0]
            anchor = f' text-anchor="{_ANCHORS[mtext.get_ha()]}"'
        weight = ' font-weight="bold"' if prop.get_weight() == "bold" else ""
        self.parts.append(
            f'<text x="{_number(x)}" y="{_number(y)}" font-size="{_number(prop.get_size_in_points())}"'
            f'{weight}{anchor} fill="{to_hex(gc.get_rgb())}"{self._clip(gc)}>{escape(s)}</text>'
        )

    def flipy(self) -> bool:
        return True

    def _down(self) -> Affine2D:
        """Return the transform to a page on which heights are counted from above."""
        return Affine2D().scale(1, -1).translate(0, self.height)

    def _clip(self, gc: GraphicsContextBase) -> str:
        box = gc.get_clip_rectangle()
        if box is None:
            return ""
        bounds = (box.x0, self.height - box.y1, box.width, box.height)
        if bounds not in self._clips:
            self._clips[bounds] = f"{self.key}-{len(self._clips)}"
            x, y, width, height = map(_number, bounds)
            self.parts.append(
                f'<clipPath id="{self._clips[bounds]}"><rect x="{x}" y="{y}" width="{width}" height="{height}"/>'
                "</clipPath>"
            )
        return f' clip-path="url(#{self._clips[bounds]})"'


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _numbers(values: Iterable[Any]) -> str:
    return " ".join(map(_number, values))


def _opacity(name: str, alpha: float) -> str:
    return "" if alpha == 1 else f' {name}-opacity="{_number(alpha)}"'


def _fill(gc: GraphicsContextBase, face: Any) -> str:
    if face is None:
        return ' fill="none"'
    alpha = gc.get_alpha() if gc.get_forced_alpha() or len(face) < 4 else face[3]
    return f' fill="{to_hex(face)}"{_opacity("fill", alpha)}'


def _stroke(gc: GraphicsContextBase) -> str:
    width, colour = gc.get_linewidth(), gc.get_rgb()
    alpha = gc.get_alpha() if gc.get_forced_alpha() else colour[3]
    if not width or not alpha:
        return ""
    dashes: Any = gc.get_dashes()[1]
    dashed = "" if dashes is None else f' stroke-dasharray="{_numbers(dashes)}"'
    return f' stroke="{to_hex(colour)}"{_opacity("stroke", alpha)} stroke-width="{_number(width)}"{dashed}'
