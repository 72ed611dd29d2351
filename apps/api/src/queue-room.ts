import { ValetError, isValetError } from "@valet/contracts";
import {
  type AdmissionPace,
  type Db,
  countPlacesTaken,
  paceSpanSeconds,
  readAdmissionPace,
} from "@valet/db";

/** Places in the queue that were given to applications which are about to be stored. */
export interface QueuePlaceTaken {
  /** Nothing was stored after all. */
  readonly giveBack: () => void;
}

export interface QueueRoom {
  /**
   * Throws `QUEUE_FULL`, with when to come again, where too much waits already. Several come in together as
   * long as there is room for one.
   */
  readonly take: (userId: string, count?: number) => Promise<QueuePlaceTaken>;
}

export interface QueueRoomDeps {
  /** Of everybody. */
  readonly db: Db;
  /** Applications that may wait for their start, of everybody. */
  readonly most: number;
  readonly mostOfPerson: number;
  readonly now?: () => number;
}

/** What waits is counted this often at most, however many come; what this process adds meanwhile it counts itself. */
const countedMs = 1_000;
/** Nobody is sent away for longer: things may go better by then. */
const longestSeconds = 3_600;

/**
 * How much may wait. Each API process counts for itself, so several of them together may take as many more as
 * they accept within a second.
 */
export function createQueueRoom({
  db,
  most,
  mostOfPerson,
  now = () => performance.now(),
}: QueueRoomDeps): QueueRoom {
  let counted: { readonly at: number; readonly waiting: Promise<Waiting> } | undefined;

  function count(): Promise<Waiting> {
    if (counted === undefined || now() - counted.at >= countedMs) {
      const reading = { at: now(), waiting: readWaiting(db) };
      // What could not be read is not kept.
      reading.waiting.catch(() => {
        if (counted === reading) counted = undefined;
      });
      counted = reading;
    }
    return counted.waiting;
  }

  return {
    async take(userId, places = 1) {
      const waiting = await count();
      if (waiting.ofPerson(userId) >= mostOfPerson) {
        throw full({ whose: "yours", most: mostOfPerson, pace: await waiting.pace(userId) });
      }
      if (waiting.ofEverybody() >= most) {
        throw full({ whose: "everybody's", most, pace: await waiting.pace() });
      }
      waiting.add(userId, places);
      return { giveBack: () => waiting.add(userId, -places) };
    },
  };
}

/** Without a place comes through what is there already: whoever asks for it once more adds nothing. */
export async function takePlaces(
  queueRoom: QueueRoom,
  {
    userId,
    places,
    isThereAlready,
  }: {
    readonly userId: string;
    readonly places?: number;
    readonly isThereAlready: () => Promise<boolean>;
  },
): Promise<QueuePlaceTaken | undefined> {
  try {
    return await queueRoom.take(userId, places);
  } catch (error) {
    if (isValetError(error, "QUEUE_FULL") && (await isThereAlready())) return;
    throw error;
  }
}

interface Waiting {
  readonly ofEverybody: () => number;
  readonly ofPerson: (userId: string) => number;
  readonly add: (userId: string, count: number) => void;
  /** Asked of the database once for each, since whoever is sent away may come again at once. */
  readonly pace: (userId?: string) => Promise<AdmissionPace>;
}

async function readWaiting(db: Db): Promise<Waiting> {
  const perPerson = new Map(await countPlacesTaken(db));
  let total = [...perPerson.values()].reduce((sum, count) => sum + count, 0);
  const paces = new Map<string | undefined, Promise<AdmissionPace>>();
  return {
    ofEverybody: () => total,
    ofPerson: (userId) => perPerson.get(userId) ?? 0,
    add(userId, count) {
      perPerson.set(userId, (perPerson.get(userId) ?? 0) + count);
      total += count;
    },
    pace(userId) {
      const asked = paces.get(userId) ?? readAdmissionPace(db, userId);
      paces.set(userId, asked);
      return asked;
    },
  };
}

interface Full {
  readonly whose: "yours" | "everybody's";
  readonly most: number;
  readonly pace: AdmissionPace;
}

function full({ whose, most, pace }: Full): ValetError {
  const seconds = secondsUntilRoom(pace);
  const waits = whose === "yours" ? "of your applications wait" : "applications of everybody wait";
  return new ValetError(
    "QUEUE_FULL",
    `${most} ${waits} for their start already, which is as many as may. Nothing was stored. Try again in ${seconds} seconds${whose === "yours" ? ", or cancel some" : ""}.`,
    { retryAfterSeconds: seconds, waiting: most, whose },
  );
}

/**
 * By when one more will have been started, judged by the last minutes; while nothing starts at all, by when the
 * first may, or a minute where nobody knows.
 */
function secondsUntilRoom({ admitted, nextAt }: AdmissionPace): number {
  const seconds =
    admitted > 0
      ? paceSpanSeconds / admitted
      : nextAt === null
        ? 60
        : (nextAt.getTime() - Date.now()) / 1_000;
  return Math.min(longestSeconds, Math.max(1, Math.ceil(seconds)));
}
