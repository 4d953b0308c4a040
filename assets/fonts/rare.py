"""Makes HeyiRareHan-Regular.ttf: the ideographs of GB 18030 that Noto Serif SC lacks, from Hanazono Mincho.

    python rare.py NotoSerifSC-Regular.ttf HanaMinA.ttf HanaMinB.ttf rare/

Needs fontTools; Hanazono is Debian's fonts-hanazono, version 20170904. The licence reserves its names, hence another one.
Made in parts, packed, each named by its first code point, so that a paper with one rare name unpacks one part of sixty.
"""

import sys
import zlib
from io import BytesIO
from math import hypot
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

PART = 1024
UNITS = 512  # an em
ASCENT = 451
NAMES = {
    "copyright": "Copyright (c) 2011, GlyphWiki Project (kamichi@fonts.jp). Cut from Hanazono Mincho.",
    "familyName": "Heyi Rare Han",
    "styleName": "Regular",
    "uniqueFontIdentifier": "HeyiRareHan-Regular",
    "fullName": "Heyi Rare Han",
    "psName": "HeyiRareHan-Regular",
    "version": "Version 1.000",
    "licenseDescription": "SIL Open Font License 1.1",
    "licenseInfoURL": "https://openfontlicense.org",
}
BLOCKS = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF), (0x2A700, 0x2EBE0), (0x2F800, 0x2FA1F)]


TOLERANCE = 2.5  # of the 1000 units an em that Hanazono has: a hundredth of a millimetre in the body


def thinned(points):
    """Ramer, Douglas and Peucker: the fewest of these points that stay within the tolerance of all of them."""
    keep = {0, len(points) - 1}
    open_parts = [(0, len(points) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        (x0, y0), (x1, y1) = points[first], points[last]
        length = hypot(x1 - x0, y1 - y0)
        worst, at = 0.0, None
        for index in range(first + 1, last):
            x, y = points[index]
            away = abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length if length else hypot(x - x0, y - y0)
            if away > worst:
                worst, at = away, index
        if worst > TOLERANCE:
            keep.add(at)
            open_parts += [(first, at), (at, last)]
    return [points[index] for index in sorted(keep)]


def outline(source, name):
    """Hanazono draws polygons of very many short sides; composites are taken apart."""
    coordinates, ends, _flags = source["glyf"][name].getCoordinates(source["glyf"])
    scale = UNITS / source["head"].unitsPerEm
    pen = TTGlyphPen(None)
    start = 0
    for end in ends:
        ring = list(coordinates[start : end + 1])
        start = end + 1
        rounded = []
        for x, y in thinned(ring + ring[:1])[:-1]:
            point = (round(x * scale), round(y * scale))
            if point not in rounded[-1:]:
                rounded.append(point)
        if len(rounded) > 2:
            pen.moveTo(rounded[0])
            for point in rounded[1:]:
                pen.lineTo(point)
            pen.closePath()
    return pen.glyph()


def font(outlines):
    """A typeface of some code points and their outlines."""
    order = [".notdef"] + [f"u{code:X}" for code in outlines]
    glyphs = dict(zip(order, [TTGlyphPen(None).glyph(), *outlines.values()]))
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({code: f"u{code:X}" for code in outlines})
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (UNITS, getattr(glyphs[name], "xMin", 0)) for name in order})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=ASCENT - UNITS)
    builder.setupNameTable(NAMES, mac=False)
    builder.setupOS2(sTypoAscender=ASCENT, usWinAscent=ASCENT, usWinDescent=UNITS - ASCENT, fsType=0)
    builder.setupPost(keepGlyphNames=False)
    builder.font.recalcTimestamp = False
    builder.font["head"].created = builder.font["head"].modified = 3587587200
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def main(first, hana_a, hana_b, folder):
    had = TTFont(first).getBestCmap()
    wanted = {}
    for source in [TTFont(hana_a), TTFont(hana_b)]:
        for code, name in source.getBestCmap().items():
            if code not in had and any(low <= code <= high for low, high in BLOCKS):
                wanted.setdefault(code, (source, name))
    codes = sorted(wanted)
    for start in range(0, len(codes), PART):
        part = {code: outline(*wanted[code]) for code in codes[start : start + PART]}
        Path(folder, f"{codes[start]:05X}.ttf.z").write_bytes(zlib.compress(font(part), 9))
    print(len(codes), "ideographs")


main(*sys.argv[1:])
