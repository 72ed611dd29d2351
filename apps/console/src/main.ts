// The content policy allows no code made from text. zod would try that when its first schema is made, so it is
// told here, and all that makes schemas is loaded behind this.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

await import("./start.tsx");
