/** What a visitor can read, and addresses among it. */
;((reader) => {
  const { all, collapse, fields, isShown, typed } = reader

  /** All that a visitor can read, in one line. */
  function text() {
    const values = fields()
      .concat(all("input[readonly], output"))
      .filter(
        (each) =>
          !typed.has(each) &&
          !["checkbox", "radio", "password"].includes(each.type) &&
          !each.matches("select") &&
          isShown(each),
      )
      .map((each) => each.value ?? "")
    const pictured = all("img[alt], [role=img][aria-label], [role=meter][aria-label]")
      .filter(isShown)
      .map((each) => each.alt || each.ariaLabel)
    const drawn = all("svg text")
      .filter(isShown)
      .map((each) => each.textContent)
    return collapse([document.body?.innerText, ...values, ...pictured, ...drawn].join(" \n "))
  }

  /** Addresses on the page that might be short ones, without those of navigation. */
  function shortLinks() {
    const linked = all("a[href]")
      .filter((each) => !each.closest("nav, header, footer"))
      .map(({ href }) => href)
    const written = text().match(/https?:\/\/[^\s"'<>]+/g) ?? []
    const values = all("input")
      .map(({ value }) => value)
      .filter((value) => /^https?:/.test(value))
    const local = [...linked, ...written, ...values].filter(
      (href) => URL.canParse(href) && new URL(href).host === location.host,
    )
    return [...new Set(local)].filter((href) =>
      /^\/(?:[a-z]{1,5}\/)?[\w-]{2,24}$/.test(new URL(href).pathname),
    )
  }

  /** How far the page scrolls sideways, in `px`. */
  const sticksOut = () =>
    document.documentElement.scrollWidth - document.documentElement.clientWidth

  Object.assign(reader, { sticksOut, text, shortLinks })
})(globalThis.evaluationReader)
