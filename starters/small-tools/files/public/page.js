// What all tools need: their settings, their words, and elements.
import { words } from "./words.js"

export const root = document.getElementById("tool")
export const settings = JSON.parse(root.dataset.settings)
export const says = words[settings.language]

/** @param given attributes by name, `on` functions by event */
export function element(name, { on = {}, ...given } = {}, ...inside) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(given)) made.setAttribute(key, value)
  for (const [event, act] of Object.entries(on)) made.addEventListener(event, act)
  made.append(...inside)
  return made
}

export const button = (text, act, look = "") =>
  element("button", { type: "button", class: `button ${look}`, on: { click: act } }, text)

/** A short tone. Browsers allow one after somebody pressed something. */
export function beep() {
  const sound = new AudioContext()
  const tone = sound.createOscillator()
  tone.frequency.value = 880
  tone.connect(sound.destination)
  tone.start()
  tone.stop(sound.currentTime + 0.4)
}
