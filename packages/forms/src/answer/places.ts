import { countriesIn } from "../plan/countries.ts";
import { nameIndex, namesInText } from "../plan/names-in-text.ts";
import { fold } from "../plan/fold.ts";
import { provinceOf } from "../plan/region-codes.ts";
import { usStateOf } from "../plan/us-states.ts";

/** Larger cities with jobs, by country; a name that two countries share stands under both. */
const cityTable: Readonly<Record<string, string>> = {
  AE: "abu dhabi,dubai",
  AR: "buenos aires,cordoba",
  AT: "vienna,graz,linz,salzburg",
  AU: "sydney,melbourne,brisbane,perth,adelaide,canberra",
  BE: "brussels,antwerp,ghent,leuven",
  BG: "sofia",
  BR: "sao paulo,rio de janeiro,belo horizonte,curitiba,florianopolis,porto alegre",
  CA: "toronto,vancouver,montreal,ottawa,calgary,waterloo,edmonton,quebec city,halifax,winnipeg,london ontario",
  CH: "zurich,geneva,basel,lausanne,bern,zug",
  CL: "santiago",
  CN: "beijing,shanghai,shenzhen,guangzhou,hangzhou",
  CO: "bogota,medellin",
  CZ: "prague,brno",
  DE: "berlin,munich,hamburg,frankfurt,cologne,stuttgart,dusseldorf,leipzig,dresden,karlsruhe,nuremberg,munchen,koln",
  DK: "copenhagen,aarhus",
  EE: "tallinn",
  ES: "madrid,barcelona,valencia,seville,malaga,bilbao",
  FI: "helsinki,espoo,tampere",
  FR: "paris,lyon,marseille,toulouse,nice,bordeaux,lille,nantes,grenoble",
  GB: "london,manchester,birmingham,edinburgh,glasgow,bristol,leeds,liverpool,cambridge,oxford,cardiff,belfast,sheffield,nottingham,newcastle,brighton,reading,cheltenham,southampton,leicester,coventry,milton keynes,york,bath,exeter,aberdeen,dundee,portsmouth,guildford,swindon,derby",
  GR: "athens,thessaloniki",
  HK: "hong kong",
  HU: "budapest",
  IE: "dublin,cork,galway,limerick",
  IL: "tel aviv,jerusalem,haifa",
  IN: "bangalore,bengaluru,mumbai,delhi,new delhi,hyderabad,chennai,pune,gurgaon,gurugram,noida,kolkata",
  IT: "milan,rome,turin,bologna,florence,naples",
  JP: "tokyo,osaka,kyoto",
  KR: "seoul,busan",
  LT: "vilnius,kaunas",
  LU: "luxembourg city",
  LV: "riga",
  MX: "mexico city,guadalajara,monterrey",
  MY: "kuala lumpur",
  NL: "amsterdam,rotterdam,the hague,utrecht,eindhoven,delft,groningen",
  NO: "oslo,bergen,trondheim",
  NZ: "auckland,wellington,christchurch",
  PH: "manila,cebu",
  PL: "warsaw,krakow,wroclaw,gdansk,poznan,lodz,katowice",
  PT: "lisbon,porto,braga",
  QA: "doha",
  RO: "bucharest,cluj-napoca,iasi,timisoara",
  RS: "belgrade",
  SA: "riyadh,jeddah",
  SE: "stockholm,gothenburg,malmo,uppsala",
  SG: "singapore",
  SK: "bratislava",
  TH: "bangkok",
  TR: "istanbul,ankara",
  TW: "taipei",
  UA: "kyiv,lviv",
  US: "new york,new york city,nyc,san francisco,sf,san francisco bay,bay area,los angeles,chicago,boston,seattle,austin,denver,boulder,atlanta,miami,dallas,houston,philadelphia,phoenix,san diego,san jose,washington dc,washington d.c.,portland,minneapolis,detroit,pittsburgh,palo alto,mountain view,menlo park,sunnyvale,santa clara,cupertino,redwood city,oakland,brooklyn,manhattan,greenwich,stamford,jersey city,charlotte,raleigh,durham,nashville,salt lake city,las vegas,st. louis,kansas city,columbus,cleveland,cincinnati,indianapolis,milwaukee,baltimore,bethesda,arlington,tampa,orlando,san antonio,sacramento,irvine,santa monica,bellevue,redmond,kirkland,ann arbor,cambridge ma,birmingham alabama,princeton,hawthorne,silicon valley",
  VN: "hanoi,ho chi minh city",
  ZA: "cape town,johannesburg,durban",
};

/** Words for one place, first the one that stands for all. */
const sameCities: readonly (readonly string[])[] = [
  ["new york", "new york city", "nyc", "manhattan", "brooklyn"],
  ["san francisco", "sf", "san francisco bay", "bay area"],
  ["bengaluru", "bangalore"],
  ["munich", "munchen"],
  ["cologne", "koln"],
  ["gurugram", "gurgaon"],
];

/** Cities that are also English words: only a capital letter makes them places. */
const wordCities = new Set(["reading", "bath", "nice", "cork", "derby", "york"]);

const countryByCity: ReadonlyMap<string, string> = new Map(
  Object.entries(cityTable).flatMap(([country, cities]) =>
    cities.split(",").map((city): [string, string] => [city, country]),
  ),
);

const cities = nameIndex([...countryByCity.keys()].map((city) => [city, city] as const));

/** Cities a text names, each by the one name that stands for it. */
export function citiesIn(text: string): string[] {
  const found = namesInText(text.slice(0, longestText), cities)
    .filter(({ id, written }) => !wordCities.has(id) || /^\p{Lu}/u.test(written))
    .filter(({ id, written }) => id !== "sf" || written === "SF");
  return [...new Set(found.map(({ id }) => cityName(id)))];
}

const longestText = 3_000;

export function cityName(name: string): string {
  const plain = fold(name);
  return sameCities.find((names) => names.includes(plain))?.[0] ?? plain;
}

/** ISO codes of the countries that a place text names or lies in ("Austin, TX" is in the US). */
export function countriesOfPlace(text: string): string[] {
  const named = countriesIn(text);
  const parts = text
    .split(/[,;/|-]/u)
    .map((part) => part.trim())
    .filter((part) => /^[A-Z]{2}$/u.test(part) || part.length > 3);
  const inAmerica = parts.some((part) => isState(part)) ? ["US"] : [];
  const inCanada = parts.some((part) => provinceOf(part) !== undefined) ? ["CA"] : [];
  const byCity = citiesIn(text).map((city) => countryByCity.get(city) ?? "");
  const inBritain = /\b(england|scotland|wales|northern ireland)\b/iu.test(text) ? ["GB"] : [];
  const all = [...named, ...inAmerica, ...inCanada, ...inBritain];
  // "Cambridge, MA": what is named decides, a city alone only where nothing else is.
  return [...new Set(all.length > 0 ? all : byCity)].filter((code) => code !== "");
}

function isState(part: string): boolean {
  return usStateOf(part) !== undefined && part.toLowerCase() !== "georgia";
}
