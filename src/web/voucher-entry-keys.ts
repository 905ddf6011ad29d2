import { html } from 'hono/html'

const TABLE: readonly (readonly [keys: string, what: string])[] = [
  ['Enter', '下一栏；填好金额后到下一行，最后一行之后自动加行（辅助核算用 Tab）'],
  ['..', '照抄上一行的这一栏；在摘要里照抄上一张凭证的摘要'],
  ['//', '照抄第一行的这一栏'],
  ['=', '在金额栏：填上使借贷相等的差额（也可用 Ctrl+F7）'],
  ['空格', '在金额栏：借贷换边'],
  ['F7 或 F2', '查找：科目按代码、名称、拼音首字母，往来按单位或成员姓名'],
  ['F4', '调用常用凭证'],
  ['+ − t', '在日期栏：后一天、前一天、今天'],
  ['Ctrl+D', '删除这一行'],
  ['Ctrl+I', '在上面插入一行'],
  ['F8 或 Ctrl+S', '保存'],
  ['Alt+N', '另开一张'],
  ['Ctrl+V', '从表格软件整块粘贴：科目、借方、贷方、往来……'],
  ['?', '打开或关闭这张表'],
]

/** The keys of the entry grid, for those who have them in their fingers and those who do not. */
export const KEYS = html`<details id="keys" class="keys"><summary>键盘用法 <kbd>?</kbd></summary>
<dl class="facts">${TABLE.map(([keys, what]) => html`<dt><kbd>${keys}</kbd></dt><dd>${what}</dd>`)}</dl>
<p class="small quiet">没填完的凭证自动存在这台电脑的浏览器里，下次打开还在；退出登录时清除。</p></details>`
