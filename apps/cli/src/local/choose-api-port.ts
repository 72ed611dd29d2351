import { ValetError } from "@valet/contracts";
import { freePort } from "@valet/stack";

export const usualApiPort = 8180;

/**
 * The port the person asked for, else the usual one, else any free one.
 *
 * @throws `PORT_TAKEN` when the asked-for port is in use
 */
export async function chooseApiPort(wanted: number | undefined): Promise<number> {
  const port = await freePort({ preferred: wanted ?? usualApiPort });
  if (wanted === undefined || port === wanted) return port;
  throw new ValetError(
    "PORT_TAKEN",
    `Port ${wanted} is in use by another program. Set VALET_API_PORT to another one, or unset it to take any free port.`,
    { port: wanted },
  );
}
