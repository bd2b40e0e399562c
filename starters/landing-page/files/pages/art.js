// A picture made of quarter circles, discs and blocks. The product's name decides which, so that
// each product has its own.
import { createHash } from "node:crypto"
import { settings } from "../settings.js"
import { html } from "../web/html.js"

const size = 100
const tones = ["ink", "accent", "soft", "deep"]

const shapes = [
  (tone) => html`<path class="${tone}" d="M0 0h${size}a${size} ${size} 0 0 1-${size} ${size}z"/>`,
  (tone) =>
    html`<path class="${tone}" d="M${size} 0v${size}a${size} ${size} 0 0 1-${size}-${size}z"/>`,
  (tone) => html`<path class="${tone}" d="M${size} ${size}H0A${size} ${size} 0 0 1 ${size} 0z"/>`,
  (tone) => html`<path class="${tone}" d="M0 ${size}V0a${size} ${size} 0 0 1 ${size} ${size}z"/>`,
  (tone) => html`<circle class="${tone}" cx="${size / 2}" cy="${size / 2}" r="${size / 2}"/>`,
  (tone) => html`<circle class="${tone}" cx="${size / 2}" cy="${size / 2}" r="${size / 4}"/>`,
  (tone) => html`<path class="${tone}" d="M0 0h${size}v${size / 2}H0z"/>`,
  (tone) => html`<path class="${tone}" d="M0 ${size / 2}a${size / 2} ${size / 2} 0 0 1 ${size} 0z"/>
    <path class="${tone}" d="M0 ${size}a${size / 2} ${size / 2} 0 0 1 ${size} 0z"/>`,
]

/** @param word what decides the picture beside the product's name */
export function artPart(columns, rows, word) {
  const bytes = createHash("sha512").update(`${settings.product_name} ${word}`).digest()
  // Grounds reach below the next tiles, or hairlines show between them.
  const tiles = Array.from({ length: columns * rows }, (_, at) => {
    const byte = bytes[at % bytes.length] ^ (at >> 6)
    const ground = tones[(byte >> 3) % tones.length]
    const tone = tones[((byte >> 3) + 1 + ((byte >> 5) % 3)) % tones.length]
    const [x, y] = [(at % columns) * size, Math.floor(at / columns) * size]
    return html`<g transform="translate(${x} ${y})"><rect class="${ground}" width="${size + 1}" height="${size + 1}"/>
      ${shapes[byte % shapes.length](tone)}</g>`
  })
  return html`<svg class="art" viewBox="0 0 ${columns * size} ${rows * size}" aria-hidden="true"
    shape-rendering="geometricPrecision">${tiles}</svg>`
}
