import { html } from 'hono/html'
import type { Page } from './layout.ts'
import { loginForm } from './login-page.ts'
import { buttons } from './parts.ts'
import { articleName } from './words.ts'

/** Why a page is not shown, and what the reader can do; who has to log in first can do it right here. */
export function problemPage(problem: {
  status: number
  title: string
  message: string
  article: string | undefined
  here: string
  /** Where to log in. */
  door: string
}): Page {
  const { status, title, message, article, here, door } = problem
  return {
    title,
    body: html`<h1>${title}</h1>
<p class="lead">${message}</p>
${article ? html`<p class="quiet">依据：${articleName(article)}</p>` : ''}
${status === 401 ? loginForm(door, here) : buttons([['/', '回到公开栏']])}`,
  }
}
