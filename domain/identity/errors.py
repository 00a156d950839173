"""Why somebody may not enter."""

from domain.kernel.errors import Refusal, RefusalCode


class InvalidCredentials(Refusal):
    """No account has this e-mail address and this password; which of the two is wrong is not said."""

    code = RefusalCode.INVALID_CREDENTIALS


class AccountLocked(Refusal):
    """There were too many attempts to sign in with this address, whether or not it has an account."""

    code = RefusalCode.ACCOUNT_LOCKED


class EmailTaken(Refusal):
    """There is an account with this e-mail address."""

    code = RefusalCode.EMAIL_TAKEN


class RegistrationClosed(Refusal):
    """The installation lets nobody register by themselves."""

    code = RefusalCode.REGISTRATION_CLOSED


class SessionExpired(Refusal):
    """The refresh token opens nothing (any more): sign in again."""

    code = RefusalCode.SESSION_EXPIRED
