"""Makes NotoSerifSC-Regular.ttf: the typeface of every paper, with outlines that take half the place in a file.

    python song.py NotoSerifSC-Regular.ttf NotoSerifCJK-Regular.ttc OUT.ttf

Needs fontTools. The first is version 2.003 of Google Fonts, cut from its variable font and heavier by the points that all
weights must share; the second is Debian's fonts-noto-cjk, version 2.001, whose curves were drawn for this weight alone.
An outline that differs between the two is the newer one's.
"""

import sys

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

UNITS = 500  # an em, so that the square of an ideograph keeps its whole numbers
TOLERANCE = 0.75  # units: less than a hundredth of a millimetre in the body of a paper
ALIKE = 6  # units of the sources, a thousand an em
OVERLAP = 0.12  # of the ink: a variable font counts twice where its strokes cross
NAMES = {"copyright": 0, "familyName": 1, "styleName": 2, "uniqueFontIdentifier": 3, "fullName": 4, "version": 5, "psName": 6}


def seen(glyphs, name):
    """The bounds of a glyph and the area of its ink."""
    bounds, area = BoundsPen(glyphs), AreaPen(glyphs)
    glyphs[name].draw(bounds)
    glyphs[name].draw(area)
    return bounds.bounds or (0, 0, 0, 0), abs(area.value)


def alike(one, other):
    (one_bounds, one_area), (other_bounds, other_area) = one, other
    near = all(abs(a - b) <= ALIKE for a, b in zip(one_bounds, other_bounds))
    return near and abs(one_area - other_area) <= OVERLAP * max(one_area, 1)


def outline(glyphs, name, scale, cubic):
    pen = TTGlyphPen(None)
    target = Cu2QuPen(pen, TOLERANCE, reverse_direction=True) if cubic else pen
    glyphs[name].draw(TransformPen(target, (scale, 0, 0, scale, 0, 0)))
    return pen.glyph(dropImpliedOnCurves=True)


def main(newer, drawn, out):
    newer, drawn = TTFont(newer), TTFont(drawn, fontNumber=2)
    scale = UNITS / newer["head"].unitsPerEm
    characters, curves = newer.getBestCmap(), drawn.getBestCmap()
    sources = newer.getGlyphSet(), drawn.getGlyphSet()
    order, glyphs, metrics, kept = [".notdef"], {}, {}, 0
    glyphs[".notdef"] = outline(sources[0], ".notdef", scale, False)
    metrics[".notdef"] = newer["hmtx"][".notdef"][0]
    cmap, made = {}, {}
    for code, name in sorted(characters.items()):
        if name not in made:
            other = curves.get(code)
            same = other and newer["hmtx"][name][0] == drawn["hmtx"][other][0]
            same = same and alike(seen(sources[0], name), seen(sources[1], other))
            made[name] = f"u{code:X}"
            order.append(made[name])
            glyphs[made[name]] = outline(sources[1], other, scale, True) if same else outline(sources[0], name, scale, False)
            metrics[made[name]] = newer["hmtx"][name][0]
            kept += not same
        cmap[code] = made[name]
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(cmap)
    builder.setupGlyf(glyphs)
    left = {name: getattr(glyphs[name], "xMin", 0) for name in order}
    builder.setupHorizontalMetrics({name: (round(metrics[name] * scale), left[name]) for name in order})
    old, line = newer["OS/2"], newer["hhea"]
    builder.setupHorizontalHeader(ascent=round(line.ascent * scale), descent=round(line.descent * scale))
    builder.setupNameTable({key: newer["name"].getDebugName(number) for key, number in NAMES.items()}, mac=False)
    builder.setupOS2(
        sTypoAscender=round(old.sTypoAscender * scale),
        sTypoDescender=round(old.sTypoDescender * scale),
        usWinAscent=round(old.usWinAscent * scale),
        usWinDescent=round(old.usWinDescent * scale),
        sCapHeight=round(old.sCapHeight * scale),
        sxHeight=round(old.sxHeight * scale),
        fsType=0,
    )
    builder.setupPost(keepGlyphNames=False)
    builder.font.recalcTimestamp = False
    builder.font["head"].created = builder.font["head"].modified = newer["head"].modified
    builder.save(out)
    print(len(order), "glyphs,", kept, "of them as the newer source has them")


main(*sys.argv[1:])
