"""What can be said of a text that somebody typed. Pure."""

import unicodedata


def is_blank(text: str) -> bool:
    """True when a reader would see nothing: white space and invisible marks only."""
    return all(char.isspace() or unicodedata.category(char) in {"Cf", "Cc"} for char in text)
