"""Asset cards: straight line over the life, who bears it, how an asset comes and goes, and what a grant ends as."""

from decimal import Decimal
from functools import partial

from books import Line
from facts import HOLDING
from money import fen, rounded

GATHERS = {'132': '133', '151': '152', '161': '162'}


def months(since, until):
    return (int(until[:4]) - int(since[:4])) * 12 + int(until[5:7]) - int(since[5:7])


class Card:
    def __init__(self, data):
        self.account, self.fund = data['account'], data.get('fund', '')
        self.cost, self.base = fen(data['cost']), fen(data['cost']) - fen(data['residual'])
        self.start, self.since = fen(data['accumulated']), data['chargedTo']
        self.left = max(0, data['life'] - months(data['inService'], data['chargedTo']))
        self.charged, self.gone = self.start, False
        self.uses = [(data['inService'], data['use'])]

    def due(self, month):
        """Fen up to and including a month that nobody has charged yet."""
        if self.gone or not self.left:
            return 0
        passed = min(max(months(self.since, month), 0), self.left)
        reached = self.start + rounded(Decimal((self.base - self.start) * passed) / self.left)
        return max(0, reached - self.charged)

    def use(self, month):
        return next((use for since, use in reversed(self.uses) if since <= month), self.uses[0][1])

    def charge(self, amount):
        self.charged += amount

    def stand(self, gone):
        self.gone = gone

    def bearer(self, month):
        use = self.use(month)
        what = '摊销' if self.account[:3] in ('161', '171') else '折旧'
        return {'let': f'511-{what}', 'own': f'513-{what}', 'welfare': '514-公益设施折旧维护'}[use]

    def gatherer(self):
        return GATHERS.get(self.account[:3], self.account)

    def wear(self, month, amount):
        return [Line(self.bearer(month), amount, 0, self.fund), Line(self.gatherer(), 0, amount, self.fund)]


def learn(coop, kind, data):
    if kind == 'AssetCardOpened':
        coop.cards[data['card']] = Card(data)
    elif kind == 'AssetCardWithdrawn':
        del coop.cards[data['card']]
    elif kind == 'AssetUseChanged':
        coop.cards[data['card']].uses.append((data['from'], data['use']))


def run(coop, data):
    """A month's charge, worked out from the cards; what the event says of each card and each use has to be that."""
    month, number = data['month'], data['voucher']['number']
    due = {name: card.due(month) for name, card in coop.cards.items() if card.due(month)}
    coop.books.agree(f'depreciation of {month}', due, {name: fen(amount) for name, amount in data['cards']})
    lines, uses = [], {}
    for name, amount in due.items():
        card = coop.cards[name]
        lines += card.wear(month, amount)
        uses[card.use(month)] = uses.get(card.use(month), 0) + amount
        card.charge(amount)
        coop.undo[number].append(partial(card.charge, -amount))
    coop.books.agree(f'uses of {month}', uses, {each['use']: fen(each['amount']) for each in data['charges']})
    return lines


def disposed(coop, data):
    """The last month's charge, then the asset out of the books, 固定资产 by way of 154; what is left over is 504 or 515."""
    card, month, number = coop.cards[data['card']], data['voucher']['date'][:7], data['voucher']['number']
    last, proceeds = card.due(month), fen(data['proceeds'])
    lines = card.wear(month, last)
    worn = card.charged + last
    result = proceeds - (card.cost - worn)
    ours = [last, worn, card.cost, result, card.use(month)]
    theirs = [fen(data[name]) for name in ('charged', 'accumulated', 'cost', 'result')] + [data['use']]
    coop.books.agree(f'end of {data["card"]}', ours, theirs)
    by_way, fund = card.account[:3] == '151', card.fund
    gathered = card.account[:3] in GATHERS
    steps = [
        [Line(card.gatherer(), worn if gathered else 0, 0, fund),
         Line(card.account, 0, card.cost if gathered else card.cost - worn, fund)],
        [Line(data.get('into', '102'), proceeds, 0, fund)],
        [Line('515', max(-result, 0), 0, fund), Line('504', 0, max(result, 0), fund)],
    ]
    for step in steps:
        lines += step
        gap = sum(line.debit - line.credit for line in step)
        if by_way:
            lines.append(Line('154', max(-gap, 0), max(gap, 0), fund))
    card.charge(last)
    card.stand(True)
    coop.undo[number] += [partial(card.charge, -last), partial(card.stand, False)]
    return lines


def out_of_work(coop, fund, amount):
    """What was spent on a project leaves 153; of several sub-accounts the one that was first booked goes first."""
    lines = []
    booked = {line.account: None for entry in coop.books.entries for line in entry.lines if line.fund == fund}
    for account in booked:
        held = sum(line.debit - line.credit for entry in coop.books.entries for line in entry.lines
                   if line.fund == fund and line.account == account)
        taken = min(amount, max(0, held)) if account[:3] == '153' else 0
        lines.append(Line(account, 0, taken, fund))
        amount -= taken
    if amount:
        coop.books.complain(f'{amount} fen of a completed project were never spent on it')
    return lines


def completed(coop, data):
    fund, given, own, terms = data['fund'], fen(data['amount']), fen(data['own']), data['opened']
    coop.books.agree(f'cost of {terms["card"]}', given + own, fen(terms['cost']))
    coop.cards[terms['card']] = Card(terms)
    coop.undo[data['voucher']['number']].append(partial(coop.cards.pop, terms['card']))
    return [
        Line(terms['account'], given + own), Line('311-政府补助形成', 0, given), Line(HOLDING['grant'] + fund, given, 0, fund),
        *out_of_work(coop, fund, given), *out_of_work(coop, '', own),
    ]


def grant_returned(coop, data):
    fund, amount = data['fund'], fen(data['amount'])
    return [Line(HOLDING['grant'] + fund, amount, 0, fund, data['to']), Line(data['from'], 0, amount, fund)]


RULES = {'AssetDisposed': disposed, 'ProjectCompleted': completed, 'GrantReturned': grant_returned}
