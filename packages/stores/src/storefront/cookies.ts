/** Values that we set ourselves: ids and nothing else. */
export function cookiesOf(header: string | undefined): Record<string, string> {
  const pairs = (header ?? "").split(";").map((pair) => pair.trim().split("=", 2))
  return Object.fromEntries(
    pairs.flatMap(([name = "", value = ""]) =>
      /^[\w.-]{1,600}$/.test(value) ? [[name, value]] : [],
    ),
  )
}

/** @param seconds 0 removes it */
export function cookie(
  name: string,
  value: string,
  of: { secure: boolean; seconds: number },
): string {
  const secure = of.secure ? "; Secure" : ""
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${of.seconds}${secure}`
}
