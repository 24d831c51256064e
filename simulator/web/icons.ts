/** Outlines on a grid of 24 × 24. */
const PATHS = {
  back: 'M15 5l-7 7 7 7',
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM20 20l-4.5-4.5',
  more: 'M12 5v.01M12 12v.01M12 19v.01',
  send: 'M3 11.5L21 4l-6 17-4-7.500zM11 13.500L21 4',
  attach: 'M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 5 5l-8.5 8.5a1.8 1.8 0 0 1-2.6-2.6L14.5 7.5',
  mic: 'M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5 11a7 7 0 0 0 14 0M12 18v3',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9v.01',
  video: 'M3 7h12v10H3zM15 11l6-3v8l-6-3',
  document: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  place: 'M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-4 4-6 8-6s7 2 8 6',
  people:
    'M9 12a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2 20c.8-3.5 3.5-5 7-5s6.2 1.5 7 5M16 5a3.5 3.5 0 0 1 0 7M18 15c2.2.6 3.5 2.2 4 5',
  sticker: 'M5 4h14v10l-5 6H5zM14 20v-6h5',
  cart: 'M3 4h3l2.5 11h10L21 7H7M10 20v.01M17 20v.01',
  play: 'M8 5l11 7-11 7z',
  pause: 'M8 5v14M16 5v14',
  settings: 'M4 7h9M17 7h3M4 12h3M11 12h9M4 17h9M17 17h3M15 5v4M9 10v4M15 15v4',
  phone: 'M7 3h10v18H7zM11 18h2',
  laptop: 'M5 5h14v10H5zM2 19h20',
  link: 'M9 15l6-6M11 6l1.5-1.500a4 4 0 0 1 6 6L17 12M13 18l-1.5 1.500a4 4 0 0 1-6-6L7 12',
  reply: 'M10 6L4 12l6 6M4 12h9c4 0 7 2 7 7',
  edit: 'M4 20l1-5L16 4l4 4L9 19z',
  delete: 'M5 7h14M10 4h4M7 7l1 13h8l1-13',
  smile: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM8.5 14c1 1.5 2 2 3.5 2s2.5-.5 3.5-2M9 9.500v.01M15 9.500v.01',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12l5 5L20 7',
  plus: 'M12 5v14M5 12h14',
  clock: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 7v5l3 2',
  chat: 'M4 5h16v11H9l-5 4z',
  poll: 'M5 20V10M12 20V4M19 20v-7',
  warning: 'M12 3l10 18H2zM12 10v5M12 18v.01',
  block: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM5.6 5.600l12.8 12.8',
} as const

export type IconName = keyof typeof PATHS

/** A drawn icon; decoration only, the control around it has the name. */
export function icon(name: IconName, size = 20): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('width', String(size))
  svg.setAttribute('height', String(size))
  svg.setAttribute('aria-hidden', 'true')
  svg.setAttribute('class', `icon icon-${name}`)
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', PATHS[name])
  svg.append(path)
  return svg
}
