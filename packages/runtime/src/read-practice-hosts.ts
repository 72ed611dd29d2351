import { readFile } from "node:fs/promises";
import { PracticeHosts, ValetError } from "@valet/contracts";

/**
 * Reads the file that `VALET_PRACTICE_HOSTS` names; undefined when it names none.
 *
 * @throws ValetError `CONFIG_INVALID` when it is not what the practice sites write.
 */
export async function readPracticeHosts(
  file: string | undefined,
): Promise<PracticeHosts | undefined> {
  if (file === undefined || file === "") return undefined;
  try {
    return PracticeHosts.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    throw new ValetError(
      "CONFIG_INVALID",
      "VALET_PRACTICE_HOSTS does not name a file that the practice sites wrote. Start the practice sites first, and give the file that PRACTICE_HOSTS names there.",
      {},
      { cause },
    );
  }
}
