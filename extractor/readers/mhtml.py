"""Web pages saved with their parts in one file (MHTML, RFC 2557), as browsers and word processors write them."""

from __future__ import annotations

from dataclasses import dataclass, field

from patterns import expressions as re

_HEAD = re.compile(rb"(?:[A-Za-z-]{2,40}:[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n){0,20}){1,30}", re.S)


@dataclass(slots=True)
class Saved:
    """A saved page: its HTML and the pictures beside it by their address."""

    page: bytes
    pictures: dict[str, bytes] = field(default_factory=dict)


def looks_like(data: bytes) -> bool:
    """Whether bytes begin as a MIME message of several parts does."""
    found = _HEAD.match(data[:8192])
    return found is not None and b"mime-version:" in found[0].lower() and b"multipart/" in found[0].lower()


def saved(data: bytes) -> Saved | None:
    """The page that a message holds, None where it holds none."""
    import email
    import email.policy

    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = [(p, p.get_payload(decode=True)) for p in message.walk() if not p.is_multipart()]
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError):
        return None
    out: Saved | None = None
    pictures: dict[str, bytes] = {}
    for part, body in parts:
        if not isinstance(body, bytes):
            continue
        if part.get_content_type() in ("text/html", "application/xhtml+xml") and out is None:
            charset = part.get_content_charset()
            out = Saved(body if charset is None or b"charset" in body[:2048].lower() else f'<meta charset="{charset}">'.encode() + body)
        elif part.get_content_maintype() == "image":
            for key in (part.get("Content-Location"), part.get("Content-ID")):
                if key:
                    pictures[str(key).strip("<> ")] = body
    if out is not None:
        out.pictures = pictures
    return out
