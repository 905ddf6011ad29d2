#!/usr/bin/env python3
"""
Turns a beancount ledger as `bean-example` prints it into the CSV that `mz import vouchers` reads. Standard library only.

    python3 from_beancount.py LEDGER.beancount MAP.csv > vouchers.csv

Every transaction becomes one voucher, every account the one that MAP.csv gives it; an account that is not in the map is
refused. Amounts in the main currency stay as they are. What is held at a cost (securities) is taken at that cost, units ×
cost rounded to the fen posting by posting; what the rounding leaves of a transaction goes to the map's `Equity:Rounding`.
Postings in any other commodity (hours of vacation, allowances for contributions) are left out: each transaction's balance
among themselves, which is checked. Postings of nothing are left out, and a transaction of which nothing remains.
"""

import csv
import re
import sys
from decimal import ROUND_HALF_UP, Decimal

HEAD = re.compile(r'^(\d{4}-\d\d-\d\d) [*!] (?:"((?:[^"\\]|\\.)*)" )?"((?:[^"\\]|\\.)*)"')
POSTING = re.compile(r'^ +([A-Z][^ ]*) +(-?[\d.,]+) ([A-Z]+)(?: \{([\d.,]+) ([A-Z]+)[^}]*\})?(?: @ [\d.,]+ [A-Z]+)?\s*$')
MAIN = 'USD'
FEN = Decimal('0.01')


def number(text):
    return Decimal(text.replace(',', ''))


def transactions(lines):
    """[(date, summary, [(account, amount or None, commodity)])] with securities at cost."""
    found = []
    for count, line in enumerate(lines, 1):
        head = HEAD.match(line)
        if head:
            day, payee, narration = head.groups()
            found.append((day, ' | '.join(text for text in (payee, narration) if text), []))
            continue
        if not line.startswith('  ') or re.match(r'^ +[a-z]', line):
            continue
        posting = POSTING.match(line)
        if not posting:
            sys.exit(f'line {count} is no posting this program knows: {line.strip()}')
        account, units, commodity, cost, currency = posting.groups()
        amount = number(units)
        if cost:
            amount, commodity = (amount * number(cost)).quantize(FEN, ROUND_HALF_UP), currency
        found[-1][2].append((account, amount, commodity))
    return found


def lines_of(day, summary, postings):
    """[(account, amount)] in the main currency, which sum to nothing."""
    left = {}
    for _, amount, commodity in postings:
        left[commodity] = left.get(commodity, 0) + amount
    odd = [commodity for commodity, amount in left.items() if amount and commodity != MAIN]
    if odd:
        sys.exit(f'{day} {summary}: {odd} are not balanced among themselves')
    lines = [(account, amount) for account, amount, commodity in postings if commodity == MAIN and amount]
    rest = left.get(MAIN, 0)
    return lines + ([('Equity:Rounding', -rest)] if rest else [])


def main(ledger, mapping):
    with open(mapping, encoding='utf-8') as rows:
        accounts = dict(row[:2] for row in csv.reader(rows) if row)
    out = csv.writer(sys.stdout, lineterminator='\n')
    out.writerow(['date', 'voucher', 'summary', 'account', 'debit', 'credit'])
    with open(ledger, encoding='utf-8') as lines:
        for count, (day, summary, postings) in enumerate(transactions(lines), 1):
            for account, amount in lines_of(day, summary, postings):
                if account not in accounts:
                    sys.exit(f'{day}: the map does not say where {account} goes')
                sides = (f'{amount:.2f}', '') if amount > 0 else ('', f'{-amount:.2f}')
                out.writerow([day, count, summary, accounts[account], *sides])


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2])
