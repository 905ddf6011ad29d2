#!/usr/bin/env python3
"""
Turns a journal that hledger reads (hledger, ledger-cli, timedot …) into the CSV that `mz import vouchers` reads. Standard
library only; hledger has done the reading and filled in the amounts that are left out:

    hledger -f JOURNAL print -x -O csv | python3 from_hledger.py MAP.csv [COMMODITY] > vouchers.csv

Every transaction becomes one voucher, every account the one that MAP.csv gives it; an account that is not in the map is
refused, and so is another commodity. Postings stay as they are, those of nothing too: the import says what it leaves out.
"""

import csv
import sys
from decimal import Decimal

NO_SUMMARY = '（无摘要）'


def main(mapping, commodity):
    with open(mapping, encoding='utf-8') as rows:
        accounts = dict(row[:2] for row in csv.reader(rows) if row)
    out = csv.writer(sys.stdout, lineterminator='\n')
    out.writerow(['date', 'voucher', 'summary', 'account', 'debit', 'credit'])
    for row in csv.DictReader(sys.stdin):
        where = f'{row["date"]} {row["description"]}'
        if row['account'] not in accounts:
            sys.exit(f'{where}: the map does not say where {row["account"]} goes')
        amount = Decimal(row['amount'])
        if row['commodity'] != commodity and amount:
            sys.exit(f'{where}: {amount} {row["commodity"]} is not in {commodity}')
        if amount != round(amount, 2):
            sys.exit(f'{where}: {amount} has a fraction of a fen')
        sides = (f'{amount:.2f}', '') if amount >= 0 else ('', f'{-amount:.2f}')
        out.writerow([row['date'], row['txnidx'], row['description'] or NO_SUMMARY, accounts[row['account']], *sides])


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else '$')
