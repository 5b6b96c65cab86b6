"""The theme (word/theme/theme1.xml): colours, for charts and for users who edit the document in Word.

Text does not take its fonts from the theme (see ``styles``), but Word and validators expect one.
"""

from typing import Final

from kepu_docs.plugin import Look, TextLook
from kepu_word.package.parts import DECLARATION, DRAWING
from kepu_word.xml_text import quote

THEME_TYPE: Final = "application/vnd.openxmlformats-officedocument.theme+xml"

_COLOURS: Final = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "44546A",
    "lt2": "E7E6E6",
    "accent1": "2F6EBA",
    "accent2": "D9822B",
    "accent3": "4E9A51",
    "accent4": "B03A48",
    "accent5": "7A5BA6",
    "accent6": "2B9AA0",
    "hlink": "0563C1",
    "folHlink": "954F72",
}
_FILL: Final = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_EFFECT: Final = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme(look: Look) -> str:
    """Return the part's XML: flat fills and thin lines, three of each as the format requires."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items())
    lines = "".join(f'<a:ln w="{width}">{_FILL}</a:ln>' for width in (6350, 12700, 19050))
    return (
        f'{DECLARATION}<a:theme xmlns:a="{DRAWING}/main" name="kepu"><a:themeElements>'
        f'<a:clrScheme name="kepu">{colours}</a:clrScheme><a:fontScheme name="kepu">'
        f"<a:majorFont>{_fonts(look.text.heading1)}</a:majorFont>"
        f"<a:minorFont>{_fonts(look.text.body)}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="kepu"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


def _fonts(text: TextLook) -> str:
    name, latin = text.font.name, (text.letters or text.font).name
    return f'<a:latin typeface="{quote(latin)}"/><a:ea typeface="{quote(name)}"/><a:cs typeface=""/>'
