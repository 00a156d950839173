"""What somebody types to enter: e-mail addresses, passwords and names, each in one form."""

import re
import unicodedata
from typing import Final

import idna

from domain.kernel.errors import InvalidInput
from domain.kernel.text import as_name

EMAIL_BYTES: Final = 254
_LOCAL_LENGTH: Final = 64
PASSWORD_CHARACTERS: Final = (8, 256)
# Four bytes for each character: what is longer is not even handed to Argon2.
PASSWORD_BYTES: Final = 1024
NAME_CHARACTERS: Final = 80

# The unquoted local part of RFC 5322, in ASCII alone: with letters that look like others, two addresses look like one.
_LOCAL: Final = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII | re.IGNORECASE)
_TOP_LABEL: Final = re.compile(r"[a-z]|[a-z][a-z0-9-]*[a-z0-9]", re.ASCII)


def canonical_email(text: str) -> str:
    """Return the one form of an address: local part in lower case, domain in IDNA's ASCII.  Raises `InvalidInput`."""
    local, at, domain = text[: EMAIL_BYTES + 1].strip().rpartition("@")
    if not at or len(text) > EMAIL_BYTES or len(local) > _LOCAL_LENGTH or not _LOCAL.fullmatch(local):
        raise _bad_email()
    try:
        ascii_domain = idna.encode(domain, uts46=True, std3_rules=True).decode("ascii").casefold()
    except UnicodeError:
        raise _bad_email() from None
    labels = ascii_domain.split(".")
    address = f"{local.casefold()}@{ascii_domain}"
    if len(labels) < 2 or not _TOP_LABEL.fullmatch(labels[-1]) or len(address) > EMAIL_BYTES:
        raise _bad_email()
    return address


def checked_password(text: str) -> str:
    """Return a new password in the form that is hashed.  Raises `InvalidInput`."""
    least, most = PASSWORD_CHARACTERS
    password = typed_password(text)
    if password is None or not least <= len(password) <= most:
        raise InvalidInput(f"expected a password of {least} to {most} characters, got {len(text)}", field=("password",))
    return password


def typed_password(text: str) -> str | None:
    """Return what was typed in the form that is hashed, or None for what is too long or not Unicode: no password.

    Composed (NFC): some keyboards write an accent as a character of its own.
    """
    if len(text) > PASSWORD_BYTES:
        return None
    password = unicodedata.normalize("NFC", text)
    try:
        return password if len(password.encode()) <= PASSWORD_BYTES else None
    except UnicodeEncodeError:
        return None


def checked_display_name(text: str | None, email: str) -> str:
    """Return the name to show, by default the local part of the address.  Raises `InvalidInput`."""
    if text is None:
        return email.partition("@")[0]
    if len(text) > 4 * NAME_CHARACTERS:
        raise _bad_name(f"{len(text)} characters")
    try:
        name = as_name(text)
    except ValueError:
        raise _bad_name("another character") from None
    if not 1 <= len(name) <= NAME_CHARACTERS:
        raise _bad_name(f"{len(name)} characters")
    return name


def _bad_email() -> InvalidInput:
    # What came is not repeated: it may be a password in the wrong field.
    return InvalidInput("expected an e-mail address such as name@example.com, got none", field=("email",))


def _bad_name(got: str) -> InvalidInput:
    message = f"expected a name of 1 to {NAME_CHARACTERS} characters on one line, without control characters, got {got}"
    return InvalidInput(message, field=("display_name",))
