"""API keys: random, kept as hashes in one file, created and revoked by command, compared in constant time."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qmadvisor.errors import Place, Problem, QmadvisorError, did_you_mean

_PREFIX = "qma"
_SECRET_BYTES = 32
#: No key is longer; a longer one is not worth hashing.
_MOST = 200


class KeysError(QmadvisorError):
    """The file with the keys cannot be used, or a key in it is not there."""


class Key(BaseModel):
    """One key: what it is for, since when, and the hash of its secret. The secret itself is nowhere."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[0-9a-f]{8}$")
    name: str = Field(min_length=1, max_length=100)
    created: datetime
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class KeyFile(BaseModel):
    """The file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: Literal["qmadvisor.keys/1"] = Field("qmadvisor.keys/1", alias="schema")
    keys: tuple[Key, ...] = ()


def read_keys(path: Path) -> KeyFile:
    """Read the file; a file that is not there has no keys. Raises KeysError."""
    try:
        return KeyFile.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return KeyFile()
    except (OSError, ValidationError) as error:
        # The content of the file is not shown: it may hold a secret by mistake.
        message = "Die Datei mit den Schlüsseln lässt sich nicht lesen."
        raise KeysError([Problem("keys_file", message, Place(str(path)), type(error).__name__)]) from None


def create_key(path: Path, name: str) -> tuple[Key, str]:
    """Add a key; return it and its secret text, which is told only now."""
    with _locked(path):
        held = read_keys(path)
        key_id = secrets.token_hex(4)
        text = f"{_PREFIX}_{key_id}_{secrets.token_urlsafe(_SECRET_BYTES)}"
        key = Key(id=key_id, name=name, created=datetime.now(UTC), sha256=_hash(text))
        _write(path, held.model_copy(update={"keys": (*held.keys, key)}))
        return key, text


def revoke_key(path: Path, key_id: str) -> Key:
    """Take a key out of the file. Raises KeysError where it is not there."""
    with _locked(path):
        held = read_keys(path)
        found = next((key for key in held.keys if key.id == key_id), None)
        if found is None:
            remedy = did_you_mean(key_id, [key.id for key in held.keys])
            raise KeysError(
                [Problem("unknown_key", "Diesen Schlüssel gibt es nicht.", found=key_id, remedy=remedy)]
            )
        _write(path, held.model_copy(update={"keys": tuple(key for key in held.keys if key is not found)}))
        return found


class KeyRing:
    """The keys of a running service; a change of the file is seen with the next request."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int, int] | None = None
        self._keys: tuple[Key, ...] = ()
        self._refresh()

    def find(self, text: str) -> str | None:
        """Return the id of the key with this secret text, or None.

        Every key is compared, each in constant time: how long it takes tells nothing.
        """
        self._refresh()
        given = _hash(text[:_MOST]) if text.isascii() else ""
        found = None
        for key in self._keys:
            if hmac.compare_digest(key.sha256, given):
                found = key.id
        return found

    def _refresh(self) -> None:
        stamp = _stamp(self._path)
        if stamp != self._stamp:
            self._keys = read_keys(self._path).keys
            self._stamp = stamp


def _hash(text: str) -> str:
    # The secret has 256 random bits: a slow hash would add nothing but work for the service.
    return hashlib.sha256(text.encode()).hexdigest()


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _write(path: Path, content: KeyFile) -> None:
    """Write beside the file and put it in its place: it is never half written, and private from the start."""
    handle, name = tempfile.mkstemp(dir=path.resolve().parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(content.model_dump_json(by_alias=True, indent=2) + "\n")
        Path(name).replace(path.resolve())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Let one command at a time change the file."""
    lock = path.resolve().with_name(f".{path.name}.lock")
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        message = "Ein anderer Befehl ändert diese Datei gerade."
        remedy = f"Läuft keiner mehr, löschen Sie {lock.name}."
        raise KeysError([Problem("keys_file", message, Place(str(path)), remedy=remedy)]) from None
    except OSError as error:
        message = "Die Datei lässt sich nicht schreiben."
        raise KeysError([Problem("keys_file", message, Place(str(path)), error.strerror)]) from None
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
