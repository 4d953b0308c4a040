"""A signing service and a timestamp authority on a free port of the loopback address, as licensed ones stand elsewhere.

Makes both authorities in the folder that is given (`signers.pem`, `stamps.pem`), writes `token` there, and prints the port.
Behind `/MOOD/…` it answers as the mood is: `fine`, or in one of the ways in which services go wrong. Every question to the
signing service is printed as a line of JSON. Timestamps are made by OpenSSL. Lists behind `/late/` are out of date; while there is a
file `down` in the folder, there are none.
"""

import base64
import datetime
import hashlib
import json
import pathlib
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import core, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa, utils
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

FOLDER = pathlib.Path(sys.argv[1])
TOKEN = "a token of thirty-two characters"
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
DER = serialization.Encoding.DER
PEM = serialization.Encoding.PEM
ISSUED = {}


def now():
    return datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


def name(common, organisation=None, pseudonym=None):
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "CN")]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    parts.append(x509.NameAttribute(NameOID.COMMON_NAME, common))
    if pseudonym:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, pseudonym))
    return x509.Name(parts)


def usage(**set_to):
    known = ["digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"]
    return x509.KeyUsage(**{key: set_to.get(key, False) for key in known})


def on_curve():
    return ec.generate_private_key(ec.SECP256R1())


def by_rsa():
    return rsa.generate_private_key(65537, 2048)


class Issuer:
    def __init__(self, common, make=on_curve):
        self.key = make()
        self.name = name(common)
        self.certificate = self.issue(self.name, self.key.public_key(), usage(key_cert_sign=True, crl_sign=True), None)

    def issue(self, subject, key, usage, purpose):
        builder = (x509.CertificateBuilder().subject_name(subject).issuer_name(self.name).public_key(key)
                   .serial_number(x509.random_serial_number()).not_valid_before(now() - datetime.timedelta(hours=1))
                   .not_valid_after(now() + datetime.timedelta(days=3650))
                   .add_extension(x509.BasicConstraints(ca=purpose is None, path_length=None), critical=True)
                   .add_extension(usage, critical=True)
                   .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
                   .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), False))
        if purpose is not None:
            builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
        return builder.sign(self.key, hashes.SHA256())

    def list(self, late=False):
        made = now() - datetime.timedelta(days=40 if late else 0)
        builder = (x509.CertificateRevocationListBuilder().issuer_name(self.name).last_update(made)
                   .next_update(made + datetime.timedelta(days=30)).add_extension(x509.CRLNumber(1), critical=False)
                   .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), False))
        return builder.sign(self.key, hashes.SHA256()).public_bytes(DER)


SIGNERS = Issuer("Licensed Signers")
STAMPS = Issuer("Licensed Time")
RSA_STAMPS = Issuer("Licensed RSA Time", by_rsa)
STRANGER = Issuer("Licensed Signers")


def set_up():
    for authority, file in [(SIGNERS, "signers.pem"), (STAMPS, "stamps.pem"), (RSA_STAMPS, "rsa-stamps.pem")]:
        (FOLDER / file).write_bytes(authority.certificate.public_bytes(PEM))
    (FOLDER / "token").write_text(TOKEN + "\n")
    set_up_stamps(STAMPS, on_curve(), "Licensed Time 1", "tsa")
    # Its root comes along with each of its timestamps.
    set_up_stamps(RSA_STAMPS, by_rsa(), "Licensed RSA Time 1", "rsa-tsa", [RSA_STAMPS])
    set_up_stamps(STAMPS, on_curve(), "Licensed Time 1", "loud-tsa", [STAMPS, SIGNERS])


def set_up_stamps(authority, key, common, file, along=()):
    certificate = authority.issue(name(common), key.public_key(), usage(digital_signature=True),
                                  ExtendedKeyUsageOID.TIME_STAMPING)
    (FOLDER / f"{file}.crt").write_bytes(certificate.public_bytes(PEM))
    (FOLDER / f"{file}.key").write_bytes(key.private_bytes(PEM, serialization.PrivateFormat.PKCS8,
                                                           serialization.NoEncryption()))
    (FOLDER / f"{file}.serial").write_text("01\n")
    (FOLDER / f"{file}-along.pem").write_bytes(b"".join(it.certificate.public_bytes(PEM) for it in along))
    certs = f"certs = {FOLDER}/{file}-along.pem" if along else ""
    (FOLDER / f"{file}.cnf").write_text(f"""
[tsa]
default_tsa = it
[it]
serial = {FOLDER}/{file}.serial
signer_cert = {FOLDER}/{file}.crt
signer_key = {FOLDER}/{file}.key
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.5
digests = sha256
accuracy = secs:1
{certs}
ess_cert_id_alg = sha256
""")


LOCK = threading.Lock()
KEPT = []


def other(mood, query):
    """Another question about the same thing: its nonce stands before the last element, `TRUE`."""
    query = bytearray(query)
    if mood == "misremembers":
        query[-4] ^= 1
    if mood == "other-policy":
        asked = bytes.fromhex("06042a030401")
        at = query.index(asked)
        query[at:at + len(asked)] = bytes.fromhex("06042a030405")
    return bytes(query)


def changed(mood, made):
    """The same answer with the clock ten minutes on, signed by the same key, or called refused."""
    answer = tsp.TimeStampResp.load(made)
    if mood == "refuses":
        answer["status"]["status"] = "rejection"
    else:
        minutes = 10 if mood == "fast" else -10
        signed = answer["time_stamp_token"]["content"]
        info = signed["encap_content_info"]["content"].parsed
        info["gen_time"] = info["gen_time"].native + datetime.timedelta(minutes=minutes)
        content = info.dump(force=True)
        signed["encap_content_info"]["content"] = core.ParsableOctetString(content)
        signer = signed["signer_infos"][0]
        for attribute in signer["signed_attrs"]:
            if attribute["type"].native == "message_digest":
                attribute["values"] = [hashlib.sha256(content).digest()]
        attributes = signer["signed_attrs"].untag().dump(force=True)
        key = serialization.load_pem_private_key((FOLDER / "tsa.key").read_bytes(), None)
        signer["signature"] = key.sign(attributes, ec.ECDSA(hashes.SHA256()))
    return answer.dump(force=True)


def timestamp(mood, query):
    if mood == "repeats" and KEPT:
        return KEPT[0]
    with LOCK:
        (FOLDER / "query.tsq").write_bytes(other(mood, query))
        config = "rsa-tsa.cnf" if mood.startswith("rsa") else "loud-tsa.cnf" if mood == "loud" else "tsa.cnf"
        made = subprocess.run(["openssl", "ts", "-reply", "-config", FOLDER / config, "-queryfile",
                               FOLDER / "query.tsq"], capture_output=True, check=True).stdout
    KEPT.append(made)
    if mood in ("refuses", "fast", "slow"):
        return changed(mood, made)
    if mood in ("flips", "rsa-flips"):
        made = bytearray(made)
        made[-5] ^= 1
        made = bytes(made)
    return made


def certify(mood, asked):
    key = ec.generate_private_key(ec.SECP256R1())
    common = "别人" if mood == "misnames" else asked["name"]
    issuer = STRANGER if mood == "unlicensed" else SIGNERS
    purpose = ExtendedKeyUsageOID.TIME_STAMPING if mood == "misuses" else DOCUMENT_SIGNING
    certificate = issuer.issue(name(common, asked["organisation"], asked["pseudonym"]), key.public_key(),
                               usage(digital_signature=True, content_commitment=True), purpose)
    ISSUED[certificate.serial_number] = key
    # A service may send what it likes after that of the signer.
    chain = [certificate] if mood == "terse" else [certificate, issuer.certificate, STAMPS.certificate]
    return {"certificates": [base64.b64encode(it.public_bytes(DER)).decode() for it in chain]}


def sign(mood, asked):
    key = ISSUED[int(asked["certificate"], 16)]
    digest = bytes.fromhex(asked["digest"])
    if mood == "forges":
        digest = bytes(32)
    signature = key.sign(digest, ec.ECDSA(utils.Prehashed(hashes.SHA256())))
    return {"signature": base64.b64encode(signature).decode()}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        lists = {"/signers.crl": SIGNERS, "/stamps.crl": STAMPS, "/rsa-stamps.crl": RSA_STAMPS}
        if (FOLDER / "down").exists():
            return self.answer(503, b"")
        found = lists.get(self.path.removeprefix("/late"))
        late = self.path.startswith("/late")
        self.answer(200 if found else 404, found.list(late) if found else b"")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        _, mood, what = self.path.split("/")
        if mood == "broken":
            return self.answer(500, b"")
        if mood == "babbles":
            return self.answer(200, b"neither of them")
        if mood == "endless":
            return self.answer(200, bytes(2_000_000))
        if mood == "silent":
            threading.Event().wait(30)
            return self.answer(200, b"")
        if what == "tsa":
            return self.answer(200, timestamp(mood, body))
        if self.headers["authorization"] != "Bearer " + TOKEN:
            return self.answer(401, b"")
        asked = json.loads(body)
        print(json.dumps({"what": what, "key": self.headers["idempotency-key"], "asked": asked}), flush=True)
        made = certify(mood, asked) if what == "certificates" else sign(mood, asked)
        self.answer(200, json.dumps(made).encode())


set_up()
SERVER = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
SERVER.daemon_threads = True
print(SERVER.server_address[1], flush=True)
SERVER.serve_forever()
