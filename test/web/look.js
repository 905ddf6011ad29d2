// What a careful reader would measure on a page; evaluated inside the browser, so it is plain script.
;(() => {
  const shown = element => element.getClientRects().length > 0
  const all = selector => [...document.querySelectorAll(selector)].filter(shown)
  const name = element => (element.textContent ?? '').trim().slice(0, 20)
  const light = color => {
    const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map(part => {
      const share = Number(part) / 255
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const ground = element => {
    const color = element ? getComputedStyle(element).backgroundColor : 'rgb(255, 255, 255)'
    return element && /, 0\)$|transparent/.test(color) ? ground(element.parentElement) : color
  }
  const contrast = element => {
    const [a, b] = [light(getComputedStyle(element).color), light(ground(element))]
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
  }
  const targets = all(
    'nav a, nav button, .links a, .questions a, .button, button, input:not([type=hidden]), select, summary, td a, th a, .foot a',
  )
  const figures = all('td, th, dd, .bars span, .red, .quiet')
  return {
    overflow: document.documentElement.scrollWidth - window.innerWidth,
    small: targets.filter(element => element.getBoundingClientRect().height < 44).map(name),
    headings: all('h1, h2, h3, h4')
      .map(element => element.tagName.slice(1))
      .join(''),
    unlabelled: all('input:not([type=hidden]), select')
      .filter(field => !field.labels?.length)
      .map(field => field.id),
    headless: [...document.querySelectorAll('table')].filter(table => !table.querySelector('thead th[scope=col]'))
      .length,
    faint: figures
      .filter(element => contrast(element) < 7)
      .map(element => `${name(element)} ${contrast(element).toFixed(1)}`),
    type: Number.parseFloat(getComputedStyle(document.body).fontSize),
  }
})()
