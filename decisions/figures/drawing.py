"""A figure drawn as an SVG by matplotlib. Import it only where one is drawn: it is large.

It draws rows of bars from what may be shown, so a length gives no more away than a number. The
same figure gives the same bytes. Colours stand out from white by 4.5 to 1 or more, and each but the
first has a pattern of its own.
"""

import io
import re
import textwrap
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from decisions.figures.publishing import Row
from decisions.figures.sentences import sentence
from decisions.figures.tables import Figure

FONTS = "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"
matplotlib.rcParams.update({
    "svg.fonttype": "none",
    "svg.hashsalt": "infoshare",
    "font.family": "DejaVu Sans",
    "font.size": 14,
    "hatch.linewidth": 1.4,
    "text.parse_math": False,  # a team may have a dollar sign in its name
})  # fmt: skip

# Letters that the library has no font for are measured roughly; the reader's fonts draw them.
warnings.filterwarnings("ignore", message="Glyph .* missing from font")

INK, QUIET, LINE = "#14212b", "#47555f", "#b9cccc"
# A colour and its pattern; with the words on it in white.
INKS = (
    ("#0b5660", ""),
    ("#b3541e", "///"),
    ("#5b3d82", "||"),
    ("#1f5fa8", "\\\\\\"),
    ("#7a6100", "--"),
)
HELD_FACE, HELD_LINES = "#ffffff", "#5b6770"
TOO_FEW = "held back"
PIXEL = 72  # points an inch: one point of the drawing is one pixel
EDGE = 1.5
LABEL = 23  # characters of a line of a label beside its bar


@dataclass(frozen=True, slots=True)
class Size:
    """How a drawing is laid out, in pixels."""

    width: int
    label: int  # beside the bars; 0 sets labels above them
    end: int  # beyond the bars, for what they come to
    bar: int
    pitch: int
    font: int
    keys: int  # columns of the legend


WIDE = Size(width=900, label=210, end=150, bar=26, pitch=40, font=15, keys=2)
NARROW = Size(width=320, label=0, end=62, bar=22, pitch=56, font=15, keys=1)


def draw(figure: Figure, *, narrow: bool = False) -> bytes:
    """The drawing, with its title and its sentence inside for those who do not see it."""
    size = NARROW if narrow else _fitting(WIDE, figure)
    parts = _keys(figure)
    lines = sum(str(part.get_label()).count("\n") for part in parts)
    top = 12 + (-(-len(parts) // size.keys) + lines) * 26
    height = top + len(figure.rows) * size.pitch + 44
    canvas = Canvas(figsize=(size.width / PIXEL, height / PIXEL), dpi=PIXEL)
    FigureCanvasSVG(canvas)
    left = (size.label or 4) / size.width
    wide = 1 - left - size.end / size.width
    axes = canvas.add_axes((left, 40 / height, wide, (height - top - 44) / height))
    _frame(axes, figure, size)
    for place, (label, row) in enumerate(figure.rows):
        _label(axes, place, label, size)
        _bar(axes, place, row, size, figure)
    canvas.legend(
        handles=parts,
        loc="upper left",
        bbox_to_anchor=(0, 1),
        ncols=size.keys,
        frameon=False,
        fontsize=size.font,
        labelcolor=INK,
        handlelength=1.8,
        handleheight=1.1,
        columnspacing=2,
        borderaxespad=0.2,
    )
    made = io.StringIO()
    canvas.savefig(made, format="svg", metadata={"Date": None, "Creator": None})
    return _spoken(made.getvalue(), figure).encode()


def _fitting(size: Size, figure: Figure) -> Size:
    """The size with no more room for labels than the longest needs."""
    longest = max((min(len(label), LABEL) for label, _ in figure.rows), default=0)
    return replace(size, label=min(size.label, longest * 9 + 20))


def _frame(axes: Axes, figure: Figure, size: Size) -> None:
    most = max((row.total or 0 for _, row in figure.rows), default=0)
    axes.set_xlim(0, max(most, 1))
    axes.set_ylim(len(figure.rows) - 0.5 + (0.0 if size.label else 0.08), -0.5)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4 if size.label else 3, integer=True))
    axes.set_yticks([])
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    axes.spines["left"].set_color(QUIET)
    axes.tick_params(axis="x", length=0, colors=QUIET, labelsize=size.font - 1)
    axes.grid(axis="x", color=LINE, linewidth=1)
    axes.set_axisbelow(True)
    if not most:
        axes.set_xticks([])


def _label(axes: Axes, place: int, label: str, size: Size) -> None:
    """A row's label, left of its bar, or above it where there is little room."""
    if size.label:
        words = textwrap.fill(_printable(label), LABEL, max_lines=2, placeholder="…")
        axes.annotate(
            words,
            (0, place),
            xytext=(-12, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            color=INK,
            fontsize=size.font,
            linespacing=1.0,
        )
    else:
        words = textwrap.shorten(_printable(label), 34, placeholder="…")
        axes.annotate(
            words,
            (0, place),
            xytext=(2, size.bar / 2 + 1),
            textcoords="offset points",
            ha="left",
            va="bottom",
            color=INK,
            fontsize=size.font,
            annotation_clip=False,
        )


def _bar(axes: Axes, place: int, row: Row, size: Size, figure: Figure) -> None:
    """The parts of a row one after the other, and what they come to."""
    middle = place if size.label else place + 0.12
    if row.total is None:
        _end(axes, 0, middle, TOO_FEW, size, bold=False)
        return
    at = 0
    for part, ink in zip(row.parts, INKS, strict=False):
        if part:
            _piece(axes, at, middle, part, size, figure, ink)
            at += part
    if at < row.total:
        _held(axes, at, middle, row.total - at, size)
    _end(axes, row.total, middle, f"{row.total:,}", size, bold=True)


def _piece(
    axes: Axes,
    at: int,
    middle: float,
    part: int,
    size: Size,
    figure: Figure,
    ink: tuple[str, str],
) -> None:
    colour, pattern = ink
    high = size.bar / size.pitch
    axes.barh(
        middle,
        part,
        high,
        at,
        color=colour,
        edgecolor="white",
        linewidth=EDGE,
        hatch=pattern or None,
        hatchcolor="#ffffff66",
    )
    words = f"{part:,}"
    if figure.is_sum and _pixels(axes, part, size) > 12 * len(words) + 8:
        axes.text(
            at + part / 2,
            middle,
            words,
            ha="center",
            va="center",
            color="white",
            fontsize=size.font - 1,
            fontweight="bold",
            bbox={"facecolor": colour, "edgecolor": "none", "pad": 2},
        )


def _held(axes: Axes, at: int, middle: float, part: int, size: Size) -> None:
    """What is known of parts that are held back: how much they are together."""
    axes.barh(
        middle,
        part,
        size.bar / size.pitch,
        at,
        color=HELD_FACE,
        edgecolor=HELD_LINES,
        linewidth=EDGE,
        linestyle=(0, (3, 2)),
        hatch="xx",
        hatchcolor=LINE,
    )


def _end(axes: Axes, at: int, middle: float, words: str, size: Size, *, bold: bool) -> None:
    axes.annotate(
        words,
        (at, middle),
        xytext=(8, 0),
        textcoords="offset points",
        ha="left",
        va="center",
        color=INK if bold else QUIET,
        fontsize=size.font,
        fontweight="bold" if bold else "normal",
        fontstyle="normal" if bold else "italic",
        annotation_clip=False,
    )


def _pixels(axes: Axes, part: int, size: Size) -> float:
    low, high = axes.get_xlim()
    room = size.width - (size.label or 4) - size.end
    return part / (high - low) * room


def _keys(figure: Figure) -> Sequence[Patch]:
    """The legend: each part that is drawn with its pattern, and what is held back where it is."""
    drawn = [any(row.parts[at] for _, row in figure.rows) for at in range(len(figure.parts))]
    keys = [
        Patch(facecolor=colour, hatch=pattern or None, hatchcolor="#ffffff88", label=_short(label))
        for label, (colour, pattern), is_drawn in zip(figure.parts, INKS, drawn, strict=False)
        if is_drawn
    ]
    if figure.is_sum and any(row.rest or not row.is_divided for _, row in figure.rows if row.total):
        keys.append(
            Patch(
                facecolor=HELD_FACE,
                edgecolor=HELD_LINES,
                linestyle=(0, (3, 2)),
                hatch="xx",
                hatchcolor=LINE,
                label="Parts held back",
            )
        )
    return keys


def _printable(label: str) -> str:
    return "".join(one if one.isprintable() else " " for one in label)


def _short(label: str) -> str:
    return textwrap.fill(label, 32)


def _spoken(svg: str, figure: Figure) -> str:
    """The drawing with a role, a title and a description, in whatever fonts the reader has."""
    begin = svg.index("<svg")
    end = svg.index(">", begin)
    words = f"<title>{escape(figure.title)}</title>\n <desc>{escape(sentence(figure))}</desc>"
    opened = f'{svg[begin:end]} role="img">\n {words}'
    whole = f"{svg[:begin]}{opened}{svg[end + 1 :]}"
    whole = re.sub(r'(width|height)="([\d.]+)pt"', r'\1="\2"', whole, count=2)
    return whole.replace("'DejaVu Sans'", FONTS).replace("DejaVu Sans;", f"{FONTS};")
