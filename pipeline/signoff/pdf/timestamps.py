"""Timestamps of an authority (RFC 3161) over HTTP, each answer checked before it is used."""

from typing import Any
from urllib.parse import urlsplit

from asn1crypto import tsp
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from pipeline.errors import CouldNotRun

SECONDS = 20.0
_GRANTED = ("granted", "granted_with_mods")
_HINT = "nothing was written; try again later, or name another authority with --tsa"


def authority(url: str, seconds: float = SECONDS) -> TimeStamper:
    """A timestamp authority. Raises CouldNotRun for what is no address, and later where it does not answer well."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CouldNotRun(
            f"{url} is no address of a timestamp authority", "it begins with http:// or https://"
        )
    return _Authority(url, timeout=seconds)


class _Authority(HTTPTimeStamper):
    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Ask, and see that the answer is one to this question. Raises CouldNotRun where it is not."""
        said = f"the timestamp authority {self.url}"
        try:
            answer = await super().async_request_tsa_response(req)
            fault = _fault(answer, req)
        except TimestampRequestError as error:
            raise CouldNotRun(f"{said} {self._why(error.__cause__)}", _HINT) from error
        except Exception as error:
            # What is not well formed fails in any way.
            raise CouldNotRun(f"{said} answered with no timestamp", _HINT) from error
        if fault:
            raise CouldNotRun(f"{said} {fault}", _HINT)
        return answer

    def _why(self, error: BaseException | None) -> str:
        if isinstance(error, TimeoutError):
            return f"did not answer within {self.timeout:g} seconds"
        status = getattr(error, "status", None)
        if status is None:
            return "cannot be reached"
        # An answer of another content type has no status of its own.
        return "answered with no timestamp" if status in (0, 200) else f"answered with HTTP status {status}"


def _fault(answer: tsp.TimeStampResp, asked: tsp.TimeStampReq) -> str:
    """What is wrong with an answer; '' for a good one."""
    # Read by itself: a refusal has nothing else, for which asn1crypto would refuse the whole.
    status = tsp.PKIStatusInfo.load(answer.contents)
    if status["status"].native not in _GRANTED:
        said = "; ".join(status["status_string"].native or ())
        return "refused" + (f": {said}" if said else "")
    signed: Any = answer["time_stamp_token"]["content"]
    content = signed["encap_content_info"]["content"]
    stated = content.parsed
    if stated["message_imprint"].dump() != asked["message_imprint"].dump():
        return "answered with a timestamp of something else"
    if stated["nonce"].native != asked["nonce"].native:
        return "answered with a timestamp of another request"
    return "" if _is_sound(signed, bytes(content)) else "answered with a timestamp whose signature is broken"


def _is_sound(signed: Any, content: bytes) -> bool:
    from hashlib import new

    (signer,) = signed["signer_infos"]
    certificate = extract_certificate_info(signed).signer_cert
    digest = new(signer["digest_algorithm"]["algorithm"].native, content).digest()
    intact, valid = validate_sig_integrity(
        signer, certificate, expected_content_type="tst_info", actual_digest=digest
    )
    return bool(intact and valid)
