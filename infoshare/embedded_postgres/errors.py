"""What goes wrong with the bundled server, in words for the person who runs InfoShare."""


class BundledServerError(Exception):
    """The bundled server cannot be used; the text says why and what to do about it."""
