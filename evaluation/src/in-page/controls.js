/** Buttons, links and all else that can be pressed, found by their words. */
;((reader) => {
  const { all, canBeSet, collapse, controlSelector, isShown, regex, surface, textOf } = reader

  /** What a control is called; by its looks when it has no name. */
  function nameOf(control) {
    const own = collapse(
      `${control.getAttribute("aria-label") ?? ""} ${textOf(control.getAttribute("aria-labelledby"))} ${control.innerText ?? ""} ${control.matches("input[type=submit], input[type=button]") ? control.value : ""} ${[...(control.labels ?? [])].map((label) => label.innerText).join(" ")}`,
    )
    const pictured = all("img[alt], svg title, [aria-label]", control)
      .map((each) => each.alt || each.textContent || each.ariaLabel)
      .join(" ")
    const named = own || collapse(`${pictured} ${control.title ?? ""}`)
    return (
      named ||
      collapse(
        `${control.getAttribute("class") ?? ""} ${control.id} ${control.dataset.testid ?? ""}`,
      ).replaceAll(/[_-]/g, " ")
    )
  }

  const roleOf = (element) =>
    element.role ??
    element.getAttribute("role") ??
    {
      A: "link",
      BUTTON: "button",
      SUMMARY: "button",
      INPUT: ["radio", "checkbox"].includes(element.type) ? element.type : "button",
    }[element.tagName] ??
    "button"

  const canBePressed = (each) => !each.disabled && each.ariaDisabled !== "true" && canBeSet(each)

  /** The control with the best words; `beside` looks in the entry with that text alone. */
  function control(sources, { role, beside } = {}) {
    for (const place of beside ? reader.placesOf(beside) : [surface()]) {
      const open = all(controlSelector, place).filter(
        (each) => canBePressed(each) && (!role || roleOf(each) === role),
      )
      for (const source of sources) {
        const found = open.find((each) => regex(source).test(nameOf(each)))
        if (found) return found
      }
    }
    return beside ? null : pressableText(sources, role)
  }

  /** A button that is on or off in the entry with a text; of one for each day the newest that can be pressed. */
  function toggle(beside) {
    for (const place of reader.placesOf(beside)) {
      const found = all("[aria-pressed]", place).filter(canBePressed).at(-1)
      if (found) return found
    }
    return null
  }

  /** Words that a pointer can press although nothing says so. */
  function pressableText(sources, role) {
    if (role) return null
    const texts = all("label, li, td, th, div, span, p, article", surface()).filter(
      (each) =>
        isShown(each) && (each.tagName === "LABEL" || getComputedStyle(each).cursor === "pointer"),
    )
    for (const source of sources) {
      const found = texts.filter((each) => regex(source).test(collapse(each.innerText)))
      if (found.length > 0)
        return found.reduce((least, each) => (least.contains(each) ? each : least))
    }
    return null
  }

  Object.assign(reader, { nameOf, roleOf, canBePressed, control, toggle, pressableText })
})(globalThis.evaluationReader)
