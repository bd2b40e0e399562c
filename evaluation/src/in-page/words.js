/** What all parts of the reader share: words of elements, and what a visitor sees. */
;((reader) => {
  const regex = (source) => new RegExp(source, "iu")
  const collapse = (text) => (text ?? "").replaceAll(/\s+/gu, " ").trim()
  const isShown = (element) => {
    const { width, height } = element.getBoundingClientRect()
    return (
      width > 0 &&
      height > 0 &&
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    )
  }
  const all = (selector, from = document) => [...from.querySelectorAll(selector)]
  const fieldSelector =
    "input:not([type=hidden],[type=submit],[type=button],[type=image],[type=reset]), textarea, select, [contenteditable=true], [contenteditable=''], [role=textbox], [role=combobox], [role=spinbutton], [role=switch]"
  const controlSelector =
    "a[href], button, input[type=submit], input[type=button], input[type=image], input[type=checkbox], input[type=radio], summary, [role=button], [role=link], [role=tab], [role=menuitem], [role=checkbox], [role=radio], [role=switch], [role=option], [onclick]"

  /** A dialog that is open is all there is. */
  function surface() {
    const open = all("dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true]").filter(
      isShown,
    )
    return open.at(-1) ?? document
  }

  const textOf = (ids) =>
    (ids ?? "")
      .split(/\s+/)
      .filter(Boolean)
      .map((id) => document.getElementById(id)?.textContent ?? "")
      .join(" ")

  Object.assign(reader, {
    regex,
    collapse,
    isShown,
    all,
    fieldSelector,
    controlSelector,
    surface,
    textOf,
  })
})(globalThis.evaluationReader)
