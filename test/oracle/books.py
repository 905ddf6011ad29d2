"""One co-op's books as the oracle keeps them: entries it made itself, balances added up from them, complaints."""

from money import fen

KINDS = {
    'asset': '101 102 111 112 113 121 131 132 133 134 141 151 152 153 154 161 162 171 181',
    'liability': '201 211 212 213 214 221 231 241',
    'equity': '301 311 321 322',
    'cost': '401',
    'income': '501 502 503 504',
    'expense': '511 512 513 514 515 521',
}
KIND = {code: kind for kind, codes in KINDS.items() for code in codes.split()}


class Line:
    def __init__(self, account, debit=0, credit=0, fund='', party=None):
        self.account, self.debit, self.credit, self.fund, self.party = account, debit, credit, fund or '', party
        self.month = self.place = None

    def red(self):
        return Line(self.account, -self.debit, -self.credit, self.fund, self.party)


class Entry:
    def __init__(self, number, day, kind, data, lines):
        self.number, self.day, self.kind, self.data, self.lines = number, day, kind, data, lines


class Books:
    def __init__(self):
        self.entries = []
        self.by_number = {}
        self.numbers = {}
        self.complaints = []

    def complain(self, what):
        self.complaints.append(what)

    def agree(self, what, ours, theirs):
        """The event states a figure that the facts give as well."""
        if ours != theirs:
            self.complain(f'{what}: {ours} by the facts, {theirs} in the event')

    def book(self, kind, data, lines):
        """Numbers and keeps an entry. The day of an entry is the one thing events have in their voucher alone."""
        day = data['voucher']['date']
        # An opening voucher is none of a month in which numbers were used before these books began.
        count = 0 if kind == 'OpeningBalancesRecorded' and day[:7] in self.numbers else self.numbers.get(day[:7], 0) + 1
        self.numbers[day[:7]] = max(count, self.numbers.get(day[:7], 0))
        number = f'{day[:7]}-记-{count}'
        self.agree(f'number of {kind}', number, data['voucher']['number'])
        lines = [line for line in lines if line.debit or line.credit]
        for line in lines:
            line.month = line.month or day[:7]
        for fund in {line.fund for line in lines}:
            gap = sum(line.debit - line.credit for line in lines if line.fund == fund)
            if gap:
                self.complain(f'{number} {kind} is out by {gap} fen in {fund or "一般资金"}')
        entry = Entry(number, day, kind, data, lines)
        self.entries.append(entry)
        self.by_number[number] = entry
        return entry

    def entered(self, data):
        """The lines of a voucher that somebody entered: there the lines are the fact."""
        lines = []
        for place, line in enumerate(data['voucher']['lines']):
            side = 'debit' if 'debit' in line else 'credit'
            for party, amount in line.get('breakdown') or [(line.get('counterparty'), line[side])]:
                lines.append(Line(line['account'], fund=line.get('fund'), party=party, **{side: fen(amount)}))
                lines[-1].place = place
        return lines

    def balance(self, account, fund=None, until='9999-12-31'):
        """Fen, debit positive, of an account with what lies under it."""
        return sum(
            line.debit - line.credit
            for entry in self.entries if entry.day <= until
            for line in entry.lines
            if (line.account == account or line.account.startswith(account + '-')) and fund in (None, line.fund)
        )

    def movements(self):
        """{fund: {month: {account: [debit, credit]}}} in fen."""
        found = {}
        for entry in self.entries:
            for line in entry.lines:
                sums = found.setdefault(line.fund, {}).setdefault(line.month, {}).setdefault(line.account, [0, 0])
                sums[0] += line.debit
                sums[1] += line.credit
        return found
