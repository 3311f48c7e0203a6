"""NDEF messages, as they stand on tags: the NFC Forum's "NFC Data Exchange Format", version 1.0.

Texts and addresses are made by ndeflib, whose records may also be given; records are bytes here, as programs have them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from ...extras import need

EMPTY, WELL_KNOWN, EXTERNAL, UNCHANGED = 0, 1, 4, 6
BEGIN, END, CHUNK, SHORT, WITH_ID = 0x80, 0x40, 0x20, 0x10, 0x08


@attrs.frozen
class NdefRecord:
    """One record: the kind of its type (`tnf`: 1 is the NFC Forum's own, 2 a MIME type, …), type, content and id."""

    tnf: int
    type: bytes
    payload: bytes
    id: bytes = b""


def encoded(records: Iterable[NdefRecord]) -> bytes:
    """The records as one message; an empty record if there are none."""
    records = list(records) or [NdefRecord(EMPTY, b"", b"")]
    return b"".join(
        _encoded(record, first=number == 0, last=number == len(records) - 1) for number, record in enumerate(records)
    )


def decoded(message: bytes) -> list[NdefRecord]:
    """The records of a message. ValueError if it is none. Parts of one record (chunks) are put together."""
    records: list[NdefRecord] = []
    open_record: NdefRecord | None = None
    for flags, record in _raw(message):
        if open_record is not None:
            record = attrs.evolve(open_record, payload=open_record.payload + record.payload)
        if flags & CHUNK:
            open_record = record
        else:
            records.append(record)
            open_record = None
    if open_record is not None:
        raise ValueError("the last part of a record is missing")
    return records


def of_ndeflib(records: Iterable[Any]) -> bytes:
    """The message of ndeflib's records: `ndef.TextRecord("tea")`, `ndef.UriRecord("https://…")`, …

    An empty record if there are none.
    """
    records = list(records)
    if not records:
        return encoded(())
    ndef = need("ndef", extra="nfc", what="an NDEF message")
    return b"".join(ndef.message_encoder(records))


def texts_and_uris(texts: Sequence[str], uris: Sequence[str]) -> list[NdefRecord]:
    """Records for these, the addresses first."""
    if not (texts or uris):
        return []
    ndef = need("ndef", extra="nfc", what="an NDEF message")
    return decoded(of_ndeflib([*map(ndef.UriRecord, uris), *map(ndef.TextRecord, texts)]))


def _encoded(record: NdefRecord, *, first: bool, last: bool) -> bytes:
    short = len(record.payload) < 256
    flags = BEGIN * first | END * last | SHORT * short | WITH_ID * bool(record.id) | record.tnf
    length = len(record.payload).to_bytes(1 if short else 4, "big")
    id_length = bytes([len(record.id)]) if record.id else b""
    return bytes([flags, len(record.type)]) + length + id_length + record.type + record.id + record.payload


def _raw(message: bytes) -> Iterator[tuple[int, NdefRecord]]:
    rest = memoryview(message)

    def take(count: int) -> bytes:
        nonlocal rest
        if len(rest) < count:
            raise ValueError("the message ends within a record")
        taken, rest = bytes(rest[:count]), rest[count:]
        return taken

    flags = 0
    while rest:
        flags, type_length = take(2)
        length = int.from_bytes(take(1 if flags & SHORT else 4), "big")
        id_length = take(1)[0] if flags & WITH_ID else 0
        type_, id_ = take(type_length), take(id_length)
        yield flags, NdefRecord(flags & 7, type_, take(length), id_)
        if flags & END:
            break
    if rest or not flags & END:
        raise ValueError("the message does not end where its last record does")
