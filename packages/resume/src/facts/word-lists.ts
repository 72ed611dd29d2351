/** Words that name what somebody does, in seven languages; in the singular, since employers are called `Traders`. */
const titleWords =
  /(?:^|[^\p{L}])(?:engineer|developer|manager|director|analyst|assistant|intern|internship|accountant|consultant|designer|architect|administrator|coordinator|specialist|technician|officer|lead|leader|head|president|founder|co-founder|cofounder|ceo|cto|cfo|coo|vp|teacher|professor|lecturer|instructor|tutor|researcher|scientist|fellow|associate|representative|supervisor|executive|clerk|cashier|nurse|physician|doctor|therapist|pharmacist|attorney|lawyer|paralegal|counsel|editor|writer|journalist|author|photographer|producer|programmer|strategist|planner|buyer|recruiter|generalist|advisor|adviser|agent|broker|auditor|bookkeeper|controller|treasurer|secretary|receptionist|operator|mechanic|electrician|driver|chef|cook|server|waiter|waitress|bartender|barista|host|hostess|salesperson|salesman|sales|marketer|volunteer|ambassador|trainee|apprentice|student|captain|contractor|freelancer|freelance|owner|partner|principal|chair|chairman|member|mentor|trainer|coach|steward|worker|handler|inspector|translator|interpreter|librarian|curator|sre|devops|tester|qa|sysadmin|dba|pm|support|caregiver|staff|trader|banker|underwriter|actuary|statistician|economist|psychologist|biologist|chemist|physicist|ingenieur|ingenieurin|entwickler|entwicklerin|leiter|leiterin|geschäftsführer|geschäftsführerin|berater|beraterin|mitarbeiter|mitarbeiterin|assistent|assistentin|praktikant|praktikantin|praktikum|werkstudent|werkstudentin|sachbearbeiter|sachbearbeiterin|kaufmann|kauffrau|lehrer|lehrerin|auszubildender|auszubildende|techniker|technikerin|referent|referentin|ingénieur|ingénieure|développeur|développeuse|directeur|directrice|responsable|chef|cheffe|consultante?|stagiaire|stage|assistante?|chargée?|technicien|technicienne|professeur|enseignante?|analyste|comptable|vendeur|vendeuse|gérante?|ingeniero|ingeniera|desarrollador|desarrolladora|gerente|directora?|asistente|becario|becaria|consultora?|profesora?|jefe|jefa|coordinadora?|técnico|técnica|administrativo|administrativa|contable|practicante|diseñadora?|sviluppatore|sviluppatrice|ingegnere|direttore|direttrice|responsabile|tirocinante|stagista|impiegato|impiegata|docente|engenheiro|engenheira|desenvolvedora?|estagiário|estagiária|coordenadora?|diretora?|ontwikkelaar|medewerker|stagiair|directeur|adviseur|docent|beheerder)(?=$|[^\p{L}])|(?:ingenieur|entwickler|berater|leiter|mitarbeiter|assistent|manager)(?:in)?(?=$|[^\p{L}])/iu;

const employerWords =
  /(?:^|[^\p{L}])(?:inc|incorporated|llc|ltd|limited|corp|corporation|co|company|gmbh|ag|se|kg|mbh|e\.v|s\.a|sa|sas|sarl|s\.l|sl|s\.p\.a|spa|srl|s\.r\.l|bv|b\.v|nv|n\.v|plc|pty|oy|ab|as|group|gruppe|groupe|grupo|gruppo|holding|holdings|technologies|technology|labs?|laboratory|laboratories|systems|solutions|services|software|studios?|partners|associates|bank|capital|financial|insurance|university|college|school|institute|hospital|clinic|center|centre|foundation|agency|ministry|department|council|museum|consulting|industries|international|enterprises|media|networks?|pharma|pharmaceuticals|universität|hochschule|klinikum|krankenhaus|stiftung|université|hôpital|universidad|università|universidade)(?:\.|(?=$|[^\p{L}]))/iu;

const schoolWords =
  /(?:^|[^\p{L}])(?:university|college|school|institute|academy|polytechnic|conservatory|seminary|universität|hochschule|fachhochschule|gymnasium|berufsschule|realschule|akademie|gesamtschule|université|école|lycée|institut|faculté|iut|universidad|instituto|escuela|colegio|facultad|politécnica|università|politecnico|liceo|istituto|accademia|universidade|escola|faculdade|universiteit|hogeschool|mit|eth|epfl|ucla|ucl|caltech|lse|insead|hec|tu|fh|kth|univ|bootcamp|uc)(?=$|[^\p{L}])|(?:schule|universität|gymnasium|hochschule|universiteit|hogeschool)(?=$|[^\p{L}])/iu;

const degreeWords =
  /(?:^|[^\p{L}.])(?:b\.?\s?s\.?c?\.?|b\.?\s?a\.?|m\.?\s?s\.?c?\.?|m\.?\s?a\.?|b\.?\s?eng\.?|m\.?\s?eng\.?|b\.?\s?com\.?|m\.?\s?com\.?|b\.?\s?tech\.?|m\.?\s?tech\.?|b\.?f\.?a\.?|m\.?f\.?a\.?|b\.?b\.?a\.?|m\.?b\.?a\.?|m\.?p\.?h\.?|m\.?ed\.?|b\.?ed\.?|ph\.?\s?d\.?|d\.?phil\.?|m\.?phil\.?|ll\.?b\.?|ll\.?m\.?|j\.?d\.?|m\.?d\.?|a\.?a\.?s?\.?|a\.?s\.?|ed\.?d\.?|bachelor(?:[’']?s)?|master(?:[’']?s)?|doctor(?:ate)?|associate(?:[’']?s)?|undergraduate|postgraduate|graduate|diploma|diplom(?:[\p{L}-]*)?|magister|staatsexamen|abitur|fachabitur|mittlere reife|promotion|ausbildung|licence|maîtrise|doctorat|baccalauréat|bac|dut|bts|grado|licenciatura|licenciado|licenciada|ingeniería|máster|maestría|doctorado|bachillerato|técnico superior|laurea|diploma di|dottorato|maturità|licenciatura|mestrado|doutorado|bacharelado|graduação|hbo|vwo|mbo|ged|a-levels?|gcses?|high school diploma|certificate|minor|major|degree|postdoc|nanodegree)(?=$|[^\p{L}.])/iu;

export function namesTitle(text: string): boolean {
  return titleWords.test(text);
}

export function namesEmployer(text: string): boolean {
  return employerWords.test(text);
}

export function namesSchool(text: string): boolean {
  return schoolWords.test(text);
}

export function namesDegree(text: string): boolean {
  return degreeWords.test(text);
}
