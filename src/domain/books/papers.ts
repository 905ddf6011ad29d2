import { accountName } from '../chart.ts'
import type { Decisions } from '../command.ts'
import { refuse } from '../refusal.ts'
import { voucherLabel } from '../voucher.ts'
import type { booksCommands } from './commands.ts'

type Papers = Pick<Decisions<typeof booksCommands>, 'AttachDocuments' | 'SaveTemplate' | 'RemoveTemplate'>

/** Decisions about what goes with vouchers: their originals, and the templates of recurring ones. */
export const decidePapers: Papers = {
  AttachDocuments(desk, { voucher, documents }) {
    const { books } = desk.state
    if (!books.vouchers.has(voucher)) refuse('VoucherUnknown', `没有 ${voucher} 这张凭证。`)
    const seen = new Set<string>()
    for (const { hash, seeVoucher } of documents) {
      const holders = books.documents.get(hash) ?? []
      if (seen.has(hash) || holders.includes(voucher))
        refuse('DocumentAttached', `这份文件已经附在 ${voucherLabel(voucher)}后面，不用再附。`)
      seen.add(hash)
      if (seeVoucher !== undefined && !holders.includes(seeVoucher))
        refuse('DocumentNotThere', `${seeVoucher} 后面没有这份文件，请核对“附件见×号凭证”。`)
      if (seeVoucher === undefined && holders[0] !== undefined) {
        refuse(
          'DocumentUsed',
          `这份文件已经附在 ${voucherLabel(holders[0])}后面；确实共用的，请注明“附件见${voucherLabel(holders[0])}凭证”。`,
          '会计基础工作规范 art. 51(4)',
        )
      }
    }
    desk.emit('DocumentsAttached', { attachedTo: voucher, documents })
  },

  SaveTemplate(desk, template) {
    for (const { account } of template.lines)
      if (account.includes('-') && !desk.state.books.subAccounts.has(account))
        refuse('AccountUnknown', `科目 ${accountName(account)}（${account}）还没有开设，请先用 OpenSubAccount 开设。`)
    desk.emit('VoucherTemplateSaved', template)
  },

  RemoveTemplate(desk, { id }) {
    if (!desk.state.books.templates.has(id)) refuse('TemplateUnknown', `没有“${id}”这个常用凭证。`)
    desk.emit('VoucherTemplateRemoved', { id })
  },
}
