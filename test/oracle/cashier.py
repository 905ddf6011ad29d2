"""Cash counts, petty cash, receipts, taxes by their settings, wages."""

from decimal import Decimal
from functools import partial

from books import Line
from facts import days_of
from money import fen, times


class Advance:
    def __init__(self, account, amount):
        self.account, self.left = account, amount

    def use(self, amount):
        self.left -= amount


class Desk:
    """What is remembered of a co-op's cash box, receipts, tax settings and pay."""

    def __init__(self):
        self.counts, self.advances, self.receipts, self.rates, self.pay = {}, {}, {}, {}, {}

    def paid(self, month, amount):
        self.pay[month] = self.pay.get(month, 0) + amount

    def rate(self, tax, month):
        """The rate set last of those in force on the last day of a month."""
        last = days_of(month)[1]
        return [each for each in self.rates[tax] if each['from'] <= last <= each.get('to', last)][-1]['rate']


def learn(coop, kind, data):
    desk = coop.desk
    if kind == 'TaxRateSet':
        desk.rates.setdefault(data['tax'], []).append(data)
    elif kind == 'CashCounted':
        counted = sum(int(Decimal(value) * 100) * pieces for value, pieces in data['pieces'])
        book = sum(line.debit - line.credit for entry in coop.books.entries if entry.day <= data['on']
                   for line in entry.lines if line.account == data['account'])
        theirs = [fen(data[name]) for name in ('counted', 'book', 'difference')]
        coop.books.agree(f'count {data["count"]}', [counted, book, counted - book], theirs)
        desk.counts[data['count']] = data['account'], counted - book
    elif kind == 'ReceiptIssued':
        year = data['on'][:4]
        desk.receipts[year] = desk.receipts.get(year, 0) + 1
        coop.books.agree('number of a receipt', f'{year}-收-{desk.receipts[year]}', data['no'])


def asset(coop, person, what, day):
    return ('113-' if coop.register.is_member(person, day) else '112-') + what


def either(account, amount, other):
    """Money found in an account (or missing, when negative) against another."""
    return [Line(account, max(amount, 0), max(-amount, 0)), Line(other, max(-amount, 0), max(amount, 0))]


def difference_booked(coop, data):
    account, found = coop.desk.counts[data['count']]
    coop.books.agree(f'difference of {data["count"]}', found, fen(data['difference']))
    return either(account, found, '181')


def difference_settled(coop, data):
    _, found = coop.desk.counts[data['count']]
    coop.books.agree(f'difference of {data["count"]}', found, fen(data['difference']))
    if found > 0:
        return either('181', found, '504')
    if 'person' not in data:
        return either('181', found, '515')[::-1]
    lines = either('181', found, asset(coop, data['person'], '现金短款', data['voucher']['date']))
    lines[1].party = data['person']
    return lines


def advanced(coop, data):
    person, amount = data['person'], fen(data['amount'])
    given = Advance(asset(coop, person, '备用金', data['voucher']['date']), amount)
    own = coop.desk.advances.setdefault(person, [])
    own.append(given)
    coop.undo[data['voucher']['number']].append(partial(own.remove, given))
    return [Line(given.account, amount, 0, None, person), Line(data['from'], 0, amount)]


def accounted(coop, data):
    given = next(each for each in coop.desk.advances[data['person']] if each.left > 0)
    lines = [Line(each['account'], fen(each['amount'])) for each in data['items']]
    if 'returned' in data:
        lines.append(Line(data['returned']['into'], fen(data['returned']['amount'])))
    used = sum(line.debit for line in lines)
    given.use(used)
    coop.books.agree(f'petty cash left with {data["person"]}', given.left, fen(data['left']))
    coop.undo[data['voucher']['number']].append(partial(given.use, -used))
    return lines + [Line(given.account, 0, used, None, data['person'])]


def tax_accrued(coop, data):
    """税金及附加, and 所得税费用 for the tax on profits; an amount that has a basis follows from the rate in force."""
    lines = []
    for each in data['taxes']:
        amount = fen(each['amount'])
        if 'basisAmount' in each:
            amount = times(fen(each['basisAmount']), coop.desk.rate(each['tax'], data['month']))
            coop.books.agree(f'{each["tax"]} of {data["month"]}', amount, fen(each['amount']))
        lines += [Line('521' if each['tax'] == '企业所得税' else '512', amount), Line('214-' + each['tax'], 0, amount)]
    return lines


def tax_paid(coop, data):
    amount = fen(data['amount'])
    return [Line('214-' + data['tax'], amount), Line(data['from'], 0, amount)]


def pay_accrued(coop, data):
    lines = [Line(each['account'], fen(each['amount'])) for each in data['groups']]
    owed = sum(line.debit for line in lines)
    coop.desk.paid(data['month'], -owed)
    coop.undo[data['voucher']['number']].append(partial(coop.desk.paid, data['month'], owed))
    return lines + [Line('212', 0, owed)]


def wages_paid(coop, data):
    """All that is still owed of a month's pay; the income tax withheld is owed to the tax office in its place."""
    owed, withheld = -coop.desk.pay.get(data['month'], 0), fen(data['withheld'])
    coop.books.agree(f'wages of {data["month"]}', owed, fen(data['amount']))
    coop.desk.paid(data['month'], owed)
    coop.undo[data['voucher']['number']].append(partial(coop.desk.paid, data['month'], -owed))
    return [Line('212', owed), Line('214-代扣个人所得税', 0, withheld), Line(data['from'], 0, owed - withheld)]


RULES = {
    'CashDifferenceBooked': difference_booked, 'CashDifferenceSettled': difference_settled,
    'PettyCashAdvanced': advanced, 'PettyCashAccounted': accounted, 'TaxAccrued': tax_accrued, 'TaxPaid': tax_paid,
    'PayAccrued': pay_accrued, 'WagesPaid': wages_paid,
}
