/** Fields of a page, found by the words that a person reads beside them. */
;((reader) => {
  const { all, collapse, fieldSelector, isShown, regex, surface, textOf } = reader

  /** What the visitor typed is not what the app shows. */
  const typed = new WeakSet()
  const used = new Set()

  /** Text that stands right before a field, in its own block or the one before. */
  function textBefore(field) {
    for (let node = field, levels = 0; node && levels < 3; node = node.parentElement, levels++) {
      for (let before = node.previousSibling; before; before = before.previousSibling) {
        if (
          before.nodeType === 1 &&
          (before.matches(fieldSelector) || before.querySelector(fieldSelector))
        )
          return ""
        const words = collapse(before.textContent)
        if (words) return words.slice(-80)
      }
    }
    return ""
  }

  function headOfColumn(field) {
    const cell = field.closest("td")
    const table = cell?.closest("table")
    return collapse(table?.rows[0]?.cells[cell.cellIndex]?.textContent)
  }

  const groupOf = (field) => field.closest("fieldset, [role=radiogroup], [role=group]")

  function wordsOfGroup(field) {
    const group = groupOf(field)
    if (!group) return ""
    const legend = group.querySelector("legend")
    return collapse(
      `${group.getAttribute("aria-label") ?? ""} ${textOf(group.getAttribute("aria-labelledby"))} ${legend?.textContent ?? ""}`,
    )
  }

  function labelOf(field) {
    const labels = [...(field.labels ?? [])].map((label) => {
      const copy = label.cloneNode(true)
      for (const inner of all("select, textarea, option", copy)) inner.remove()
      return copy.textContent
    })
    return collapse(
      `${field.getAttribute("aria-label") ?? ""} ${textOf(field.getAttribute("aria-labelledby"))} ${labels.join(" ")}`,
    )
  }

  /** All words of a field, what a person reads first. */
  function wordsOf(field) {
    const isChoice = field.type === "radio"
    const own = labelOf(field)
    return [
      isChoice ? wordsOfGroup(field) : own,
      field.getAttribute("placeholder") ?? "",
      isChoice ? "" : textBefore(field),
      headOfColumn(field),
      isChoice ? "" : wordsOfGroup(field),
      field.title,
      `${field.getAttribute("name") ?? ""} ${field.id}`.replaceAll(
        /[_-]|(?<=[a-z])(?=[A-Z])/g,
        " ",
      ),
      field.dataset.testid ?? "",
    ].map(collapse)
  }

  const canBeSet = (field) => {
    if (field.disabled || field.readOnly) return false
    if (isShown(field)) return true
    const drawnByLabel = ["checkbox", "radio"].includes(field.type)
    return drawnByLabel && [...(field.labels ?? [])].some(isShown)
  }
  const searches = (field) =>
    field.type === "search" ||
    field.closest("[role=search]") !== null ||
    field.role === "searchbox" ||
    wordsOf(field).some((words) =>
      /search|find\b|filter|such|recherch|filtr|busca|busqu/iu.test(words),
    )

  const fields = () =>
    all(fieldSelector, surface()).filter((field) => field.type !== "file" && canBeSet(field))
  const groupName = (field) => (field.type === "radio" ? field.name || wordsOfGroup(field) : "")

  /** The field with the best words; `fresh` leaves out what this form was given already. */
  function field(sources, { fresh = false, searching = true } = {}) {
    const open = fields().filter(
      (each) => (searching || !searches(each)) && !(fresh && isUsed(each)),
    )
    const named = open.map((each) => [each, wordsOf(each)])
    for (const source of sources) {
      const wanted = regex(source)
      for (let place = 0; place < 8; place++) {
        const found = named.find(([, words]) => words[place] && wanted.test(words[place]))
        if (found) return found[0]
      }
    }
    return null
  }

  const isUsed = (field) =>
    used.has(field) || (groupName(field) !== "" && used.has(groupName(field)))
  function use(field) {
    used.add(field)
    if (groupName(field)) used.add(groupName(field))
    typed.add(field)
  }

  /** The one field for a line of text, if there is just one. */
  function onlyTextField() {
    const texts = fields().filter(
      (each) =>
        (each.matches("textarea, [contenteditable]") ||
          ["text", ""].includes(each.getAttribute("type") ?? "")) &&
        !each.matches("select") &&
        !searches(each),
    )
    return texts.length === 1 ? texts[0] : null
  }

  const searchField = () =>
    fields().find(
      (each) =>
        !["checkbox", "radio"].includes(each.type) && !each.matches("select") && searches(each),
    ) ?? null
  const fileField = () => all("input[type=file]", surface()).find((each) => !each.disabled) ?? null

  /** A field of day and time that was filled in. */
  const usedMoment = () => all("input[type=datetime-local]").find(isUsed) ?? null
  const anyField = () => fields().find((each) => !searches(each)) ?? null

  Object.assign(reader, {
    usedMoment,
    anyField,
    typed,
    used,
    textBefore,
    headOfColumn,
    groupOf,
    wordsOfGroup,
    labelOf,
    wordsOf,
    canBeSet,
    searches,
    fields,
    groupName,
    field,
    isUsed,
    forget: () => used.clear(),
    use,
    onlyTextField,
    searchField,
    fileField,
  })
})(globalThis.evaluationReader)
