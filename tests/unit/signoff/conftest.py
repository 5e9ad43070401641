"""A demonstration PKI, an authority that stamps time, and a document signed with both, made once for all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.signoff.pdf.trust import Trust, read_trust
from tests.pki.authority import Authority, serving
from tests.pki.certificates import Pki
from tests.pki.samples import issued, signed


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("signoff")


@pytest.fixture(scope="session")
def pki(folder: Path) -> Pki:
    return Pki(folder / "pki")


@pytest.fixture(scope="session")
def trust(pki: Pki) -> Trust:
    """The trusted certificate alone: what proves the others has to be in the file."""
    root, _ = pki.files()
    return read_trust([str(root)])


@pytest.fixture(scope="session")
def authority(pki: Pki) -> Iterator[Authority]:
    with serving(pki) as served:
        yield served


@pytest.fixture(scope="session")
def base(folder: Path) -> Path:
    """A document that nobody signed yet."""
    return issued(folder)


@pytest.fixture(scope="session")
def honest(base: Path, pki: Pki, authority: Authority) -> Path:
    """The document, signed in three roles, at B-LTA."""
    return signed(base, pki, authority.url)


@pytest.fixture
def tsa(authority: Authority) -> Iterator[Authority]:
    """The authority, honest again after the test."""
    yield authority
    authority.manner = "honest"


@pytest.fixture
def fresh(base: Path, tmp_path: Path) -> Path:
    """A copy of the document that nobody signed yet."""
    path = tmp_path / base.name
    path.write_bytes(base.read_bytes())
    return path
