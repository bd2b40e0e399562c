/** The rooms of the settings with their places in addresses: `[{ name, slug }]`. */
export function roomsOf(names) {
  const taken = new Set()
  return names.map((name, index) => {
    const words = name.toLowerCase().normalize("NFKD").replaceAll(/\p{M}/gu, "")
    const plain = words.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "")
    const slug = plain === "" || taken.has(plain) ? `room-${index + 1}` : plain
    taken.add(slug)
    return { name, slug }
  })
}
