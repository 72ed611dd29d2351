import { request } from "node:https";
import { text } from "node:stream/consumers";
import type { PracticeHosts } from "@valet/contracts";
import type { FetchSchema } from "@valet/sites";

/** Asks the practice sites under the vendors' host names, as a program without a browser would. */
export function practiceFetch({ address, authority }: PracticeHosts): FetchSchema {
  const { hostname, port } = new URL(`https://${address}`);
  return (url, { headers, signal }) =>
    new Promise((resolve, reject) => {
      const asked = request(
        {
          host: hostname,
          port,
          servername: url.hostname,
          ca: authority,
          path: `${url.pathname}${url.search}`,
          headers: { ...headers, host: url.host },
          signal,
        },
        (answer) => {
          text(answer).then(
            (body) => resolve(new Response(body, { status: answer.statusCode ?? 500 })),
            reject,
          );
        },
      );
      asked.on("error", reject);
      asked.end();
    });
}
