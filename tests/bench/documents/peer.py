"""The peers of the documents bench, which make the same text: reportlab signed once by pyHanko, or WeasyPrint unsigned.

Arguments: reportlab|weasyprint TEXT.txt FONT.ttf COUNT [KEY.pem CERTIFICATE.pem]. Prints the milliseconds of processor time
of each document, then the most memory the process held, in kilobytes.
"""

import io
import resource
import sys
import time


def reportlab(lines, font, key, certificate):
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    signer = signers.SimpleSigner.load(key, certificate)
    metadata = signers.PdfSignatureMetadata(field_name="Mediator", subfilter=fields.SigSeedSubFilter.PADES)

    def make():
        # A fresh font each time, as each paper embeds a subset of its own.
        pdfmetrics.registerFont(TTFont("song", font))
        style = ParagraphStyle("body", fontName="song", fontSize=14, leading=25, wordWrap="CJK")
        out = io.BytesIO()
        SimpleDocTemplate(out, pagesize=A4).build([Paragraph(line, style) for line in lines])
        return signers.sign_pdf(IncrementalPdfFileWriter(out), metadata, signer=signer).getvalue()

    return make


def weasyprint(lines, font):
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    page = "".join(f"<p>{line}</p>" for line in lines)
    sheet = f"""@font-face {{ font-family: song; src: url("file://{font}") }}
        @page {{ size: A4; margin: 28mm }} body {{ font: 14pt/1.8 song }}"""
    # The typeface is set up once: WeasyPrint's own advice for many documents.
    fonts = FontConfiguration()
    style = CSS(string=sheet, font_config=fonts)
    return lambda: HTML(string=f'<html lang="zh-CN">{page}</html>').write_pdf(stylesheets=[style], font_config=fonts)


def main():
    kind, text, font, count, *keys = sys.argv[1:]
    with open(text, encoding="utf-8") as file:
        lines = file.read().splitlines()
    make = {"reportlab": reportlab, "weasyprint": weasyprint}[kind](lines, font, *keys)
    for _ in range(int(count)):
        start = time.process_time()
        assert make().startswith(b"%PDF")
        print((time.process_time() - start) * 1000)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


main()
