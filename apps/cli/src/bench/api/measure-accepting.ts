import autocannon from "autocannon";
import { type Measured, jobSite } from "./start-bench-api.ts";

export interface Accepting {
  /** Of all answers, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly answered: number;
  /** Not 201, or no answer at all. */
  readonly failed: number;
}

export interface AcceptingInput {
  readonly seconds: number;
  readonly perSecond: number;
  /** Among all runs on this database. */
  readonly run: number;
}

const connections = 20;

/** `POST /tasks`, each for another job, at a steady rate. */
export function measureAccepting(
  { url, key, resumeId }: Measured,
  input: AcceptingInput,
): Promise<Accepting> {
  const headers = { authorization: `Bearer ${key.reveal()}` };
  return post(url, input, headers, (number) => ({
    jobUrl: `http://${jobSite}/jobs/run-${input.run}-${number}`,
    resumeId,
    mode: "copilot",
  }));
}

/** A body of the same size to a server that only writes it down. */
export function measureBareAccepting(url: string, input: AcceptingInput): Promise<Accepting> {
  return post(url, input, {}, (number) => ({
    jobUrl: `http://${jobSite}/jobs/run-${input.run}-${number}`,
    resumeId: "00000000-0000-4000-8000-000000000000",
    mode: "copilot",
  }));
}

async function post(
  url: string,
  { seconds, perSecond }: AcceptingInput,
  headers: Readonly<Record<string, string>>,
  bodyOf: (number: number) => object,
): Promise<Accepting> {
  let number = 0;
  const result = await autocannon({
    url: `${url}/tasks`,
    connections,
    overallRate: perSecond,
    duration: seconds,
    requests: [
      {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        setupRequest: (request) => {
          number += 1;
          return { ...request, body: JSON.stringify(bodyOf(number)) };
        },
      },
    ],
  });
  const { latency, non2xx, errors, timeouts } = result;
  return {
    p50: latency.p50,
    p99: latency.p99,
    answered: result["2xx"],
    failed: non2xx + errors + timeouts,
  };
}
