import { expect, test } from "vitest";
import { postingFacts } from "./posting-facts.ts";

const posting = {
  "@context": "https://schema.org",
  "@type": "JobPosting",
  title: "Welder ",
  hiringOrganization: { "@type": "Organization", name: "Quay Corp" },
  jobLocation: {
    "@type": "Place",
    address: { addressLocality: "Rotterdam", addressCountry: { name: "Netherlands" } },
  },
};
const facts = { company: "Quay Corp", title: "Welder", location: "Rotterdam, Netherlands" };

const factsOf = (...values: unknown[]) =>
  postingFacts(values.map((value) => JSON.stringify(value)));

test("title, company and place are what the structured data of the posting says", () => {
  expect(factsOf({ "@type": "WebSite", name: "Jobs" }, posting)).toEqual(facts);
  expect(factsOf({ "@graph": [{ "@type": "WebPage" }, posting] })).toEqual(facts);
  expect(factsOf(posting, posting)).toEqual(facts);
});

test("several places are all named, a remote job by where one must be", () => {
  const address = { addressLocality: "Boston", addressRegion: "MA", addressCountry: "US" };
  const both = { ...posting, jobLocation: [posting.jobLocation, { address }] };
  expect(factsOf(both).location).toBe("Rotterdam, Netherlands; Boston, MA, US");
  const { jobLocation: _, ...remote } = posting;
  const anywhere = {
    ...remote,
    applicantLocationRequirements: { "@type": "Country", name: "USA" },
  };
  expect(factsOf(anywhere).location).toBe("USA");
});

test("what the page does not say, says badly or says of several jobs is absent", () => {
  expect(postingFacts([])).toEqual({});
  expect(postingFacts(["{", "null", "[]", '"JobPosting"'])).toEqual({});
  expect(factsOf(posting, { ...posting, title: "Painter" })).toEqual({});
  expect(factsOf({ ...posting, title: 7, jobLocation: { address: 7 } })).toEqual({
    company: "Quay Corp",
  });
  expect(factsOf({ ...posting, title: "long ".repeat(200) })).toEqual({
    company: facts.company,
    location: facts.location,
  });
});
