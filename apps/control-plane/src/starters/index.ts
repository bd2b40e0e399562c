export { type Catalogue, makeCatalogue } from "./catalogue.ts"
export { chooseStarter } from "./choose-starter.ts"
export { makeStarters } from "./make-starters.ts"
export { pictureVersion } from "./show-starter.ts"
