"""A news report as it was received: what is read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `text` is kept as received: every offset of a reading counts its code points.

    `published` is an EDTF day or None; `lang` an ISO 639-1 code or None where it is to be recognised.
    """

    id: str
    text: str
    published: str | None = None
    lang: str | None = None
    agency: str | None = None
    url: str | None = None
