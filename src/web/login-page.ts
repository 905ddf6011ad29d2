import { html } from 'hono/html'
import type { Page } from './layout.ts'
import type { Html } from './parts.ts'

/** The operator's way in at a door; `next` is the page wanted, `message` what went wrong before. */
export function loginPage(door: string, next: string, message?: string): Page {
  return {
    title: '工作人员登录',
    crumbs: [['/', '公开栏']],
    body: html`<h1>工作人员登录</h1>
${message ? html`<p class="note" role="alert">${message}</p>` : html`<p>公开的账目不用登录，人人可看；这里是会计和监事的工作台。</p>`}
${loginForm(door, next)}`,
  }
}

/** One field, which takes what is pasted into it. */
export function loginForm(door: string, next: string): Html {
  return html`<form class="plain" method="post" action="${door}">
<input type="hidden" name="next" value="${next}">
<label for="code">访问码</label>
<input id="code" name="code" type="password" required maxlength="200" autocomplete="current-password" autocapitalize="characters" spellcheck="false" aria-describedby="code-help">
<p id="code-help" class="small quiet">第一次启动时显示在服务器屏幕上的、或管理员设定的那一串字母和数字，大小写和横线都不要紧。</p>
<p><button class="button main" type="submit">登录</button></p>
</form>`
}
