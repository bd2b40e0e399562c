/** Where the API reference and the document it shows live. */
export const docsPath = "/docs/api"

export const stylePath = `${docsPath}/style.css`
export const iconPath = `${docsPath}/icon.svg`
export const documentPath = `${docsPath}/openapi.json`

/** Its pages, by what follows `docsPath`. */
export const authenticationPlace = "/authentication"
export const schemasPlace = "/schemas"
export const callsPlace = (tag: string) => `/calls/${tag}`

export const schemaHref = (name: string) => `${docsPath}${schemasPlace}#${encodeURIComponent(name)}`
export const callHref = (tag: string, id: string) => `${docsPath}${callsPlace(tag)}#${id}`
export const faultHref = (code: string) => `${docsPath}#fault-${code}`
