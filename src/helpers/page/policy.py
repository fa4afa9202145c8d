"""A finished page → the same page with the Content-Security-Policy that allows what it holds and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re


def with_policy(page: str, own_script: str) -> str:
    """Return the page with its policy: no request leaves it, and of all scripts only its own runs."""
    styles = " ".join(
        dict.fromkeys(
            source_hash(style) for style in re.findall(r"<style[^>]*>(.*?)</style>", page, re.DOTALL)
        )
    )
    policy = (
        f"default-src 'none'; script-src {source_hash(own_script)}; style-src {styles}; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    return page.replace("@CSP@", policy, 1)


def source_hash(source: str) -> str:
    """Return the hash by which a policy allows an inline style or script.

    >>> source_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def harmless(html: str) -> str:
    """Return the HTML of an output without what a strict policy would refuse: styles of its own, and scripts."""
    without_blocks = re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.DOTALL | re.IGNORECASE)
    tags = re.compile(r"<[a-zA-Z][^<>]*>")
    return tags.sub(lambda tag: re.sub(r'\s(?:style|border|on\w+)="[^"]*"', "", tag[0]), without_blocks)
