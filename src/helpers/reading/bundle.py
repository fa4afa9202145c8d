"""A zip of many articles → its entries, each as a name and its bytes; nothing is written to the disk."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from helpers.reading.document import UnreadableError
from helpers.reading.limits import Limits, limits, refuse_beyond
from helpers.storage import open_location

if TYPE_CHECKING:
    from helpers.storage import Location

UTF8_NAME = 0x800
ENCRYPTED = 0x1


def read_bundle(path: Location) -> Iterator[tuple[str, bytes | UnreadableError]]:
    """Yield name and bytes of each file in a zip, or why it cannot be read; folders and hidden files aside."""
    with open_location(path) as file:
        yield from _entries(file)


def _entries(file: BinaryIO) -> Iterator[tuple[str, bytes | UnreadableError]]:
    allowed = limits()
    try:
        bundle = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableError("broken", "不是完整的 zip 文件") from error
    with bundle:
        entries = [entry for entry in bundle.infolist() if not entry.is_dir()]
        refuse_beyond(len(entries), allowed.zip_entries, "too_many", "个文件")
        left = allowed.zip_bytes
        for entry in entries:
            name = entry_name(entry)
            if not _is_beside(name):
                content = _content(bundle, entry, allowed, left)
                left -= len(content) if isinstance(content, bytes) else 0
                yield name, content


def entry_name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name as it was meant: without the mark of UTF-8 Windows writes it in GBK."""
    if entry.flag_bits & UTF8_NAME:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _is_beside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or any(part.startswith(".") and part.strip(".") for part in parts)


def _content(
    bundle: zipfile.ZipFile, entry: zipfile.ZipInfo, allowed: Limits, left: int
) -> bytes | UnreadableError:
    """Return the bytes of an entry; never more than is allowed, whatever its header says of its size."""
    most = min(allowed.file_bytes, left)
    if stat.S_ISLNK(entry.external_attr >> 16):
        return UnreadableError("link", "压缩包中的符号链接,未读取")
    if entry.flag_bits & ENCRYPTED:
        return UnreadableError("encrypted", "压缩包中的文件有密码")
    if entry.file_size > allowed.zip_ratio * max(entry.compress_size, 1000):
        return UnreadableError(
            "too_large", f"压缩比异常:{entry.file_size:,} 字节由 {entry.compress_size:,} 字节解出"
        )
    if entry.file_size > most:
        return UnreadableError("too_large", f"超出上限:{entry.file_size:,} 字节(上限 {most:,})")
    try:
        with bundle.open(entry) as file:
            content = file.read(most + 1)
    except Exception:  # zipfile and the unpackers below it have many ways to say that a file is broken
        return UnreadableError("broken", "压缩包中的文件已损坏")
    return content if len(content) <= most else UnreadableError("too_large", f"超出上限:{most:,} 字节")
