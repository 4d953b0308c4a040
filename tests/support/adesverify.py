"""What a court finds years later: pyHanko's `sign adesverify` of a given day, with the revocation lists of that day.

Arguments: FILE ROOTS.pem DAY LIST.crl...  Prints a line a signature; fails unless all of them pass.
"""

import asyncio
import sys
from datetime import datetime

import pyhanko_certvalidator.ltv.ades_past as past
from asn1crypto import crl
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import (
    REQUIRE_REVINFO,
    CertRevTrustPolicy,
    FreshnessReqType,
)
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer


def live_at(day):
    """The past of a certificate is sought from the clock of this machine backwards, whatever day is asked for: from that day."""

    class ThatDay(datetime):
        @classmethod
        def now(cls, tz=None):
            return day.astimezone(tz)

    past.datetime = ThatDay


def main():
    file, roots, day, *lists = sys.argv[1:]
    day = datetime.fromisoformat(day)
    live_at(day)
    lists = [CRLContainer(crl.CertificateList.load(open(name, "rb").read())) for name in lists]
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=list(load_certs_from_pemder([roots]))),
        revinfo_policy=CertRevTrustPolicy(
            REQUIRE_REVINFO,
            freshness=None,
            freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
        ),
    )
    signatures = PdfSignatureValidationSpec(
        SignatureValidationSpec(
            cert_validation_policy=policy,
            local_knowledge=LocalKnowledge(known_crls=lists),
        )
    )
    passed = True
    for signature in PdfFileReader(open(file, "rb")).embedded_regular_signatures:
        found = asyncio.run(
            ades_lta_validation(signature, signatures, ValidationTimingInfo(day, day, point_in_time_validation=True))
        )
        print(signature.field_name, found.ades_subindic)
        passed = passed and found.ades_subindic.status.name == "PASSED"
    sys.exit(not passed)


main()
