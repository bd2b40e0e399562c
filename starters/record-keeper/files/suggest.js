// A fixed rule, not a model: it only looks at what is recorded here, and it says why it chose.

/**
 * Of the records still open, the one most like those rated highest: each record rated 4/5 or
 * better votes for the values it shares with an open one.
 * @returns {{ record, because } | undefined}
 */
export function suggest(entity, store) {
  const { open, rating, like = [] } = entity.suggestion
  const all = store.list(entity, {
    text: "",
    sort: "",
    limit: 200,
    offset: 0,
    params: new URLSearchParams(),
  }).items
  const candidates = all.filter((record) => isOpen(entity, record, open))
  const loved = rating ? all.filter((record) => isLoved(entity, record, rating)) : []

  let best
  for (const record of candidates) {
    const votes = loved
      .filter((other) => other.id !== record.id)
      .flatMap((other) =>
        like
          .filter((name) => record[name] && record[name] === other[name])
          .map((name) => ({ name, other })),
      )
    if (!best || votes.length > best.votes.length) best = { record, votes }
  }
  return best && { record: best.record, because: reason(entity, best, loved.length) }
}

function isOpen(entity, record, open) {
  if (!open) return true
  const field = entity.fields.find((each) => each.name === open)
  return field?.type === "flag" ? !record[open] : record[open] === null
}

function isLoved(entity, record, rating) {
  const field = entity.fields.find((each) => each.name === rating)
  return record[rating] !== null && record[rating] >= (field?.max ?? 5) * 0.8
}

function reason(entity, { record, votes }, lovedCount) {
  const [vote] = votes
  if (!vote) {
    return lovedCount === 0
      ? "Nothing is rated high yet, so this is the newest one still open."
      : "Nothing open shares a trait with what you rated high, so this is the newest."
  }
  const label = entity.fields.find((field) => field.name === vote.name).label.toLowerCase()
  return `Same ${label} (${record[vote.name]}) as ${votes.length === 1 ? "one" : votes.length} you rated high.`
}
