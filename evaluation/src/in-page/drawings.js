/** Boards, charts and pictures. */
;((reader) => {
  const { all, isShown } = reader

  /** Pieces of a board: the largest group of shown elements of one size in one place. */
  function cells() {
    const groups = new Map()
    for (const each of all("button, td, [role=gridcell], [role=button], div, li, img, rect").filter(
      isShown,
    )) {
      const { width, height } = each.getBoundingClientRect()
      if (width < 18 || height < 18 || width > 400) continue
      const board = each.closest("table, [role=grid], svg") ?? each.parentElement
      const key = `${each.tagName} ${Math.round(width / 4)} ${Math.round(height / 4)}`
      if (!groups.has(board)) groups.set(board, new Map())
      const ofBoard = groups.get(board)
      ofBoard.set(key, [...(ofBoard.get(key) ?? []), each])
    }
    const lists = [...groups.values()].flatMap((ofBoard) => [...ofBoard.values()])
    return lists.reduce((most, list) => (list.length > most.length ? list : most), [])
  }

  /** Where to press for a piece: in its middle, on a drawn board of three by three in that ninth. */
  function cell(nth) {
    const board = all("canvas").filter(isShown)[0]
    const pieces = cells()
    const piece = pieces.length >= 4 || !board ? pieces[nth] : undefined
    if (piece) {
      piece.scrollIntoView({ block: "center" })
      const { x, y, width, height } = piece.getBoundingClientRect()
      return { x: x + width / 2, y: y + height / 2 }
    }
    if (!board) return null
    board.scrollIntoView({ block: "center" })
    const { x, y, width, height } = board.getBoundingClientRect()
    return {
      x: x + (width * ((nth % 3) + 0.5)) / 3,
      y: y + (height * (Math.floor((nth % 9) / 3) + 0.5)) / 3,
    }
  }

  const isLarge = (element) => {
    const { width, height } = element.getBoundingClientRect()
    return width >= 100 && height >= 60
  }
  function drawings() {
    const canvases = all("canvas").filter(
      (each) => isShown(each) && isLarge(each) && !isBlank(each),
    )
    const pictures = all("svg").filter(
      (each) =>
        isShown(each) &&
        isLarge(each) &&
        all("rect, path, circle, line, polyline, polygon", each).length >= 2,
    )
    const bars = all("meter, progress, [role=meter], [role=progressbar], [class*=bar]").filter(
      (each) => isShown(each) && each.children.length === 0,
    )
    return canvases.length + pictures.length + (bars.length >= 2 ? 1 : 0)
  }
  function isBlank(canvas) {
    const blank = Object.assign(document.createElement("canvas"), {
      width: canvas.width,
      height: canvas.height,
    })
    try {
      return canvas.toDataURL() === blank.toDataURL()
    } catch {
      return false
    }
  }

  function images() {
    const loaded = all("img").filter(
      (each) => isShown(each) && each.naturalWidth > 0 && each.getBoundingClientRect().width >= 24,
    )
    const behind = all("div, section, figure, a, li, span").filter(
      (each) =>
        isShown(each) && isLarge(each) && getComputedStyle(each).backgroundImage.includes("url("),
    )
    return loaded.length + behind.length
  }

  Object.assign(reader, { cells, cell, isLarge, drawings, isBlank, images })
})(globalThis.evaluationReader)
