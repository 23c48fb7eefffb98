"""What the web server writes down of a request."""

import re

from infoshare.installer.server import LOG_LINE


def test_its_log_holds_no_words_that_people_searched_for() -> None:
    """Gunicorn: `r` is the whole first line, `q` the query, `f` the page before with its query."""
    assert not set(re.findall(r"%\(([^)]*)\)s", LOG_LINE)) & {"r", "q", "f", "{raw_uri}e"}
