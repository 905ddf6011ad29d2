import { contactLines, SEAL_HEIGHT, sealPlace, signatureLines, verificationBlock } from '../kit/blocks.ts'
import { Sheet } from '../kit/document.ts'
import { chineseNumber, longDate, shortHash, yuanSign } from '../kit/figures.ts'
import type { FontSet } from '../kit/fonts.ts'
import { MM, SIZE } from '../kit/ink.ts'
import { drawFacts, drawNoticeHead, NOTICE_MARGIN, noticeTablePlace, windowText } from '../kit/notice.ts'
import { drawTable } from '../kit/table.ts'
import type { ParagraphStyle } from '../kit/text.ts'
import { paragraph } from '../kit/text.ts'
import type { ResolutionData, ResolutionStep } from './data.ts'

/** How much room the parts get: a notice on the board should be one page. */
interface Look {
  readonly body: number
  readonly padding: number
  readonly air: number
  readonly margin: number
}

const ROOMY: Look = { body: SIZE.小四, padding: 3.2, air: 1, margin: 22 * MM }
const TIGHT: Look = { body: SIZE.五号, padding: 2, air: 0.6, margin: 17 * MM }

/** The 决议公开 notice of one resolution as a PDF, on one page if it can be; the same data give the same bytes. */
export function renderResolution(data: ResolutionData, fonts: FontSet): Promise<Uint8Array> {
  const roomy = drawResolution(data, fonts, ROOMY)
  if (roomy.pages === 1) return roomy.toBytes()
  const tight = drawResolution(data, fonts, TIGHT)
  return (tight.pages === 1 ? tight : roomy).toBytes()
}

function drawResolution(data: ResolutionData, fonts: FontSet, look: Look): Sheet {
  const { name, creditCode } = data.organisation
  const sheet = new Sheet({
    issuedAt: data.issuedAt,
    watermark: data.watermark,
    fonts,
    title: `${name}${data.number} ${data.title}`,
    margin: { ...NOTICE_MARGIN, top: look.margin, bottom: look.margin },
    runningHead: `${name}　决议公开　${data.number}（续）`,
    foot: `${creditCode ? `统一社会信用代码 ${creditCode}　` : ''}账本事件 ${shortHash(data.asOf.eventHash)}（第 ${data.asOf.revision} 号）`,
  })
  drawNoticeHead(sheet, { organisation: name, number: data.number, title: data.title }, look.air)
  drawFacts(sheet, matterFacts(data), 1, look.padding)
  sheet.y += 10 * look.air
  drawContent(sheet, data, look)
  drawVote(sheet, data)
  drawFacts(sheet, moneyFacts(data), 1, look.padding)
  drawClosing(sheet, data, look)
  return sheet
}

function matterFacts(data: ResolutionData): [string, string][] {
  const announced = data.noticeDate ? `（${longDate(data.noticeDate)}发出会议通知）` : ''
  return [
    ['决议事项', data.matter],
    ['法律依据', data.legalBasis],
    ['决议机构', `${data.body}，${longDate(data.meetingDate)}召开${announced}`],
    ...(data.steps.length > 0 ? [['民主程序', data.steps.map(stepText).join('；')] as [string, string]] : []),
  ]
}

function stepText({ step, body, date, result }: ResolutionStep): string {
  return `${step}（${longDate(date)}，${body}）：${result}`
}

function drawContent(sheet: Sheet, data: ResolutionData, look: Look): void {
  const style: ParagraphStyle = { size: look.body, leading: 1.55, indent: 2, after: 2 }
  const many = data.content.length > 1
  paragraph(sheet, `${longDate(data.meetingDate)}，${data.body}决议如下：`, style)
  for (const [i, text] of data.content.entries()) {
    paragraph(sheet, many ? `${chineseNumber(i + 1)}、${text}` : text, style)
  }
  sheet.y += 6 * look.air
}

function drawVote(sheet: Sheet, { vote }: ResolutionData): void {
  const place = noticeTablePlace(sheet)
  const counts = [vote.entitled, vote.present, vote.inFavour, vote.against, vote.abstained]
  drawTable(
    sheet,
    {
      caption: '表决情况',
      unit: '人',
      columns: [
        ...['应到', '实到', '赞成', '反对', '弃权'].map(
          title => ({ title, width: 1, kind: 'count', align: 'center' }) as const,
        ),
        { title: '结果', width: 1.2, kind: 'text', align: 'center' },
      ],
      rows: [[...counts.map(String), vote.adopted ? '通过' : '未通过']],
    },
    place,
  )
  const note: ParagraphStyle = { size: SIZE.五号, leading: 1.5, after: 0 }
  sheet.y += 3
  paragraph(sheet, `通过门槛：${vote.threshold}。计数办法：${vote.denominator}。`, note)
  sheet.y += 6
}

function moneyFacts(data: ResolutionData): [string, string][] {
  const { money } = data
  return [
    ...(money
      ? ([
          ['金额', `${yuanSign(money.amount)}（${money.inWords}）`],
          ['资金来源', money.source],
        ] as [string, string][])
      : []),
    ...(data.beneficiaries ? [['受益对象', data.beneficiaries] as [string, string]] : []),
    ['责任与监督', `责任人 ${data.responsible}；监督人 ${data.supervisor}`],
    ['公示期', windowText(data.objection)],
    ['意见反映', `${contactLines(data.contacts).join('；')}。地址：${data.address}`],
  ]
}

function drawClosing(sheet: Sheet, data: ResolutionData, look: Look): void {
  sheet.y += 8 * look.air
  sheet.ensure(SEAL_HEIGHT + 40)
  signatureLines(sheet, data.signatures, { size: SIZE.五号 })
  sheet.y += 8 * look.air
  const top = sheet.y
  const sealed = sealPlace(sheet, data.organisation.name, data.postedOn, { size: SIZE.小四 })
  const checked = data.verification ? verificationBlock(sheet, data.verification, sheet.left, 76 * MM) : 0
  sheet.y = top + Math.max(sealed, checked)
}
