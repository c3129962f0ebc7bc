"""One archive: a list of what is inside, the database and the files, packed, and encrypted with age as it is written.

Nothing readable is ever written to the place of backups: packing and encrypting are one stream.
"""

import gzip
import hashlib
import io
import json
import os
import tarfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pyrage

from spoiwo.upkeep.errors import Damaged, NewerFormat, NotAnArchive, WrongIdentity, WrongRecipient
from spoiwo.upkeep.services.describing import FORMAT, file_facts

MANIFEST = "manifest.json"
AGE, GZIP = b"age-encryption.org/", b"\x1f\x8b"
FAST = 1  # of gzip: a backup is a matter of minutes, its size of little


@dataclass(frozen=True)
class Written:
    """An archive as it lies on the disk."""

    path: Path
    size: int
    sha256: str


class _Hashed(io.RawIOBase):
    """Writes on and remembers the digest."""

    def __init__(self, target: io.BufferedIOBase) -> None:
        self.target, self.digest, self.size = target, hashlib.sha256(), 0

    def writable(self) -> bool:
        return True

    def write(self, block: bytes) -> int:
        self.target.write(block)
        self.digest.update(block)
        self.size += len(block)
        return len(block)


def recipients_of(texts: Iterable[str]) -> list:
    """Public keys of age. Raises: WrongRecipient."""
    found = []
    for text in texts:
        try:
            found.append(pyrage.x25519.Recipient.from_str(text))
        except pyrage.RecipientError:
            raise WrongRecipient(text=text[:80]) from None
    return found


def identities_of(file: Path) -> list:
    """Private keys from a file as age-keygen writes it. Raises: WrongIdentity."""
    try:
        lines = [line.strip() for line in file.read_text(encoding="ascii").splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, ValueError, pyrage.IdentityError):
        raise WrongIdentity(name=file.name) from None
    if not found:
        raise WrongIdentity(name=file.name)
    return found


def write_archive(
    target: Path,
    manifest: dict,
    members: dict[str, Path],
    recipients: list,
    step: Callable[[str], None] = lambda name: None,
) -> Written:
    """Write an archive beside its place and move it there once it is on the disk: whole or not at all.

    Without recipients it is written plain.
    """
    draft = target.with_name(f".{target.name}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb", buffering=1 << 20) as file:
            hashed = _Hashed(file)
            _pour(lambda out: _pack(out, manifest, members, step), hashed, recipients)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
        sync_folder(target.parent)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return Written(target, hashed.size, hashed.digest.hexdigest())


def sync_folder(folder: Path) -> None:
    """See to it that a name in a folder survives loss of power."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _pour(pack: Callable[[io.RawIOBase], None], target: io.RawIOBase, recipients: list) -> None:
    """Pack into the target, through age when there is somebody to encrypt for."""
    if not recipients:
        pack(target)
        return
    with _piped(pack) as source:
        pyrage.encrypt_io(source, target, recipients)


@contextmanager
def _piped(fill: Callable[[io.BufferedIOBase], None]) -> Iterator[io.BufferedIOBase]:
    """What `fill` writes, to be read at the same time; its failure is raised here."""
    end, start = os.pipe()
    failures: list[BaseException] = []

    def work() -> None:
        try:
            with os.fdopen(start, "wb", buffering=1 << 16) as sink:
                fill(sink)
        except BrokenPipeError:
            pass  # the reader gave up and says why
        except BaseException as problem:
            failures.append(problem)

    thread = threading.Thread(target=work, name="upkeep-pack")
    with os.fdopen(end, "rb", buffering=1 << 16) as source:
        thread.start()
        try:
            yield source
        finally:
            source.close()
            thread.join()
    if failures:
        raise failures[0]


def _pack(out: io.RawIOBase, manifest: dict, members: dict[str, Path], step: Callable[[str], None]) -> None:
    with (
        gzip.GzipFile(fileobj=out, mode="wb", compresslevel=FAST, filename="", mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        text = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
        head = tarfile.TarInfo(MANIFEST)
        head.size, head.mode = len(text), 0o600
        tar.addfile(head, io.BytesIO(text))
        for name, path in members.items():
            step(name)
            info = tarfile.TarInfo(name)
            info.size, info.mode = path.stat().st_size, 0o600
            with path.open("rb") as source:
                tar.addfile(info, source)


def read_archive(file: Path, identities: list, into: Path, step: Callable[[str], None] = lambda name: None) -> dict:
    """Unpack an archive into an empty folder and check the digest of everything in it; its manifest.

    Raises: NotAnArchive, WrongIdentity, Damaged, NewerFormat.
    """
    try:
        with file.open("rb") as source:
            start = source.read(len(AGE))
            source.seek(0)
            if start.startswith(GZIP):
                _unpack(source, into, step)
            elif start == AGE:
                _decrypt(source, identities, into, step)
            else:
                raise NotAnArchive(name=file.name)
    except pyrage.DecryptError:
        raise WrongIdentity(name=file.name) from None
    except (OSError, EOFError, tarfile.TarError, gzip.zlib.error) as problem:
        if isinstance(problem, OSError) and problem.errno:  # the disk, not the archive
            raise
        raise NotAnArchive(name=file.name) from problem
    return _checked(into)


def _decrypt(source: io.BufferedIOBase, identities: list, into: Path, step: Callable[[str], None]) -> None:
    if not identities:
        raise WrongIdentity(name="–")
    failures: list[BaseException] = []

    def fill(sink: io.BufferedIOBase) -> None:
        try:
            pyrage.decrypt_io(source, sink, identities)
        except (pyrage.DecryptError, OSError) as problem:
            failures.append(problem)

    try:
        with _piped(fill) as plain:
            _unpack(plain, into, step)
    except (OSError, EOFError, tarfile.TarError):
        raise failures[0] if failures and not _reader_left(failures[0]) else NotAnArchive(name="–") from None
    if failures:
        raise failures[0]


def _reader_left(problem: BaseException) -> bool:
    return isinstance(problem, BrokenPipeError)


def _unpack(source: io.BufferedIOBase, into: Path, step: Callable[[str], None]) -> None:
    with gzip.GzipFile(fileobj=source, mode="rb") as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
        for member in tar:
            step(member.name)
            tar.extract(member, into, filter="data")
        while packed.read(1 << 20):  # to the end, so that a cut or changed tail is noticed
            pass
    while source.read(1 << 20):
        pass


def _checked(folder: Path) -> dict:
    """The manifest of an unpacked archive, after all digests were found right."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        known, members = manifest["format"], manifest["members"]
    except (OSError, ValueError, KeyError, TypeError):
        raise NotAnArchive(name=MANIFEST) from None
    if known > FORMAT:
        raise NewerFormat(found=known, known=FORMAT)
    found = {
        path.relative_to(folder).as_posix(): file_facts(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }
    for name in sorted({*members, *found}):
        if members.get(name) != found.get(name):
            raise Damaged(name=str(PurePosixPath(name)))
    return manifest
