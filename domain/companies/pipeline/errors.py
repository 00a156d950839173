"""Why something about a run is refused."""

from domain.kernel.errors import Refusal, RefusalCode


class GateBlocked(Refusal):
    """The gate is blocked, and nobody has said why it should be passed by."""

    code = RefusalCode.GATE_BLOCKED


class WrongState(Refusal):
    """What was asked cannot be done to something that stands where it does."""

    code = RefusalCode.WRONG_STATE


class BuiltUpon(Refusal):
    """What was made known later rests on this: it is to be taken back first."""

    code = RefusalCode.BUILT_UPON
