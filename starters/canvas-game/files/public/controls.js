// Keys, mouse and touch. Keys work while the game has the page, never while somebody types a name.

const keySpeed = 900

/** `move(world, seconds)` in each frame; `on` has what keys and taps ask for: launch, pause. */
export function makeControls(canvas, on) {
  const held = new Set()
  addEventListener("keydown", (event) => {
    if (event.target.matches("input, textarea") || event.ctrlKey || event.metaKey) return
    const key = event.key.toLowerCase()
    held.add(key)
    // on a focused button, space and enter press that button
    if (key === " " && !event.target.matches("button, a, summary")) {
      event.preventDefault()
      on.launch()
    }
    if ((key === "p" || key === "escape") && !event.repeat) on.pause()
    if (key === "arrowleft" || key === "arrowright") event.preventDefault()
  })
  addEventListener("keyup", (event) => held.delete(event.key.toLowerCase()))
  addEventListener("blur", () => {
    held.clear()
    on.leave()
  })
  document.addEventListener("visibilitychange", () => document.hidden && on.leave())

  const across = (event) => {
    const { left, width } = canvas.getBoundingClientRect()
    on.point((event.clientX - left) / width)
  }
  canvas.addEventListener("pointermove", across)
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId)
    across(event)
    on.launch()
  })
  return {
    /** How far the keys push the paddle in this frame, in `px`. */
    push(seconds) {
      const left = held.has("arrowleft") || held.has("a")
      const right = held.has("arrowright") || held.has("d")
      return (Number(right) - Number(left)) * keySpeed * seconds
    },
  }
}
