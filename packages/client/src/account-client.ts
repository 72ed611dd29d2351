import {
  type Erasure,
  ValetError,
  eraseAccountRoute,
  exportAccountRoute,
  getEvidenceRoute,
} from "@valet/contracts";
import { type Transport, request } from "./call-route.ts";

type Bytes = ReadableStream<Uint8Array<ArrayBuffer>>;

export interface AccountClient {
  /** Everything that is held of the caller, as a zip. One that breaks off ends in an error. */
  exportAccount(signal?: AbortSignal): Promise<Bytes>;
  /** Erases the caller. Keys end at once, the rest within a minute; nothing can be brought back. */
  eraseAccount(body: { readonly confirm: string }, signal?: AbortSignal): Promise<Erasure>;
  /** All proof of an application, as a zip. */
  getEvidence(taskId: string, signal?: AbortSignal): Promise<Bytes>;
}

export function createAccountClient(transport: Transport): AccountClient {
  return {
    exportAccount: async (signal) =>
      bytesOf(await request(transport, exportAccountRoute, {}, signal)),
    eraseAccount: async (body, signal) => {
      const response = await request(transport, eraseAccountRoute, { body }, signal);
      return eraseAccountRoute.schema.response[202].parse(await response.json());
    },
    getEvidence: async (id, signal) =>
      bytesOf(await request(transport, getEvidenceRoute, { params: { id } }, signal)),
  };
}

function bytesOf({ body }: Response): Bytes {
  if (body !== null) return body;
  throw new ValetError("INTERNAL", "Valet gave an empty answer where it has a file. Try again.");
}
