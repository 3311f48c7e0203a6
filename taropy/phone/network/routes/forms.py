"""The fields of a form, as a server reads them."""

from __future__ import annotations

from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl

from ..http.outgoing import FORM
from .messages import Part

MULTIPART = "multipart/form-data"


def form_of(content_type: str, body: bytes) -> dict[str, Part]:
    """The fields by their names; of a repeated one the last. ValueError for a body that is no form."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == FORM:
        return {name: Part(value.encode()) for name, value in parse_qsl(body.decode(), keep_blank_values=True)}
    if kind != MULTIPART:
        raise ValueError(f"this is no form: its content type is {content_type or 'not told'}")
    return dict(parts_of(content_type, body))


def parts_of(content_type: str, body: bytes) -> list[tuple[str, Part]]:
    """The fields and files of a multipart form, as they came; none of a body that is none."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    message = BytesParser(EmailMessage, policy=HTTP).parsebytes(head + body)
    if not message.is_multipart():
        return []
    parts = message.iter_parts()
    return [(_text(part.get_param("name", header="content-disposition")), _part(part)) for part in parts]


def _part(part: MIMEPart) -> Part:
    content = part.get_payload(decode=True)
    told = part.get_content_type() if "content-type" in part else None
    name = part.get_filename()
    whole = content if isinstance(content, bytes) else part.as_bytes()  # a form in a form is what it came as
    return Part(whole, None if name is None else _text(name), told)


def _text(name: object) -> str:
    """A name as it is read: in UTF-8, which the parser of mails leaves alone."""
    return str(name).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
