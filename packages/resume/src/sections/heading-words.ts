/** What a section of a résumé is about. `other`: a heading, of something that no fact is read from. */
export type SectionKind =
  | "summary"
  | "work"
  | "education"
  | "skills"
  | "languages"
  | "projects"
  | "certificates"
  | "awards"
  | "publications"
  | "volunteer"
  | "contact"
  | "other";

/** How people head each section, in English, German, French, Spanish, Italian, Portuguese and Dutch. */
const words: Readonly<Record<SectionKind, readonly string[]>> = {
  summary: [
    "summary|about|about me|profile|objective|professional summary|career summary|executive summary|career objective",
    "personal statement|personal profile|professional profile|profile summary|overview|introduction|bio|biography|background",
    "summary of qualifications|qualifications summary|career profile|resume objective|resume summary|who i am",
    "profil|über mich|zusammenfassung|kurzprofil|persönliches profil|berufsprofil|kurzvorstellung|berufliches profil",
    "à propos|à propos de moi|résumé|résumé professionnel|profil professionnel|objectif|présentation|mon profil",
    "perfil|perfil profesional|resumen|resumen profesional|sobre mí|acerca de mí|objetivo|objetivo profesional|extracto",
    "profilo|profilo professionale|chi sono|sommario|su di me|riepilogo|obiettivo",
    "perfil profissional|resumo|resumo profissional|sobre mim|objetivo profissional|sobre",
    "profiel|samenvatting|over mij|persoonlijk profiel",
  ],
  work: [
    "work experience|experience|employment|work history|employment history|professional experience|career history",
    "work|positions|relevant experience|relevant work experience|professional background|career|jobs|job history",
    "industry experience|research experience|teaching experience|professional story|career story|work timeline|career timeline|employment timeline|employment experience|internships|internship experience",
    "professional history|positions held|career experience|working experience|work and experience|internship",
    "additional experience|other experience|engineering experience|experiences|work experiences|clinical experience",
    "berufserfahrung|beruflicher werdegang|werdegang|arbeitserfahrung|praxiserfahrung|berufspraxis|berufliche erfahrung",
    "berufliche stationen|berufliche laufbahn|tätigkeiten|praktika|anstellungen|beruflicher hintergrund",
    "expérience|expériences|expérience professionnelle|expériences professionnelles|parcours professionnel|emplois|parcours|stages",
    "experiencia|experiencia laboral|experiencia profesional|trayectoria profesional|historial laboral|empleo",
    "esperienza|esperienze|esperienza lavorativa|esperienze lavorative|esperienza professionale|esperienze professionali",
    "experiência|experiência profissional|experiências profissionais|histórico profissional|percurso profissional",
    "werkervaring|ervaring|loopbaan|arbeidsverleden|professionele ervaring",
  ],
  education: [
    "education|study|academic background|educational background|education and training|academic history|studies|qualifications",
    "academic qualifications|education history|academics|academic education|degrees|schooling|academic experience",
    "education and qualifications|training and education|formal education|education and certifications|education background",
    "ausbildung|bildung|bildungsweg|studium|schulbildung|akademischer werdegang|bildungsgang|schulische ausbildung",
    "hochschulbildung|ausbildung und studium|studium und ausbildung|akademische ausbildung|schule|aus- und weiterbildung",
    "formation|formations|éducation|études|diplômes|parcours académique|formation académique|cursus|scolarité|formation et diplômes",
    "educación|formación|formación académica|estudios|educación y formación|formación y estudios|datos académicos",
    "istruzione|formazione|istruzione e formazione|studi|titoli di studio|percorso formativo",
    "educação|formação|formação acadêmica|formação académica|escolaridade|habilitações literárias|habilitações académicas",
    "opleiding|opleidingen|onderwijs|scholing|opleiding en training",
  ],
  skills: [
    "skills|technical skills|core competencies|technologies|key skills|expertise|competencies|areas of expertise|skill set",
    "skills and expertise|core skills|professional skills|technical expertise|technical proficiencies|tools|tech stack",
    "skills and technologies|skills and tools|programming languages|technical competencies|technical knowledge|strengths",
    "skills and abilities|skills summary|hard skills|soft skills|proficiencies|specialties|capabilities|relevant skills",
    "tools and technologies|technologies and tools|computer skills|it skills|additional skills|key competencies|technical",
    "core qualifications|toolkit|skill highlights|skills and interests|software|software skills|technology|featured skills|proficiency",
    "kenntnisse|fähigkeiten|kompetenzen|fachkenntnisse|edv-kenntnisse|it-kenntnisse|technische kenntnisse|kernkompetenzen",
    "kenntnisse und fähigkeiten|fähigkeiten und kenntnisse|technologien|qualifikationen|besondere kenntnisse|skills und kenntnisse",
    "compétences|compétences techniques|compétences clés|savoir-faire|compétences informatiques|outils|aptitudes",
    "habilidades|competencias|aptitudes y habilidades|conocimientos|habilidades técnicas|competencias técnicas|aptitudes",
    "conocimientos técnicos|conocimientos informáticos|destrezas|tecnologías",
    "competenze|capacità|competenze tecniche|competenze informatiche|abilità|conoscenze",
    "competências|habilidades técnicas|competências técnicas|conhecimentos|aptidões|tecnologias",
    "vaardigheden|competenties|technische vaardigheden|kennis",
  ],
  languages: [
    "languages|language skills|spoken languages|language|language proficiency",
    "sprachen|sprachkenntnisse|fremdsprachen|langues|langues étrangères|langues parlées|compétences linguistiques",
    "idiomas|lenguas|lingue|lingue straniere|competenze linguistiche|conoscenze linguistiche|línguas|talen|talenkennis",
  ],
  projects: [
    "projects|works|selected works|featured projects|personal projects|selected projects|side projects|key projects|open source|open source projects|academic projects",
    "relevant projects|notable projects|project experience|open-source projects|portfolio|research projects|project",
    "open source contributions|software projects|featured projects|project highlights|projects and research",
    "projekte|eigene projekte|projekterfahrung|persönliche projekte|ausgewählte projekte|projets|projets personnels",
    "proyectos|proyectos personales|progetti|progetti personali|projetos|projetos pessoais|projecten",
  ],
  certificates: [
    "certifications|certificates|licenses and certifications|licenses|certification|courses|training|professional development",
    "courses and certifications|certifications and training|training and certifications|certifications and licenses|licences",
    "licenses & certificates|additional training|professional certifications|credentials|trainings|coursework|relevant coursework",
    "zertifikate|zertifizierungen|weiterbildung|weiterbildungen|fortbildungen|kurse|lizenzen|fort- und weiterbildung",
    "certifications et formations|certificats|certificaciones|cursos|cursos y certificaciones|certificados|formación complementaria",
    "certificazioni|corsi|certificati|certificações|cursos e certificações|certificaten|certificeringen|cursussen|trainingen",
  ],
  awards: [
    "awards|honors|honours|achievements|honors and awards|awards and honors|accomplishments|scholarships|selected honors",
    "awards and achievements|key achievements|grants|fellowships|honors and achievements|recognition|awards and recognition",
    "honours and awards|awards and scholarships|distinctions|prizes|scholarships and awards",
    "auszeichnungen|preise|erfolge|stipendien|preise und auszeichnungen|distinctions|récompenses|prix|prix et distinctions",
    "premios|logros|reconocimientos|premios y reconocimientos|premi|riconoscimenti|prêmios|prémios|prijzen|onderscheidingen",
  ],
  publications: [
    "publications|selected publications|papers|articles|patents|talks|presentations|invited talks|conferences|speaking",
    "publications and presentations|conference presentations|research publications|journal publications|public speaking",
    "veröffentlichungen|publikationen|vorträge|patente|publicaciones|pubblicazioni|publicações|publicaties|conférences",
  ],
  volunteer: [
    "volunteer|volunteering|volunteer experience|volunteer work|community service|community involvement|leadership",
    "leadership experience|extracurricular|extracurricular activities|activities|community|leadership and activities",
    "volunteer and leadership|involvement|extracurriculars|campus involvement|volunteering experience|leadership and service",
    "ehrenamt|ehrenamtliche tätigkeit|ehrenamtliches engagement|engagement|bénévolat|engagements|voluntariado|volontariato",
    "vrijwilligerswerk|activités extra-professionnelles|actividades|attività",
  ],
  contact: [
    "contact|contact information|contact details|personal details|personal information|contact info|get in touch|contacts",
    "kontakt|kontaktdaten|persönliche daten|persönliche angaben|coordonnées|contacto|datos personales|información personal",
    "informations personnelles|contatti|dati personali|informazioni personali|contato|contacto|dados pessoais|contactgegevens",
    "persoonlijke gegevens|persönliches|information|info|links|profiles|social|social media|online|details|find me online",
  ],
  other: [
    "interests|hobbies|references|hobbies and interests|additional information|memberships|affiliations|other|miscellaneous",
    "professional affiliations|referees|declaration|reference|additional|personal interests|professional memberships|passions",
    "interests and hobbies|professional associations|organizations|associations|testimonials|military service|test scores",
    "activities and interests|favorite books|my time|life philosophy|industry expertise|nationality|availability|publications list",
    "interessen|hobbys|referenzen|sonstiges|mitgliedschaften|interessen und hobbys|hobbys und interessen|freizeit",
    "centres d'intérêt|loisirs|références|divers|intérêts|intereses|aficiones|referencias|otros|otros datos|información adicional",
    "interessi|hobby|referenze|altro|interesses|referências|outros|interesses|hobby's|referenties|overig|informations complémentaires",
  ],
};

const kinds = new Map<string, SectionKind>(
  Object.entries(words).flatMap(
    ([kind, lists]) =>
      lists
        .join("|")
        .split("|")
        .map((text) => [normalHeading(text), kind as SectionKind] as const), // a key of `words`
  ),
);

/** A heading as it is compared: no case, accents, numbers, marks or kinds of "and". Capitals often lose their accents. */
export function normalHeading(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/\s*(?:&|\+|\/|,)\s*|\s+(?:und|et|y|e|en)\s+/gu, " and ")
    .replaceAll(/^[\s\d.):#>|-]+|[\s:.|_-]+$/gu, "")
    .replaceAll(/\s+/gu, " ")
    .trim();
}

const kindsWithoutSpaces = new Map(
  [...kinds].map(([text, kind]) => [text.replaceAll(" ", ""), kind]),
);

/** Letters that were spaced out (`S K I L L S`), and some of them not (`E D U C AT I O N`). */
function isSpacedOut(text: string): boolean {
  const words = text.trim().split(/\s+/u);
  return words.length >= 4 && words.filter((word) => word.length === 1).length >= words.length / 2;
}

/** Fonts lose ligatures: `Certi cations`, `Pro le`. */
function withLigatures(text: string): readonly string[] {
  return ["fi", "fl", "ff", "ffi"].map((letters) => text.replaceAll(" ", letters));
}

/** What the section under this heading is about; `undefined` for what nobody heads a section with. */
export function headingKind(text: string): SectionKind | undefined {
  if (text.length > 60) return undefined;
  const whole = normalHeading(text);
  const known = kinds.get(whole);
  if (known !== undefined) return known;
  if (isSpacedOut(text)) return kindsWithoutSpaces.get(normalHeading(text.replaceAll(" ", "")));
  // Letters that were set apart hide where words end.
  const closed = whole.includes(" ") ? undefined : kindsWithoutSpaces.get(whole);
  if (closed !== undefined) return closed;
  const mended = withLigatures(whole).find((one) => kinds.has(one));
  if (mended !== undefined) return kinds.get(mended);
  // "Work Experience & Projects" is about what comes first.
  const [first = "", second = ""] = whole.replace(/ experience$/u, "").split(" and ");
  if (second === "" && first !== whole) return kinds.get(first);
  // "Skills and Tech", with any word.
  if (kinds.get(first) === "skills" && /^\p{L}+(?: \p{L}+)?$/u.test(second)) return "skills";
  return second === "" || kinds.get(second) === undefined ? undefined : kinds.get(first);
}

export function isHeadingText(text: string): boolean {
  return headingKind(text) !== undefined;
}
