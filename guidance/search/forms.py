"""The one field of a search."""

from django import forms

from infoshare.fields import ShortTextField

LONGEST = 200


class SearchForm(forms.Form):
    """Words to look for in the guidance."""

    q = ShortTextField(
        label="Search the guidance",
        max_length=LONGEST,
        help_text=(
            "Use words such as consent or police. This searches the guidance, not your decisions. "
            "Do not type names or anything about a case."
        ),
        error_messages={"required": "Type a word to search for."},
    )
