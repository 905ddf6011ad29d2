import { html } from 'hono/html'
import type { Content, Html } from './parts.ts'

/** Where the operator logs in and out, and the desk that a login leads to. */
export type Doors = { readonly login: string; readonly logout: string; readonly desk: string }

/** The doors of a site that has one desk for all its co-ops. */
export const DOORS: Doors = { login: '/login', logout: '/logout', desk: '/staff' }

/** Who is reading and how. */
export type Reader = {
  /** 大字版 */
  readonly big: boolean
  readonly signedIn: boolean
  readonly doors: Doors
  /** Path and query of this page, without `big`. */
  readonly here: string
  readonly styleVersion: string
  /** Address of a page's own style or script by name. */
  readonly assetAt?: (name: string) => string
  readonly demo: boolean
  /** The supervisors' telephone, said on every page; left out where each co-op's own pages say it. */
  readonly helplines?: readonly Helpline[]
}
export type Helpline = { readonly label: string; readonly phone: string }

export type Page = {
  readonly title: string
  /** Links from the portal to here, the nearest last. */
  readonly crumbs?: readonly (readonly [href: string, text: string])[]
  readonly body: Content
  /** Names of the styles that only such pages have. */
  readonly styles?: readonly string[]
  /** Names of the scripts that make this page quicker to use. */
  readonly scripts?: readonly string[]
}

/** A whole page: head, the reader's switches, content, and whom to call. */
export function layout(reader: Reader, page: Page): Html {
  return html`<!doctype html>
<html lang="zh-CN"${reader.big ? html` class="big"` : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
<meta name="color-scheme" content="light">
<meta property="og:title" content="${page.title}">
<title>${page.title} · 明账</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css?v=${reader.styleVersion}">
${ownAssets(reader, page)}
</head>
<body>
<a class="skip" href="#content">跳到正文</a>
<header class="top"><div class="wrap">
<a class="brand" href="/"><b aria-hidden="true">明</b><span>明账</span><small>集体的账，人人看得明白</small></a>
${menu(reader)}
</div></header>
${reader.demo ? html`<p class="demo">演示数据：组织和人员都是虚构的，不是任何地方的真实账目。</p>` : ''}
<main id="content"><div class="wrap">
${crumbs(page)}
${page.body}
</div></main>
${foot(reader)}
</body>
</html>`
}

function ownAssets({ assetAt }: Reader, { styles = [], scripts = [] }: Page): Html[] {
  if (!assetAt) return []
  return [
    ...styles.map(name => html`<link rel="stylesheet" href="${assetAt(name)}">`),
    ...scripts.map(name => html`<script type="module" src="${assetAt(name)}"></script>`),
  ]
}

function menu(reader: Reader): Html {
  const { login, logout, desk } = reader.doors
  return html`<nav class="menu" aria-label="主导航">
<a href="/">公开栏</a>
${
  reader.signedIn
    ? html`<a href="${desk}">工作台</a><form method="post" action="${logout}"><button type="submit">退出</button></form>`
    : html`<a href="${login}">工作人员登录</a>`
}
<a class="size" href="${sizeLink(reader)}">${reader.big ? '标准字' : '大字版'}</a>
</nav>`
}

function sizeLink({ here, big }: Reader): string {
  return `${here}${here.includes('?') ? '&' : '?'}big=${big ? 0 : 1}`
}

function crumbs({ crumbs = [] }: Page): Html | '' {
  if (crumbs.length === 0) return ''
  return html`<nav class="crumbs" aria-label="所在位置">${crumbs.map(
    ([href, text], index) =>
      html`${index > 0 ? html` <span aria-hidden="true">›</span> ` : ''}<a href="${href}">${text}</a>`,
  )}</nav>`
}

function foot({ helplines }: Reader): Html {
  return html`<footer class="foot"><div class="wrap">
<p class="help">${help(helplines)}</p>
<p class="small quiet"><a href="/how-to-check">怎样核对账目</a>　依据《农村集体经济组织法》，成员有权查阅、复制财务会计资料。</p>
</div></footer>`
}

function help(helplines: Reader['helplines']): Html | string {
  if (!helplines) return '对账目有疑问，请打各组织公开栏下面的监督电话。'
  if (helplines.length === 0) return '对账目有疑问，请到村（社区）办事大厅找监事会；本社还没有登记监督电话。'
  return html`对账目有疑问，请打监督电话：${helplines.map(
    ({ label, phone }, index) =>
      html`<span class="keep">${label ? `${label} ` : ''}<a href="tel:${phone.replaceAll(/[^\d+]/g, '')}">${phone}</a>${index < helplines.length - 1 ? '；' : ''}</span>`,
  )}`
}
