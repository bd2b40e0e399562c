// The high scores: begun games are told to the server, and scores are sent with what proves them.

const post = async (path, value) => {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(value),
  })
  const told = await answer.json()
  if (!answer.ok) throw new Error(told.error)
  return told
}

/** The id of a game that begins now; nothing when the server cannot be reached: it can be played anyway. */
export async function beginGame() {
  try {
    return (await post("/api/games", {})).game
  } catch {
    return undefined
  }
}

export const sendScore = (score) => post("/api/scores", score)

export function showScores(list, { scores, place }) {
  list.replaceChildren(
    ...scores.map(({ name, score, level }, index) => {
      const item = document.createElement("li")
      item.classList.toggle("mine", index + 1 === place)
      for (const [kind, text] of Object.entries({
        name,
        level: `Level ${level}`,
        points: score.toLocaleString("en"),
      })) {
        const part = document.createElement("span")
        part.className = kind
        part.textContent = text
        item.append(part)
      }
      return item
    }),
  )
  document.querySelector("[data-no-scores]").hidden = scores.length > 0
}

/** A name is remembered where the browser allows it; in a private window it is asked again. */
export const rememberedName = {
  read() {
    try {
      return localStorage.getItem("name") ?? ""
    } catch {
      return ""
    }
  },
  keep(name) {
    try {
      localStorage.setItem("name", name)
    } catch {
      // without storage the name is typed again next time
    }
  },
}
