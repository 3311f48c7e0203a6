"""The fields of a form, as a server reads them."""

from __future__ import annotations

from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl

from ..http.outgoing import FORM
from .messages import Part


def form_of(content_type: str, body: bytes) -> dict[str, Part]:
    """The fields by their names; of a repeated one the last. ValueError for a body that is no form."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == FORM:
        return {name: Part(value.encode()) for name, value in parse_qsl(body.decode(), keep_blank_values=True)}
    if kind != "multipart/form-data":
        raise ValueError(f"this is no form: its content type is {content_type or 'not told'}")
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    message = BytesParser(EmailMessage, policy=HTTP).parsebytes(head + body)
    return {str(part.get_param("name", header="content-disposition")): _part(part) for part in message.iter_parts()}


def _part(part: MIMEPart) -> Part:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    told = part.get_content_type() if "content-type" in part else None
    return Part(content, part.get_filename(), told)
