const find = (name) => document.querySelector(`[data-${name}]`)

/** Who is here, as the server tells it. */
export function showPeople({ people, guests }) {
  find("count").textContent = people.length + guests
  find("guests").textContent =
    guests === 0 ? "" : guests === 1 ? "One more is reading." : `${guests} more are reading.`
  find("people").replaceChildren(
    ...people.map(({ id, name }) => {
      const avatar = document.createElement("span")
      avatar.className = `avatar small tint-${id % 8}`
      avatar.ariaHidden = "true"
      avatar.textContent = [...name][0].toUpperCase()
      const item = document.createElement("li")
      item.append(avatar, name)
      return item
    }),
  )
}
