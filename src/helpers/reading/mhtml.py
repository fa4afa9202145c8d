"""A web page saved by a browser in one file (.mhtml) → the page in it."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy

from helpers.reading.document import Document, UnreadableError
from helpers.reading.html import read_html


def read_mhtml(data: bytes) -> Document:
    """Return the article of a saved page; the address that it was saved from where the page names none."""
    message = message_from_bytes(data, policy=policy.compat32)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    source = page.get_payload(decode=True) if page is not None else None
    if not isinstance(source, bytes):
        raise UnreadableError("broken", "文件中没有网页")
    document = read_html(source)
    address = str(message.get("Snapshot-Content-Location", ""))
    return replace(
        document, url=document.url or (address if address.startswith(("http://", "https://")) else None)
    )
