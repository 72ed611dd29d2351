import { type Random, seededRandom } from "./random.fixture.ts";

export interface Position {
  readonly name: string;
  readonly position: string;
  readonly location: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly highlights: readonly string[];
}

export interface Degree {
  readonly institution: string;
  readonly studyType: string;
  readonly area: string;
  readonly startDate: string;
  readonly endDate: string;
}

/** Somebody who does not exist, and all that their résumé says. Tests only. */
export interface Person {
  readonly name: string;
  readonly label: string;
  readonly email: string;
  readonly phone: string;
  readonly user: string;
  readonly place: string;
  readonly work: readonly Position[];
  readonly education: readonly Degree[];
  readonly skills: readonly { readonly name: string; readonly keywords: readonly string[] }[];
}

const firstNames = "Mira Jonas Elena Tomás Chloé Priya Kwame Ingrid Rafael Noor Stefan Zoë".split(
  " ",
);
const lastNames = [
  "Velling",
  "Brandt",
  "Okafor",
  "García López",
  "Dubois",
  "van der Meer",
  "Kowalska",
  "O'Neill",
  "Müller",
  "Haddad",
  "Lindqvist",
  "Rossi",
];
const employers = [
  "Acme Systems GmbH",
  "Brill Data Ltd",
  "Northwind Traders",
  "Helio Labs",
  "Quayside",
  "Fenwick & Sons",
  "Orbital",
  "Blue Harbor Bank",
  "Tessera Inc.",
  "Kestrel Analytics",
  "City of Bremen",
  "St. Anne Hospital",
  "Marlow",
  "Pine & Partners",
  "Zephyr Mobility AG",
  "Lumen Energy",
  "Hollis Retail Group",
  "Vertex",
];
const titles = [
  "Software Engineer",
  "Senior Backend Developer",
  "Data Analyst",
  "Product Manager",
  "Registered Nurse",
  "Marketing Manager",
  "Accountant",
  "Warehouse Supervisor",
  "Project Coordinator",
  "Head of Sales",
  "UX Designer",
  "Research Assistant",
  "Team Lead",
  "Customer Support Specialist",
  "Intern",
  "Mechanical Engineer",
];
const places = ["Berlin, Germany", "Austin, TX", "Paris, France", "London, UK", "Denver, CO"];
const schools = [
  "Hollin University",
  "University of Ardley",
  "Brant College",
  "Technical University of Lund",
  "Westfield School of Business",
  "Institute of Applied Sciences",
];
const degrees = [
  ["Bachelor of Science", "Computer Science"],
  ["M.Sc.", "Data Science"],
  ["Bachelor of Arts", "History"],
  ["MBA", "Finance"],
  ["Master of Engineering", "Mechanical Engineering"],
  ["B.A.", "Psychology"],
] as const;
const deeds = [
  "Led the migration of the billing platform to a new data center",
  "Reduced waiting times for patients by 23%",
  "Built dashboards that 40 teams use every day",
  "Negotiated contracts with suppliers in six countries",
  "Trained and mentored five junior colleagues",
  "Designed the onboarding flow, which raised activation by 12 percent and cut the number of support tickets in half within a year",
  "Managed a budget of 2.4 million euros",
  "Wrote automated tests and introduced continuous delivery for three products",
  "Organised the yearly conference with 300 guests",
];
const skillGroups = [
  { name: "Languages", keywords: ["Go", "Rust", "TypeScript", "SQL"] },
  { name: "Tools", keywords: ["Git", "Docker", "Terraform"] },
  { name: "Methods", keywords: ["Scrum", "Kanban"] },
  { name: "Office", keywords: ["Excel", "PowerPoint", "SAP"] },
];
const phones = ["+49 30 5550 1234", "(512) 555-0147", "+33 1 55 50 12 34", "020 7946 0991"];

export function makePerson(seed: number): Person {
  const random = seededRandom(seed);
  const [first, last] = [random.pick(firstNames), random.pick(lastNames)];
  const user = `${first}${last}`
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/[^a-z]/gu, "");
  const { work, before } = makeWork(random);
  return {
    name: `${first} ${last}`,
    label: random.pick(titles),
    email: `${user}@mail.test`,
    phone: random.pick(phones),
    user,
    place: random.pick(places),
    work,
    education: makeEducation(random, before),
    skills: random.shuffle(skillGroups).slice(0, 2 + Math.floor(random.next() * 2)),
  };
}

const monthText = (months: number) =>
  `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, "0")}`;

/** One after the other without a gap, the newest first; `before`: the year when the first of them began. */
function makeWork(random: Random): { readonly work: readonly Position[]; readonly before: number } {
  const [names, positions] = [random.shuffle(employers), random.shuffle(titles)];
  let end = 2025 * 12 + Math.floor(random.next() * 12);
  const count = 2 + Math.floor(random.next() * 3);
  const work = Array.from({ length: count }, (_, index): Position => {
    const goesOn = index === 0 && random.next() < 0.6;
    const start = end - 8 - Math.floor(random.next() * 40);
    const position = {
      name: names[index] ?? "",
      position: positions[index] ?? "",
      location: random.pick([...places, "Remote"]),
      startDate: monthText(start),
      endDate: goesOn ? "present" : monthText(end),
      highlights: random.shuffle(deeds).slice(0, 2 + Math.floor(random.next() * 3)),
    };
    end = start - 1;
    return position;
  });
  return { work, before: Math.floor(end / 12) };
}

function makeEducation(random: Random, before: number): readonly Degree[] {
  const [names, kinds] = [random.shuffle(schools), random.shuffle(degrees)];
  return Array.from({ length: 1 + Math.floor(random.next() * 2) }, (_, index): Degree => {
    const [studyType, area] = kinds[index] ?? degrees[0];
    const end = before - 4 * index;
    return {
      institution: names[index] ?? "",
      studyType,
      area,
      startDate: String(end - 4),
      endDate: String(end),
    };
  });
}
