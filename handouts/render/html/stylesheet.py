"""The style sheet of a page: a theme in, CSS out; light, dark, for paper, and for screens with colours of their own.

Sizes are in rem, so that they follow the reader's own: 12 points of paper are 17 CSS pixels where 16 are usual.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator

from handouts.render.html.text import safe
from handouts.theme.dark import dark
from handouts.theme.schema import FIXED_COLOURS, Colours, Scale, Theme
from handouts.theme.webfont import WebFont

REM = 17 / 16 / 12
"""Rem of a point."""
FURTHER = "Handouts Letters"
_HEADINGS = ("h1", "h2", "h3")
_OF_PAPER = 0.82
"""How large type is on paper beside a screen's: 12 points come out as 12 again, at 96 CSS pixels to the inch."""

_BASE = """
*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;color-scheme:light dark;background:var(--paper)}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:break-word;line-height:1.5}
.page{max-width:var(--page);margin:0 auto;padding:0 clamp(.75rem,4vw,2rem)}
h1,h2,h3{line-height:1.2;margin:1.6em 0 .5em;text-wrap:balance}
h1{margin:.15em 0 .6em}
p{margin:0 0 .7em;max-width:44em}
p:last-child,ul:last-child,ol:last-child{margin-bottom:0}
.eyebrow{margin:1.6rem 0 0}
ul,ol{margin:0 0 .8em;padding-inline-start:1.5em}
li{margin:0 0 .4em;padding-inline-start:.2em;max-width:44em}
li::marker{color:var(--accent);font-weight:700}
ul.checkbox{padding-inline-start:1.9em}
ul.checkbox>li{list-style-type:"\\2610";padding-inline-start:.6em}
ul.checkbox>li::marker{font-size:1.25em;font-weight:400}
ul.none{list-style:none;padding-inline-start:0}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,.scroll:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
a.dial{display:inline-block;min-width:44px;min-height:44px;padding:.4em .1em;margin:-.4em -.1em;font-weight:700}
a.short{white-space:nowrap}
p.number,p.lead{line-height:1.3}
p.number a.dial,p.lead a.dial{margin-block:0}
p.line{display:flex;align-items:flex-end;gap:.6em;min-height:2.6em;max-width:32em;margin:0}
p.line::after,.write{content:"";flex:1 1 4em;min-width:4em;border-bottom:1.5px solid var(--muted)}
p.line+:not(.line){margin-top:.8em}
p.source{margin-top:1.4em}
p.source:last-child{margin-bottom:.4em}
.write{display:block;height:2.2em;max-width:30em}
.keep{break-inside:avoid}
.grid{display:grid;grid-template-columns:minmax(0,1fr);column-gap:2rem;row-gap:.4rem;margin:0 0 .9em}
.grid>*{min-width:0}
.grid>*>:is(h1,h2,.box):first-child{margin-top:1.4em}
.grid>*>h3:first-child,.grid>*>.keep:first-child>h3:first-child{margin-top:.5em}
.grid>*>:not(h1,h2,h3,.box,.keep):first-child{margin-top:.2em}
.box{border-radius:.5rem;padding:1rem 1.15rem;margin:1.5rem 0;break-inside:avoid}
.box>:first-child,.box>.grid:first-child>*>:first-child:is(*,h2,h3){margin-top:0}
.box>.grid:last-child{margin-bottom:0}
.box>:last-child{margin-bottom:0}
.box .grid{column-gap:1.5rem}
.message{background:var(--accent_tint);border-inline-start:.4rem solid var(--accent)}
.changed{border-inline-start:.4rem solid var(--accent);border-radius:0;padding:.15rem 0 .15rem 1.1rem}
[dir=rtl] .changed{padding:.15rem 1.1rem .15rem 0}
.hotline{background:var(--accent_tint);border:3px solid var(--accent)}
.non_urgent{border:2px solid var(--accent)}
.urgent{background:var(--caution_tint);border:3px solid var(--caution)}
.emergency{background:var(--caution_tint);border:5px solid var(--ink)}
.caution{background:var(--caution_tint);border:1px solid var(--caution)}
.by-hand{border:2px dashed var(--muted)}
.banner{background:var(--accent)}
.banner :is(h1,h2,h3,p,li,a){color:var(--on_accent)}
.clinic{border-top:1px solid var(--rule);border-radius:0;padding:1.2rem 0 0;margin-top:2rem}
.plain{padding:0}
.scroll{overflow-x:auto;margin:.4rem 0 1rem;max-width:100%}
table{border-collapse:collapse;width:100%}
table.wide{min-width:36rem}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
th,td{padding:.5em .7em;text-align:start;vertical-align:top;border-bottom:1px solid var(--rule);line-height:1.4}
thead th,thead td{border-bottom:2px solid var(--accent);vertical-align:bottom}
td.end,th.end{text-align:end;font-variant-numeric:tabular-nums}
tr{break-inside:avoid}
figure{margin:.4rem 0 1rem;break-inside:avoid}
figcaption{margin-top:.4rem;max-width:44em}
figure.end svg,figure.end img,.logo.end img{margin-inline-start:auto}
svg{display:block;max-width:100%;height:auto;direction:ltr;stroke-linecap:round;stroke-linejoin:round}
.scroll>svg{max-width:none}
svg text{font-family:inherit;font-kerning:none;white-space:pre}
svg .b{font-weight:700}
.f-none{fill:none}
.qr{forced-color-adjust:none}
img{display:block;max-width:100%;height:auto;background:#fff}
figure img,.logo img{border-radius:.3rem}
.logo{margin:0 0 .5rem}
.narrow{display:none}
.state{border-bottom:1px solid var(--rule)}
.state p{margin:0;padding:.6rem 0;max-width:none}
.draft{background:var(--caution_tint);border-bottom:4px solid var(--caution)}
.draft p{padding:1rem 0;font-weight:700;line-height:1.25;font-size:var(--draft)}
.foot{margin-top:2.5rem;border-top:2px solid var(--accent);padding-top:1rem;padding-bottom:2rem}
.foot p{margin:0 0 .35em}
@media (max-width:30em){th,td{padding-inline:.35em}table{font-size:.95em}}
@media (max-width:46em){.roomy{display:none}.narrow{display:block}}
"""
_SIDE_BY_SIDE = """.grid{grid-template-columns:repeat(12,minmax(0,1fr))}
.columns{columns:2;column-gap:2.5rem;max-width:none}.columns>li{break-inside:avoid}"""
_PAPER = """
@media print{
@page{margin:15mm 15mm 18mm}
@page{@bottom-left{content:"%(foot)s";font:9pt "%(family)s",sans-serif;color:#444}
@bottom-right{content:counter(page) "/" counter(pages);font:9pt "%(family)s",sans-serif;color:#444}}
html{font-size:%(root)s}
.page{max-width:none;padding:0}
h1,h2,h3{break-after:avoid}
h1,h2,h3{margin-top:1em}
p,li{orphans:3;widows:3;max-width:none}
a{color:inherit;text-decoration:none}
a.dial{min-height:0;padding:0;margin:0}
a.away::after{content:" (" attr(href) ")";font-weight:400;overflow-wrap:anywhere}
.scroll{overflow:visible}
.scroll>svg{max-width:100%%;min-width:0}
table.wide{min-width:0}
.roomy{display:block}.narrow{display:none}
svg,img,.box,.draft{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.box{margin-block:.9rem}
.grid>*{break-inside:avoid}
.draft p{padding-inline:1rem}
.eyebrow{margin-top:1rem}
h1{margin-top:0}
.foot{margin-top:1.5rem;break-inside:avoid}
}
"""
_FORCED = """
@media (prefers-contrast:more){:root{--muted:var(--ink);--rule:var(--ink)}}
@media (forced-colors:active){.box,.draft,.state{border:2px solid CanvasText}svg,img{forced-color-adjust:none}
svg:not(.qr){background:var(--paper)}}
"""


def stylesheet(theme: Theme, fonts: Iterable[WebFont], foot: str, rules: Iterable[str] = ()) -> str:
    """The whole style sheet; `foot` stands at the foot of each printed page, `rules` are those of this page alone."""
    shaded = dark(theme)
    large = theme.handout.large_print
    page = 60 if large else 56
    lines = [*map(_font_face, fonts)]
    lines.append(
        f":root{{{_colours(theme.colours)}--page:{page}rem;--draft:{length(theme.handout.scale.h2.size * REM * 1.15)}}}"
    )
    lines.append(f'body{{font-family:"{theme.family}","{FURTHER}",system-ui,-apple-system,"Segoe UI",sans-serif}}')
    lines += _paints()
    lines.append(_BASE.strip())
    lines += _styles(theme.handout.scale)
    if not large:
        spans = "".join(f".span{n}{{grid-column:span {n}}}" for n in range(1, 13))
        lines.append(f"@media print,(min-width:46em){{{_SIDE_BY_SIDE}\n{spans}}}")
    lines += rules
    other = "".join(_changed_styles(theme.handout.scale, shaded.handout.scale))
    lines.append(f"@media screen and (prefers-color-scheme:dark){{:root{{{_colours(shaded.colours)}}}{other}}}")
    lines.append(_FORCED.strip())
    root = length(_OF_PAPER * 100, "%")
    lines.append(_PAPER.strip() % {"foot": _string(foot), "family": theme.family, "root": root})
    return "\n".join(lines) + "\n"


def length(value: float, unit: str = "rem") -> str:
    """A length of CSS."""
    return f"{value:.3f}".rstrip("0").rstrip(".") + unit


def _colours(colours: Colours) -> str:
    return "".join(f"--{role}:{colours.of(role)};" for role in Colours.__struct_fields__)


def _paints() -> Iterator[str]:
    """Classes of fills and strokes in figures, a pair for each role."""
    for role in Colours.__struct_fields__:
        yield f".f-{role}{{fill:var(--{role})}}.s-{role}{{stroke:var(--{role})}}"
    for role, colour in FIXED_COLOURS.items():
        yield f".f-{role}{{fill:{colour}}}.s-{role}{{stroke:{colour}}}"


_SELECTORS = {
    "body": "body", "item": "li", "table": "table", "caption": "figcaption,.caption", "footer": ".foot p,.state p",
}  # fmt: skip
"""Style → what it is of; the others are classes of their own name."""


def _styles(scale: Scale) -> Iterator[str]:
    for name in Scale.__struct_fields__:
        style = scale.of(name)
        size = length(style.size * REM)
        # What is large on a desk does not fill a telephone's screen.
        size = f"min({size},{length(0.75 + 0.35 * style.size * REM)} + 3.2vw)" if name in _HEADINGS else size
        size = f"min({size},.9rem + 5vw)" if name == "number" else size
        weight = "700" if style.strong else "400"
        selector = _SELECTORS.get(name, f".{name}")
        yield f"{selector}{{font-size:{size};font-weight:{weight};color:var(--{style.colour})}}"
    # A row's head is told by its weight, whatever the text of a table weighs; text in a draft's banner by its size.
    yield "th{font-weight:700}.draft p{font-size:var(--draft);font-weight:700;color:var(--ink)}"


def _changed_styles(scale: Scale, shaded: Scale) -> Iterator[str]:
    for name in Scale.__struct_fields__:
        if scale.of(name).colour != shaded.of(name).colour:
            yield f"{_SELECTORS.get(name, f'.{name}')}{{color:var(--{shaded.of(name).colour})}}"


def _font_face(font: WebFont) -> str:
    source = f"url(data:font/woff;base64,{base64.b64encode(font.data).decode('ascii')})"
    only = f"unicode-range:{_ranges(font.characters)};" if font.characters is not None else ""
    weight = 700 if font.strong else 400
    return (
        f'@font-face{{font-family:"{font.family}";font-weight:{weight};font-display:block;{only}'
        f'src:{source} format("woff")}}'
    )


def _ranges(characters: Iterable[str]) -> str:
    return ",".join(f"U+{ord(char):X}" for char in sorted(characters))


def _string(text: str) -> str:
    """Text inside a string of CSS, where only letters and digits stand for themselves."""
    return "".join(char if char.isascii() and char.isalnum() else f"\\{ord(char):x} " for char in safe(text))
