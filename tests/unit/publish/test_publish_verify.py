"""A published version is judged by its manifest and a file of trusted keys: each way to change it has its own code."""

import json
import shutil
from pathlib import Path

import pytest

from pipeline.errors import CouldNotRun
from pipeline.ledger.signature import sign
from pipeline.model.release import Manifest, Tool, read_manifest, write_manifest
from pipeline.publish.manifest import outputs_of
from pipeline.publish.verify import Examined, verify_release
from tests.e2e.projects import run
from tests.unit.publish.sites import site


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two keys, `known` and `other`, and the file `trust`, which knows the first one for the year 2026."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("known", "other"):
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name, cwd=folder)
    public = (folder / "known.pub").read_text()
    options = 'namespaces="paraph",valid-after="20260101",valid-before="20270101"'
    (folder / "trust").write_text(f"release@example.org {options} {public}")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, keys: Path) -> Path:
    return publish(tmp_path_factory.mktemp("made") / "1.0", keys / "known")


@pytest.fixture
def version(made: Path, tmp_path: Path) -> Path:
    """A version of three files, released on 31 March 2026."""
    return Path(shutil.copytree(made, tmp_path / "1.0"))


def publish(folder: Path, key: Path, day: str = "2026-03-31") -> Path:
    site(folder)
    manifest = Manifest(
        version="1.0", title="Mail", commit="c" * 40, day=day, audience="public", engine="material",
        tool=Tool("paraph", "0.1.0"), tools={}, outputs=tuple(outputs_of(str(folder))), findings=(), waivers=(),
        ledgers={}, artifacts=(),
    )  # fmt: skip
    put(folder, write_manifest(manifest), key)
    return folder


def put(folder: Path, manifest: bytes, key: Path) -> None:
    (folder / "released").mkdir(exist_ok=True)
    (folder / "released/manifest.json").write_bytes(manifest)
    (folder / "released/manifest.json.sig").write_bytes(sign(manifest, str(key)))


def judge(folder: Path, keys: Path) -> Examined:
    return verify_release(str(folder), str(keys / "trust"))


def reasons(folder: Path, keys: Path) -> list[tuple[str, str]]:
    return [(reason.code, reason.where) for reason in judge(folder, keys).reasons]


def test_an_honest_release_holds(version: Path, keys: Path):
    done = judge(version, keys)
    assert done.reasons == ()
    assert done.principals == ("release@example.org",)
    assert done.signer == run("ssh-keygen", "-l", "-f", keys / "known", cwd=keys).stdout.split()[1]
    assert done.manifest is not None
    assert done.manifest.version == "1.0"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_other_sorts_of_keys_hold_as_well(kind: str, tmp_path: Path):
    run("ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "x", "-f", tmp_path / "key", cwd=tmp_path)
    (tmp_path / "trust").write_text(f"a,b@example.org {(tmp_path / 'key.pub').read_text()}")
    assert judge(publish(tmp_path / "1.0", tmp_path / "key"), tmp_path).reasons == ()


def test_a_file_that_was_changed_added_or_taken_away_is_named(version: Path, keys: Path):
    (version / "index.html").write_text("<p>two")
    (version / "page/index.html").unlink()
    (version / "more.html").write_text("<p>more")
    (version / "linked").symlink_to(version / "page")
    assert reasons(version, keys) == [
        ("release.edited", "index.html"),
        ("release.extra-file", "linked"),
        ("release.extra-file", "more.html"),
        ("release.missing-file", "page/index.html"),
    ]


def test_a_link_in_the_place_of_a_file_is_no_such_file(version: Path, keys: Path, tmp_path: Path):
    (version / "index.html").rename(tmp_path / "elsewhere.html")
    (version / "index.html").symlink_to(tmp_path / "elsewhere.html")
    assert reasons(version, keys) == [("release.edited", "index.html")]


def test_a_manifest_that_was_edited_says_nothing_about_files(version: Path, keys: Path):
    path = version / "released/manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"public"', b'"internal"'))
    (version / "index.html").write_text("<p>two")
    assert reasons(version, keys) == [("release.edited", "released/manifest.json")]


def test_an_edited_manifest_that_somebody_else_signed_again_is_of_an_unknown_signer(
    version: Path, keys: Path
):
    (version / "index.html").write_text("<p>two")
    value = json.loads((version / "released/manifest.json").read_text())
    value["outputs"] = [
        {"path": item.path, "sha256": item.sha256, "size": item.size}
        for item in outputs_of(str(version))
        if not item.path.startswith("released/")
    ]
    put(version, write_manifest(read_manifest(json.dumps(value).encode())), keys / "other")
    assert reasons(version, keys) == [("release.unknown-signer", "released/manifest.json")]


def test_a_key_is_trusted_for_its_time_alone(tmp_path: Path, keys: Path):
    late = publish(tmp_path / "1.0", keys / "known", "2027-01-02")
    assert reasons(late, keys) == [("release.unknown-signer", "released/manifest.json")]


def test_without_a_file_of_trusted_keys_nobody_is_trusted(version: Path):
    done = verify_release(str(version), "")
    assert [reason.code for reason in done.reasons] == ["release.unknown-signer"]
    with pytest.raises(CouldNotRun, match="there is no file none"):
        verify_release(str(version), "none")


def test_a_signature_for_another_purpose_is_none(version: Path, keys: Path):
    manifest = version / "released/manifest.json"
    (version / "released/manifest.json.sig").unlink()
    run("ssh-keygen", "-q", "-Y", "sign", "-f", keys / "known", "-n", "git", manifest, cwd=keys)
    assert reasons(version, keys) == [("release.edited", "released/manifest.json")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "release.no-manifest"),
        (b"", "release.unreadable"),
        (b"{}", "release.unreadable"),
        (b"[" * 99_999, "release.unreadable"),
    ],
)
def test_a_manifest_that_is_none_is_told(version: Path, keys: Path, content: bytes | None, code: str):
    path = version / "released/manifest.json"
    path.unlink() if content is None else path.write_bytes(content)
    assert reasons(version, keys) == [(code, "released/manifest.json")]


def test_a_manifest_of_another_form_is_not_read_as_if_it_were_known(version: Path, keys: Path):
    path = version / "released/manifest.json"
    put(version, path.read_bytes().replace(b"paraph.release/1", b"paraph.release/2"), keys / "known")
    assert reasons(version, keys) == [("release.unreadable", "released/manifest.json")]


def test_a_manifest_without_its_signature_is_unsigned(version: Path, keys: Path):
    (version / "released/manifest.json.sig").unlink()
    assert reasons(version, keys) == [("release.unsigned", "released/manifest.json.sig")]
    (version / "released/manifest.json.sig").write_text("rubbish")
    assert reasons(version, keys) == [("release.edited", "released/manifest.json")]
