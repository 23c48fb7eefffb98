"""The flow of an edition as an accessible drawing, made from the edition itself.

Each question is a card; each line in it says which answers lead where. Answers that lead to
an outcome end in a coloured pill; answers that lead on run to the next card along a lane at
the left. The same as text comes from `describe`.
"""

from collections.abc import Callable, Iterator, Mapping

from guidance.rulebook.flow import describe
from guidance.rulebook.layout import (
    CARD_LEFT,
    CARD_WIDTH,
    GAP,
    HEADING,
    HEADING_LEADING,
    LANE,
    LEADING,
    PADDING,
    SMALL,
    TARGET_LEFT,
    TEXT,
    WIDTH,
    Card,
    Row,
    lay_out,
    title,
)
from guidance.rulebook.outcome import conclude
from guidance.rulebook.schema import Edition, Outcome, Question
from guidance.rulebook.svg import Element, lanes, shape, text_width, written
from guidance.rulebook.words import OUTCOME_WORDS

Link = Callable[[str], str]  # from a question's id to an address

INK, GREY, LINE = "#14212b", "#47555f", "#5f9494"
ACCENT, TINT, PAPER = "#0b5660", "#dcebea", "#ffffff"
PATH_SAID = "The path taken has bold words and thick lines, and each answer on it is written out."
PILLS = {  # paper and ink of each outcome; tests hold their contrast
    Outcome.SHARE: ("#d9efe2", "#12482c"),
    Outcome.SHARE_IN_PART: ("#d8e9f3", "#0f3f5c"),
    Outcome.DO_NOT_SHARE: ("#fbe0dd", "#7a1a14"),
    Outcome.SEEK_ADVICE: ("#fff0c2", "#533b00"),
    Outcome.ASK_CONSENT: ("#e9e1f5", "#44296b"),
}


def draw(
    edition: Edition,
    answers: Mapping[str, str] | None = None,
    *,
    link: Link | None = None,
    marks: Mapping[str, str] | None = None,
) -> str:
    """The flow as SVG; `answers` marks their path, `link` makes each question a link.

    `marks` says what stands at questions on the path, where "Your answer: ..." would not fit.
    The drawing is 900 pixels wide: put it in a box that scrolls. Raises `UnknownAnswerError`
    as `walk` does.
    """
    conclusion = conclude(edition, answers) if answers is not None else None
    cards = lay_out(describe(edition), conclusion, marks)
    root = _canvas(edition, cards[-1].bottom + GAP, is_image=link is None)
    if conclusion is not None:
        root[1].text = f"{root[1].text} {PATH_SAID}"
    for card in cards:
        _draw_card(root, card, link)
    ways = list(_ways(cards))
    for x, row, end in sorted(ways, key=lambda way: way[1].taken):
        _draw_way(root, x, row, end)
    return written(root)


def _canvas(edition: Edition, height: float, *, is_image: bool) -> Element:
    name = f"flow-{edition.id}"
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {WIDTH} {height:g}",
            "width": str(WIDTH),
            "height": f"{height:g}",
            "class": "flow",
            # An image hides the links inside it from assistive technology; a group does not.
            "role": "img" if is_image else "group",
            "aria-labelledby": f"{name}-title {name}-desc",
            "font-family": "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, sans-serif",
            "fill": INK,
        },
    )
    shape(root, "title", f"Flow of the questions: {edition.title}", id=f"{name}-title")
    shape(
        root,
        "desc",
        f"{len(edition.questions)} questions from top to bottom. Each box is a question. Each "
        "line in a box says which answers lead to which question or outcome. "
        "The same is written out as text beside this drawing.",
        id=f"{name}-desc",
    )
    _box(root, 0, 0, WIDTH, height, fill=PAPER)
    return root


def _ways(cards: list[Card]) -> Iterator[tuple[float, Row, float]]:
    """Each way to a later question: where its lane is, the row it leaves and where it ends."""
    rows: dict[str, list[Row]] = {}
    for row in (row for card in cards for row in card.rows):
        if isinstance(row.exit.target, Question):
            rows.setdefault(row.exit.target.id, []).append(row)
    ends = {card.question.id: card.entry for card in cards}
    spans = {name: (leaving[0].middle, ends[name]) for name, leaving in rows.items()}
    for name, lane in lanes(spans).items():
        for row in rows[name]:
            yield CARD_LEFT - 20 - lane * LANE, row, ends[name]


def _draw_way(root: Element, x: float, row: Row, end: float) -> None:
    start, colour = row.middle, ACCENT if row.taken else LINE
    way = (
        f"M{CARD_LEFT} {start:g}H{x + 8:g}Q{x:g} {start:g} {x:g} {start + 8:g}"
        f"V{end - 8:g}Q{x:g} {end:g} {x + 8:g} {end:g}H{CARD_LEFT - 8}"
    )
    width = 5 if row.taken else 2
    shape(root, "path", d=way, fill="none", stroke=colour, stroke_width=width)
    shape(root, "path", d=f"M{CARD_LEFT} {end:g}l-10 -6v12z", fill=colour)
    shape(root, "circle", cx=CARD_LEFT, cy=f"{start:g}", r=4, fill=colour)


def _draw_card(root: Element, card: Card, link: Link | None) -> None:
    name = title(card.question)
    group = shape(root, "g", class_="flow__question", role="group", aria_label=name)
    edge = {"stroke": ACCENT, "stroke_width": 4} if card.mark else {"stroke": LINE}
    height = card.bottom - card.top
    _box(group, CARD_LEFT, card.top, CARD_WIDTH, height, rx=6, fill=PAPER, **edge)
    y = card.top + PADDING + 18
    if link:
        head = shape(group, "a", href=link(card.question.id), class_="flow__link")
        look = {"text_decoration": "underline", "fill": ACCENT}
    else:
        head, look = group, {}
    left = CARD_LEFT + PADDING
    _lines(head, card.title, left, y, HEADING_LEADING, HEADING, font_weight="bold", **look)
    y += len(card.title) * HEADING_LEADING
    _lines(group, card.mark, left, y - 2, LEADING, TEXT, font_weight="bold", fill=ACCENT)
    for row in card.rows:
        _draw_row(group, row)


def _draw_row(group: Element, row: Row) -> None:
    weight = "bold" if row.taken else "normal"
    left, width = CARD_LEFT + 8, CARD_WIDTH - 16
    if row.taken:
        _box(group, left, row.top + 2, width, row.height - 4, rx=4, fill=TINT)
    lines = len(row.answers) + (1 if row.exit.depends else 0)
    y = _first_line(row, lines)
    _lines(group, row.answers, CARD_LEFT + PADDING, y, LEADING, TEXT, font_weight=weight)
    if row.exit.depends:
        y += len(row.answers) * LEADING - 1
        note = ["depends on earlier answers"]
        _lines(group, note, CARD_LEFT + PADDING, y, LEADING, SMALL, fill=GREY)
    if isinstance(row.exit.target, Outcome):
        _draw_pill(group, row, row.exit.target)
    else:
        arrow = f"M{TARGET_LEFT} {row.middle:g}h13m-5 -5l5 5l-5 5"
        shape(group, "path", d=arrow, fill="none", stroke=GREY, stroke_width=2)
        y = _first_line(row, len(row.target))
        _lines(group, row.target, TARGET_LEFT + 24, y, LEADING, TEXT, font_weight=weight)


def _draw_pill(group: Element, row: Row, outcome: Outcome) -> None:
    paper, ink = PILLS[outcome]
    words = OUTCOME_WORDS[outcome]
    width = round(text_width(words, TEXT) + 24)
    edge = {"stroke": ink, "stroke_width": 3 if row.taken else 1}
    _box(group, TARGET_LEFT, row.middle - 15, width, 30, rx=15, fill=paper, **edge)
    look = {"font_weight": "bold", "fill": ink, "text_anchor": "middle"}
    _lines(group, [words], TARGET_LEFT + width / 2, row.middle + 5.5, LEADING, TEXT, **look)


def _first_line(row: Row, lines: int) -> float:
    """Where the first of so many lines stands, so that all stand in the middle of the row."""
    return row.middle - (lines - 1) * LEADING / 2 + 5.5


def _box(parent: Element, x: float, y: float, width: float, height: float, **look: object) -> None:
    shape(parent, "rect", x=f"{x:g}", y=f"{y:g}", width=f"{width:g}", height=f"{height:g}", **look)


def _lines(
    parent: Element,
    lines: list[str],
    x: float,
    y: float,
    leading: int,
    size: int,
    **look: object,
) -> None:
    for place, line in enumerate(lines):
        where = {"x": f"{x:g}", "y": f"{y + place * leading:g}"}
        shape(parent, "text", line, **where, font_size=size, **look)


__all__ = ["describe", "draw"]
