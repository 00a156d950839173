"""The standard normal distribution of many numbers at once."""

from typing import Final

import numpy as np
from numpy.polynomial.chebyshev import cheb2poly
from scipy.special import erfcx

from domain.quant.arrays import BLOCK, Numbers

# The Mills ratio, tail / density, is smooth in 1 / (|x| + _SHIFT): a polynomial of 24 terms is as near as float64 can
# tell, up to _FARTHEST, beyond which the density is zero.
_SHIFT, _FARTHEST, _TERMS, _NODES = 3.5, 40.0, 24, 255
_LEAST, _MOST = 1 / (_FARTHEST + _SHIFT), 1 / _SHIFT
_SIGN, _HALF = np.array([-0.0, 0.5]).view(np.int64)
_SCALE, _OFFSET = 2 / (_MOST - _LEAST), (_MOST + _LEAST) / (_MOST - _LEAST)


def _coefficients() -> Numbers:
    """Return the terms of -2 tails / exp(-x**2 / 2), in rows of six: Chebyshev's interpolation of scipy's `erfcx`.

    Angles are reduced as whole numbers: the recurrence of Chebyshev's polynomials loses a digit at the ends.
    """
    odd = 2 * np.arange(_NODES) + 1
    cosines = np.cos(np.pi / (2 * _NODES) * (np.arange(_TERMS)[:, None] * odd % (4 * _NODES)))
    far = _SCALE / (cosines[1] + _OFFSET) - _SHIFT
    found = cosines @ -erfcx(far / np.sqrt(2)) * (2 / _NODES)
    found[0] /= 2
    return np.ascontiguousarray(cheb2poly(found).reshape(-1, 6))


_COEFFICIENTS: Final = _coefficients()


def distribution(numbers: Numbers, out: Numbers | None = None, kernel: Numbers | None = None) -> Numbers:
    """Probability that a standard normal number is below each of many.

    Parameters
    ----------
    numbers : of any shape; may be `out` itself.
    out : of the same shape, contiguous: what the result is written to.
    kernel : of the same shape, contiguous: what exp(-x**2 / 2) is written to, of which the density is a multiple.

    Returns the same shape, from 0 to 1, as near as `scipy.special.ndtr`: a relative error below 3e-15 within six
    deviations of zero, and beyond them what the square of the number loses. At zero it is a half. NaN stays. What it
    is of a number does not depend on the others. It takes three fifths of the time of `ndtr` for thousands of
    numbers, and a multiple of it for few.

    Source: the tail as a polynomial in 1 / (|x| + k), after Shepherd and Laframboise, "Chebyshev Approximation of
    (1 + 2x) exp(x^2) erfc x in 0 <= x < infinity", Mathematics of Computation 36(153), 1981.
    """
    found = np.empty(numbers.shape) if out is None else out
    given, flat = numbers.reshape(-1), found.reshape(-1)
    kernels = None if kernel is None else kernel.reshape(-1)
    # The square of a number beyond 1e154 overflows, to a tail of zero as it should.
    with np.errstate(over="ignore"):
        for start in range(0, len(given), BLOCK):
            part = slice(start, start + BLOCK)
            _fill(given[part], flat[part], None if kernels is None else kernels[part])
    return found


def _fill(numbers: Numbers, out: Numbers, kernel: Numbers | None) -> None:
    count, is_zero = len(numbers), numbers == 0
    # A matrix by one column is another sum than by several, and another last digit.
    powers = np.empty((6, count)) if count > 1 else np.ones((6, 2))
    one, power, square, cube, fourth, fifth = powers[:, :count]
    one[:] = 1.0
    np.abs(numbers, out=power)
    power += _SHIFT
    np.divide(_SCALE, power, out=power)
    power -= _OFFSET
    np.square(power, out=square)
    np.multiply(square, power, out=cube)
    np.square(square, out=fourth)
    np.multiply(fourth, power, out=fifth)
    rows = (_COEFFICIENTS @ powers)[:, :count]
    sixth, tails = np.square(cube, out=cube), rows[3]
    for row in rows[2::-1]:
        tails *= sixth
        tails += row
    kernel = power if kernel is None else kernel
    np.square(numbers, out=kernel)
    kernel *= -0.5
    tails *= np.exp(kernel, out=kernel)
    # What makes -2 tails the probability: -1/2 and + 0 below, 1/2 and + 1 above. No tail is taken from 1/2 first, as
    # its digits would be lost. `copysign` takes four times as long as its bits.
    bits = np.bitwise_and(numbers.view(np.int64), _SIGN, out=fourth.view(np.int64))
    half = np.bitwise_or(bits, _HALF, out=bits).view(np.float64)
    tails *= half
    half += 0.5
    np.add(tails, half, out=out)
    if is_zero.any():
        out[is_zero] = 0.5
