import type { Page } from 'playwright-core'

/**
 * Texts of a page whose contrast with what is behind them is below 4.5 to 1 (WCAG 2 AA), each with its colours. Measured in
 * the page: the text's colour against the nearest ground that is not see-through.
 */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(FIND_FAINT)
}

/** Runs in the page: JavaScript, since our types know no page. */
const FIND_FAINT = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const known = new Map()
  const rgba = (color) => {
    if (!known.has(color)) {
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = color
      canvas.fillRect(0, 0, 1, 1)
      known.set(color, [...canvas.getImageData(0, 0, 1, 1).data])
    }
    return known.get(color)
  }
  const luminance = (color) => {
    const [r, g, b] = color.slice(0, 3).map((byte) => {
      const part = byte / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const groundOf = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = rgba(getComputedStyle(each).backgroundColor)
      if (color[3] > 250) return color
    }
    return [255, 255, 255, 255]
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const faint = new Set()
  let looked = 0
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    if (!element || node.nodeValue.trim() === '' || element.closest('script,style,title,[hidden],:disabled')) continue
    if (!element.checkVisibility()) continue
    looked++
    const style = getComputedStyle(element)
    const ink = luminance(rgba(element.closest('svg') ? style.fill : style.color))
    const ground = luminance(groundOf(element))
    const contrast = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05)
    if (contrast < 4.5) faint.add(contrast.toFixed(2) + ' ' + element.localName + ': ' + node.nodeValue.trim().slice(0, 40))
  }
  return looked < 50 ? ['only ' + looked + ' texts were looked at'] : [...faint]
})()`
