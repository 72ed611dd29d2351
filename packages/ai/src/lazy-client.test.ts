import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test.each([
  ["anthropic", "node_modules/@anthropic-ai/", { ANTHROPIC_LOG: "debug" }],
  ["openai", "node_modules/openai/", { OPENAI_LOG: "debug" }],
])(
  "the client of %s is loaded with the first question, and says nothing though a variable wants it to",
  async (provider, place, env) => {
    const code = `
      import { registerHooks } from "node:module";
      const loaded = () => seen.some((url) => url.includes(${JSON.stringify(place)}));
      const seen = [];
      registerHooks({ load: (url, context, next) => (seen.push(url), next(url, context)) });
      const { createModel } = await import(${JSON.stringify(new URL("index.ts", import.meta.url).href)});
      const apiKey = { reveal: () => "none" };
      const baseUrl = "http://127.0.0.1:9";
      const provider = ${JSON.stringify(provider)};
      const model = createModel({ provider, apiKey, model: "none", baseUrl, maxRetries: 0 });
      const before = loaded();
      const schema = (await import("zod")).z.object({});
      const question = { system: "", text: "", schema, maxOutputTokens: 1 };
      await model.ask(question, new AbortController().signal);
      console.log(JSON.stringify([before, loaded()]));
    `;
    const said = await promisify(execFile)(
      process.execPath,
      ["--input-type=module", "--eval", code],
      { cwd: import.meta.dirname, env },
    );

    expect(said).toEqual({ stdout: "[false,true]\n", stderr: "" });
  },
);
