/** What every document carries, whatever it says. */
export interface DocumentFacts {
  /** UTC instant, e.g. `2026-01-08T02:00:00.000Z`. The file's creation date: the same facts give the same bytes. */
  readonly issuedAt: string
  /** 演示数据, 草稿, 未发布 … drawn lightly across every page. */
  readonly watermark?: string | undefined
}

/** Someone a reader may ring: `{ label: '会计', phone: '0595-…' }`. */
export interface Contact {
  readonly label: string
  readonly phone: string
  readonly person?: string | undefined
}

/** One signature; without a name or date its line is left blank to be signed by hand. */
export interface Signature {
  readonly role: string
  readonly name?: string | undefined
  /** `YYYY-MM-DD` */
  readonly date?: string | undefined
}

/** 公示期 自 `from` 至 `to` 共 `days` 日; business dates, both inclusive. */
export interface ObjectionWindow {
  readonly from: string
  readonly to: string
  readonly days: number
}

/** Where and by which code a reader checks the paper. The url goes into the QR code. */
export interface Verification {
  readonly url: string
  /** A sentence beside the code, e.g. 扫码或在公开网站输入校验码. */
  readonly text: string
  /** Short code to read out over the telephone, e.g. `7K3F-Q2MD-…`. */
  readonly code?: string | undefined
}
