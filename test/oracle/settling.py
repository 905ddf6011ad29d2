"""Entries that rest on what is in the books already: payments, reversals, the year-end close, dividends."""

from books import KIND, Line
from money import fen, per_share, pool, times, total


def debits(coop, items):
    """What is owed to each, taken off the account and fund it is owed through."""
    lines = []
    for person, origin, amount in items:
        claim = coop.claims[person, origin]
        coop.books.agree(f'claim of {person} by {origin}', claim['amount'], fen(amount))
        lines.append(Line(claim['account'], fen(amount), 0, claim['fund'], person))
    return lines


def credits(lines, account):
    return [Line(account, 0, line.debit, line.fund) for line in lines]


def flipped(lines):
    return [Line(line.account, line.credit, line.debit, line.fund, line.party) for line in lines]


def settled(coop, data):
    lines = debits(coop, data['items'])
    return lines + credits(lines, coop.batches[data['batch']]['from'])


def returned(coop, data):
    return flipped(settled(coop, data))


def cash_paid(coop, data):
    lines = debits(coop, [data['item']])
    return lines + credits(lines, data['from'])


def misdirected(coop, data):
    to, (owed,) = data['paidTo'], debits(coop, [data['item']])
    member = 'person' in to and coop.register.is_member(to['person'], data['voucher']['date'])
    account = ('113' if member else '112') + '-误付待收回'
    back = Line(account, owed.debit, 0, owed.fund, to.get('person') or to.get('organisation'))
    return [back] + flipped([owed])


def written_back(coop, data):
    lines = debits(coop, data['items'])
    return lines + [Line('504', 0, sum(line.debit for line in lines))]


def reversed_entry(coop, data):
    """The same accounts and sides in red, and what the original did to leases, cards, advances, claims taken back."""
    original = coop.books.by_number[data['original']]
    for take_back in coop.undo.pop(original.number, []):
        take_back()
    for key, claim in list(coop.claims.items()):
        if claim['voucher'] == original.number:
            del coop.claims[key]
    return [line.red() for line in original.lines]


def withdrawn(coop, data):
    coop.claims = {key: claim for key, claim in coop.claims.items() if key[1] != data['run']}
    return [line.red() for line in coop.declared[data['run']].lines]


def reserve(coop, data):
    base = -coop.books.balance('322', '')
    coop.books.agree(f'base of the reserve of {data["year"]}', base, fen(data['base']))
    amount = times(base, data['rate'])
    coop.books.agree(f'reserve of {data["year"]}', amount, fen(data['amount']))
    return [Line('322-各项分配-提取公积公益金', amount), Line('311-提取', 0, amount)]


def dividend(coop, data):
    """The pool or the amount a share divided over the register of the record date; gross owed, less the tax withheld."""
    run, holders = data['run'], coop.register.holders(data['recordDate'])
    gross = (
        pool(fen(data['declared']), holders, run) if data['mode'] == 'pool' else per_share(data['perShare'], holders)
    )
    listed = {code: fen(amount) for code, _, amount in data['members'] + data['outsiders']}
    coop.books.agree(f'amounts of {run}', gross, listed)
    coop.books.agree(f'total of {run}', sum(gross.values()), fen(data['declared']))
    rate = data['withholding']['rate'] if 'withholding' in data else '0'
    lines, withheld = [], {}
    for code, amount in gross.items():
        member = coop.register.is_member(code, data['recordDate'])
        debit, credit = ('成员分配', '113-分红') if member else ('投资者分配', '211-分红')
        tax = times(amount, rate)
        lines += [Line(f'322-各项分配-{debit}', amount), Line(credit, 0, amount, None, code)]
        lines += [Line(credit, tax, 0, None, code), Line('214-代扣个人所得税', 0, tax)]
        coop.owe(run, code, credit, None, amount - tax, data['voucher']['number'])
        if tax:
            withheld[code] = tax
    coop.books.agree(f'tax of {run}', withheld, {code: fen(amount) for code, amount in data['withheld']})
    coop.dividends[run] = sorted(gross.items())
    return lines


def year_closed(coop, data):
    """5xx → 321 → 322 未分配收益, then 各项分配 → 未分配收益, fund by fund, from the balances of the year's last day."""
    balances = {}
    for entry in coop.books.entries:
        if entry.day <= f'{data["year"]}-12-31':
            for line in entry.lines:
                key = line.fund, line.account
                balances[key] = balances.get(key, 0) + line.debit - line.credit
    lines, surplus = [], 0
    for fund in sorted({fund for fund, _ in balances}):
        income, costs, carried, given = 0, 0, 0, 0
        for account in sorted(account for each, account in balances if each == fund):
            left, kind = balances[fund, account], KIND[account[:3]]
            if kind not in ('income', 'expense') and not account.startswith('322-各项分配'):
                carried += left if account[:3] == '321' else 0
                continue
            lines.append(side(account, -left, fund))
            income += left if kind == 'income' else 0
            costs += left if kind == 'expense' else 0
            given += left if kind == 'equity' else 0
        result = -(income + costs + carried)
        lines += [side('321', each, fund) for each in (income, costs, result)]
        lines += [side('322-未分配收益', each, fund) for each in (-result, given)]
        surplus = result if fund == '' else surplus
    coop.books.agree(f'surplus of {data["year"]}', surplus, fen(data['surplus']))
    left = -sum(left for (fund, account), left in balances.items() if fund == '' and account[:3] == '322')
    coop.books.agree(f'distributable of {data["year"]}', left + surplus, fen(data['distributable']))
    return lines


def side(account, amount, fund):
    """Debit for a positive amount of fen, credit for a negative one."""
    return Line(account, max(amount, 0), max(-amount, 0), fund)


RULES = {
    'PaymentsSettled': settled, 'PaymentsReturned': returned, 'CashPaid': cash_paid, 'PaymentMisdirected': misdirected,
    'PayableWrittenBack': written_back, 'VoucherReversed': reversed_entry, 'DividendWithdrawn': withdrawn,
    'ReserveSetAside': reserve, 'DividendDeclared': dividend, 'YearClosed': year_closed,
}
