"""Who a document is for, and the document: a recipient as a row gives them, and what is made for them, in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from handouts.batch.filling.prefilled_pdf import EncodedLogo
from handouts.compose.clinic import Given
from handouts.compose.wording import literal
from handouts.model.clinic import Clinic
from handouts.model.image import Image
from handouts.problems import Origin, Problem
from handouts.render.pdf.draw.images import image_object


class Owner(Struct, frozen=True):
    """Whose document it is: a row's clinic, its logo, and where the row stands.

    `said` is what the row itself says by field: documents are made from `clinic` and compared with `said`.
    """

    clinic: Clinic
    image: Image | None
    logo: EncodedLogo | None
    origin: Origin
    said: Mapping[str, str]

    def values(self) -> dict[str, str]:
        """What fills blanks, by field, as documents print it."""
        clinic = self.clinic
        named = {"name": clinic.name, "phone": clinic.phone, "hours": clinic.hours}
        named |= {f"address.{index}": line for index, line in enumerate(clinic.address)}
        # Just as a phrase of words that are printed as they stand.
        return {key: str(literal(text, self.origin)) for key, text in named.items() if text}

    def logo_object(self) -> bytes | None:
        """The image object of the logo in PDF files, if there is one."""
        return self.logo.body if self.logo else None

    def given(self) -> Given:
        """What of a clinic is given."""
        return Given.of(self.clinic, logo=self.logo is not None)


class Finished(Struct, frozen=True):
    """A document in memory: how its file begins and ends, its SHA-256, how it is compared with its recipient, and what
    to tell of words that it had no room for.
    """

    head: bytes
    tail: bytes
    sha256: str
    check: Callable[[bytes], object]
    left_out: tuple[Problem, ...] = ()


def encoded_logo(image: Image) -> EncodedLogo:
    """A logo as PDF files hold it, not yet saying what it shows."""
    return EncodedLogo(image_object(image.data), image.width, image.height, "")
