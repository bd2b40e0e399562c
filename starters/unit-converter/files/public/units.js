// Units and how they are converted; the server and the browser use this same file.
// A unit's `factor` says how many of the quantity's first unit one of it is; `offset` is added
// before, as temperatures need it.

const unit = (id, name, factor, more = {}) => ({ id, name, factor, offset: 0, ...more })

const known = [
  {
    id: "length",
    name: "Length",
    units: [
      unit("m", "metres", 1),
      unit("ft", "feet", 0.3048),
      unit("km", "kilometres", 1000),
      unit("cm", "centimetres", 0.01),
      unit("mm", "millimetres", 0.001),
      unit("mi", "miles", 1609.344),
      unit("yd", "yards", 0.9144),
      unit("in", "inches", 0.0254),
      unit("nmi", "nautical miles", 1852),
    ],
  },
  {
    id: "mass",
    name: "Mass",
    units: [
      unit("kg", "kilograms", 1),
      unit("lb", "pounds", 0.45359237),
      unit("g", "grams", 0.001),
      unit("mg", "milligrams", 1e-6),
      unit("t", "tonnes", 1000),
      unit("oz", "ounces", 0.028349523125),
      unit("st", "stones", 6.35029318),
    ],
  },
  {
    id: "temperature",
    name: "Temperature",
    units: [
      unit("C", "degrees Celsius", 1, { sign: "°C" }),
      unit("F", "degrees Fahrenheit", 5 / 9, { offset: -32, sign: "°F" }),
      unit("K", "kelvins", 1, { offset: -273.15 }),
    ],
  },
  {
    id: "volume",
    name: "Volume",
    units: [
      unit("l", "litres", 1),
      unit("gal", "US gallons", 3.785411784),
      unit("ml", "millilitres", 0.001),
      unit("m3", "cubic metres", 1000, { sign: "m³" }),
      unit("cup", "US cups", 0.2365882365),
      unit("tbsp", "US tablespoons", 0.01478676478125),
      unit("tsp", "US teaspoons", 0.00492892159375),
      unit("floz", "US fluid ounces", 0.0295735295625, { sign: "fl oz" }),
      unit("impgal", "imperial gallons", 4.54609, { sign: "imp gal" }),
    ],
  },
  {
    id: "area",
    name: "Area",
    units: [
      unit("m2", "square metres", 1, { sign: "m²" }),
      unit("ft2", "square feet", 0.09290304, { sign: "ft²" }),
      unit("ha", "hectares", 10000),
      unit("km2", "square kilometres", 1e6, { sign: "km²" }),
      unit("acre", "acres", 4046.8564224),
      unit("mi2", "square miles", 2589988.110336, { sign: "mi²" }),
    ],
  },
  {
    id: "speed",
    name: "Speed",
    units: [
      unit("kmh", "kilometres an hour", 1 / 3.6, { sign: "km/h" }),
      unit("mph", "miles an hour", 0.44704),
      unit("ms", "metres a second", 1, { sign: "m/s" }),
      unit("kn", "knots", 1852 / 3600),
    ],
  },
  {
    id: "time",
    name: "Time",
    units: [
      unit("h", "hours", 3600),
      unit("min", "minutes", 60),
      unit("s", "seconds", 1),
      unit("d", "days", 86400),
      unit("wk", "weeks", 604800),
    ],
  },
  {
    id: "data",
    name: "Data",
    units: [
      unit("MB", "megabytes", 1e6),
      unit("MiB", "mebibytes", 1048576),
      unit("kB", "kilobytes", 1000),
      unit("GB", "gigabytes", 1e9),
      unit("GiB", "gibibytes", 1073741824),
      unit("TB", "terabytes", 1e12),
      unit("bit", "bits", 0.125),
      unit("B", "bytes", 1),
    ],
  },
  {
    id: "energy",
    name: "Energy",
    units: [
      unit("kWh", "kilowatt hours", 3.6e6),
      unit("kJ", "kilojoules", 1000),
      unit("kcal", "kilocalories", 4184),
      unit("J", "joules", 1),
      unit("BTU", "British thermal units", 1055.05585262),
    ],
  },
  {
    id: "pressure",
    name: "Pressure",
    units: [
      unit("bar", "bars", 1e5),
      unit("psi", "pounds a square inch", 6894.757293168),
      unit("hPa", "hectopascals", 100),
      unit("kPa", "kilopascals", 1000),
      unit("atm", "atmospheres", 101325),
    ],
  },
]

/**
 * Every quantity with its units, those of `ownUnits` among them, and the lines that cannot be read.
 * A line is `1 box = 24 bottles`; when one side is known already, the other joins its quantity.
 */
export function readQuantities(ownUnits = []) {
  const quantities = known.map((quantity) => ({ ...quantity, units: [...quantity.units] }))
  const unread = []
  for (const line of ownUnits) if (!addLine(quantities, line)) unread.push(line)
  return { quantities, unread }
}

function addLine(quantities, line) {
  const number = String.raw`(\d+(?:[.,]\d+)?)`
  const word = String.raw`(\p{L}[\p{L}\p{N} ._-]{0,29}?)`
  const form = new RegExp(`^\\s*${number}\\s*${word}\\s*=\\s*${number}\\s*${word}\\s*$`, "u")
  const [, amount, name, otherAmount, otherName] = form.exec(line) ?? []
  const ratio = Number(otherAmount?.replace(",", ".")) / Number(amount?.replace(",", "."))
  if (!(ratio > 0 && Number.isFinite(ratio))) return false
  const mine = findByName(quantities, name)
  const others = findByName(quantities, otherName)
  // Both sides known says nothing new; an offset has no ratio.
  if ((mine && others) || same(name, otherName)) return false
  if ((mine ?? others)?.unit.offset) return false
  if (others) return join(others, name, ratio * others.unit.factor)
  if (mine) return join(mine, otherName, mine.unit.factor / ratio)
  const taken = quantities.filter(({ id }) => id.startsWith("own")).length
  const label = taken === 0 ? "Own units" : `Own units ${taken + 1}`
  quantities.push({
    id: `own${taken + 1}`,
    name: label,
    units: [unit(idOf(name), name, 1), unit(idOf(otherName), otherName, 1 / ratio)],
  })
  return true
}

function join({ quantity }, name, factor) {
  if (!(factor > 0 && Number.isFinite(factor))) return false
  quantity.units.push(unit(idOf(name), name, factor))
  return true
}

const idOf = (name) => `own-${name.trim().toLowerCase()}`
// "box" and "boxes", "bottle" and "bottles" are one unit.
const stem = (name) =>
  name
    .trim()
    .toLowerCase()
    .replace(/(?<=(x|s|ch|sh))es$|(?<=..)s$/, "")
const same = (one, other) => stem(one) === stem(other)

function findByName(quantities, name) {
  for (const quantity of quantities) {
    const found = quantity.units.find(
      (each) => each.id === name.trim() || same(each.name, name) || each.sign === name.trim(),
    )
    if (found) return { quantity, unit: found }
  }
  return undefined
}

export const signOf = ({ id, name, sign }) => sign ?? (id.startsWith("own-") ? name : id)

export function convert(value, from, to) {
  return ((value + from.offset) * from.factor) / to.factor - to.offset
}

/** A number for people: `decimals` digits behind the point, and never 0 for what is not. */
export function shown(value, decimals) {
  if (!Number.isFinite(value)) return "—"
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e15 || size < 1e-9)) return value.toExponential(4)
  const rounded = Number(value.toFixed(decimals))
  const digits =
    rounded === 0 && value !== 0
      ? { maximumSignificantDigits: 4 }
      : { maximumFractionDigits: decimals }
  return new Intl.NumberFormat("en", digits).format(value)
}
