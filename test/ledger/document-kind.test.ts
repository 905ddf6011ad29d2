import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DocumentRefused, documentKind } from '../../src/ledger/document-kind.ts'
import { joined, jpeg, ofd, pdf, png, xml, zip } from './document-files.ts'

function refusal(bytes: Uint8Array): string {
  try {
    return `taken as ${documentKind(bytes)}`
  } catch (error) {
    if (error instanceof DocumentRefused && /\p{Script=Han}/u.test(error.message)) return error.code
    throw error
  }
}

const KINDS = { pdf, jpeg, png, ofd, xml }

describe('an original', () => {
  test.each(Object.entries(KINDS))('that is %s is known by its content', (kind, bytes) => {
    expect(documentKind(bytes)).toBe(kind)
  })

  test('of any other kind is refused, whatever it is called', () => {
    for (const bytes of [new Uint8Array(0), joined('GIF89a'), joined('MZ'), joined('摘要,金额'), joined('{}')])
      expect(refusal(bytes)).toBe('DocumentKindUnknown')
    expect(refusal(zip('[Content_Types].xml', 'xl/workbook.xml')), 'a workbook').toBe('DocumentKindUnknown')
  })

  test('is at most 10 MB', () => {
    const padded = (size: number) => joined('%PDF-1.4\n', new Uint8Array(size - 14), '%%EOF')
    expect(documentKind(padded(10_485_760))).toBe('pdf')
    expect(refusal(padded(10_485_761))).toBe('DocumentTooLarge')
  })

  test('that is a second kind as well is refused', () => {
    for (const first of [pdf, jpeg, png, xml]) expect(refusal(joined(first, zip('a.txt')))).toBe('DocumentMixed')
    expect(refusal(joined(png.subarray(0, 33), pdf, png.subarray(33)))).toBe('DocumentMixed')
    expect(refusal(joined(pdf, '<html></html>'))).toBe('DocumentMixed')
    expect(refusal(joined(png, 'behind the end'))).toBe('DocumentMixed')
  })

  test('that is cut short is refused', () => {
    for (const bytes of Object.values(KINDS)) expect(refusal(bytes.subarray(0, -12))).toBe('DocumentBroken')
  })

  test('with what cameras and scanners put behind the end of a picture is taken', () => {
    expect(documentKind(joined(jpeg, 'SEFT trailer'))).toBe('jpeg')
    expect(documentKind(joined(pdf, '\r\n\u0000'))).toBe('pdf')
  })

  test('in XML has no document type, no entities, no style sheet, and is no page or drawing', () => {
    for (const content of [
      '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
      '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
      '<?xml-stylesheet type="text/xsl" href="a.xsl"?><a/>',
      '<html><script>alert(1)</script></html>',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      '<a xmlns:h="http://www.w3.org/1999/xhtml"><h:script>alert(1)</h:script></a>',
      '<?xml version="1.0" encoding="utf-7"?><a/>',
    ])
      expect(refusal(joined(content)), content).toBe('DocumentUnsafe')
    for (const content of ['<', '<a', '<a><b></a', '<!-- <a/>', '<?a <a/>', '<a>'])
      expect(refusal(joined(content))).toBe('DocumentBroken')
    expect(documentKind(joined('\ufeff<!-- 数电发票 --><?a b?><e:发票 a="1">x</e:发票><!-- end -->'))).toBe('xml')
    const gbk = joined('<?xml version="1.0" encoding="GBK"?><a>', Uint8Array.of(0xd1, 0xf4), '</a>')
    expect(documentKind(gbk)).toBe('xml')
    expect(refusal(joined('<a>', Uint8Array.of(0xd1, 0xf4), '</a>'))).toBe('DocumentBroken')
  })

  test('in OFD has no paths that lead out of it', () => {
    for (const name of ['../x', '/etc/x', 'C:\\x', 'a/../../x'])
      expect(refusal(zip('OFD.xml', name)), name).toBe('DocumentUnsafe')
  })

  test('made to be slow is answered at once', () => {
    const began = performance.now()
    for (const piece of ['<!--', '<!---->', '<?a?>', '<a ', '\u0000', 'PK\u0005\u0006'])
      refusal(joined('<a>', piece.repeat(Math.floor(10_000_000 / piece.length)), '<'))
    expect(performance.now() - began).toBeLessThan(5000)
  })

  test('of any bytes is taken or refused with a sentence, never anything else', () => {
    const heads = Object.values(KINDS).flatMap(bytes => [bytes, bytes.subarray(0, 8), bytes.subarray(-24)])
    const bytes = fc
      .array(fc.oneof(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 60 })), { maxLength: 5 })
      .map(parts => joined(...parts))
    fc.assert(
      fc.property(bytes, given => {
        expect(refusal(given)).toMatch(/^(taken as \w+|Document\w+)$/)
      }),
    )
  })
})
