/** Puts right how people who type fast spell the words that wishes are made of. */
import { usualFieldLists } from "./usual-fields.ts"
import { singular } from "./words.ts"

const slips: Record<string, string> = Object.fromEntries(
  "evry:every presure:pressure mesure:measure temperture:temperature vintag:vintage coment:comment recpie:recipe recpies:recipes trak:track trakc:track tarck:track meny:many wich:which whcih:which adress:address adresses:addresses addres:address calender:calendar catagory:category catagories:categories catergory:category quanity:quantity quantitiy:quantity qauntity:quantity recepie:recipe recepies:recipes recipie:recipe recipies:recipes reciepe:recipe libary:library emial:email e-mial:email emali:email tittle:title titel:title auther:author autor:author aplication:application aplications:applications applicaton:application medecine:medicine medecines:medicines medicin:medicine medicins:medicines experation:expiration expiary:expiry expirey:expiry expiery:expiry appoitment:appointment appointement:appointment apointment:appointment custumer:customer custumers:customers costumer:customer costumers:customers cutomer:customer cutomers:customers clinet:client clinets:clients cleint:client cleints:clients employes:employees emplyee:employee telefone:telephone telphone:telephone fone:phone phonenumber:phone+number phonenumbers:phone+numbers nummber:number numbr:number nubmer:number pirce:price descripton:description discription:description descriptoin:description desciption:description loction:location locaton:location lenght:length wieght:weight weigth:weight widht:width collor:colour coulour:colour recieved:received recieve:receive recived:received borowed:borrowed borrwed:borrowed brorowed:borrowed borow:borrow retured:returned retuned:returned finnished:finished finshed:finished compleated:completed completd:completed payed:paid shoud:should shuld:should woud:would woudl:would wuold:would coud:could liek:like wnat:want watn:want wnt:want nead:need neeed:need mantain:maintain managment:management mangement:management inventry:inventory inventary:inventory equiptment:equipment equipement:equipment scedule:schedule shedule:schedule schedual:schedule excercise:exercise excercises:exercises exersise:exercise excersise:exercise restaraunt:restaurant restaraunts:restaurants resturant:restaurant resturants:restaurants restuarant:restaurant ingrediants:ingredients ingredents:ingredients ingriedients:ingredients vehical:vehicle vehicals:vehicles vehicel:vehicle garantee:guarantee guarentee:guarantee warrenty:warranty waranty:warranty purchace:purchase purchse:purchase amout:amount ammount:amount amunt:amount reciept:receipt reciepts:receipts pateint:patient pateints:patients studnet:student studnets:students teh:the hte:the adn:and nad:and thier:their wiht:with wth:with wether:whether wheter:whether whther:whether wheather:whether lsit:list dtae:date stauts:status satus:status statuss:status prority:priority priorty:priority notez:notes noets:notes coment:comment coments:comments commets:comments ratting:rating raiting:rating langauge:language genere:genre moive:movie moives:movies filsm:films boks:books boook:book boooks:books plnat:plant plnats:plants projcet:project projetc:project taks:tasks tsak:task tsaks:tasks wepsite:website webiste:website seperate:separate seperately:separately allways:always becuase:because beacuse:because recomend:recommend fitler:filter sorty:sort serch:search"
    .split(" ")
    .map((pair) => pair.split(":"))
    .map(([slip = "", meant = ""]) => [slip, meant.replace("+", " ")]),
)

/** Long words that wishes often hold; a word one slip away from one of them is meant to be it. */
const longWords = new Set(
  `${Object.keys(usualFieldLists).join(" ")} ${Object.values(usualFieldLists).join(" ")} application inventory collection catalogue expiration prescription prescribed medication medicine customer supplier warranty maintenance telephone favourite difficulty temperature certificate registration manufacturer neighbour ingredient restaurant instrument preparation departure destination reservation subscription membership department description directory directories relation rotation`
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length >= 8),
)

/** The text with slips of spelling put right; words it does not know stay as they are. */
export function spelledRight(text: string): string {
  return text.replace(/[A-Za-z][A-Za-z'-]{1,23}/g, (word) => {
    const low = word.toLowerCase()
    const known = Object.hasOwn(slips, low) ? slips[low] : nearLongWord(low)
    if (known === undefined) return word
    return word === low ? known : `${known[0]?.toUpperCase()}${known.slice(1)}`
  })
}

function nearLongWord(word: string): string | undefined {
  const one = singular(word)
  if (one.length < 8 || !/^[a-z]+$/.test(word) || longWords.has(word) || longWords.has(one))
    return undefined
  for (const meant of longWords)
    if (meant[0] === word[0] && oneSlip(one, meant)) return one === word ? meant : `${meant}s`
  return undefined
}

/**
 * Whether a vowel is missing, too many or another one, a letter is doubled or single, or two have
 * changed places; not in the last two letters, where words differ by what they mean.
 */
function oneSlip(word: string, meant: string): boolean {
  if (Math.abs(word.length - meant.length) > 1 || word.slice(-2) !== meant.slice(-2)) return false
  let from = 0
  while (from < word.length && word[from] === meant[from]) from++
  const rest = word.slice(from)
  const right = meant.slice(from)
  const [typed = "", wanted = ""] = [rest[0], right[0]]
  if (rest.slice(1) === right.slice(1)) return isVowel(typed) && isVowel(wanted)
  if (rest.slice(1) === right) return isVowel(typed) || typed === word[from - 1]
  if (rest === right.slice(1)) return isVowel(wanted) || wanted === meant[from - 1]
  return typed === right[1] && rest[1] === wanted && rest.slice(2) === right.slice(2)
}

const isVowel = (letter: string) => /^[aeiou]$/.test(letter)
