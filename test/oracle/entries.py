"""What each business fact does to the books: one rule an event type, from domain knowledge and docs, not from src/."""

from functools import partial

import cards
from books import Line
from facts import EXPENSE, HOLDING
from money import fen, total

DEPRECIATION = {'let': '511-折旧', 'own': '513-折旧', 'welfare': '514-公益设施折旧维护'}
UNRESTRICTED = '311-受赠(未限定)'


def party(value):
    return value.get('person') or value.get('organisation') or '不具名'


def holding(coop, fund):
    """The account that holds what a fund has been given."""
    return HOLDING[coop.funds[fund]['kind']] + fund


def gift_account(coop, fund):
    return holding(coop, fund) if fund else UNRESTRICTED


def spend(coop, fund, amount):
    """The use of a gift debits the account that holds it; where 514 is insisted on, 311 → 322 takes the loss back."""
    own = Line(holding(coop, fund), amount, 0, fund)
    if not coop.funds[fund]['through514']:
        return [own]
    return [Line('514-以捐赠款支出', amount, 0, fund), own, Line('322-未分配收益', 0, amount, fund)]


def opening(coop, data):
    """What the books begin with: the lines somebody entered, and behind them who is owed and what leases have run up."""
    for claim in data.get('claims', []):
        line = data['voucher']['lines'][claim['line']]
        for person, amount in line['breakdown']:
            coop.owe(person=person, origin=claim['origin'], account=line['account'], fund=line.get('fund'),
                     amount=fen(amount), voucher=data['voucher']['number'])
    for name, _, ahead, later, arrears in data.get('leases', []):
        coop.leases[name].move(fen(ahead), fen(later), fen(arrears))
    return coop.books.entered(data)


def manual(coop, data):
    return coop.books.entered(data)


def donation(coop, data):
    fund, amount = data.get('fund'), fen(data['amount'])
    coop.gifts[data['id']] = fund
    return [Line(data['into'], amount, 0, fund), Line(gift_account(coop, fund), 0, amount, fund, party(data['donor']))]


def goods_donated(coop, data):
    fund = data['fund']
    value = sum(fen(item['value']) for item in data['items'])
    return [Line('121-受赠物资', value, 0, fund), Line(holding(coop, fund), 0, value, fund, party(data['donor']))]


def goods_given(coop, data):
    value = sum(fen(item['value']) for item in data['items'])
    return spend(coop, data['fund'], value) + [Line('121-受赠物资', 0, value, data['fund'])]


def donation_returned(coop, data):
    fund, amount = coop.gifts[data['donation']], fen(data['amount'])
    source = data['from']
    return [Line(gift_account(coop, fund), amount, 0, fund), Line(source, 0, amount, fund)]


def subsidy(coop, data):
    fund, amount = data.get('fund'), fen(data['amount'])
    account = holding(coop, fund) if fund else '503'
    return [Line(data['into'], amount, 0, fund), Line(account, 0, amount, fund, data['from'])]


def investment(coop, data):
    amount, stage = fen(data['amount']), data['stage']
    debit = '112-投资收益' if stage == 'declared' else data['into']
    credit = '112-投资收益' if stage == 'received-declared' else '502'
    return [Line(debit, amount), Line(credit, 0, amount, None, data['company'])]


def other_income(coop, data):
    amount = fen(data['amount'])
    return [Line(data['into'], amount), Line(data['account'], 0, amount, None, party(data['from']))]


def expense(coop, data):
    fund, amount = data.get('fund'), fen(data['amount'])
    in_work = fund and coop.funds[fund]['kind'] == 'grant' and data['account'][:3] == '153'
    lines = spend(coop, fund, amount) if fund and not in_work else [Line(data['account'], amount, 0, fund)]
    coop.books.agree('account of an expense', lines[0].account, data['account'])
    lines[0].party = party(data['payee'])
    return lines + [Line(data['from'], 0, amount, fund)]


def rent_accrued(coop, data):
    lines = []
    for name, gross, net, vat, prepaid, owed in data['leases']:
        lease = coop.leases[name]
        due = lease.rent(data['month'])
        short = min(lease.ahead, due)
        later = min(lease.later, due - short)
        ours = [due, lease.net(due), due - lease.net(due), short + later, due - short - later]
        coop.books.agree(f'rent {name} {data["month"]}', ours, [fen(each) for each in (gross, net, vat, prepaid, owed)])
        lease.move(-short, -later, ours[4])
        coop.undo[data['voucher']['number']].append(partial(lease.move, short, later, -ours[4]))
        lines += [
            Line(lease.prepaid_account(), short), Line('221-预收租金', later), Line(lease.arrears_account(), ours[4]),
            Line(lease.income, 0, ours[1]), Line('214-增值税', 0, ours[2]),
        ]
    return lines


def rent_received(coop, data):
    lines = []
    for name, received, settled, prepaid, further in data['receipts']:
        lease, amount = coop.leases[name], fen(received)
        arrears = min(lease.arrears, amount)
        ahead = min(amount - arrears, max(0, lease.rents[-1][1] * 12 - lease.ahead))
        later = amount - arrears - ahead
        theirs = [fen(each) for each in (settled, prepaid, further)]
        coop.books.agree(f'receipt {name}', [arrears, ahead, later], theirs)
        lease.move(ahead, later, -arrears)
        coop.undo[data['voucher']['number']].append(partial(lease.move, -ahead, -later, arrears))
        lines += [
            Line(data['into'], amount), Line(lease.arrears_account(), 0, arrears),
            Line(lease.prepaid_account(), 0, ahead), Line('221-预收租金', 0, later),
        ]
    return lines


def deposit(coop, data):
    amount, lease = fen(data['amount']), coop.leases[data['lease']]
    into = data['into']
    return [Line(into, amount), Line(lease.deposit_account(), 0, amount)]


def deposit_returned(coop, data):
    amount, lease = fen(data['amount']), coop.leases[data['lease']]
    source = data['from']
    return [Line(lease.deposit_account(), amount), Line(source, 0, amount)]


def depreciation(coop, data):
    """A month's run over the cards, or, in a co-op without cards, what an accountant worked out by use."""
    if 'cards' in data:
        return cards.run(coop, data)
    lines = [Line(DEPRECIATION[each['use']], fen(each['amount'])) for each in data['charges']]
    return lines + [Line('152', 0, sum(line.debit for line in lines))]


def granted(coop, programme, amount):
    """The debit of a grant, by the programme's treatment."""
    if programme['treatment'] == 'fund':
        return spend(coop, programme['fund'], amount)
    own = {'distribution': '322-各项分配-福利', 'reserve': '311-提取'}
    account = own.get(programme['treatment']) or programme.get('expense') or EXPENSE[programme['kind']]
    return [Line(account, amount)]


def grant(coop, origin, programme, data, account_of):
    """Money granted to persons: members are owed through 113, everybody else through 211."""
    fund = programme.get('fund')
    lines = granted(coop, programme, total(data['members'] + data['outsiders']))
    coop.books.agree(f'total of {origin}', total(data['members'] + data['outsiders']), fen(data['total']))
    for person, amount in data['members'] + data['outsiders']:
        account = account_of(person)
        listed = '113' if [person, amount] in data['members'] else '211'
        coop.books.agree(f'{person} of {origin}', account[:3], listed)
        coop.owe(origin, person, account, fund, fen(amount), data['voucher']['number'])
        lines.append(Line(account, 0, fen(amount), fund, person))
    return lines


def run(coop, data):
    prepared, programme = coop.runs[data['run']], coop.programmes[data['programme']]
    lists = [prepared['members'], prepared['outsiders']]
    coop.books.agree(f'lists of {data["run"]}', lists, [data['members'], data['outsiders']])
    for person, amount in data['members'] + data['outsiders']:
        if programme['kind'] == 'allowance':
            coop.books.agree(f'allowance of {person}', fen(programme['monthly']), fen(amount))
    return grant(coop, data['run'], programme, data, prepared['accounts'].get)


def accounts_of(coop, data):
    """Through which account each person of a list is owed, by the register as it is when the list is made."""
    kind, on = coop.programmes[data['programme']]['kind'], data['period'] + '-01'
    return {person: coop.owed_account(kind, person, on) for person, _ in data['members'] + data['outsiders']}


def on_its_day(coop, programme, data):
    return lambda person: coop.owed_account(programme['kind'], person, data['voucher']['date'])


def award(coop, data):
    programme = coop.programmes[data['programme']]
    standard = {each['tier']: fen(each['amount']) for each in programme['tiers']}
    for person, tier, amount in data['awards']:
        coop.books.agree(f'award of {person}', standard[tier], fen(amount))
    return grant(coop, data['award'], programme, data, on_its_day(coop, programme, data))


def relief(coop, data):
    programme = coop.programmes[data['programme']]
    if data['form'] == 'money':
        return grant(coop, data['request'], programme, data, on_its_day(coop, programme, data))
    value = sum(fen(item['value']) for item in data['items'])
    coop.books.agree(f'value of {data["request"]}', value, fen(data['total']))
    return granted(coop, programme, value) + [Line('121-受赠物资', 0, value, programme['fund'])]


RULES = {
    'OpeningBalancesRecorded': opening, 'VoucherPosted': manual, 'DonationReceived': donation,
    'GoodsDonated': goods_donated, 'GoodsGiven': goods_given, 'DonationReturned': donation_returned,
    'SubsidyReceived': subsidy, 'InvestmentIncomeReceived': investment, 'OtherIncomeReceived': other_income,
    'ExpensePaid': expense, 'RentAccrued': rent_accrued, 'RentReceived': rent_received, 'DepositReceived': deposit,
    'DepositReturned': deposit_returned, 'DepreciationCharged': depreciation,
    'RunApproved': run, 'ScholarshipAwarded': award, 'ReliefApproved': relief,
}
