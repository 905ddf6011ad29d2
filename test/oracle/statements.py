"""Totals of 资产负债表 and 收益及收益分配表 from the oracle's own entries."""

from books import KIND


def within(books, keep, without=None):
    """The lines of the months that are wanted."""
    return [line for entry in books.entries if entry.kind != without for line in entry.lines if keep(line.month)]


def signed(lines, keep):
    return sum(line.debit - line.credit for line in lines if keep(line.account))


def sheet(books, month):
    """What is owned, owed and left at the end of a month; open income and expenses are part of what is left."""
    past = within(books, lambda each: each <= month)
    owned = signed(past, lambda account: KIND[account[:3]] in ('asset', 'cost'))
    owed = -signed(past, lambda account: KIND[account[:3]] == 'liability')
    left = -signed(past, lambda account: KIND[account[:3]] in ('equity', 'income', 'expense'))
    if owned != owed + left:
        books.complain(f'balance sheet of {month}: {owned} owned, {owed} owed, {left} left')
    # Members who owe and members who are owed stand on both sides; the totals of the form add the second to both.
    both = -sum(amount for amount in dealings(past).values() if amount < 0)
    return {'assets': owned + both, 'liabilities': owed + both, 'equity': left}


def dealings(lines):
    """113 by sub-account and whom it is about, debit positive."""
    found = {}
    for line in lines:
        if line.account[:3] == '113':
            key = line.account, line.party
            found[key] = found.get(key, 0) + line.debit - line.credit
    return found


def income(books, year):
    """The year's income statement, fen; its last line must be what 322 holds (with what is still open)."""
    own = within(books, lambda month: month[:4] == str(year), 'YearClosed')
    closing = within(books, lambda month: month <= f'{year}-12')
    earlier = within(books, lambda month: month[:4] < str(year))

    def of(*codes):
        return -signed(own, lambda account: account[:3] in codes)

    statement = {
        'operating': of('501', '502') + of('511', '512', '513'),
        'before tax': of('501', '502', '503', '504') + of('511', '512', '513', '514', '515'),
        'net': of('501', '502', '503', '504', '511', '512', '513', '514', '515', '521'),
        'opening': -signed(earlier, undistributed),
        'transferred': -signed(own, lambda account: account.startswith(('321', '322')) and not given(account)),
        'distributed': signed(own, given),
        'closing': -signed(closing, undistributed),
    }
    reached = sum(statement[name] for name in ('opening', 'net', 'transferred')) - statement['distributed']
    books.agree(f'undistributed surplus of {year}', reached, statement['closing'])
    return statement


def given(account):
    return account.startswith('322-各项分配')


def undistributed(account):
    return account[:3] in ('321', '322') or KIND[account[:3]] in ('income', 'expense')
