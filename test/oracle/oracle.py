#!/usr/bin/env python3
"""
A second, naive implementation of the books: reads exported NDJSON (`export log`, or `export journal --format ndjson` of
one co-op), makes every double entry from the business facts and never from the stored voucher, and prints what it finds
as JSON: fen by fund, month and account, voucher counts, dividends, statements, complaints. It shares no code with the
program. Of `data.voucher` it reads three things only: the lines where lines are what somebody entered (opening balances,
manual vouchers) and the day.

    python3 oracle.py LEDGER.ndjson
"""

import hashlib
import json
import sys
from collections import defaultdict
from datetime import date, timedelta

import cards
import cashier
import entries
import settling
import statements
from books import Books
from facts import OWED, Lease, Register
from money import fen

RULES = {**entries.RULES, **settling.RULES, **cards.RULES, **cashier.RULES}
ORDER = 'id stream revision type version recordedAt actor commandId inputHash correlationId causationId'.split()


class Coop:
    def __init__(self):
        self.books, self.register = Books(), Register()
        self.funds, self.programmes, self.runs, self.batches = {}, {}, {}, {}
        self.leases, self.gifts, self.claims, self.declared, self.dividends = {}, {}, {}, {}, {}
        self.cards, self.desk, self.undo = {}, cashier.Desk(), defaultdict(list)
        self.head, self.events = '0' * 64, 0

    def owed_account(self, kind, person, on):
        return ('113-' if self.register.is_member(person, on) else '211-') + OWED[kind]

    def owe(self, origin, person, account, fund, amount, voucher):
        self.claims[person, origin] = {'account': account, 'fund': fund or '', 'amount': amount, 'voucher': voucher}

    def take(self, envelope, data):
        kind = envelope['type']
        self.events += 1
        self.learn(kind, data)
        if 'voucher' not in data:
            return
        if kind not in RULES:
            self.books.complain(f'no rule for {kind}')
            return
        lines = RULES[kind](self, data)
        if kind == 'OpeningBalancesRecorded':
            self.begin(data, lines)
        entry = self.books.book(kind, data, lines)
        if kind == 'DividendDeclared':
            self.declared[data['run']] = entry

    def begin(self, data, lines):
        """The balances are of the day before; a start in mid-year has the year's beginning first, then its movements."""
        before = (date.fromisoformat(data['on']) - timedelta(days=1)).isoformat()[:7]
        began = data.get('yearToDate', 0)
        for line in lines:
            line.month = f'{int(data["on"][:4]) - 1}-12' if line.place < began else before
        for month, following in data.get('nextNumber', []):
            self.books.numbers[month] = following - 1

    def learn(self, kind, data):
        self.register.learn(kind, data)
        cards.learn(self, kind, data)
        cashier.learn(self, kind, data)
        if kind == 'FundOpened':
            self.funds[data['fund']] = data
        elif kind == 'ProgrammeAdopted':
            self.programmes[data['programme']] = data
        elif kind == 'RunPrepared':
            self.runs[data['run']] = {**data, 'accounts': entries.accounts_of(self, data)}
        elif kind == 'PaymentBatchPrepared':
            self.batches[data['batch']] = data
        elif kind == 'LeaseSigned':
            self.leases[data['lease']] = Lease(data)
        elif kind == 'LeaseAmended':
            self.leases[data['lease']].amend(data)
        elif kind == 'LeaseEnded':
            self.leases[data['lease']].stop(data['on'])
        elif kind == 'PeriodClosed':
            self.period_closed(data)

    def period_closed(self, data):
        month = [entry for entry in self.books.entries if entry.day[:7] == data['month']]
        for name in ('debit', 'credit'):
            ours = sum(getattr(line, name) for entry in month for line in entry.lines)
            self.books.agree(f'{name} of {data["month"]}', ours, fen(data[name]))
        self.books.agree(f'vouchers of {data["month"]}', len(month), data['vouchers'])

    def found(self):
        months = sorted({line.month for entry in self.books.entries for line in entry.lines})
        funds = {
            fund: -self.books.balance(entries.holding(self, fund), fund) for fund in sorted(self.funds)
        }
        return {
            'events': self.events,
            'movements': self.books.movements(),
            'vouchers': {month: len([e for e in self.books.entries if e.day[:7] == month])
                         for month in sorted({entry.day[:7] for entry in self.books.entries})},
            'funds': funds,
            'dividends': self.dividends,
            'sheets': {month: statements.sheet(self.books, month) for month in months},
            'income': {year: statements.income(self.books, year) for year in sorted({int(m[:4]) for m in months})},
            'complaints': self.books.complaints,
        }


def chained(coop, envelope, raw):
    """The hash of docs/log-format.md."""
    fields = json.dumps([envelope[key] for key in ORDER], ensure_ascii=False, separators=(',', ':'))
    text = '\n'.join(['mingzhang/event/v1', coop.head, fields, raw])
    if hashlib.sha256(text.encode()).hexdigest() != envelope['hash']:
        coop.books.complain(f'revision {envelope["revision"]} is not chained to the one before')
    coop.head = envelope['hash']


def main(path):
    coops = {}
    with open(path, encoding='utf-8') as lines:
        for line in lines:
            envelope = json.loads(line)
            coop = coops.setdefault(envelope['stream'].removeprefix('coop-'), Coop())
            chained(coop, envelope, line.rstrip('\n').split(',"data":', 1)[1][:-1])
            try:
                coop.take(envelope, envelope['data'])
            except (KeyError, IndexError, StopIteration, ValueError) as error:
                coop.books.complain(f'revision {envelope["revision"]} {envelope["type"]} makes no entry: {error!r}')
    json.dump({code: coop.found() for code, coop in coops.items()}, sys.stdout, ensure_ascii=False)


if __name__ == '__main__':
    main(sys.argv[1])
