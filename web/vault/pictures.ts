const svg = "http://www.w3.org/2000/svg"

/** Line drawings on a field of 120 × 72, one for each card. Each path takes the colour of the text around it. */
const drawings = {
  box: "M22 34h76v30H22zM22 34l9-12h58l9 12M35 44h10v9H35zM37 44v-4a3 3 0 0 1 6 0v4M55 44h10v9H55zM57 44v-4a3 3 0 0 1 6 0v4M75 44h10v9H75zM77 44v-4a3 3 0 0 1 6 0v4",
  code: "M14 12h26v18H14zM19 18h16M19 24h10M14 44h26v18H14zM19 50h16M19 56h10M46 21h14l12 15M46 53h14l12-15M76 28h28v18H76zM82 34v6M87 34v6M92 34v6M98 34v6",
  choice: "M18 14h38v44H18zM26 24h22M26 32h22M26 40h14M68 14h34v26H68zM68 14l17 14 17-14M80 48h10v9H80zM82 48v-3a3 3 0 0 1 6 0v3",
  road: "M8 30h104M50 30 26 66M70 30l24 36M60 36v5M60 47v6M60 59v7M84 22a9 9 0 0 1 18 0",
  eye: "M18 36c12-16 26-24 42-24s30 8 42 24c-12 16-26 24-42 24S30 52 18 36zM60 24a12 12 0 1 1 0 24 12 12 0 0 1 0-24zM60 33a3 3 0 1 1 0 6 3 3 0 0 1 0-6z",
} as const

export function picture(name: keyof typeof drawings): SVGSVGElement {
  const drawing = document.createElementNS(svg, "svg")
  const path = document.createElementNS(svg, "path")
  for (const [key, value] of Object.entries({
    d: drawings[name], fill: "none", stroke: "currentColor",
    "stroke-width": "2", "stroke-linejoin": "round", "stroke-linecap": "round",
  })) path.setAttribute(key, value)
  drawing.setAttribute("viewBox", "0 0 120 72")
  drawing.setAttribute("class", "picture")
  drawing.setAttribute("aria-hidden", "true")
  drawing.append(path)
  return drawing
}
