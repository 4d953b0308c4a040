"""Takes mail on a free port of the loopback address: prints the port, then a JSON line for each mail.

Arguments: --tls CERT KEY offers STARTTLS and requires it; --login USER PASSWORD requires that login.
"""

import argparse
import asyncio
import json
import ssl
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP, AuthResult


class Keeper:
    def __init__(self):
        self.refused = set()

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=policy.default)
        parts = [part for part in mail.walk() if not part.is_multipart()]
        print(json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "subject": mail["subject"],
            "message_id": mail["message-id"],
            "tls": session.ssl is not None,
            "parts": [{"kind": part.get_content_type(), "name": part.get_filename(),
                       "text": part.get_payload(decode=True).decode("utf-8", "replace")} for part in parts],
        }), flush=True)
        return "250 kept"

    async def handle_RCPT(self, server, session, envelope, address, options):
        # Addresses that begin with "refused" do not exist, "late-bird" exists from the second mail on, and "later" is
        # asked to come again.
        if address.startswith("refused"):
            return "550 no such mailbox"
        if address.startswith("late-bird") and address not in self.refused:
            self.refused.add(address)
            return "550 no such mailbox yet"
        if address.startswith("later"):
            return "451 try again"
        envelope.rcpt_tos.append(address)
        return "250 fine"


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--login", nargs=2)
    given = parser.parse_args()
    context = None
    if given.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*given.tls)

    def authenticate(server, session, envelope, mechanism, data):
        right = [data.login.decode(), data.password.decode()] == given.login
        # Not handled: the refusal is left to aiosmtpd to say.
        return AuthResult(success=right, handled=right)

    keeper = Keeper()

    def protocol():
        return SMTP(keeper, tls_context=context, require_starttls=context is not None, hostname="localhost",
                    authenticator=authenticate if given.login else None, auth_required=bool(given.login),
                    auth_require_tls=context is not None)

    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
