/** Forms: where they are sent from, what they still need, what a field takes. */
;((reader) => {
  const {
    all,
    canBePressed,
    canBeSet,
    collapse,
    fieldSelector,
    fields,
    groupOf,
    isShown,
    isUsed,
    nameOf,
    regex,
    surface,
    wordsOf,
  } = reader

  /** Where a field is sent from: its form, its dialog, or what else holds a button with it. */
  function formOf(field) {
    const form = field.closest("form, dialog, [role=dialog]")
    if (form) return form
    for (
      let place = field.parentElement;
      place && place !== document.body;
      place = place.parentElement
    )
      if (all("button, input[type=submit], [role=button]", place).some(isShown)) return place
    return document.body
  }

  function submitOf(field, sources) {
    const form = formOf(field)
    const outside = form.id ? all(`button[form="${CSS.escape(form.id)}"]`) : []
    const buttons = [...all("button, input[type=submit], [role=button]", form), ...outside].filter(
      isShown,
    )
    // A button that only adds a line to a form does not send it.
    const sending = form.matches("form") ? buttons.filter(({ type }) => type === "submit") : []
    for (const among of [sending, buttons])
      for (const source of sources) {
        const found = among.find((each) => regex(source).test(nameOf(each)))
        if (found) return found
      }
    return (
      buttons.find((each) => each.type === "submit") ??
      (form === document.body ? null : (buttons.at(-1) ?? null))
    )
  }

  /** Fields that must not stay empty and that nobody gave anything; with `everything`, all that are empty. */
  const openFields = (field, everything) =>
    all(fieldSelector, field ? formOf(field) : surface()).filter(
      (each) =>
        canBeSet(each) &&
        !isUsed(each) &&
        (everything || each.required || each.ariaRequired === "true") &&
        (["checkbox", "radio"].includes(each.type) ? !choiceMade(each) : !each.value),
    )
  const choiceMade = (each) =>
    each.type === "radio" && each.name
      ? all(`input[type=radio][name="${CSS.escape(each.name)}"]`).some(({ checked }) => checked)
      : each.checked

  /** What a field takes, for whoever fills it in. */
  function describe(field) {
    const options = field.matches("select")
      ? [...field.options]
          .filter((each) => !each.disabled)
          .map((each) => ({ value: each.value, label: collapse(each.label) }))
      : []
    return {
      kind: field.matches("select")
        ? "select"
        : field.matches("input")
          ? field.type
          : field.matches("textarea")
            ? "text"
            : (field.getAttribute("role") ?? "text"),
      words: wordsOf(field).filter(Boolean)[0] ?? "",
      options,
      min: field.min ?? "",
      isEditable: field.matches("input, textarea, [contenteditable]"),
    }
  }

  /** The buttons of a field's group of choices, with their words. */
  const choicesOf = (field) =>
    (field.name
      ? all(`input[type=radio][name="${CSS.escape(field.name)}"]`)
      : all("input[type=radio], [role=radio]", groupOf(field) ?? document)
    ).filter(canBePressed)
  const choice = (field, source) =>
    choicesOf(field).find((each) => regex(source).test(`${nameOf(each)} ${each.value}`)) ?? null

  const passwordField = () =>
    all("input[type=password]", surface()).find((each) => isShown(each) && !isUsed(each)) ?? null

  /** What leads to another door than the form that is shown sends to; nothing when that is the one. */
  function doorTo(sources) {
    const secret = passwordField()
    const form = secret && formOf(secret)
    const sent = secret && submitOf(secret, [])
    const wanted = (each) => sources.some((source) => regex(source).test(nameOf(each)))
    if (sent && wanted(sent)) return null
    const doors = all("a[href], button, [role=tab], [role=link]", surface())
    return (
      doors.find(
        (each) =>
          isShown(each) &&
          each !== sent &&
          wanted(each) &&
          !(form?.contains(each) && each.type === "submit"),
      ) ?? null
    )
  }

  /** What the fields of the page are called, for a message about one that is missing. */
  const namesOfFields = () =>
    fields()
      .map((each) => wordsOf(each).filter(Boolean)[0] ?? each.type)
      .slice(0, 12)

  Object.assign(reader, {
    passwordField,
    doorTo,
    namesOfFields,
    formOf,
    submitOf,
    openFields,
    choiceMade,
    describe,
    choicesOf,
    choice,
  })
})(globalThis.evaluationReader)
