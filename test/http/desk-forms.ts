import type { App } from '../../src/http/house.ts'

/** Posts a form of the desk from this site's own page. */
export const post = (app: App, cookie: string, path: string, fields: Record<string, string>): Promise<Response> =>
  Promise.resolve(
    app.request(path, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams(fields).toString(),
    }),
  )

/** Where a form that was done leads to, and the page there. */
export async function followed(app: App, cookie: string, answer: Response): Promise<string> {
  const to = answer.headers.get('location')
  if (answer.status !== 303 || to === null) throw new Error(`not done: ${answer.status} ${await answer.text()}`)
  return (await app.request(to, { headers: { cookie } })).text()
}
