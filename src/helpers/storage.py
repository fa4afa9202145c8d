"""A path or a URL → where files are read and written: on a disk of this machine, or in a store that fsspec knows.

The one module that tells the two apart. In both a file appears whole or not at all; a lock only a disk has.
"""

from __future__ import annotations

import fcntl
import glob
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from upath import UPath

    Location = Path | UPath

LOCAL = ("file://", "local://")
# Stores in which what is put under a name is there when all of it has arrived, and not before.
PUT_WHOLE = frozenset(("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oss", "memory"))
AT_ONCE = 8 << 20  # bytes that are fetched from a store together
SET_ASIDE = "old"  # what a folder is called, in the temporary one, while another takes its place


class StorageError(Exception):
    """A place that cannot be read or written as asked; the message is one line naming it and the cause."""


def location(text: str) -> Location:
    """Return where a path or a URL leads; raise StorageError where there is no way there.

    What it takes to get in, fsspec and the package of the store find in their own configuration or environment.

    >>> location("data/raw").as_posix(), location("file:///data/raw").as_posix()
    ('data/raw', '/data/raw')
    """
    for prefix in LOCAL:
        text = text.removeprefix(prefix)
    if "://" not in text:
        return Path(text)
    try:
        from upath import UPath
    except ImportError as error:
        raise StorageError(
            f"{text}: needs the package universal-pathlib (pip install 'zhanbao[remote]')"
        ) from error
    try:
        place = UPath(text)
        place.exists()
    except Exception as error:  # each store has its own errors, many of them not of the system's kind
        raise StorageError(f"{text}: cannot be reached ({error})") from error
    return place


def is_remote(path: Location) -> bool:
    """Return whether a location is in a store and not on a disk of this machine."""
    return not isinstance(path, Path)


# Reading.


def open_location(path: Location, mode: str = "rb", **options: Any) -> Any:
    """Return a file opened for reading; of one in a store no more is held than is fetched together."""
    return path.open(mode, **options, **({"block_size": AT_ONCE} if is_remote(path) else {}))


def names_in(folder: Location) -> list[str]:
    """Return the names of what is in a folder, in order; none where there is no such folder."""
    if is_remote(folder):
        folder.fs.invalidate_cache()  # others write there meanwhile
    return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []


# Writing whole files.


@contextmanager
def written_whole(path: Location) -> Iterator[Path]:
    """Give a path on the disk to write a file to; once it is whole it takes its place, and the old one stays till then."""
    if is_remote(path):
        with tempfile.TemporaryDirectory(prefix="zhanbao-") as folder:
            yield Path(folder) / path.name
            _put(Path(folder) / path.name, path)
    else:
        with folder_beside(path) as folder:
            yield folder / path.name
            os.replace(folder / path.name, path)


def temporary_file() -> IO[bytes]:
    """Return a file for what is too much to be held; it has no name and is gone when it is closed."""
    return tempfile.TemporaryFile(prefix="zhanbao-")


def write_text(text: str, path: Location) -> None:
    """Write a text file; the old one stays until the new is whole."""
    with written_whole(path) as new:
        new.write_text(text, "utf-8", newline="\n")


def write_once(text: str, path: Location) -> None:
    """Write a text file that is not there yet; where it is already it stays as it is.

    Of two that write at a time one is first, and both find what that one wrote, where the store can tell (S3 can).
    """
    if is_remote(path):
        with suppress(FileExistsError):
            _made_parent(path).fs.pipe_file(path.path, text.encode("utf-8"), mode="create")
    elif not path.exists():
        write_text(text, path)


def _put(file: Path, path: Location) -> None:
    """Copy a file into a store, under its name once all of it has arrived."""
    store = _made_parent(path).fs
    if path.protocol in PUT_WHOLE:
        store.put_file(str(file), path.path)
        return
    arriving = path.with_name(f"{_prefix(path)}{uuid4().hex}").path
    store.put_file(str(file), arriving)
    with suppress(FileNotFoundError):
        store.rm_file(path.path)  # HDFS and others do not move over a file
    store.mv(arriving, path.path)


def _made_parent(path: Location) -> Location:
    if path.protocol not in PUT_WHOLE:  # those have no folders, only names with slashes in them
        path.fs.makedirs(path.parent.path, exist_ok=True)
    return path


def remove_folder(folder: Location) -> None:
    """Remove a folder and all that is in it."""
    if is_remote(folder):
        folder.fs.rm(folder.path, recursive=True)
    else:
        shutil.rmtree(folder)


def remove_unarrived(folders: Sequence[Location]) -> None:
    """Remove what killed runs were copying into folders of a store; on a disk the next one that writes there does."""
    for folder in filter(is_remote, folders):
        for name in names_in(folder):
            if name.startswith(".") and ".zhanbao-" in name:
                (folder / name).unlink()


def require_writable(path: Location) -> None:
    """Raise StorageError if nothing can be written at a path; told before the work, not after it."""
    if is_remote(path):
        probe = path.with_name(f"{_prefix(path)}{uuid4().hex}")
        try:
            _made_parent(probe).fs.pipe_file(probe.path, b"")
            probe.unlink()
        except Exception as error:  # as in `location`
            raise StorageError(f"{path}: cannot be written ({error})") from error
        return
    with folder_beside(path) as folder:
        try:
            (folder / path.name).touch()
        except OSError as error:
            raise StorageError(f"{path}: cannot be written ({error.strerror})") from error


# On a disk.


@contextmanager
def folder_beside(path: Path) -> Iterator[Path]:
    """Give a temporary folder on the same disk as `path`, from where files can be moved in one step.

    It is locked as long as this process lives; what a killed one has left is not, and is cleared away.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear_left_behind(path)
        folder = Path(tempfile.mkdtemp(prefix=".new.", dir=path.parent))
        lock = _lock(folder)
        folder = folder.rename(folder.with_name(_prefix(path) + folder.name.removeprefix(".new.")))
    except OSError as error:
        raise StorageError(f"{path}: cannot be written ({error.strerror})") from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


@contextmanager
def locked(folder: Location) -> Iterator[None]:
    """Keep a folder, made where it is missing, to this process; StorageError where another one is at work in it.

    A store has no locks: there it keeps nobody out.
    """
    if is_remote(folder):
        yield
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = _lock(folder)
    except BlockingIOError as error:
        raise StorageError(
            f"{folder}: another run is writing there; wait until it has ended, then run again"
        ) from error
    except OSError as error:
        raise StorageError(f"{folder}: cannot be written ({error.strerror})") from error
    try:
        yield
    finally:
        os.close(lock)


def _prefix(path: Location) -> str:
    return f".{path.name[:40]}.zhanbao-"


def _clear_left_behind(path: Path) -> None:
    """Remove the temporary folders beside `path` that no living process holds; what one set aside is put back."""
    for folder in path.parent.glob(f"{glob.escape(_prefix(path))}*"):
        with suppress(BlockingIOError, FileNotFoundError):
            lock = _lock(folder)
            if (folder / SET_ASIDE).exists() and not path.exists():  # killed between the two moves of a swap
                os.replace(folder / SET_ASIDE, path)
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def _lock(folder: Path) -> int:
    """Return what holds the lock of a folder until it is closed or the process ends; never wait for it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
