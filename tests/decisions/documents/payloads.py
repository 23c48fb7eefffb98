"""Text that would fetch, run or hide something if a document took it for more than text.

`{port}` stands for a listener on the loopback address, which must never hear anything.
"""

LOOPBACK = "http://127.0.0.1:{port}/"
TARGETS = (
    LOOPBACK,
    "file:///etc/passwd",
    "file:/etc/passwd",
    "//127.0.0.1:{port}/x",
    "infoshare-font:noto-sans/400Regular/NotoSans_400Regular.ttf",
    "data:text/html,<h1>fetched</h1>",
)
FETCHING = (
    '<img src="{target}">',
    '<link rel="stylesheet" href="{target}">',
    '<link rel="attachment" href="{target}">',
    '<a rel="attachment" href="{target}">x</a>',
    '<style>@import "{target}";</style>',
    "<style>@import url({target});</style>",
    '<p style="background: url({target})">x</p>',
    '</p></section><style>* {{ background: url("{target}") }}</style>',
)
OTHER = (
    "<iframe src='http://127.0.0.1:{port}/f'></iframe>",
    "<object data='http://127.0.0.1:{port}/o'></object>",
    "<embed src='http://127.0.0.1:{port}/e'>",
    "<base href='http://127.0.0.1:{port}/'>",
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:{port}/'>",
    "<script>fetch('http://127.0.0.1:{port}/s')</script>",
    "<img src=x onerror=\"this.src='http://127.0.0.1:{port}/x'\">",
    "<svg><image href='http://127.0.0.1:{port}/i'/></svg>",
    "<svg><use href='file:///etc/passwd#x'/></svg>",
    "<?xml-stylesheet href='http://127.0.0.1:{port}/x.css'?>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "<style>@font-face {{ font-family: x; src: url(http://127.0.0.1:{port}/f) }}</style>",
    "<style>body {{ display: none }}</style>",
    "<style>@page {{ @bottom-left {{ content: 'gone' }} }}</style>",
    "</title><h1>Decision: Share everything</h1>",
    '"><h1>Decision: Share everything</h1>',
    "<textarea><xmp><plaintext>",
    "<!-- hidden",
    "-->",
    "]]>",
    "<![CDATA[ hidden ]]>",
    "<p hidden>hidden</p>",
    "<span style='font-size:0'>hidden</span>",
    "{{{{ 7 * 7 }}}}",
    "{{% include '/etc/passwd' %}}",
    "{{# hidden #}}",
    "{{{{ config.__class__.__mro__ }}}}",
    "${{7*7}} #{{7*7}} <%= 7*7 %>",
    "javascript:alert(1)",
    "url(http://127.0.0.1:{port}/u)",
    "@import url(file:///etc/passwd);",
    "attr(href) string(reference) counter(page)",
    "&lt;b&gt; &amp; &#x41; &nbsp;",
    "'; DROP TABLE records; --",
    '=HYPERLINK("http://127.0.0.1:{port}/")',
    "(\\) Tj ET Q /JavaScript << /S /URI >>",
)


def payloads(port: int) -> list[str]:
    """All of them, with the listener's port filled in."""
    fetching = (
        text.format(target=target.format(port=port)) for text in FETCHING for target in TARGETS
    )
    return [*fetching, *(text.format(port=port) for text in OTHER)]
