"""The peer of the documents bench: reportlab lays out three pages of Chinese, pyHanko signs them once.

Arguments: FONT.ttf KEY.pem CERTIFICATE.pem COUNT. Prints the milliseconds of processor time of each document.
"""

import io
import sys
import time

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

CLAUSE = "甲方自本协议生效之日起十日内，将空调外机移至北侧外墙，移机费用由双方各承担一半，并在每日二十二时以后停止使用音响设备。"


def paper(font):
    # A fresh font each time, as each paper embeds a subset of its own.
    pdfmetrics.registerFont(TTFont("song", font))
    style = ParagraphStyle("body", fontName="song", fontSize=12, leading=20, wordWrap="CJK")
    out = io.BytesIO()
    clauses = [Paragraph(f"第{number}条 {CLAUSE}", style) for number in range(1, 43)]
    SimpleDocTemplate(out, pagesize=A4).build(clauses)
    return out


def signed(pdf, signer):
    writer = IncrementalPdfFileWriter(pdf)
    metadata = signers.PdfSignatureMetadata(field_name="Mediator", subfilter=fields.SigSeedSubFilter.PADES)
    return signers.sign_pdf(writer, metadata, signer=signer)


def main():
    font, key, certificate, count = sys.argv[1:]
    signer = signers.SimpleSigner.load(key, certificate)
    for _ in range(int(count)):
        start = time.process_time()
        signed(paper(font), signer)
        print((time.process_time() - start) * 1000)


main()
