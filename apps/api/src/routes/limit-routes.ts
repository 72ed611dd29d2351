import {
  type Limits,
  type LimitsOverview,
  ValetError,
  getLimitsRoute,
  putLimitsRoute,
} from "@valet/contracts";
import {
  listCoolDowns,
  readAdminLimits,
  readLimitUsage,
  readOwnLimits,
  writeInstallationLimits,
  writeOwnLimits,
} from "@valet/db";
import { defaultLimits, mergeLimits, personLimitsOf } from "@valet/domain";
import type { App } from "../app-type.ts";
import type { ApiDeps } from "../deps.ts";
import { assertScope } from "../identity/access.ts";
import { type Person, personOf } from "../identity/person.ts";
import { unknownPlatforms } from "../unknown-platforms.ts";

/** Limits of everybody and cool-downs are nobody's rows, so they do not come from the person's own. */
export function registerLimitRoutes(
  app: App,
  { database, limits, kickRelay }: Pick<ApiDeps, "database" | "limits" | "kickRelay">,
): void {
  app.route({ ...getLimitsRoute, handler: (request) => overviewFor(personOf(request)) });

  app.route({
    ...putLimitsRoute,
    handler: async (request) => {
      const person = personOf(request);
      const { own, timeZone, everybody } = request.body;
      if (everybody !== undefined) {
        assertScope(person, "admin");
        assertKnownPlatforms(everybody);
        await writeInstallationLimits(database.db, everybody);
      }
      if (own !== undefined || timeZone !== undefined) {
        const before = await readOwnLimits(person.db, person.user.id);
        await writeOwnLimits(person.db, person.user.id, {
          limits: own ?? before.limits,
          timeZone: timeZone ?? before.timeZone,
        });
      }
      kickRelay();
      return overviewFor(person);
    },
  });

  async function overviewFor({ db, user, scopes }: Person): Promise<LimitsOverview> {
    const now = new Date();
    const [saidByAdmin, { limits: own, timeZone: zone }, coolDowns] = await Promise.all([
      readAdminLimits(database.db),
      readOwnLimits(db, user.id),
      listCoolDowns(database.db, { now, userId: scopes.has("admin") ? undefined : user.id }),
    ]);
    const timeZone = zone ?? "UTC";
    const everybody = mergeLimits(defaultLimits, limits, saidByAdmin);
    return {
      everybody,
      saidByAdmin,
      own,
      effective: personLimitsOf(everybody, own),
      timeZone,
      coolDowns: coolDowns.map(({ host, until, strikes }) => ({
        host,
        until: until.toISOString(),
        strikes,
      })),
      usage: await readLimitUsage(db, { userId: user.id, timeZone, now }),
    };
  }
}

function assertKnownPlatforms(limits: Limits): void {
  const { unknown, known } = unknownPlatforms(limits);
  if (unknown.length === 0) return;
  throw new ValetError(
    "VALIDATION",
    `There is no platform ${unknown.join(", ")}. Nothing was changed. There are ${known.join(", ")}.`,
    {
      issues: unknown.map((name) => ({
        path: `body/everybody/platforms/${name}`,
        problem: `is none of ${known.join(", ")}`,
      })),
    },
  );
}
