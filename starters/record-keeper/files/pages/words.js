// What stands below a list, in the language of who looks: the fields above it are in theirs, too.

const words = {
  en: {
    total: "Total",
    average: "Average",
    lowest: "Lowest",
    highest: "Highest",
    csv: "Download CSV",
    figures: "Figures",
  },
  de: {
    total: "Summe",
    average: "Durchschnitt",
    lowest: "Kleinste",
    highest: "Größte",
    csv: "CSV herunterladen",
    figures: "Zahlen",
  },
  fr: {
    total: "Total",
    average: "Moyenne",
    lowest: "Minimum",
    highest: "Maximum",
    csv: "Télécharger en CSV",
    figures: "Chiffres",
  },
  es: {
    total: "Total",
    average: "Promedio",
    lowest: "Mínimo",
    highest: "Máximo",
    csv: "Descargar CSV",
    figures: "Cifras",
  },
}

/** The first language that a browser asks for and that there is; English otherwise. */
export function languageOf(request) {
  const wanted = (request.headers["accept-language"] ?? "").split(",")
  return (
    wanted
      .map((each) => each.trim().slice(0, 2).toLowerCase())
      .find((each) => Object.hasOwn(words, each)) ?? "en"
  )
}

export const wordsFor = ({ language }) => words[language]
