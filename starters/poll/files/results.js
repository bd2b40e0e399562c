/** Counts and shares of a round's choices, as they are shown. */
export function resultsOf(round, counts) {
  return round.questions.map((question) => {
    const total = question.choices.reduce((sum, { id }) => sum + (counts.get(id) ?? 0), 0)
    const most = Math.max(...question.choices.map(({ id }) => counts.get(id) ?? 0))
    return {
      ...question,
      total,
      choices: question.choices.map((choice) => {
        const count = counts.get(choice.id) ?? 0
        const share = total === 0 ? 0 : count / total
        return { ...choice, count, share, leads: count > 0 && count === most }
      }),
    }
  })
}

/** How many of the questions that have a right choice were answered rightly. */
export function scoreOf(round, picks) {
  const asked = round.questions.filter(({ choices }) => choices.some(({ is_right }) => is_right))
  const right = asked.filter(({ id, choices }) =>
    choices.some((choice) => choice.is_right && choice.id === picks.get(id)),
  )
  return { right: right.length, of: asked.length }
}
