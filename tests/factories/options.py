"""European options, drawn and in bulk."""

import numpy as np
from hypothesis import strategies as st

TERMS = {
    "spot": st.floats(1, 1_000),
    "strike": st.floats(1, 1_000),
    "years": st.floats(0, 5),
    "rate": st.floats(-0.05, 0.2),
    "dividend_yield": st.floats(-0.05, 0.2),
    "volatility": st.floats(0, 2),
}
LIVE = {**TERMS, "strike": st.floats(50, 200), "spot": st.floats(50, 200), "years": st.floats(0.05, 5)}
LIVE["volatility"] = st.floats(0.05, 2)

options = st.fixed_dictionaries({**TERMS, "is_call": st.booleans()})
live_options = st.fixed_dictionaries({**LIVE, "is_call": st.booleans()})


def many(count: int) -> list[np.ndarray]:
    """Return so many options of every kind, as the arguments of `value`."""
    chance = np.random.default_rng(5)
    bounds = [(50, 150), (50, 150), (0, 2), (0, 0.05), (0, 0.03), (0.05, 0.8)]
    return [*(chance.uniform(low, high, count) for low, high in bounds), chance.random(count) < 0.5]
