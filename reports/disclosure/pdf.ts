import { contactLines, heading, SEAL_HEIGHT, sealPlace, signatureLines, signaturesHeight } from '../kit/blocks.ts'
import { Sheet } from '../kit/document.ts'
import { chineseNumber, longDate, shortHash } from '../kit/figures.ts'
import type { FontSet } from '../kit/fonts.ts'
import { SIZE } from '../kit/ink.ts'
import {
  BODY,
  drawFacts,
  drawNoticeHead,
  HEADING,
  NOTE,
  NOTICE_MARGIN,
  noticeTablePlace,
  windowText,
} from '../kit/notice.ts'
import { drawTable, tableOpening } from '../kit/table.ts'
import { paragraph, paragraphHeight } from '../kit/text.ts'
import { drawAnnex } from './annex.ts'
import type { DisclosureData, DisclosureGroup } from './data.ts'
import { OUTCOME_GROUPS } from './data.ts'

const KIND = { decision: '决议公开', outcome: '结果公开' } as const
const EDITION = { public: '公开版', members: '成员版' } as const

/** One half of a quarter's disclosure pair as a PDF; the same data give the same bytes. */
export function renderDisclosure(data: DisclosureData, fonts: FontSet): Promise<Uint8Array> {
  checkGroups(data)
  const { header } = data
  const sheet = new Sheet({
    issuedAt: data.issuedAt,
    watermark: data.watermark,
    fonts,
    title: `${header.organisation}${header.title}（${KIND[data.kind]}）`,
    margin: NOTICE_MARGIN,
    runningHead: `${header.organisation}　${header.quarter}${KIND[data.kind]}　${header.number}`,
    foot: `公开指纹 ${shortHash(header.figuresHash)}　第${header.version}版`,
  })
  const kind = `${KIND[data.kind]}（${EDITION[data.edition]}）`
  drawNoticeHead(sheet, { organisation: header.organisation, number: header.number, title: header.title, kind })
  for (const text of data.lead) paragraph(sheet, text, BODY)
  sheet.y += 6
  drawFacts(sheet, factsOf(data), 2)
  for (const group of data.groups) drawGroup(sheet, group)
  drawOpinion(sheet, data)
  drawClosing(sheet, data)
  drawAnnex(sheet, data)
  return sheet.toBytes()
}

function checkGroups(data: DisclosureData): void {
  if (data.kind !== 'outcome') return
  const isComplete = data.groups.length === OUTCOME_GROUPS.length && data.groups.every((group, i) => group.no === i + 1)
  if (!isComplete) throw new RangeError('an outcome disclosure has the fourteen groups, in their order')
}

function factsOf({ header }: DisclosureData): [string, string][] {
  return [
    ['公开级别', header.level],
    ['所属期', header.quarter],
    ['数据截至', longDate(header.cutoff)],
    ['版次', header.priorVersion ? `第${header.version}版，更正${header.priorVersion}` : `第${header.version}版`],
    ['张贴日期', longDate(header.postedOn)],
    ['信用代码', header.creditCode ?? '—'],
    ['公示期', windowText(header.objection)],
    ['受理地址', header.address],
    ...header.contacts.map(({ label, person, phone }): [string, string] => [
      label,
      person ? `${phone}（${person}）` : phone,
    ]),
  ]
}

function drawGroup(sheet: Sheet, group: DisclosureGroup): void {
  const isEmpty = group.tables.length === 0 && !group.text?.length && !group.note
  if (isEmpty) {
    drawEmptyGroup(sheet, group)
    return
  }
  const place = noticeTablePlace(sheet)
  const first = group.tables[0]
  const noteRoom = group.note ? 40 : 0
  heading(
    sheet,
    `${chineseNumber(group.no)}、${group.title}`,
    HEADING,
    noteRoom + (first ? tableOpening(sheet, first, place) : 30),
  )
  if (group.note) paragraph(sheet, group.note, NOTE)
  for (const table of group.tables) {
    drawTable(sheet, table, place)
    sheet.y += 10
  }
  for (const text of group.text ?? []) paragraph(sheet, text, NOTE)
}

/** Nothing to report takes one line, but is said. */
function drawEmptyGroup(sheet: Sheet, group: DisclosureGroup): void {
  const title = `${chineseNumber(group.no)}、${group.title}`
  heading(sheet, title, { ...HEADING, before: 10 }, 0)
  const x = sheet.left + sheet.measure(title, HEADING) + SIZE.四号 * 2
  sheet.text('本季度无。', x, sheet.y - HEADING.after - SIZE.四号 * 1.2 + (SIZE.四号 - SIZE.小四), { size: SIZE.小四 })
}

function drawOpinion(sheet: Sheet, data: DisclosureData): void {
  const { text, signatures } = data.opinion
  const style = { size: SIZE.小四 }
  // What is signed stands on the page of its signatures, unless it is long.
  const signed = paragraphHeight(sheet, text, BODY) + signaturesHeight(signatures, style)
  heading(sheet, '监事会审核意见', HEADING, Math.min(signed, 300))
  paragraph(sheet, text, BODY)
  signatureLines(sheet, signatures, style)
  heading(sheet, '理事会真实性声明', HEADING, 70)
  paragraph(sheet, data.truthStatement, BODY)
}

/** 公示期, whom to tell, signatures of those who answer for it, and the place for the seal. */
function drawClosing(sheet: Sheet, data: DisclosureData): void {
  const { header } = data
  heading(sheet, '公示期与意见反映', HEADING, 60)
  const contacts = contactLines(header.contacts).join('；')
  paragraph(
    sheet,
    `公示期${windowText(header.objection)}。对公示内容有不同意见的，请在公示期内向以下人员反映，可以来电、来人或书面提出。${contacts}。地址：${header.address}。`,
    BODY,
  )
  sheet.y += 6
  sheet.ensure(SEAL_HEIGHT + 66)
  signatureLines(
    sheet,
    [
      { role: '理事长', name: header.chair },
      { role: '监事长', name: header.supervisor },
      { role: '会　计', name: header.accountant },
      { role: '制　表', name: header.preparer },
    ],
    { size: SIZE.小四 },
  )
  sheet.y += 14
  sheet.y += sealPlace(sheet, header.organisation, header.postedOn, { size: SIZE.四号 })
}
