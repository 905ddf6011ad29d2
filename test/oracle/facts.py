"""What the oracle remembers of a co-op besides its entries: who is a member, who holds shares, leases, claims."""

from calendar import monthrange
from datetime import date
from decimal import Decimal

from money import fen, rounded

OWED = {
    'allowance': '津贴', 'scholarship': '奖学助学', 'relief': '救助',
    'subsidy': '补助', 'insurance': '补助', 'gift': '补助',
}
EXPENSE = {
    'allowance': '514-老年人津贴', 'scholarship': '514-奖学助学', 'relief': '514-困难救助',
    'subsidy': '514-入园补贴', 'insurance': '514-保险', 'gift': '514-节日慰问',
}
HOLDING = {'restricted': '311-受赠(限定)-', 'held': '211-代管款-', 'grant': '241-'}


def days_of(month):
    year, number = int(month[:4]), int(month[5:7])
    return f'{month}-01', f'{month}-{monthrange(year, number)[1]:02d}'


class Lease:
    """A lease's terms and what its tenant owes, has paid ahead for up to a year, and further ahead."""

    def __init__(self, data):
        self.start, self.end = data['from'], data['to']
        self.rents = [(data['from'][:7], fen(data['monthlyRent']))]
        self.rate = data['vatRate']
        self.income = data['income']
        self.member = data['tenantIsMember']
        self.arrears = self.ahead = self.later = 0

    def amend(self, data):
        if 'monthlyRent' in data:
            self.rents.append((data['from'], fen(data['monthlyRent'])))
        if 'to' in data:
            self.end = data['to']

    def stop(self, day):
        self.end = min(self.end, day)

    def move(self, ahead, later, arrears):
        self.ahead += ahead
        self.later += later
        self.arrears += arrears

    def rent(self, month):
        """Gross rent of a month: the latest terms that have begun, a part of a month by its days."""
        begun = [gross for since, gross in self.rents if since <= month]
        first, last = days_of(month)
        start, end = max(self.start, first), min(self.end, last)
        if not begun or start > end:
            return 0
        whole = int(last[8:])
        days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
        return rounded(Decimal(begun[-1] * days) / whole)

    def net(self, gross):
        """What is left of a gross rent without its VAT."""
        return rounded(Decimal(gross) / (1 + Decimal(self.rate)))

    def prepaid_account(self):
        return ('113' if self.member else '211') + '-预收租金'

    def arrears_account(self):
        return ('113' if self.member else '112') + '-租金'

    def deposit_account(self):
        return ('113' if self.member else '211') + '-押金'


class Register:
    """Members by day, and shares by day."""

    def __init__(self):
        self.since, self.until, self.changes = {}, {}, []

    def admit(self, person, on):
        self.since[person] = on
        self.until.pop(person, None)

    def is_member(self, person, on):
        since, until = self.since.get(person), self.until.get(person)
        return since is not None and since <= on and (until is None or until >= on)

    def holders(self, on):
        """[(code, shares)] at the end of a day, by code."""
        held = {}
        for day, person, shares in self.changes:
            if day <= on:
                held[person] = held.get(person, Decimal(0)) + shares
        return sorted((code, shares) for code, shares in held.items() if shares != 0)

    def learn(self, kind, data):
        if kind == 'MemberAdmitted':
            self.admit(data['person'], data['on'])
        elif kind == 'PersonRegistered':
            self.since.pop(data['person'], None)
        elif kind == 'MembershipEnded':
            self.until[data['person']] = data['on']
        elif kind == 'SharesIssued':
            for person, shares in data['holdings']:
                self.move(data['on'], None, person, shares)
        elif kind == 'SharesTransferred':
            self.move(data['on'], data['from'], data['to'], data['shares'])
        elif kind == 'SharesInherited':
            for heir, shares in data['heirs']:
                self.move(data['on'], data['from'], heir, shares)
        elif kind == 'SharesCancelled':
            self.move(data['on'], data['person'], None, data['shares'])

    def move(self, on, giver, taker, shares):
        if giver:
            self.changes.append((on, giver, -Decimal(shares)))
        if taker:
            self.changes.append((on, taker, Decimal(shares)))
