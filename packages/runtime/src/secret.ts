import { inspect } from "node:util";
import { z } from "zod";

const shown = "[secret]";

/** A value that must not be printed. `reveal()` is the only way out; everything else shows `[secret]`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [inspect.custom](): string {
    return shown;
  }
}

/** A required, non-empty variable that parses to a `Secret`. */
export const secretSchema = z
  .string()
  .min(1, "must not be empty")
  .transform((value) => new Secret(value));
