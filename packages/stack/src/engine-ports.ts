import { freePort } from "./free-port.ts";
import { preferredPort, rememberPort } from "./remembered-ports.ts";

export interface EnginePorts {
  /** gRPC, on 127.0.0.1. */
  readonly grpc: number;
  /** REST API, health page, empty front end, and the one address for API and front end. */
  readonly api: number;
  readonly health: number;
  readonly frontend: number;
  readonly lite: number;
}

/** The ports of the last start where they are free: the token holds the engine's address. */
export async function chooseEnginePorts(stateDir: string): Promise<EnginePorts> {
  const taken = new Set<number>();
  const choose = async (role: string, listens: "loopback" | "all") => {
    const preferred = await preferredPort(stateDir, `engine-${role}`);
    const port = await freePort({ listens, preferred, except: taken });
    taken.add(port);
    await rememberPort(stateDir, `engine-${role}`, port);
    return port;
  };
  return {
    grpc: await choose("grpc", "loopback"),
    api: await choose("api", "all"),
    health: await choose("health", "all"),
    frontend: await choose("frontend", "all"),
    lite: await choose("lite", "all"),
  };
}
