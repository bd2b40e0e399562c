/** Entries of lists, found by a text in them, and how they are marked. */
;((reader) => {
  const { all, collapse, isShown, nameOf, regex, typed } = reader

  /** The smallest element that shows a text. */
  function holderOf(source) {
    const wanted = regex(source)
    const shown = all("body *", document).filter(
      (each) => !each.matches("script, style, option, noscript") && isShown(each),
    )
    const own = shown.filter((each) =>
      wanted.test(
        collapse(
          each.matches("input, textarea") ? (typed.has(each) ? "" : each.value) : each.innerText,
        ),
      ),
    )
    return (
      own.findLast((each) => !own.some((other) => other !== each && each.contains(other))) ?? null
    )
  }

  const entryTag = "li, tr, article, [role=listitem], [role=row], [draggable=true]"

  /** The entry around a text, then what is around that, until another entry would be in it. */
  function placesOf(source) {
    const holder = holderOf(source)
    if (!holder) return []
    const places = []
    const entry = holder.closest(entryTag)
    for (
      let place = holder;
      place && place !== document.body && places.length < 6;
      place = place.parentElement
    ) {
      places.push(place)
      if (place === entry) break
    }
    return places
  }

  const entryOf = (source) => placesOf(source).at(-1)?.closest(entryTag) ?? holderOf(source)

  /** Whether a text stands after one heading, before the next. */
  function under(source, heading, among) {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    let last = ""
    while (walker.nextNode()) {
      const holder = walker.currentNode.parentElement
      if (!holder || holder.closest("option, script, style, select, button") || !isShown(holder))
        continue
      const words = collapse(walker.currentNode.textContent)
      if (words.length < 30 && regex(among).test(words)) last = words
      else if (regex(source).test(words)) return regex(heading).test(last)
    }
    return false
  }

  function isCrossed(source) {
    const holder = holderOf(source)
    const entry = entryOf(source)
    for (let place = holder; place; place = place.parentElement) {
      if (getComputedStyle(place).textDecorationLine.includes("line-through")) return true
      if (place === entry || place === document.body) break
    }
    return false
  }

  const isRedColor = (color) => {
    const [r = 0, g = 0, b = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number)
    if (color.startsWith("oklch") || color.startsWith("oklab") || color.startsWith("color("))
      return isRedColor(inRgb(color))
    return (
      alpha > 0.02 &&
      r - Math.max(g, b) > 15 &&
      r > 120 &&
      Math.abs(g - b) < 0.6 * (r - Math.min(g, b)) + 1
    )
  }
  function inRgb(color) {
    const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext(
      "2d",
    )
    pen.fillStyle = color
    pen.fillRect(0, 0, 1, 1)
    return `rgba(${[...pen.getImageData(0, 0, 1, 1).data].map((part, at) => (at === 3 ? part / 255 : part)).join(", ")})`
  }

  function isRed(source) {
    const entry = entryOf(source)
    if (!entry) return false
    return [entry, ...all("*", entry)].filter(isShown).some((each) => {
      const style = getComputedStyle(each)
      if (
        each.matches("button, a") &&
        regex("delete|remove|lösch|suppr|elimin|borrar|[×✕]").test(nameOf(each))
      )
        return false
      const border =
        Number.parseFloat(style.borderLeftWidth) > 0 ? style.borderLeftColor : "rgb(0, 0, 0)"
      return [style.color, style.backgroundColor, border].some(isRedColor)
    })
  }

  Object.assign(reader, {
    heading: holderOf,
    entryTag,
    placesOf,
    entryOf,
    under,
    isCrossed,
    isRedColor,
    inRgb,
    isRed,
  })
})(globalThis.evaluationReader)
