from __future__ import annotations

from qmadvisor_api.web.markdown import read_text, slug

TEXT = """\
# Titel

Ein Satz mit [Link](datei.md#stelle) und <script>alert(1)</script>.

## Erstes `Kapitel`

| a | b |
|---|---|
| 1 | <img src=x onerror=alert(1)> |

[böse](javascript:alert(1))

## Zweites Kapitel
"""


def test_a_text_becomes_a_page_with_chapters() -> None:
    text = read_text(TEXT, {"datei.md": "datei"})
    assert text.title == "Titel"
    assert [chapter.title for chapter in text.chapters] == ["Erstes Kapitel", "Zweites Kapitel"]
    assert 'href="datei#stelle"' in text.html
    assert f'id="{text.chapters[0].id}"' in text.html
    assert "<h1" not in text.html
    assert 'aria-label="Tabelle: Erstes Kapitel"' in text.html


def test_nothing_but_markdown_is_markup() -> None:
    html = str(read_text(TEXT, {}).html)
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html.replace("[böse](javascript:alert(1))", "")


def test_slugs_can_be_read() -> None:
    assert slug("Was wäre, wenn …?") == "was-wäre-wenn"
