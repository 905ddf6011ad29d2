"""Fen, rounding and the division of a pool, written down a second time. Standard library only."""

import hashlib
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal


def fen(text):
    """Fen of "1234.56"."""
    return int(Decimal(text) * 100)


def total(tuples):
    """Fen of the last item of each tuple, summed."""
    return sum(fen(each[-1]) for each in tuples)


def rounded(exact):
    """To the nearest whole, halves away from zero (四舍五入)."""
    return int(Decimal(exact).to_integral_value(rounding=ROUND_HALF_UP))


def times(amount, rate):
    """fen × rate, rounded."""
    return rounded(Decimal(amount) * Decimal(rate))


def pool(amount, holders, run):
    """
    Divides fen over [(code, shares)] by largest remainder; equal remainders go in the order of SHA-256(run ‖ code).
    Shares are decimals; everything is counted in whole millionths.
    """
    micro = [(code, int(Decimal(shares) * 1_000_000)) for code, shares in holders]
    everything = sum(shares for _, shares in micro)
    exact = {code: divmod(amount * shares, everything) for code, shares in micro}
    given = {code: whole for code, (whole, _) in exact.items()}
    left = amount - sum(given.values())
    order = sorted(exact, key=lambda code: (-exact[code][1], hashlib.sha256((run + code).encode()).hexdigest()))
    for code in order[:left]:
        given[code] += 1
    return given


def per_share(price, holders):
    """A fixed amount a share: each holder's part rounded down to the fen."""
    return {
        code: int((Decimal(price) * 100 * Decimal(shares)).to_integral_value(rounding=ROUND_DOWN))
        for code, shares in holders
    }
