const particles =
  "(?:the|your|my|our|a|an|this|ihren?|ihrer?|ihr|deine?n?|der|die|das|den|votre|vos|notre|ton|ta|tes|le|la|les|l'|el|los|las|su|sus|tu|tus|o|os|as|seu|sua|seus|teu|tua|il|lo|gli|i|vostro|vostra|suo|tuo|uw|je|jouw|het|de|een|twoj|twoja|twoje|swoj|swoja|swoje|panstwa|pani|pana|ваш|ваша|ваше|vas|vase|din|ditt|dit|dina|dine)";

const requests =
  "(?:please confirm|please|kindly|enter|provide|type|add|input|fill in|specify|state|select|choose|indicate|write|tell us|give us|what is|what's|what are|which is|bitte|geben sie|gib|wahlen sie|veuillez|merci de|saisissez|saisir|entrez|entrer|indiquez|indiquer|renseignez|choisissez|selectionnez|quel est|quelle est|por favor|introduce|introduzca|ingrese|ingresa|escriba|escribe|indique|indica|seleccione|selecciona|elige|elija|cual es|digite|informe|insira|preencha|escolha|selecione|qual e|qual o|inserisci|inserire|indica|indicare|seleziona|scegli|vul|voer|kies|selecteer|geef|wpisz|podaj|prosze podac|prosze|wybierz|zaznacz|введите|укажите|выберите|zadejte|vyplnte|skriv|ange|indtast|angiv)";

const opening = new RegExp(
  `^(?:(?:${requests}|${particles})(?=[\\s'’])[\\s'’]*(?:us |with |in |sie )?)+(?=\\p{L})`,
  "u",
);

const closing =
  /[\s,(-]*(?:this (?:question|field) is required|is required|required|requis|obligatoire|erforderlich|pflichtfeld|obligatorio|obrigatorio|obbligatorio|verplicht|wymagane?|necessario|mandatory|optional|optionnel|facultatif|opcional|facoltativo|optioneel|opcjonalnie|eingeben|angeben|ein|invullen|обязательно|here|hier|ici|aqui|below|again)[).\s]*$/u;

/** Lower case, Latin letters without their marks, plain quotes, single spaces. */
export function plainText(text: string): string {
  return text
    .slice(0, 600)
    .replace(/[™®©℠]/gu, "")
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/(?<=[a-z])\p{M}+/gu, "")
    .normalize("NFC")
    .replace(/ł/gu, "l")
    .replace(/ø/gu, "o")
    .replace(/đ/gu, "d")
    .replace(/ß/gu, "ss")
    .replace(/æ/gu, "ae")
    .replace(/[’`´]/gu, "'")
    .replace(/[‐‑–—]/gu, "-")
    .replace(/[✱＊∗*]+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
}

/** The question without the politeness around it, in plain text. */
export function coreQuestion(label: string): string {
  return core(plainText(label));
}

function core(text: string): string {
  const bare = text
    .replace(/[\s?.:!,;…]+$/u, "")
    .replace(/^[\s\d]*[.)\]:•·-]+\s*(?=\p{L})/u, "")
    .replace(closing, "")
    .replace(/[\s?.:!,;…/-]+$/u, "");
  const opened = bare
    .replace(opening, "")
    .replace(/^(?:applicant|candidate)'?s? (?=\w)/u, "")
    .replace(/^(?:full )?url (?:of|to|for) (?:your )?/u, "")
    .trim();
  return opened === "" ? bare : opened;
}

/** "Mobile number including country code" asks for the number. */
const withPhoneCode =
  /(?<=\S)[\s,-]+(?:with|incl(?:\.|uding|udes?)?|plus|mit|inkl\.?|inklusive|einschliesslich|avec|y compris|con|incluido|incluyendo|com|incluindo|met|inclusief|compreso|wraz z|z)\s(?:.{0,24}\s)?(?:(?:country|area|dial\w*|calling|international)[ -]?(?:code|prefix)|prefix|(?:lander|landes|orts)?-?vorwahl|indicatif|prefijo|prefisso|codigo (?:de |do )?(?:pais|area)|indicativo|ddd|ddi|land(?:en)?code|landnummer|netnummer|(?:numerem )?kierunkowym)\b.*$/u;

/** Ways to read a label, the most telling first: without what stands in brackets, whole, up to the first stop. */
export function labelReadings(label: string): string[] {
  // "Nombre(s)" and "Name(s)" stand for the plural.
  const whole = plainText(label).replace(/(?<=\p{L})\((\p{L}{1,2})\)/gu, "$1");
  const outside = whole.replace(/[（([［【][^)）\]］】]*[)）\]］】]/gu, " ").replace(/\s+/gu, " ");
  const inside = /^[（([［【]([^)）\]］】]*)[)）\]］】]$/u.exec(whole)?.[1] ?? "";
  const unexampled = outside
    .replace(withPhoneCode, "")
    .replace(/\b(e\.? ?g\.?|ex\.?|for example|z\. ?b\.|example|i\.e\.)[\s:].*$/u, "");
  const first = unexampled.split(/[:.?!|•](?:\s|$)|\s[-/|]\s|,\s/u)[0] ?? "";
  // "NameRequired": two texts that only their boxes kept apart.
  const isCode = /^\S+[-_]\S+$/u.test(label);
  const glued = isCode ? "" : plainText(label.split(/(?<=\p{Ll}{2})(?=\p{Lu}\p{Ll})/u)[0] ?? "");
  const texts = [unexampled, outside, whole, inside, first, glued];
  const words = texts.map((text) => core(text.trim()));
  return [...new Set(words)].filter((text) => text !== "");
}
