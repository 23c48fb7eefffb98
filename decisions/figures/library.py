"""The library that draws, fetched when the first figure is drawn and not before: it is large."""

import os

from django.conf import settings

from decisions.figures.tables import Figure


def drawn(figure: Figure, *, narrow: bool) -> bytes:
    """The figure as an SVG. The library keeps its list of fonts with InfoShare's data."""
    os.environ.setdefault("MPLCONFIGDIR", str(settings.DATA_DIR / "matplotlib"))
    from decisions.figures.drawing import draw

    return draw(figure, narrow=narrow)
