"""A timestamp authority on loopback, honest or otherwise, which ends with the block that started it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from asn1crypto import cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from tests.pki.certificates import Holder, Pki

REPLY = "application/timestamp-reply"


class Stamper(DummyTimeStamper):
    """Answers requests as RFC 3161 says, the certificate named by SHA-256; `at` is the time that it states."""

    def __init__(self, holder: Holder, chain: tuple[Holder, ...] = (), at: datetime | None = None) -> None:
        key = holder.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        from asn1crypto.keys import PrivateKeyInfo

        certificates = [x509.Certificate.load(each.der) for each in chain]
        super().__init__(
            x509.Certificate.load(holder.der),
            PrivateKeyInfo.load(key),
            certs_to_embed=certificates,  # type: ignore[arg-type]
            fixed_dt=at,
        )

    def request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The answer; its time is given in UTC."""
        self.fixed_dt, kept = self.fixed_dt or datetime.now(UTC), self.fixed_dt
        try:
            return super().request_tsa_response(req)
        finally:
            self.fixed_dt = kept

    def _sign_tst_info(
        self, tst_info_data: bytes, md_algorithm: str, dt: datetime
    ) -> tuple[bytes, cms.CMSAttributes]:
        digest = hashes.Hash(get_pyca_cryptography_hash(md_algorithm))
        digest.update(tst_info_data)
        attributes = cms.CMSAttributes(
            [
                simple_cms_attribute("content_type", "tst_info"),
                simple_cms_attribute("signing_time", cms.Time({"utc_time": core.UTCTime(dt)})),
                simple_cms_attribute("signing_certificate_v2", as_signing_certificate_v2(self.tsa_cert)),
                simple_cms_attribute("message_digest", digest.finalize()),
            ]
        )
        key: Any = serialization.load_der_private_key(self.tsa_key.dump(), password=None)
        signature = key.sign(attributes.dump(), PKCS1v15(), get_pyca_cryptography_hash(md_algorithm.upper()))
        return signature, attributes


class Authority:
    """What the served authority does: `honest`, `hang`, `rubbish`, `other-digest`, `refuse`, `page` or `fail`."""

    def __init__(self, stamper: Stamper) -> None:
        self.stamper = stamper
        self.manner = "honest"
        self.url = ""
        self.asked = 0
        self.ended = threading.Event()

    def answer(self, body: bytes) -> tuple[int, str, bytes]:
        """Status, content type and body for a request."""
        self.asked += 1
        if self.manner == "hang":
            self.ended.wait(60)
        if self.manner == "rubbish":
            return 200, REPLY, b"no timestamp at all"
        if self.manner == "page":
            return 200, "text/html", b"<html>Please log in</html>"
        if self.manner == "fail":
            return 503, "text/plain", b"out of order"
        if self.manner == "refuse":
            status = {"status": "rejection", "status_string": ["no contract"], "fail_info": {"bad_request"}}
            # A refusal has no timestamp, which asn1crypto does not know.
            return 200, REPLY, core.SequenceOf([tsp.PKIStatusInfo(status)], spec=tsp.PKIStatusInfo).dump()
        request = tsp.TimeStampReq.load(body)
        if self.manner == "other-digest":
            imprint = request["message_imprint"]
            imprint["hashed_message"] = bytes(len(imprint["hashed_message"].native))
        return 200, REPLY, self.stamper.request_tsa_response(request).dump()


@contextmanager
def serving(pki: Pki, at: datetime | None = None) -> Iterator[Authority]:
    """Serve timestamps of a PKI until the block ends."""
    authority = Authority(Stamper(pki.tsa, (pki.issuing,), at))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, sort, content = authority.answer(body)
            try:
                self.send_response(status)
                self.send_header("Content-Type", sort)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            except OSError:
                # Who asked has gone away, tired of waiting.
                time.sleep(0)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    authority.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield authority
    finally:
        authority.ended.set()
        server.shutdown()
        server.server_close()
        thread.join(10)
