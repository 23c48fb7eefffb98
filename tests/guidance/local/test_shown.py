"""An organisation's own words on a page: no mark-up of theirs, and only plain https addresses."""

from guidance.local.shown import own_words


def test_html_and_script_are_text_and_line_breaks_stay() -> None:
    shown = own_words("One <script>alert(1)</script>\r\n\r\nTwo & <b>three</b>")
    assert shown == (
        '<span class="typed" dir="auto">One &lt;script&gt;alert(1)&lt;/script&gt;'
        "<br><br>Two &amp; &lt;b&gt;three&lt;/b&gt;</span>"
    )


def test_an_https_address_is_a_link_and_nothing_else_is() -> None:
    shown = own_words(
        "<i>See</i> https://intranet.northmoor.example/a?b=1&c=2. "
        "Not http://x.example, javascript:x, https://xn, https://пример.example or https://a.example/\"onclick='x'>"
    )
    assert shown.count("<a ") == 2
    assert "&lt;i&gt;See&lt;/i&gt; <a" in shown
    assert 'href="https://intranet.northmoor.example/a?b=1&amp;c=2"' in shown
    assert "</a>. Not http://x.example, javascript:x" in shown
    assert 'href="https://a.example/"' in shown
    assert "</a>&#34;onclick=&#39;x&#39;&gt;" in shown
