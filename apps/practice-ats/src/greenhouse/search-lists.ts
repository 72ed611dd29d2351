/** One entry of a list that is searched; coordinates are those of a place. */
export interface Found {
  readonly label: string;
  readonly latitude?: string;
  readonly longitude?: string;
}

const places: readonly Found[] = [
  place("Denver, North Carolina, United States", 35.53, -81.03),
  place("Denver, Colorado, United States", 39.74, -104.98),
  place("Denver, Pennsylvania, United States", 40.23, -76.14),
  place("Denver City, Texas, United States", 32.96, -102.83),
  place("Oakland, California, United States", 37.8, -122.27),
];

const schools: readonly Found[] = [
  "Example University of Technology",
  "New Example University",
  "Example University",
  ...Array.from({ length: 150 }, (_none, index) => `Northwind College ${index + 1}`),
  "Other",
].map((label) => ({ label }));

const mostFound = 100;

/** Places are found by how they begin and only when something was typed; schools by any part. */
export function searchList(list: string, term: string): readonly Found[] {
  const wanted = term.trim().toLowerCase();
  if (list === "places") {
    return wanted === "" ? [] : places.filter(({ label }) => begins(label, wanted));
  }
  return schools.filter(({ label }) => label.toLowerCase().includes(wanted)).slice(0, mostFound);
}

function begins(label: string, wanted: string): boolean {
  return label.toLowerCase().startsWith(wanted);
}

function place(label: string, latitude: number, longitude: number): Found {
  return { label, latitude: String(latitude), longitude: String(longitude) };
}
