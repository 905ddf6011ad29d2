import { disclosureClosings, disclosureFigures, figuresHashOf } from '../../reports/disclosure/build.ts'
import { live, sha256 } from './fixture.ts'
import { Play } from './play.ts'
import { cards } from './village-assets.ts'
import { cashAndPlan } from './village-cash.ts'
import { distribute, programmes } from './village-grants.ts'
import { establish, person, resolve } from './village-start.ts'

/**
 * A small co-op's year 2025 with something of everything: 12 members (M00001–M00012) in two households, an heir and an
 * elder who are no members, leases to a company and to four stall holders, a fund with money and goods, a dividend, an
 * allowance, awards, relief, a returned and a misdirected payment, a red voucher, resolutions and a published quarter.
 */
export function village(): Play {
  const play = new Play()
  establish(play)
  firstQuarter(play)
  closeQuarter(play, '2025Q1', '2025-04-08')
  secondQuarter(play)
  cards(play)
  cashAndPlan(play)
  return play
}

function firstQuarter(play: Play): void {
  registerAssets(play)
  play.today = '2025-01-02'
  const plan = resolve(play, {
    ...{ title: '2024年度收益分配方案', matter: 'distribution-plan', body: 'representatives' },
    content: ['提取公积公益金10%', '每股分红 120 元'],
    budget: '20000.00',
    laidOpenOn: '2025-01-02',
    responsible: 'M00001',
  })
  signLeases(play)
  const deposit = { lease: 'L1', amount: '2000.00', date: '2025-01-26', into: '102-基本户' }
  const [booked] = play.do('ReceiveDeposit', deposit)
  statementOfJanuary(play, booked && 'voucher' in booked.data ? booked.data.voucher.number : '')
  play.do('AccrueRent', { month: '2025-01', date: '2025-01-26' })
  play.do('ReceiveRent', { date: '2025-01-26', into: '102-基本户', receipts: [{ lease: 'L1', amount: '3000.00' }] })
  receiveGifts(play)
  programmes(play)
  distribute(play, plan)
  wrongExpense(play)
  sentBack(play)
  papers(play)
  endQuarter(play)
}

function papers(play: Play): void {
  const document = { hash: 'a'.repeat(64), kind: 'pdf', size: 2048 }
  play.do('AttachDocuments', { voucher: '2025-01-记-2', documents: [document] })
  play.do('AttachDocuments', { voucher: '2025-01-记-3', documents: [{ ...document, seeVoucher: '2025-01-记-2' }] })
  const lines = [
    { account: '513', side: 'debit' },
    { account: '102-基本户', side: 'credit', amount: '100.00' },
  ]
  play.do('SaveTemplate', { id: '水电', title: '每月水电费', summary: '付水电费', lines })
  play.do('SaveTemplate', { id: '电话', title: '每月电话费', summary: '付电话费', lines })
  play.do('RemoveTemplate', { id: '电话' })
}

// Submitted by one and sent back by another.
function sentBack(play: Play): void {
  const lines = [
    { account: '513-办公', debit: '30.00' },
    { account: '102-基本户', credit: '30.00' },
  ]
  play.do('PostVoucher', { date: '2025-01-20', summary: '付办公费', lines }, '')
  play.do('RejectCommand', { id: 'S1', officer: 'M00002', reason: '票据不全' })
}

// Of what the books begin with the bank has not passed ¥100; it has passed the deposit, and once too many.
function statementOfJanuary(play: Play, deposit: string): void {
  play.today = '2025-01-31'
  const account = '102-基本户'
  const line = { date: '2025-01-27', amount: '2000.00' }
  play.do('ImportBankStatement', {
    ...{
      statement: '2025-01',
      account,
      from: '2025-01-01',
      to: '2025-01-31',
      opening: '50100.00',
      closing: '52110.00',
    },
    lines: [
      { ...line, reference: 'B1' },
      { date: '2025-01-31', amount: '10.00', reference: 'B2' },
    ],
    outstanding: [{ voucher: '2025-01-记-1', amount: '-100.00' }],
  })
  play.do('MatchBankLines', { account, matches: [{ lines: ['L1'], vouchers: [deposit] }] })
  play.do('UnmatchBankLine', { account, match: 'D1', reason: '勾错' })
  play.do('MatchBankLines', { account, matches: [{ lines: ['L1'], vouchers: [deposit] }] })
  play.today = '2025-01-26'
}

function registerAssets(play: Play): void {
  const asset = { kind: '店面', use: 'let', on: '2025-01-01' }
  play.do('RegisterAsset', { ...asset, asset: 'A1', name: '一号店', area: '120.5' })
  for (const number of [1, 2, 3, 4])
    play.do('RegisterAsset', { ...asset, asset: `T${number}`, name: `${number}号摊`, kind: '摊位' })
  play.do('RegisterAsset', { ...asset, asset: 'A2', name: '二号店', area: '80' })
}

function signLeases(play: Play): void {
  const letting = { matter: 'lease', body: 'board', content: ['一号店出租三年'], budget: '12000.00' }
  const leaseNo = resolve(play, { title: '一号店出租', ...letting })
  const lease = { from: '2025-01-01', vatRate: '0.05', on: '2025-01-26' }
  play.do('SignLease', {
    ...lease,
    lease: 'L1',
    asset: 'A1',
    tenant: { organisation: '中书学堂' },
    to: '2027-12-31',
    monthlyRent: '1000.00',
    ...{ deposit: '2000.00', income: '501-物业租赁', resolution: leaseNo },
    obligations: [{ id: 'P1', promise: '涉迁子女学费优惠' }],
  })
  for (const number of [1, 2, 3, 4])
    play.do('SignLease', {
      ...{ ...lease, lease: `LT${number}`, asset: `T${number}`, tenant: { person: person(number) }, to: '2025-05-31' },
      ...{ monthlyRent: '100.00', deposit: '0.00', income: '501-摊位' },
    })
}

function receiveGifts(play: Play): void {
  play.today = '2025-01-31'
  play.do('ReceiveDonation', {
    ...{ id: 'D1', date: '2025-01-31', donor: { organisation: '泉港某厂' }, mayBeNamed: true, amount: '5000.00' },
    ...{ fund: '慈善金', into: '102-基本户' },
  })
  const quiet = {
    date: '2025-01-31',
    donor: { person: 'M00009' },
    amount: '300.00',
    fund: '慈善金',
    into: '102-基本户',
  }
  play.do('ReceiveDonation', { ...quiet, id: 'D2', mayBeNamed: false })
  play.do('ReceiveGoods', {
    ...{ id: 'G1', date: '2025-01-31', donor: { organisation: '粮店' }, mayBeNamed: false, fund: '慈善金' },
    ...{ items: [{ item: '大米', quantity: 20, unit: '袋', value: '1000.00' }], valuation: 'invoice' },
  })
  play.do('ReceiveSubsidy', {
    ...{ id: 'SB1', date: '2025-01-31', from: '街道办', project: '路灯改造', amount: '8000.00', fund: '路灯' },
    into: '102-基本户',
  })
}

function wrongExpense(play: Play): void {
  const expense = { account: '513-办公', payee: { organisation: '文具店' }, from: '102-基本户' }
  play.do('PayExpense', { ...expense, id: 'X1', date: '2025-02-20', item: '办公用品', amount: '250.00' })
  const voucher = play.events.at(-1)?.data as { voucher: { number: string } }
  play.do('ReverseVoucher', { number: voucher.voucher.number, date: '2025-02-20', reason: '重复' })
  play.do('PayExpense', { ...expense, id: 'X2', date: '2025-02-20', item: '办公用品', amount: '205.00' })
  const culture = { account: '514-文体', payee: { person: 'M00003' }, from: '102-基本户' }
  play.do('PayExpense', { ...culture, id: 'X3', date: '2025-02-20', item: '慰问 M00003 老人', amount: '88.00' })
  const lights = { payee: { organisation: '照明公司' }, from: '102-基本户', fund: '路灯', purpose: 'project' }
  play.do('PayExpense', { ...lights, id: 'X4', date: '2025-02-20', item: '路灯材料', amount: '3000.00' })
}

function endQuarter(play: Play): void {
  play.today = '2025-02-28'
  play.do('AccrueRent', { month: '2025-02', date: '2025-02-28' })
  play.today = '2025-03-31'
  play.do('AccrueRent', { month: '2025-03', date: '2025-03-31' })
  play.do('ReceiveRent', { date: '2025-03-31', into: '102-基本户', receipts: [{ lease: 'LT1', amount: '200.00' }] })
  play.do('ChargeDepreciation', { month: '2025-03', date: '2025-03-31', charges: [{ use: 'let', amount: '500.00' }] })
  play.do('OpenSubAccount', { account: '513-差旅费', on: '2025-03-31' })
  play.do('DeclareKinship', { person: 'M00009', relative: 'M00010', relation: '夫妻' })
  play.do('KeepObligation', { lease: 'L1', obligation: 'P1', on: '2025-03-31', how: '已减免学费' })
  play.do('NoteSharedGoods', { id: 'N1', on: '2025-03-31', what: '自种蔬菜', givers: 30, note: '邻里分享' })
  const raised = { id: 'O1', on: '2025-03-31', about: '办公费明细', quarter: '2025Q1' }
  play.do('RaiseObjection', { ...raised, person: 'M00007' })
  play.do('AnswerObjection', { id: 'O1', on: '2025-03-31', answer: '已出示发票' })
}

/** Closes the months of a quarter, drafts, reviews and publishes its disclosure. */
function closeQuarter(play: Play, quarter: string, on: string): void {
  play.today = on
  for (const month of ['2025-01', '2025-02', '2025-03'])
    play.do('ClosePeriod', { month, unreconciled: '对账单未到', uncounted: '未盘点' })
  const sql = live(play.events)
  const figuresHash = figuresHashOf(disclosureFigures(sql, play.coop, quarter), sha256)
  play.do('DraftDisclosure', { quarter, cutoff: '2025-03-31', figuresHash })
  play.do('ReviewDisclosure', { quarter, by: 'board', officer: 'M00001', on, opinion: '内容真实' })
  play.do('ReviewDisclosure', { quarter, by: 'supervisors', officer: 'M00005', on, opinion: '审核无误，同意公开' })
  const closings = disclosureClosings(sql, play.coop, quarter)
  play.do('PublishDisclosure', { quarter, postedOn: on, figuresHash, closings })
}

function secondQuarter(play: Play): void {
  play.today = '2025-04-30'
  play.do('AccrueRent', { month: '2025-04', date: '2025-04-30' })
  const dividend = { stage: 'received', amount: '2500.00', into: '102-基本户', stake: '1%' }
  play.do('RecordInvestmentIncome', { ...dividend, id: 'I1', date: '2025-04-30', company: '泉港城乡投资公司' })
  play.do('ReturnDonation', {
    donation: 'D2',
    amount: '300.00',
    reason: '捐赠人要求',
    date: '2025-04-30',
    from: '102-基本户',
  })
  play.do('TransferShares', {
    id: 'S2',
    from: 'M00009',
    to: 'M00010',
    shares: '2.5',
    on: '2025-04-30',
    basis: '转让协议',
  })
  play.do('EndMembership', { person: 'M00012', on: '2025-04-30', reason: 'withdrawal' })
  play.do('AdoptProgramme', {
    programme: 'HOME',
    name: '家财保险',
    kind: 'insurance',
    treatment: 'welfare',
    scope: 'members',
    from: '2025-04',
    ...{ on: '2025-04-30', rule: '每户统一投保' },
  })
  const insured = {
    id: 'X5',
    date: '2025-04-30',
    item: '家财保险费',
    account: '514-保险',
    payee: { organisation: '人保' },
  }
  play.do('PayExpense', { ...insured, amount: '1200.00', from: '102-基本户', programme: 'HOME', heads: 12 })
  play.do('StopEntitlement', { programme: 'ELDER', person: 'M00004', from: '2025-05', reason: '迁出' })
  play.do('DiscloseOutcome', {
    no: '2025-1',
    on: '2025-04-30',
    result: '已分配并付款',
    spent: '15900.00',
    beneficiaries: 13,
  })
  const persons = { from: 'M00006', to: 'M00008', witness: 'M00002' }
  play.do('HandOverBooks', { ...persons, on: '2025-04-30', appoint: true, list: ['财务专用章 1 枚'], unfinished: [] })
}
